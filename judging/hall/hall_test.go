package hall_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/hall"
)

// TestAJudgeScoresInTheirContestAndInNoOther has judges of two contests score at addresses below one.
func TestAJudgeScoresInTheirContestAndInNoOther(t *testing.T) {
	folder := t.TempDir()
	tokens := contests(t, folder, "甲县.fayi", "乙县.fayi")
	h := open(t, folder, nil)
	kept := map[string]judging.Ballot{}
	for name, of := range tokens {
		b, err := score(t.Context(), h.desk(name, of["j001"]), 1, "mark-"+name)
		must(t, err)
		kept[name] = b
	}
	_, err := h.desk("乙县.fayi", tokens["甲县.fayi"]["j001"]).Duties(t.Context())
	if judging.CodeOf(err) != judging.Forbidden {
		t.Errorf("a pass of one contest opens another: %v", err)
	}
	if r := h.row("甲县.fayi"); r.State != "open" || r.Done != 1 || r.Judges != 2 || r.Title == "" {
		t.Errorf("the list says %+v", r)
	}
	h.end()
	for name := range tokens {
		if !holds(t, filepath.Join(folder, name), "j001", kept[name].Code, kept[name].Base) {
			t.Errorf("%s does not hold what was answered", name)
		}
	}
}

// TestMediaAreBelowTheContestsAddress follows an address that a judge's list gives.
func TestMediaAreBelowTheContestsAddress(t *testing.T) {
	folder := t.TempDir()
	tokens := contests(t, folder, "a.fayi")
	h := open(t, folder, nil)
	c := h.desk("a.fayi", tokens["a.fayi"]["j001"])
	in, err := c.Duties(t.Context())
	must(t, err)
	f, err := c.OpenFile(t.Context(), in.Works[0].Code, 0, 0)
	must(t, err)
	defer f.Close()
	if f.Size == 0 {
		t.Error("the file is empty")
	}
	prefix := strings.TrimPrefix(h.row("a.fayi").Address, h.at)
	for path, kind := range map[string]string{"/": "text/html", "/screen": "text/html"} {
		status, header, text := h.get("GET", prefix+path, "")
		if status != 200 || !strings.HasPrefix(header.Get("Content-Type"), kind) {
			t.Errorf("%s: %d %s", path, status, header.Get("Content-Type"))
		}
		for _, m := range regexp.MustCompile(`"(a/[0-9a-f]+\.[a-z]+)"`).FindAllStringSubmatch(text, -1) {
			if status, _, _ := h.get("GET", prefix+"/"+m[1], ""); status != 200 {
				t.Errorf("%s: %d", m[1], status)
			}
		}
	}
	if status, header, _ := h.get("GET", prefix, ""); status != 301 || header.Get("Location") != prefix+"/" {
		t.Errorf("without a slash: %d %s", status, header.Get("Location"))
	}
}

// TestAStrangerCanNotTellWhichContestsThereAre asks the same of the address of a contest and of one without.
func TestAStrangerCanNotTellWhichContestsThereAre(t *testing.T) {
	folder := t.TempDir()
	contests(t, folder, "a.fayi")
	h := open(t, folder, nil)
	there := strings.TrimPrefix(h.row("a.fayi").Address, h.at)
	none := "/c/abcdefghijkl"
	own := regexp.MustCompile(`"(session|run)":"[^"]*"`)
	asked := []string{"GET /", "GET /screen", "GET /none", "GET /a/none.js", "POST /", "POST /api/hello",
		"GET /api/names",
		"POST /api/enter", "GET /api/duties", "GET /api/pairs", "POST /api/pairs",
		"GET /api/works/SF-0001", "PUT /api/ballots/SF-0001", "GET /api/none",
		"GET /media/a.jpg?k=1&u=zzzzzz&s=x", "GET /api/screen/news?key=x", "GET /api/screen/wait", "GET /../hall"}
	for _, a := range asked {
		method, path, _ := strings.Cut(a, " ")
		var said [2][]any
		for i, at := range []string{there, none} {
			body := ""
			if method == "POST" {
				body = `{"pass":"0123456789abcdef"}`
			}
			status, header, text := h.get(method, at+path, body, "Authorization",
				"Fayi 0123456789abcdef,1.x,1,device-of-sixteen,ab")
			text = strings.ReplaceAll(own.ReplaceAllString(text, ""), at, "")
			header.Del("Content-Length")
			if l := header.Get("Location"); l != "" {
				header.Set("Location", strings.ReplaceAll(l, at, ""))
			}
			said[i] = []any{status, header, text}
		}
		if !reflect.DeepEqual(said[0], said[1]) {
			t.Errorf("%s:\n%v\n%v", a, said[0], said[1])
		}
	}
	for _, path := range []string{"/", "/c", "/c/", "/hall/contests", "/metrics", "/debug", "/.hall/key"} {
		status, _, text := h.get("GET", path, "")
		if status != 404 && path != "/c/" || strings.Contains(text, "fayi") {
			t.Errorf("%s: %d %s", path, status, text)
		}
	}
	runs := map[string]bool{}
	for _, at := range []string{none, none, "/c/abcdefghijkm"} {
		_, _, text := h.get("POST", at+"/api/hello", `{"pass":""}`)
		runs[decoded[struct{ Run string }](t, text).Run] = true
	}
	if len(runs) != 2 {
		t.Errorf("%d runs of two addresses", len(runs))
	}
}

