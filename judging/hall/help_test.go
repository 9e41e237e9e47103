package hall_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"fayi/assets"
	"fayi/judging"
	"fayi/judging/hall"
	"fayi/judging/office"
	"fayi/judging/room"
	"fayi/judging/room/client"
	"fayi/judging/room/roomtest"
	"fayi/judging/sealing"
	"fayi/judging/store/seal"
)

// clock is moved by hand; between two moves it goes on as the computer's does.
type clock struct {
	mu    sync.Mutex
	ahead time.Duration
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Add(c.ahead)
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ahead += d
}

// theScreen is whose token is that of the big screen.
const theScreen = judging.JudgeID("screen")

// made are contests that tests copy: one is made once, since that takes long.
var made struct {
	mu     sync.Mutex
	dir    string
	tokens []map[judging.JudgeID]string
}

// TestMain removes what was made for all tests.
func TestMain(m *testing.M) {
	if at := os.Getenv(hallVariable); at != "" {
		serveForOthers(at)
		return
	}
	code := m.Run()
	if made.dir != "" {
		_ = os.RemoveAll(made.dir)
	}
	os.Exit(code)
}

// contests puts different contests with two judges into a folder, by the names of their folders; their tokens are
// returned.
func contests(t testing.TB, folder string, names ...string) map[string]map[judging.JudgeID]string {
	t.Helper()
	made.mu.Lock()
	defer made.mu.Unlock()
	if made.dir == "" {
		var err error
		made.dir, err = os.MkdirTemp("", "fayi-hall")
		must(t, err)
	}
	out := map[string]map[judging.JudgeID]string{}
	for i, name := range names {
		at := filepath.Join(made.dir, fmt.Sprint(i))
		if i == len(made.tokens) {
			h := roomtest.NewContest(t, roomtest.Contest{Works: 6, Judges: 2, PerWork: 2})
			screen, err := h.Office.Passes().ScreenPass(t.Context(), false)
			must(t, err)
			h.Tokens[theScreen] = screen
			must(t, h.Office.Close())
			must(t, os.CopyFS(at, os.DirFS(h.Dir)))
			made.tokens = append(made.tokens, h.Tokens)
		}
		must(t, os.CopyFS(filepath.Join(folder, name), os.DirFS(at)))
		out[name] = made.tokens[i]
	}
	return out
}

func door(now func() time.Time) *sealing.Door {
	return &sealing.Door{
		Config: func(dir string) office.Config {
			return office.Config{Dir: dir, Now: now, Random: rand.Reader, Actor: "organiser", Cache: os.TempDir()}
		},
		Cost: seal.Cost{Passes: 1, Memory: 64, Threads: 1},
	}
}

// lines is a log that may be written from many goroutines.
type lines struct {
	mu  sync.Mutex
	all bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.all.String()
}

// house is a hall that is served.
type house struct {
	*hall.Hall

	t     testing.TB
	clock *clock
	log   *lines
	at    string
	end   func()
}

func config(t testing.TB, folder string, c *clock, log *lines) hall.Config {
	t.Helper()
	texts, err := assets.Load()
	must(t, err)
	return hall.Config{
		Folder: folder, Door: door(c.now), Random: rand.Reader, Now: c.now,
		Cache: filepath.Join(os.TempDir(), "fayi", "pdf"),
		Log:   slog.New(slog.NewJSONHandler(log, nil)), Proxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")},
		Text: func(lang string, called func(string) (string, bool)) room.Words {
			return texts.In(lang).Calling(called)
		},
	}
}

// open opens a hall over a folder until the test ends, behind a proxy that says nothing.
func open(t testing.TB, folder string, change func(*hall.Config)) *house {
	t.Helper()
	l, err := net.Listen("tcp", roomtest.Address(t, "127.0.0.1"))
	must(t, err)
	h := &house{t: t, clock: &clock{}, log: &lines{}, at: "http://" + l.Addr().String()}
	c := config(t, folder, h.clock, h.log)
	c.Address = h.at
	if change != nil {
		change(&c)
	}
	h.Hall, err = hall.New(c)
	must(t, err)
	ctx, end := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- h.Serve(ctx, l) }()
	h.end = sync.OnceFunc(func() {
		end()
		if err := <-served; err != nil {
			t.Error(err)
		}
		if err := h.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(h.end)
	return h
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// row is a contest of the organiser's list.
func (h *house) row(name string) hall.Row {
	h.t.Helper()
	for _, r := range h.List(h.t.Context(), "zh-Hans").Contests {
		if r.Name == name {
			return r
		}
	}
	h.t.Fatalf("no contest %s", name)
	return hall.Row{}
}

// desk is a judge's desk at the address that the organiser's list says.
func (h *house) desk(name, token string) *client.Client {
	h.t.Helper()
	c, err := client.Open(&http.Client{Timeout: time.Minute}, h.row(name).Address+"/#"+token,
		"the-device-of-a-judge", rand.Reader)
	must(h.t, err)
	return c
}

// score saves a ballot of a judge's n-th work, and returns it as it was kept.
func score(ctx context.Context, c *client.Client, n int, mark string) (judging.Ballot, error) {
	in, err := c.Duties(ctx)
	if err != nil {
		return judging.Ballot{}, err
	}
	w := in.Works[n%len(in.Works)]
	before, err := c.Load(ctx, w.Code)
	if err != nil {
		return judging.Ballot{}, err
	}
	b := judging.Ballot{Code: w.Code, Marks: map[string]float64{}, Mark: mark, Base: before.Base}
	for k, criterion := range in.Rubrics[w.Category].Criteria {
		b.Marks[criterion.Name] = float64((n + k) % 10)
	}
	return c.Save(ctx, b)
}

// holds reports whether a contest that nobody has open holds a judge's statement.
func holds(t testing.TB, dir string, judge judging.JudgeID, code judging.WorkCode, mark string) bool {
	t.Helper()
	o, err := roomtest.Reopen(t.Context(), dir)
	must(t, err)
	defer o.Close()
	said, err := o.Scoring().Desk(judge).History(t.Context(), code)
	must(t, err)
	for _, v := range said {
		if v.ID() == mark {
			return true
		}
	}
	return false
}

// get asks the hall, and returns what it answers without the time.
func (h *house) get(method, path, body string, headers ...string) (status int, header http.Header, text string) {
	h.t.Helper()
	r, err := http.NewRequestWithContext(h.t.Context(), method, h.at+path, strings.NewReader(body))
	must(h.t, err)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	resp, err := (&http.Client{CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}).Do(r)
	must(h.t, err)
	defer resp.Body.Close()
	var out bytes.Buffer
	_, err = out.ReadFrom(resp.Body)
	must(h.t, err)
	resp.Header.Del("Date")
	return resp.StatusCode, resp.Header, out.String()
}

// eventually waits until something is so.
func eventually(t testing.TB, what string, is func() bool) {
	t.Helper()
	for range 400 {
		if is() {
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	t.Fatal("never: " + what)
}

func decoded[T any](t testing.TB, text string) (out T) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		t.Fatal(fmt.Errorf("%w: %s", err, text))
	}
	return out
}

func request(t testing.TB, path string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), "GET", path, nil)
	must(t, err)
	return r
}

// Header implements http.ResponseWriter.
func (w *written) Header() http.Header {
	if w.head == nil {
		w.head = http.Header{}
	}
	return w.head
}

// WriteHeader implements http.ResponseWriter.
func (w *written) WriteHeader(code int) { w.code = code }
