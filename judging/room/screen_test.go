package room_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"fayi/judging"
	onstage "fayi/judging/live"
	"fayi/judging/office"
	"fayi/judging/office/live"
	"fayi/judging/room/roomtest"
	"fayi/judging/terms"
)

// sight is what a big screen is sent, as it is sent.
type sight struct {
	Tag   string `json:"tag"`
	Run   string `json:"run"`
	Board *struct {
		Contest  string
		Break    string
		Now      *shownTurn
		Next     *shownTurn
		Standing []shownTurn
		Done     int
		Total    int
	} `json:"board"`
}

type shownTurn struct {
	Number, Place, Seats, Scored int
	Code, Title, State           string
	Authors                      []string
	Shown                        *struct {
		Official float64
		Marks    []struct {
			Total   float64
			Dropped bool
		}
	}
}

// wall is a big screen that listens by hand.
type wall struct {
	t    *testing.T
	base string
	key  string
	news chan sight
	end  func() // stops listening
}

func newWall(t *testing.T, h *roomtest.House) *wall {
	t.Helper()
	_, key, _ := strings.Cut(h.Screen(t), "#")
	w := &wall{t: t, base: h.At, key: key, news: make(chan sight, 1000)}
	ctx, end := context.WithCancel(context.Background())
	t.Cleanup(end)
	w.end = end
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, w.address("news"), nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("%v, %v", resp, err)
	}
	go w.listen(resp)
	return w
}

func (w *wall) address(what string) string {
	return w.base + "/api/screen/" + what + "?key=" + url.QueryEscape(w.key)
}

func (w *wall) listen(resp *http.Response) {
	defer close(w.news)
	defer resp.Body.Close()
	lines := bufio.NewScanner(resp.Body)
	lines.Buffer(nil, 1<<20)
	board := false
	for lines.Scan() {
		if event, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
			board = event == "board"
		}
		if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok && board {
			var s sight
			if err := json.Unmarshal([]byte(data), &s); err != nil {
				w.t.Error(err)
				return
			}
			w.news <- s
		}
	}
}

// until waits for a sight.
func (w *wall) until(what string, is func(sight) bool) sight {
	w.t.Helper()
	end := time.After(patience)
	for {
		select {
		case s, ok := <-w.news:
			if !ok {
				w.t.Fatalf("the line was closed before: %s", what)
			}
			if is(s) {
				return s
			}
		case <-end:
			w.t.Fatalf("waited in vain for: %s", what)
		}
	}
}

// performed draws the order of a contest on a stage.
func performed(t *testing.T, o *office.Office) []live.Turn {
	t.Helper()
	seed := uint64(7)
	order, err := o.Live().Draw(t.Context(), live.DrawRequest{Categories: []string{"歌曲"}, Seed: &seed})
	if err != nil {
		t.Fatal(err)
	}
	return order
}