// TestContestsCloseWhenNobodyAsks moves the clock, and bounds how many are open.
func TestContestsCloseWhenNobodyAsks(t *testing.T) {
	folder := t.TempDir()
	tokens := contests(t, folder, "a.fayi", "b.fayi", "c.fayi")
	h := open(t, folder, func(c *hall.Config) { c.Most, c.Idle = 2, time.Minute })
	ask := func(name string) error {
		_, err := h.desk(name, tokens[name]["j001"]).Duties(t.Context())
		return err
	}
	opened := func() (out string) {
		for _, r := range h.List(t.Context(), "en").Contests {
			if r.State == "open" {
				out += r.Name[:1]
			}
		}
		return out
	}
	for _, name := range []string{"a.fayi", "b.fayi"} {
		must(t, ask(name))
		h.clock.move(time.Second)
	}
	must(t, ask("c.fayi")) // the one that was asked for longest ago gives way
	if got := opened(); got != "bc" {
		t.Errorf("open are %s, want bc", got)
	}
	h.clock.move(50 * time.Second)
	must(t, ask("c.fayi"))
	h.clock.move(20 * time.Second)
	h.Look(t.Context())
	if got := opened(); got != "c" {
		t.Errorf("open are %s, want c", got)
	}
	must(t, ask("b.fayi"))
	h.clock.move(2 * time.Minute)
	h.Look(t.Context())
	if got := opened(); got != "" {
		t.Errorf("open are %s, want none", got)
	}
	must(t, ask("a.fayi"))
}

// TestWhereAllAreInUseOneMoreIsRefusedInWords has two pages listen, and a third contest asked for.
func TestWhereAllAreInUseOneMoreIsRefusedInWords(t *testing.T) {
	folder := t.TempDir()
	tokens := contests(t, folder, "a.fayi", "b.fayi")
	h := open(t, folder, func(c *hall.Config) { c.Most = 1 })
	ctx, end := context.WithCancel(t.Context())
	defer end()
	listens(ctx, t, h, "a.fayi", tokens["a.fayi"][theScreen])
	_, err := h.desk("b.fayi", tokens["b.fayi"]["j001"]).Duties(t.Context())
	if e := (*judging.Error)(nil); !errors.As(err, &e) || e.Text != "hall.full" {
		t.Errorf("one more than may be open: %v", err)
	}
	end()
	eventually(t, "b is let in", func() bool {
		_, err := h.desk("b.fayi", tokens["b.fayi"]["j001"]).Duties(t.Context())
		return err == nil
	})
}

// TestAnIdleContestGivesWayBeforeOneInUse has the older of two open contests in use.
func TestAnIdleContestGivesWayBeforeOneInUse(t *testing.T) {
	folder := t.TempDir()
	tokens := contests(t, folder, "a.fayi", "b.fayi", "c.fayi")
	h := open(t, folder, func(c *hall.Config) { c.Most = 2 })
	listens(t.Context(), t, h, "a.fayi", tokens["a.fayi"][theScreen])
	h.clock.move(time.Second)
	for _, name := range []string{"b.fayi", "c.fayi"} {
		_, err := h.desk(name, tokens[name]["j001"]).Duties(t.Context())
		must(t, err)
	}
	if a, b := h.row("a.fayi").State, h.row("b.fayi").State; a != "open" || b != "closed" {
		t.Errorf("the one in use is %s, the idle one %s", a, b)
	}
}

// listens opens the news of a contest's big screen, and returns what it hears.
func listens(ctx context.Context, t *testing.T, h *house, name, token string) <-chan string {
	t.Helper()
	r, err := http.NewRequestWithContext(ctx, "GET", h.row(name).Address+"/api/screen/news?key="+token, nil)
	must(t, err)
	resp, err := http.DefaultClient.Do(r)
	must(t, err)
	if resp.StatusCode != 200 {
		t.Fatal(resp.Status)
	}
	heard := make(chan string, 64)
	go func() {
		defer resp.Body.Close()
		defer close(heard)
		for buf := make([]byte, 4096); ; {
			n, err := resp.Body.Read(buf)
			heard <- string(buf[:n])
			if err != nil {
				return
			}
		}
	}()
	return heard
}

