package room_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/time/rate"

	"fayi/judging"
	"fayi/judging/room"
	"fayi/judging/room/client"
	"fayi/judging/room/roomtest"
)

// timings are how long something took, again and again.
type timings struct {
	mu  sync.Mutex
	all []time.Duration
}

func (t *timings) took(since time.Time) {
	d := time.Since(since)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.all = append(t.all, d)
}

// report says the middle and the 95th of a hundred, in milliseconds.
func (t *timings) report(b *testing.B, what string) {
	b.Helper()
	if len(t.all) == 0 {
		b.Fatal("nothing was measured of ", what)
	}
	slices.Sort(t.all)
	at := func(share float64) float64 {
		return float64(t.all[int(share*float64(len(t.all)-1))].Microseconds()) / 1000
	}
	b.ReportMetric(at(.5), what+"-p50-ms")
	b.ReportMetric(at(.95), what+"-p95-ms")
}

// memory watches how much is in use, above what was at the beginning. Clients of the test are in it, too.
func memory() (most func() float64) {
	runtime.GC()
	used := func() uint64 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapInuse + m.StackInuse
	}
	begin, peak, stop, ended := used(), uint64(0), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for {
			select {
			case <-stop:
				return
			case <-time.After(100 * time.Millisecond):
				peak = max(peak, used())
			}
		}
	}()
	return func() float64 {
		close(stop)
		<-ended
		return float64(max(peak, begin)-begin) / (1 << 20)
	}
}

// serving opens a room on the loopback for a benchmark.
func serving(b *testing.B, c roomtest.Contest) *roomtest.House {
	b.Helper()
	h := roomtest.NewContest(b, c)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	h.Open(b, l)
	return h
}

// desks opens the desk of each judge over lines of their own.
func desks(b *testing.B, h *roomtest.House, way http.RoundTripper) map[judging.JudgeID]*client.Client {
	b.Helper()
	out := map[judging.JudgeID]*client.Client{}
	for judge := range h.Tokens {
		c, err := client.Open(&http.Client{Transport: way, Timeout: time.Minute}, h.Address(judge), "", rand.Reader)
		if err != nil {
			b.Fatal(err)
		}
		out[judge] = c
	}
	return out
}

const (
	benchJudges = 200
	benchSaves  = 800 // at 40 a second: 20 s
	savePause   = 25 * time.Millisecond
)

// BenchmarkTwoHundredJudgesSave40ASecond has 200 judges save in turn, 40 a second, and ask for their lists as often as
// pages do that come back.
func BenchmarkTwoHundredJudgesSave40ASecond(b *testing.B) {
	h := serving(b, roomtest.Contest{Works: 400, Judges: benchJudges, PerWork: 5})
	way := &http.Transport{MaxIdleConnsPerHost: 2 * benchJudges}
	defer way.CloseIdleConnections()
	all := desks(b, h, way)
	works := map[judging.JudgeID][]judging.Duty{}
	var judges []judging.JudgeID
	for judge, c := range all {
		in, err := c.Duties(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		if len(in.Works) > 0 {
			works[judge], judges = in.Works, append(judges, judge)
		}
	}
	slices.Sort(judges)
	if len(judges) < benchJudges*9/10 {
		b.Fatalf("only %d judges have works", len(judges))
	}
	for b.Loop() {
		saves, lists, most := &timings{}, &timings{}, memory()
		var under sync.WaitGroup
		failed := make(chan error, 2*benchSaves)
		next := time.NewTicker(savePause)
		for i := range benchSaves {
			<-next.C
			judge := judges[i%len(judges)]
			w := works[judge][i/len(judges)%len(works[judge])]
			under.Go(func() {
				began := time.Now()
				_, err := all[judge].Save(b.Context(), judging.Ballot{Code: w.Code, Total: float64(1 + i%100)})
				saves.took(began)
				failed <- err
			})
			if i%4 != 0 {
				continue
			}
			under.Go(func() {
				began := time.Now()
				_, err := all[judges[(i+7)%len(judges)]].Duties(b.Context())
				lists.took(began)
				failed <- err
			})
		}
		next.Stop()
		under.Wait()
		close(failed)
		for err := range failed {
			if err != nil {
				b.Fatal(err)
			}
		}
		saves.report(b, "save")
		lists.report(b, "list")
		b.ReportMetric(most(), "MB-above")
	}
}

const (
	sharedDevices = 60
	sharedLine    = 20e6 / 8 // bytes a second
)

// line is what all devices share: as on one access point.
type line struct{ left *rate.Limiter }

// dial connects over the shared line.
func (s line) dial(ctx context.Context, network, addr string) (net.Conn, error) {
	c, err := new(net.Dialer).DialContext(ctx, network, addr)
	return sharedConn{c, s}, err
}

type sharedConn struct {
	net.Conn

	line line
}

// Read implements net.Conn: what was read is paid for.
func (c sharedConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p[:min(len(p), 4<<10)])
	if r := c.line.left.ReserveN(time.Now(), n); r.OK() {
		time.Sleep(r.Delay())
	}
	return n, err
}

