package stage

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/app/kit/look"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
	onstage "fayi/judging/live"
	"fayi/judging/office"
	"fayi/judging/office/live"
	"fayi/judging/office/rules"
)

// bench is the page over a contest, in a window whose time the test lets pass.
type bench struct {
	*kittest.Shell
	*testing.T

	office *office.Office
	page   *stagePage
	root   fyne.CanvasObject
}

func newBench(t *testing.T, o *office.Office) *bench {
	t.Helper()
	sh := kittest.New(t)
	sh.Clock = &kittest.Clock{}
	p := newStagePage(sh, o)
	sh.Win.Canvas().SetOnTypedKey(func(key *fyne.KeyEvent) { p.TypedKey(key) })
	return &bench{sh, t, o, p, sh.Open(p)}
}

// draw draws the works of one category by the page's own question.
func (b *bench) draw(seed string) []live.Turn {
	b.Helper()
	kittest.Tap(b, b.root, "抽签")
	q := b.Asked[len(b.Asked)-1]
	b.Put(q.Content)
	picks := kittest.All[*choice.Picks](q.Content)[0]
	if len(picks.Chosen()) == 0 { // all are where the rules speak of a stage
		if err := b.Answer(b); judging.CodeOf(err) != judging.Invalid {
			b.Errorf("drawn without a category: %v", err)
		}
	}
	picks.Choose(nil)
	kittest.Tap(b, q.Content, "书法")
	kittest.All[*field.Entry](q.Content)[0].SetText(seed)
	b.Put(b.root)
	if err := b.Answer(b); err != nil {
		b.Fatal(err)
	}
	return b.order()
}