// gives has a judge give a total at the contest itself, in whole marks.
func gives(t *testing.T, h *roomtest.House, judge judging.JudgeID, code judging.WorkCode, total int) {
	t.Helper()
	d := h.Office.Scoring().Desk(judge)
	in, err := d.Duties(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	b := judging.Ballot{Code: code, Marks: map[string]float64{}}
	left := total
	for _, c := range in.Rubrics["歌曲"].Criteria {
		m := min(left, int(c.Weight))
		b.Marks[c.Name], left = float64(m), left-m
	}
	if kept, err := d.Save(t.Context(), b); err != nil || kept.Total != float64(total) {
		t.Fatalf("%+v, %v", kept, err)
	}
}

func does[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// TestFromAMarkToTheBigScreen measures, with 15 judges who save at once, how long a mark and a release take to be on
// the line of a screen.
func TestFromAMarkToTheBigScreen(t *testing.T) {
	h := local(t, roomtest.Contest{Works: 8, Judges: 15, PerWork: 15, Stage: &onstage.Rule{}})
	performed(t, h.Office)
	w := newWall(t, h)
	turn := does[live.Turn](t)
	var marks, releases []time.Duration
	for range 5 {
		on := turn(h.Office.Live().Call(t.Context(), ""))
		w.until("the call", func(s sight) bool { return s.Board.Now != nil && s.Board.Now.Number == on.Number })
		begun := time.Now()
		for i := range 15 {
			go func() { gives(t, h, judging.JudgeID(fmt.Sprintf("j%03d", i+1)), on.Code, 60+i) }()
		}
		w.until("all marks", func(s sight) bool { return s.Board.Now.Scored == 15 })
		marks = append(marks, time.Since(begun))
		turn(h.Office.Live().Close(t.Context(), live.CloseRequest{}))
		begun = time.Now()
		turn(h.Office.Live().Release(t.Context(), ""))
		s := w.until("the release", func(s sight) bool { return s.Board.Now.Shown != nil })
		releases = append(releases, time.Since(begun))
		if got := s.Board.Now.Shown; len(got.Marks) != 15 || got.Official != 67 { // the mean of 61 to 73
			t.Errorf("shown %+v", got)
		}
	}
	slices.Sort(marks)
	slices.Sort(releases)
	t.Logf("15 marks saved at once and on the screen: median %v, worst %v; a release: median %v, worst %v",
		marks[2], marks[4], releases[2], releases[4])
	if marks[2] > 500*time.Millisecond || releases[2] > 500*time.Millisecond {
		t.Error("more than half a second")
	}
}

// TestTheScreenNeverShowsMoreThanWasReleasedNorLessThanBefore plays a stage and looks at all that is sent.
func TestTheScreenNeverShowsMoreThanWasReleasedNorLessThanBefore(t *testing.T) {
	h := local(t, roomtest.Contest{Works: 4, Judges: 3, PerWork: 3, Stage: &onstage.Rule{}})
	performed(t, h.Office)
	w := newWall(t, h)
	turn := does[live.Turn](t)
	released := map[int]bool{}
	for range 3 {
		on := turn(h.Office.Live().Call(t.Context(), ""))
		for i := range 3 {
			gives(t, h, judging.JudgeID(fmt.Sprintf("j%03d", i+1)), on.Code, 70+i+on.Number)
		}
		turn(h.Office.Live().Close(t.Context(), live.CloseRequest{}))
		s := w.until("closed", func(s sight) bool {
			wantReleased(t, s, released)
			return s.Board.Now != nil && s.Board.Now.Number == on.Number && s.Board.Now.State == "closed"
		})
		if s.Board.Now.Shown != nil {
			t.Error("closed is not released")
		}
		released[on.Number] = true
		turn(h.Office.Live().Release(t.Context(), ""))
		w.until("released", func(s sight) bool {
			wantReleased(t, s, released)
			return len(s.Board.Standing) == len(released) && s.Board.Now.Number == on.Number
		})
	}
	if err := h.Office.Live().Break(t.Context(), "休息"); err != nil {
		t.Fatal(err)
	}
	s := w.until("the break", func(s sight) bool { return s.Board.Break == "休息" })
	wantReleased(t, s, released)
	if s.Board.Done != 3 || s.Board.Next == nil {
		t.Errorf("%+v", s.Board)
	}
}

// wantReleased looks for scores that were not released, and for those that were and are gone.
func wantReleased(t *testing.T, s sight, released map[int]bool) {
	t.Helper()
	for _, row := range s.Board.Standing {
		if !released[row.Number] {
			t.Errorf("number %d is shown and was not released", row.Number)
		}
	}
	if len(s.Board.Standing) < len(released)-1 { // the latest may be on its way
		t.Errorf("%d places after %d were released", len(s.Board.Standing), len(released))
	}
	for _, one := range []*shownTurn{s.Board.Now, s.Board.Next} {
		if one != nil && one.Shown != nil && !released[one.Number] {
			t.Errorf("number %d is shown and was not released", one.Number)
		}
	}
}

// TestACrawlOfTheScreenMeetsNothingThatTheRulesKeepBack reads all that a screen is sent, by each rule of what it may
// show, and asks the judges' addresses with the screen's token.
func TestACrawlOfTheScreenMeetsNothingThatTheRulesKeepBack(t *testing.T) {
	for name, may := range map[string]struct {
		show   onstage.Show
		minors terms.Minors
		public []string // of roomtest.Secrets
	}{
		"code":          {onstage.ShowCode, terms.Whole, nil},
		"title":         {onstage.ShowTitle, terms.Whole, nil},
		"no names":      {onstage.ShowName, terms.UnitOnly, []string{"示例第"}},
		"first of name": {onstage.ShowName, terms.Surname, []string{"示例第"}},
		"names":         {onstage.ShowName, terms.Whole, []string{"示例第", "甲某"}},
	} {
		t.Run(name, func(t *testing.T) {
			h := local(t, roomtest.Contest{
				Works: 4, Judges: 3, PerWork: 3, Stage: &onstage.Rule{Show: may.show}, Minors: may.minors})
			performed(t, h.Office)
			on := does[live.Turn](t)(h.Office.Live().Call(t.Context(), ""))
			for i := range 3 {
				gives(t, h, judging.JudgeID(fmt.Sprintf("j%03d", i+1)), on.Code, 77+i)
			}
			w := &wall{t: t, base: h.At}
			_, w.key, _ = strings.Cut(h.Screen(t), "#")
			c := newCaller(t, h, "j001")
			look := func(shown bool) {
				t.Helper()
				resp, body := c.plain("GET", strings.TrimPrefix(w.address("wait"), h.At), nil, nil)
				if resp.StatusCode != http.StatusOK || resp.Header.Get("Cache-Control") != "no-store" {
					t.Fatal(resp.Status, resp.Header)
				}
				text := string(body)
				for _, secret := range roomtest.Secrets {
					told := strings.Contains(strings.ReplaceAll(text, "甲某某", "甲__"), secret)
					if told != slices.Contains(may.public, secret) {
						t.Errorf("the screen tells %s: %v: %s", secret, told, text)
					}
				}
				if strings.Contains(text, "法治之光") == (may.show == onstage.ShowCode) {
					t.Errorf("titles: %s", text)
				}
				if strings.Contains(text, "评委") || strings.Contains(text, "j001") || strings.Contains(text, "w0000") {
					t.Errorf("the screen tells who judges, or what is inside: %s", text)
				}
				if strings.Contains(text, ":78") != shown {
					t.Errorf("a mark of 78 is shown: %v, want %v", !shown, shown)
				}
			}
			look(false)
			does[live.Turn](t)(h.Office.Live().Close(t.Context(), live.CloseRequest{}))
			look(false)
			does[live.Turn](t)(h.Office.Live().Release(t.Context(), ""))
			newWall(t, h).until("the release", func(s sight) bool { return s.Board.Done == 1 })
			look(true)
		})
	}
}

func TestTheScreensTokenIsNoJudgesAndAJudgesIsNoScreens(t *testing.T) {
	h := local(t, roomtest.Contest{Works: 3, Judges: 3, PerWork: 3, Stage: &onstage.Rule{}})
	w := newWall(t, h)
	c := newCaller(t, h, "j001")
	refused := func(what, path string) {
		t.Helper()
		resp, body := c.plain("GET", path, nil, nil)
		if resp.StatusCode != http.StatusForbidden || !strings.Contains(string(body), "room.no_") {
			t.Errorf("%s: %s %s", what, resp.Status, body)
		}
	}
	for _, what := range []string{"news", "wait"} {
		refused("no token", "/api/screen/"+what)
		refused("a judge's token", "/api/screen/"+what+"?key="+h.Tokens["j001"])
		refused("a judge's pass", "/api/screen/"+what+"?key="+c.key.ID())
	}
	mine := h.Tokens["j001"]
	h.Tokens["screen"] = w.key
	screen := newCaller(t, h, "screen") // sessions are opened for anybody
	h.Tokens["j001"] = mine
	for _, path := range []string{"/api/duties", "/api/news", "/api/wait", "/api/works/x", "/api/ballots/x"} {
		if resp, body := screen.ask("GET", path, nil); resp.StatusCode != http.StatusForbidden {
			t.Errorf("%s with the screen's token: %s %s", path, resp.Status, body)
		}
	}
	token, err := h.Office.Passes().ScreenPass(t.Context(), true)
	if err != nil || token == w.key {
		t.Fatal(token, err)
	}
	refused("the token of before", strings.TrimPrefix(w.address("wait"), h.At))
	for range w.news { // the line ends by itself within a beat
	}
	if again, err := h.Office.Passes().ScreenPass(t.Context(), false); err != nil || again != token {
		t.Errorf("asked again, the token is %s, %v", again, err)
	}
}

// TestNotMoreScreensListenThanThereAreWalls opens one too many; when one goes, another may come.
func TestNotMoreScreensListenThanThereAreWalls(t *testing.T) {
	h := local(t, roomtest.Contest{Works: 3, Judges: 3, PerWork: 3, Stage: &onstage.Rule{}})
	var w *wall
	for range 16 {
		w = newWall(t, h)
		w.until("a board", func(sight) bool { return true })
	}
	c, at := newCaller(t, h, "j001"), strings.TrimPrefix(w.address("wait"), h.At)
	if resp, body := c.plain("GET", at, nil, nil); resp.StatusCode != http.StatusTooManyRequests {
		t.Errorf("%s %s", resp.Status, body)
	}
	w.end()
	for range w.news {
	}
	for end := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		resp, body := c.plain("GET", at, nil, nil)
		if resp.StatusCode == http.StatusOK {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("after one has gone: %s %s", resp.Status, body)
		}
	}
}