// BenchmarkSixtyDevicesOnASharedLine has a room, which is a program of its own, make the pictures of its lists; then 60
// judges open their list at the same moment, with the picture of the first work in it, and then that work as large as
// it is shown, over 20 Mbit/s that all share.
func BenchmarkSixtyDevicesOnASharedLine(b *testing.B) {
	h := roomtest.NewContest(b, roomtest.Contest{Works: 12, Judges: sharedDevices, PerWork: 15, Large: true})
	if err := h.Office.Close(); err != nil {
		b.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	addr := l.Addr().String()
	if err := l.Close(); err != nil {
		b.Fatal(err)
	}
	h.At = "http://" + addr
	p := newProgram(b, h.Dir, addr)
	begin, most := p.memory(), p.most()
	list, cover := warmed(b, h)
	shared := line{rate.NewLimiter(sharedLine, 64<<10)}
	for b.Loop() {
		for _, when := range []string{"early", "later"} { // before any large picture was made, and after
			firsts, larges := &timings{}, &timings{}
			var under sync.WaitGroup
			failed := make(chan error, sharedDevices)
			way := &http.Transport{DialContext: shared.dial, MaxIdleConnsPerHost: 2 * sharedDevices}
			var callers []*caller
			for judge := range h.Tokens {
				c := newCaller(b, h, judge)
				c.way = way
				callers = append(callers, c)
			}
			for _, c := range callers {
				under.Go(func() { failed <- looks(c, firsts, larges) })
			}
			under.Wait()
			way.CloseIdleConnections()
			close(failed)
			for err := range failed {
				if err != nil {
					b.Fatal(err)
				}
			}
			firsts.report(b, when+"-first")
			larges.report(b, when+"-large")
		}
	}
	b.ReportMetric(list, "bytes/list")
	b.ReportMetric(cover, "bytes/cover")
	b.ReportMetric(begin, "MB-opened")
	b.ReportMetric(most()-begin, "MB-above")
}

// warmed waits until the pictures of all lists are there, and says how large a list is and a picture of it.
func warmed(b *testing.B, h *roomtest.House) (list, cover float64) {
	b.Helper()
	var lists, covers, n int
	for judge := range h.Tokens {
		c := newCaller(b, h, judge)
		var list struct {
			Covers map[judging.WorkCode]string `json:"covers"`
		}
		_, body := c.ask("GET", "/api/duties", nil)
		if err := json.Unmarshal(body, &list); err != nil {
			b.Fatal(err)
		}
		lists += len(body)
		for _, address := range list.Covers {
			resp, picture := c.plain("GET", address, nil, nil)
			if resp.StatusCode != http.StatusOK {
				b.Fatal(resp.Status)
			}
			covers += len(picture)
			n++
		}
	}
	return float64(lists) / float64(len(h.Tokens)), float64(covers) / float64(n)
}

// looks opens the list and the first work as a page does, and takes the time of its pictures.
func looks(c *caller, first, large *timings) error {
	began := time.Now()
	var list struct {
		Duties judging.Duties              `json:"duties"`
		Covers map[judging.WorkCode]string `json:"covers"`
	}
	if _, body := c.ask("GET", "/api/duties", nil); json.Unmarshal(body, &list) != nil || len(list.Duties.Works) == 0 {
		return fmt.Errorf("no works: %s", body)
	}
	w := list.Duties.Works[0].Code
	if err := c.fetched(list.Covers[w]); err != nil {
		return err
	}
	first.took(began)
	began = time.Now()
	var page struct{ Files []room.Look }
	_, body := c.ask("GET", "/api/works/"+string(w), nil)
	if json.Unmarshal(body, &page) != nil || len(page.Files) == 0 {
		return fmt.Errorf("no files: %s", body)
	}
	if err := c.fetched(page.Files[0].Large); err != nil {
		return err
	}
	large.took(began)
	return nil
}

// fetched reads a picture to its end.
func (c *caller) fetched(address string) error {
	resp, err := (&http.Client{Transport: c.way}).Get(c.base + address)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	n, err := io.Copy(io.Discard, resp.Body)
	if err == nil && (resp.StatusCode != http.StatusOK || n < 1000) {
		err = fmt.Errorf("%s: %s, %d bytes", strings.SplitN(address, "?", 2)[0], resp.Status, n)
	}
	return err
}