// TestOneBrokenContestHurtsNoOther has a contest that is no database among others.
func TestOneBrokenContestHurtsNoOther(t *testing.T) {
	folder := t.TempDir()
	tokens := contests(t, folder, "a.fayi", "b.fayi")
	whole, err := os.ReadFile(filepath.Join(folder, "b.fayi", "contest.db"))
	must(t, err)
	must(t, os.WriteFile(filepath.Join(folder, "b.fayi", "contest.db"), []byte(strings.Repeat("坏", 9000)), 0o600))
	h := open(t, folder, nil)
	ctx, end := context.WithCancel(t.Context())
	ran := make(chan struct{})
	go func() {
		defer close(ran)
		h.Run(ctx)
	}()
	defer func() { end(); <-ran }()
	eventually(t, "the list tells", func() bool { return h.row("b.fayi").State == "broken" })
	if r := h.row("b.fayi"); r.Problem == "" || strings.Contains(r.Problem, "hall.") {
		t.Errorf("the list says %+v", r)
	}
	_, err = h.desk("b.fayi", tokens["b.fayi"]["j001"]).Duties(t.Context())
	if judging.CodeOf(err) != judging.Unavailable {
		t.Errorf("a broken contest answers %v", err)
	}
	_, err = score(t.Context(), h.desk("a.fayi", tokens["a.fayi"]["j001"]), 0, "m1")
	must(t, err)
	must(t, os.WriteFile(filepath.Join(folder, "b.fayi", "contest.db"), whole, 0o600))
	h.clock.move(time.Minute)
	_, err = h.desk("b.fayi", tokens["b.fayi"]["j001"]).Duties(t.Context())
	must(t, err)
	if r := h.row("b.fayi"); r.State != "open" || r.Problem != "" {
		t.Errorf("mended, the list says %+v", r)
	}
}

// TestNothingIsAnsweredThatWentWithTheFolder moves the folder of an open contest away.
func TestNothingIsAnsweredThatWentWithTheFolder(t *testing.T) {
	folder, away := t.TempDir(), t.TempDir()
	tokens := contests(t, folder, "a.fayi", "b.fayi")
	h := open(t, folder, nil)
	a, b := h.desk("a.fayi", tokens["a.fayi"]["j001"]), h.desk("b.fayi", tokens["b.fayi"]["j001"])
	_, err := score(t.Context(), a, 0, "m1")
	must(t, err)
	_, err = score(t.Context(), b, 0, "m1")
	must(t, err)
	must(t, os.Rename(filepath.Join(folder, "a.fayi"), filepath.Join(away, "a.fayi")))
	_, err = score(t.Context(), a, 1, "m2")
	if e := (*judging.Error)(nil); !errors.As(err, &e) || e.Text != "hall.gone" {
		t.Errorf("the folder is gone, and a save is answered %v", err)
	}
	_, err = score(t.Context(), b, 1, "m2")
	must(t, err)
	must(t, os.Rename(filepath.Join(away, "a.fayi"), filepath.Join(folder, "a.fayi")))
	eventually(t, "it opens again", func() bool {
		h.clock.move(time.Minute)
		_, err := score(t.Context(), a, 1, "m2")
		return err == nil
	})
}

// TestOneHallHasAFolder opens a second one over the same.
func TestOneHallHasAFolder(t *testing.T) {
	folder := t.TempDir()
	h := open(t, folder, nil)
	c := config(t, folder, &clock{}, &lines{})
	c.Address = "https://hall.example.cn"
	if _, err := hall.New(c); judging.CodeOf(err) != judging.Busy {
		t.Errorf("a second hall: %v", err)
	}
	h.end()
	second, err := hall.New(c)
	must(t, err)
	must(t, second.Close(t.Context()))
}

// TestAddressesStayOverARestart compares what the list says of two runs, and of another hall.
func TestAddressesStayOverARestart(t *testing.T) {
	folder := t.TempDir()
	contests(t, folder, "a.fayi")
	path := func(folder string) string {
		h := open(t, folder, nil)
		defer h.end()
		return strings.TrimPrefix(h.row("a.fayi").Address, h.at)
	}
	first, second := path(folder), path(folder)
	if first != second {
		t.Errorf("%s and then %s", first, second)
	}
	must(t, os.RemoveAll(filepath.Join(folder, ".hall")))
	if third := path(folder); third == first {
		t.Error("another hall has the same addresses")
	}
}

// TestStoppingAnswersWhatIsUnderWayAndTellsPages stops a hall over which judges score.
func TestStoppingAnswersWhatIsUnderWayAndTellsPages(t *testing.T) {
	folder := t.TempDir()
	tokens := contests(t, folder, "a.fayi")
	h := open(t, folder, nil)
	heard := listens(t.Context(), t, h, "a.fayi", tokens["a.fayi"][theScreen])
	c := h.desk("a.fayi", tokens["a.fayi"]["j001"])
	type said struct {
		code judging.WorkCode
		base string
	}
	var kept []said
	saving := make(chan struct{})
	go func() {
		defer close(saving)
		for i := 0; ; i++ {
			b, err := score(t.Context(), c, i, fmt.Sprint("s", i))
			if err != nil {
				return
			}
			kept = append(kept, said{b.Code, b.Base})
		}
	}()
	time.Sleep(200 * time.Millisecond)
	h.end()
	<-saving
	all := ""
	for text := range heard {
		all += text
	}
	if !strings.Contains(all, "event: closing") {
		t.Errorf("the page heard %q", all)
	}
	for _, k := range kept {
		if !holds(t, filepath.Join(folder, "a.fayi"), "j001", k.code, k.base) {
			t.Errorf("%s: what was answered is not there", k.code)
		}
	}
	if len(kept) == 0 {
		t.Error("nothing was saved")
	}
}