func (b *bench) order() []live.Turn {
	b.Helper()
	order, err := b.office.Live().Order(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	return order
}

// space presses the bar once, a while after the last time.
func (b *bench) space() {
	b.Helper()
	b.Clock.Advance(2 * holding)
	kittest.Press(b.Win, fyne.KeySpace)
}

// first says how far the first work is.
func (b *bench) first(want string) {
	b.Helper()
	if t := b.order()[0]; fmt.Sprint(t.State, " ", t.Scored) != want {
		b.Fatalf("it is %s with %d scores, not %s; errors %v", t.State, t.Scored, want, b.Errors)
	}
}

func (b *bench) shows(words ...string) {
	b.Helper()
	for _, w := range words {
		if !kittest.Shows(b.root, w) {
			b.Errorf("%q is not shown: %q", w, kittest.Texts(b.root))
		}
	}
}

// score has the first n of a turn's judges score it.
func (b *bench) score(t live.Turn, n int) {
	b.Helper()
	for _, s := range t.Panel[:n] {
		_, err := b.office.Scoring().Desk(s.Judge).Save(b.Context(), judging.Ballot{Code: t.Code, Total: 80})
		if err != nil {
			b.Fatal(err)
		}
	}
	b.page.Load()
}

func TestTheSpaceBarRunsAPerformance(t *testing.T) {
	b := newBench(t, pagetest.WithPlan(t, 12))
	b.shows("还没有排出场顺序")
	order := b.draw("7")
	if len(order) != 6 || order[0].Seed != 7 || !slices.ContainsFunc(b.Told, func(n kit.Notice) bool {
		return strings.Contains(n.Text, "抽签号 7")
	}) {
		t.Fatalf("%d works by %d, told %+v", len(order), order[0].Seed, b.Told)
	}
	if got := strings.Join(b.page.Report(), ""); !strings.Contains(got, "抽签号 7") || strings.Contains(got, "手工") {
		t.Errorf("on paper: %q", got)
	}
	b.shows("台上没有作品", "叫第 1 号", order[0].Title)
	b.space()
	b.first("called 0")
	on := b.order()[0]
	b.shows("第 1 号 · 在台上", "0 / 3 位评委已打分", on.Panel[0].Name, "停止打分")
	b.score(on, 1)
	b.space() // judges are missing: it asks
	q := b.Asked[len(b.Asked)-1]
	b.first("called 1")
	if !q.Danger || !strings.Contains(q.Text, on.Panel[1].Name) || strings.Contains(q.Text, on.Panel[0].Name) {
		t.Errorf("asked %+v", q)
	}
	b.score(on, 3)
	b.shows("3 / 3 位评委已打分")
	b.space()
	b.first("closed 3")
	b.space()
	b.first("released 3")
	b.shows("得分 80", "叫第 2 号", "已公布 1 / 6")
	if len(b.Errors) > 0 {
		t.Errorf("errors: %v", b.Errors)
	}
}

func TestAKeyThatIsHeldIsOneStep(t *testing.T) {
	b := newBench(t, pagetest.WithPlan(t, 12))
	b.draw("7")
	b.space()
	for range 100 { // a key that is held down repeats thirty times a second
		b.Clock.Advance(33 * time.Millisecond)
		kittest.Press(b.Win, fyne.KeySpace)
	}
	if len(b.Asked) != 1 { // the draw
		t.Errorf("asked %d times", len(b.Asked))
	}
	b.space()
	if len(b.Asked) != 2 {
		t.Errorf("a press after it was let go: asked %d times", len(b.Asked))
	}
}

func TestAWrongCallIsTakenBack(t *testing.T) {
	b := newBench(t, pagetest.WithPlan(t, 12))
	b.draw("7")
	b.space()
	kittest.Tap(t, b.root, "撤回叫号")
	if got := b.order()[0].State; got != live.Waiting {
		t.Errorf("it is %s", got)
	}
	b.shows("叫第 1 号")
	if b.Win.Canvas().Focused() != nil {
		t.Error("the keyboard stays on the button: the space bar would press it")
	}
}

func TestWorksAreMovedByHandAndThatIsPrinted(t *testing.T) {
	b := newBench(t, pagetest.WithPlan(t, 12))
	was := b.draw("7")
	b.page.view.table.Select(string(was[2].Work))
	kittest.Tap(t, b.root, "上移")
	now := b.order()
	if now[1].Work != was[2].Work || now[2].Work != was[1].Work {
		t.Errorf("moved up: %v", now)
	}
	b.page.view.step(was[0].Work, -1) // the first can't go up
	if len(b.Errors) > 0 || b.order()[0].Work != was[0].Work {
		t.Errorf("the first: %v", b.Errors)
	}
	b.page.onMove(b.order()[5])
	q := b.Asked[len(b.Asked)-1]
	pagetest.Fill(t, q, "1")
	if err := b.Answer(t); err != nil || b.order()[0].Work != now[5].Work {
		t.Errorf("to the first number: %v", err)
	}
	if got := strings.Join(b.page.Report(), ""); !strings.Contains(got, "其中 2 件") {
		t.Errorf("on paper: %q", got)
	}
}

func TestScoringClosesByItselfAsChosen(t *testing.T) {
	for _, how := range []struct {
		word  string
		saved int
	}{{"打完就停", 3}, {"到时就停", 1}} {
		t.Run(how.word, func(t *testing.T) {
			b := newBench(t, pagetest.WithPlan(t, 12))
			b.draw("7")
			kittest.Tap(t, b.root, "停止打分：手动")
			q := b.Asked[len(b.Asked)-1]
			b.Put(q.Content)
			kittest.Tap(t, q.Content, how.word)
			if n := kittest.All[*field.Entry](q.Content); len(n) > 0 {
				n[0].SetText("9")
			}
			b.Put(b.root)
			if err := b.Answer(t); err != nil {
				t.Fatal(err)
			}
			b.shows("停止打分：" + how.word)
			b.space()
			on := b.order()[0]
			b.score(on, how.saved-1)
			if got := b.order()[0].State; got != live.Called {
				t.Fatalf("closed too early: %s", got)
			}
			b.score(on, how.saved)
			b.Clock.Advance(30 * time.Second)
			if got := b.order()[0]; got.State != live.Shut || got.Scored != how.saved {
				t.Errorf("%s with %d scores; errors %v", got.State, got.Scored, b.Errors)
			}
		})
	}
}

func TestAPageThatIsLeftClosesNothing(t *testing.T) {
	b := newBench(t, pagetest.WithPlan(t, 12))
	b.draw("7")
	b.page.place.auto = auto{byTime, 9}
	b.space()
	b.page.Leave()
	b.Clock.Advance(time.Hour)
	if got := b.order()[0].State; got != live.Called || b.Clock.Waiting() > 0 {
		t.Errorf("%s, %d calls to come", got, b.Clock.Waiting())
	}
}

func TestWhatFailsIsNotTriedAgainByItself(t *testing.T) {
	b := newBench(t, pagetest.WithPlan(t, 12))
	b.draw("7")
	b.page.place.auto = auto{byTime, 9}
	b.space()
	b.page.act(func(context.Context) error { return judging.Fail(judging.Unavailable, "store.full", nil) })
	b.Clock.Advance(time.Hour)
	if got := b.order()[0].State; got != live.Called || len(b.Errors) != 1 {
		t.Errorf("%s, errors %v", got, b.Errors)
	}
	b.shows("停止打分：手动")
}

func TestATimedPerformanceIsStartedAndStopped(t *testing.T) {
	o := pagetest.WithPlan(t, 12)
	limit(t, o, onstage.Rule{Minutes: 0.5, Points: 2})
	b := newBench(t, o)
	b.draw("7")
	b.space()
	b.shows("开始计时")
	b.space()
	b.shows("停止计时", " / 限时 0:30")
	before := kittest.Texts(b.page.view.now.whole)
	b.Clock.Advance(3 * time.Second)
	if slices.Equal(before, kittest.Texts(b.page.view.now.whole)) {
		t.Error("the clock stands")
	}
	b.space()
	if got := b.order()[0]; got.Stopped.IsZero() || got.State != live.Called {
		t.Errorf("%+v", got)
	}
	b.shows("停止打分")
}

// limit puts a rule of the stage into force.
func limit(t *testing.T, o *office.Office, r onstage.Rule) {
	t.Helper()
	var text bytes.Buffer
	if err := o.RuleBook().ExportRules(t.Context(), &text); err != nil {
		t.Fatal(err)
	}
	now, err := rules.ParseRules(&text)
	if err != nil {
		t.Fatal(err)
	}
	now.Live = &r
	if _, err := o.RuleBook().SaveRules(t.Context(), now, true); err != nil {
		t.Fatal(err)
	}
}

func TestABreakAndAScoreThatChangedAreTold(t *testing.T) {
	b := newBench(t, pagetest.WithPlan(t, 12))
	b.draw("7")
	kittest.Tap(t, b.root, "幕间…")
	if err := b.Answer(t); err != nil {
		t.Fatal(err)
	}
	b.shows("大屏幕上是：幕间休息")
	kittest.Tap(t, b.root, "恢复成绩")
	if board, err := b.office.Live().Board(t.Context()); err != nil || board.Break != "" {
		t.Errorf("%+v, %v", board, err)
	}
	b.space()
	b.score(b.order()[0], 3)
	b.space()
	b.space()
	if _, err := b.office.Offsets().Give(t.Context(), string(b.order()[0].Work), -1, "超时"); err != nil {
		t.Fatal(err)
	}
	b.page.Load()
	b.shows("公布以后得分有变化", "分数有变")
	kittest.Tap(t, b.root, "重新公布")
	if got := b.order()[0]; got.Behind || got.Shown.Official != 79 {
		t.Errorf("%+v", got.Shown)
	}
}

func TestLotsAreDrawnAgainOnlyBeforeTheFirstCall(t *testing.T) {
	b := newBench(t, pagetest.WithPlan(t, 12))
	b.draw("7")
	b.page.onDraw(true)
	q := b.Asked[len(b.Asked)-1]
	if !q.Danger || !strings.Contains(q.Check, "6 件") {
		t.Errorf("asked %+v", q)
	}
	b.Put(q.Content)
	picks := kittest.All[*choice.Picks](q.Content)[0]
	picks.Choose([]string{"摄影"})
	b.Put(b.root)
	if err := b.Answer(t); err != nil || b.order()[0].Category != "摄影" {
		t.Errorf("drawn again: %v", err)
	}
	b.space()
	if err := b.Answer(t); judging.CodeOf(err) != judging.Clash {
		t.Errorf("after the first call: %v", err)
	}
}

func TestTheStageFits(t *testing.T) {
	o := pagetest.WithPlan(t, 12)
	shot := func(name string) {
		pagetest.Shots(t, "stage-"+name, func(sh kit.Shell) kit.Page { return newStagePage(sh, o) })
	}
	shot("undrawn")
	b := newBench(t, o)
	b.draw("7")
	b.space()
	b.score(b.order()[0], 2)
	shot("called")
	b.score(b.order()[0], 3)
	b.space()
	b.space()
	b.space()
	if err := b.page.pause("幕间休息，十分钟以后继续"); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Offsets().Give(t.Context(), string(b.order()[0].Work), -1, "超时"); err != nil {
		t.Fatal(err)
	}
	shot(fmt.Sprint("called-", 2))
}

// TestTheStageFitsALargeScreen looks at it as a window of 1920 × 1080 shows it, with a clock that runs beyond its
// limit.
func TestTheStageFitsALargeScreen(t *testing.T) {
	o := pagetest.WithPlan(t, 12)
	limit(t, o, onstage.Rule{Minutes: 1.0 / 60, Points: 1})
	b := newBench(t, o)
	b.draw("7")
	b.space()
	b.space()
	for lang, chosen := range map[string]look.Look{
		"zh-Hans": {Mode: look.Dark, Size: look.Normal}, "en": {Mode: look.Light, Size: look.Huge},
	} {
		b.Speak(lang)
		b.Look(chosen)
		b.Win.Resize(fyne.NewSize(1700, 930))
		b.page.Leave()
		b.page = newStagePage(b.Shell, o)
		b.root = b.Open(b.page)
		pagetest.Settle(b.Shell)
		b.page.view.table.Select(string(b.order()[1].Work))
		pagetest.Settle(b.Shell)
		if os.Getenv("FAYI_SHOTS") != "" {
			kittest.Shot(t, b.Win, "stage-wide-"+lang)
		}
		for _, f := range kittest.Faults(b.Win) {
			t.Errorf("%s: %s", lang, f)
		}
	}
}
