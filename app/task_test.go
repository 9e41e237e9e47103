package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"fayi/app/drawing"
	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/kit/status"
	"fayi/judging"
)

func TestTaskGivesItsErrorToDone(t *testing.T) {
	w := open(t, nil)
	want := errors.New("x")
	var got error
	w.Run("导入", func(context.Context, kit.Progress) error { return want }, func(err error) { got = err })
	if got != want || len(w.tasks.running) != 0 || w.frame.task.Visible() {
		t.Errorf("got %v with %d tasks left", got, len(w.tasks.running))
	}
}

func TestTaskShowsProgressAndCanBeCancelled(t *testing.T) {
	run := &runHeld{}
	w := open(t, func(c *Config) { c.Runner = run })
	var got error
	w.Run("生成缩略图", func(ctx context.Context, p kit.Progress) error {
		p(212, 640)
		if !w.shows("生成缩略图") || !w.shows("212/640") {
			t.Error("progress is not shown")
		}
		w.frame.cancel.Tapped(nil)
		return ctx.Err()
	}, func(err error) { got = err })
	if !w.frame.task.Visible() {
		t.Error("a task under way is not shown")
	}
	run.letGo()
	if !errors.Is(got, context.Canceled) || w.frame.task.Visible() {
		t.Errorf("ended with %v", got)
	}
}

func TestSeveralTasksAreCounted(t *testing.T) {
	run := &runHeld{}
	w := open(t, func(c *Config) { c.Runner = run })
	nothing := func(context.Context, kit.Progress) error { return nil }
	w.Run("甲", nothing, func(error) {})
	w.Run("乙", nothing, func(error) {})
	if !w.shows("乙（另有 1 项在进行）") {
		t.Error("the other task is not counted")
	}
	w.Navigate(kit.Route{Kind: "works"})
	if !w.shows("乙（另有 1 项在进行）") {
		t.Error("tasks are out of sight on another page")
	}
	run.letGo()
	if w.frame.task.Visible() {
		t.Error("finished tasks are still shown")
	}
}

func TestPanicInATaskIsAnError(t *testing.T) {
	w := open(t, nil)
	var got error
	w.Run("坏任务", func(context.Context, kit.Progress) error { panic("某人的名字") }, func(err error) { got = err })
	if judging.CodeOf(got) != judging.Internal || w.Err(got) == "" || w.Err(got) == "某人的名字" {
		t.Errorf("got %v", got)
	}
}

func TestManyChangesMakeOneReload(t *testing.T) {
	var queue []func()
	w := open(t, func(c *Config) { c.Runner = queueDraw{&queue} })
	before := w.last().loads
	for range 5 {
		w.Changed()
	}
	for _, f := range queue {
		f()
	}
	if n := w.last().loads - before; n != 1 {
		t.Errorf("%d reloads", n)
	}
	queue = nil
	if w.Changed(); len(queue) != 1 {
		t.Error("a later change is lost")
	}
}

// A room full of judges saves all the time: the first change reloads at once, the others gather for a second.
func TestReloadsGatherUnderLoad(t *testing.T) {
	r := &runHeld{}
	w := open(t, func(c *Config) { c.Runner = r })
	reloads := func() int { return w.last().loads }
	was := reloads()
	w.Changed()
	if n := reloads() - was; n != 1 || len(r.rings) != 0 {
		t.Fatalf("the first change: %d reloads, %d timers", n, len(r.rings))
	}
	for range 50 {
		w.Changed()
	}
	if n := reloads() - was; n != 1 || len(r.rings) != 1 || r.waits[0] <= 0 || r.waits[0] > reloadPause {
		t.Fatalf("50 more: %d reloads, timers of %v", n, r.waits)
	}
	if !w.Busy() {
		t.Error("idle, though a reload is on its way")
	}
	r.rings[0]()
	if n := reloads() - was; n != 2 {
		t.Errorf("after the pause %d reloads", n)
	}
	w.read.Store(time.Now().Add(-2 * reloadPause).UnixNano())
	if w.Changed(); reloads()-was != 3 {
		t.Error("a change after a quiet while waits")
	}
}

// queueDraw is a Runner that keeps what is to be drawn.
type queueDraw struct{ queue *[]func() }

func (queueDraw) Start(work func()) { work() }
func (q queueDraw) Draw(f func())   { *q.queue = append(*q.queue, f) }
func (q queueDraw) Wake(_ time.Duration, ring func()) func() {
	ring()
	return func() {}
}

func TestFetchShowsErrorsAndSkipsShow(t *testing.T) {
	w := open(t, nil)
	kit.Fetch(w, "读取", func(context.Context, kit.Progress) (int, error) {
		return 0, judging.Fail(judging.Internal, "shell.panic", nil)
	},
		func(int) { t.Error("shown in spite of the error") })
	w.top(t)
	kit.Fetch(w, "读取", func(context.Context, kit.Progress) (int, error) { return 7, nil }, func(n int) {
		if n != 7 {
			t.Errorf("got %d", n)
		}
	})
}

func TestStatusIsDrawnAndOldAnswersAreDropped(t *testing.T) {
	run := &runHeld{}
	n := 0
	w := open(t, func(c *Config) {
		c.Runner = run
		c.Status = func(context.Context, kit.Texter) (Status, error) {
			n++
			if n == 1 {
				return Status{}, errors.New("x")
			}
			return Status{
				Subject: "2020年征集",
				Saved:   "已保存",
				Stages:  []status.Stage{{Key: "works", Title: "审核", State: status.Next}},
			}, nil
		}
	})
	w.Reload()
	run.letGo()
	run.letGo() // asked again when the first answer came
	for _, want := range []string{"2020年征集", "已保存", "审核"} {
		if !w.shows(want) {
			t.Errorf("%q is not shown", want)
		}
	}
	if got := w.win.Title(); got != "home — 2020年征集 — 法艺评审" {
		t.Errorf("window is called %q", got)
	}
	w.Navigate(kit.Route{Kind: "works"})
	if !w.shows("审核") {
		t.Error("the rail is empty until the next answer")
	}
}

// TestQuestionsAtOnceAreOneAndEachAnswerIsDrawn reloads faster than the status answers, as a room full of judges does
// over a large contest.
func TestQuestionsAtOnceAreOneAndEachAnswerIsDrawn(t *testing.T) {
	run := &runHeld{}
	n := 0
	w := open(t, func(c *Config) {
		c.Runner = run
		c.Status = func(context.Context, kit.Texter) (Status, error) {
			n++
			return Status{Saved: fmt.Sprint("答复", n)}, nil
		}
	})
	run.letGo()
	n = 0
	for range 50 {
		w.Reload()
	}
	if n != 0 {
		t.Fatalf("asked %d times before anything ran", n)
	}
	run.letGo()
	run.letGo() // the question that was asked when the first answer came
	if n != 2 || !w.shows("答复2") {
		t.Errorf("asked %d times, shown %v", n, w.shows("答复2"))
	}
	w.Reload()
	run.letGo()
	if n != 3 || !w.shows("答复3") {
		t.Errorf("after that asked %d times", n)
	}
}

func TestStatusThatFailsIsTold(t *testing.T) {
	w := open(t, func(c *Config) {
		c.Status = func(context.Context, kit.Texter) (Status, error) {
			return Status{}, judging.Fail(judging.Internal, "media.unwritable", nil)
		}
	})
	if !w.shows("写入文件失败") {
		t.Error("nothing is told")
	}
}

func TestQuietWorkShowsNothingAndEndsWithTheWindow(t *testing.T) {
	run := &runHeld{}
	w := open(t, func(c *Config) { c.Runner = run })
	ended := false
	w.Quietly(func(ctx context.Context, _ kit.Progress) error { ended = ctx.Err() != nil; return nil }, func(error) {})
	if w.frame.task.Visible() {
		t.Error("quiet work is shown")
	}
	w.stop()
	run.letGo()
	if !ended || len(w.tasks.running) != 0 {
		t.Error("the window closed over quiet work")
	}
}

func TestWorkThatEndsAtOnceIsNotToldOf(t *testing.T) {
	run := &runHeld{}
	w := open(t, func(c *Config) { c.Runner, c.Patience = run, time.Hour })
	w.Run("读取", func(_ context.Context, p kit.Progress) error {
		p(1, 2)
		if w.frame.task.Visible() {
			t.Error("it is told of before it lasted")
		}
		return nil
	}, func(error) {})
	if w.frame.task.Visible() {
		t.Error("it is told of at once")
	}
	run.letGo()
	if len(w.tasks.running) != 0 {
		t.Error("it does not end")
	}
}

func TestWorkThatLastsIsToldOf(t *testing.T) {
	run := &runHeld{}
	w := open(t, func(c *Config) { c.Runner, c.Patience = run, time.Hour })
	w.Run("读取", func(context.Context, kit.Progress) error { return nil }, func(error) {})
	w.cfg.Patience = 0
	w.Run("备份", func(context.Context, kit.Progress) error { return nil }, func(error) {})
	if !w.shows("备份") || w.shows("另有") {
		t.Error("only what lasts is told of")
	}
	run.letGo()
}

func TestWhatIsToComeIsCalledUnlessItIsStopped(t *testing.T) {
	run := &runHeld{}
	w := open(t, func(c *Config) { c.Runner = run })
	var came []string
	call := func(name string) kit.Timer {
		return w.After(700*time.Millisecond, func() { came = append(came, name) })
	}
	call("kept")
	call("stopped").Stop()
	if len(came) != 0 || !slices.Equal(run.waits, []time.Duration{700 * time.Millisecond, 700 * time.Millisecond}) {
		t.Errorf("before the time: %q, waiting %v", came, run.waits)
	}
	for range 2 { // a timer that rings twice makes one call
		for _, ring := range run.rings {
			ring()
		}
	}
	if !slices.Equal(came, []string{"kept"}) {
		t.Errorf("called: %q", came)
	}
}

func TestACallStoppedWhileItWaitsForTheThreadIsNotMade(t *testing.T) {
	var queue []func()
	w := open(t, func(c *Config) { c.Runner = queueDraw{&queue} })
	queue = nil
	called := 0
	w.After(time.Second, func() { called++ }).Stop()
	w.After(time.Second, func() { called++ })
	for _, f := range queue {
		f()
	}
	if len(queue) != 2 || called != 1 {
		t.Errorf("%d calls of %d that rang", called, len(queue))
	}
}

// Memory is looked through when nobody waits: not before the page's last work has ended, and not while there is more.
func TestTheWindowIsAtRestWhenWorkHasEnded(t *testing.T) {
	run := &runHeld{}
	w := open(t, func(c *Config) { c.Runner = run })
	rests := 0
	nothing := func(context.Context, kit.Progress) error { return nil }
	w.Quietly(nothing, func(error) {})
	run.letGo()
	if len(run.rings) > 0 {
		t.Error("somebody waits for rest before the window is served")
	}
	w.drawing.Rested = func() { rests++ }
	w.Quietly(nothing, func(error) {})
	w.Quietly(nothing, func(error) {})
	run.letGo()
	if n := len(run.rings); n != 2 || run.waits[1] != drawing.RestTime {
		t.Fatalf("waits %v", run.waits)
	}
	run.rings[0]() // work ended after that
	run.letGo()
	if rests != 0 {
		t.Error("it is at rest before the time has passed")
	}
	w.Quietly(nothing, func(error) {})
	run.rings[1]()
	if len(run.held) != 1 {
		t.Error("it is at rest while work is under way")
	}
	run.letGo()
	run.rings[2]()
	run.letGo()
	if rests != 1 {
		t.Errorf("at rest %d times", rests)
	}
}

func TestNothingComesAfterTheWindowBeganToClose(t *testing.T) {
	run := &runHeld{}
	w := open(t, func(c *Config) { c.Runner = run })
	w.After(time.Second, func() { t.Error("called over a window that closes") })
	w.tasks.closing = true
	run.rings[0]()
}

func TestTheRealTimerRings(t *testing.T) {
	rang := make(chan struct{})
	stop := background{}.Wake(time.Hour, func() { t.Error("a stopped timer rings") })
	stop()
	background{}.Wake(time.Millisecond, func() { close(rang) })
	select {
	case <-rang:
	case <-time.After(time.Minute):
		t.Error("it does not ring")
	}
}

// Whether to stop what runs is asked only while it runs: the question goes with the work, and its result is seen.
func TestTheQuestionWhetherToStopGoesWithTheWork(t *testing.T) {
	run := &runHeld{}
	w := open(t, func(c *Config) { c.Runner = run })
	w.Run("生成证书", func(context.Context, kit.Progress) error { return nil }, func(error) {
		w.Tell(kit.Notice{Text: "已生成证书 88 张"})
	})
	w.close()
	if top := kittest.Top(w.win); top == nil || !kittest.Shows(top, "停下并退出") {
		t.Fatal("nothing is asked")
	}
	run.letGo()
	if kittest.Top(w.win) != nil || !w.shows("已生成证书 88 张") || w.tasks.closed {
		t.Errorf("the question is still there: %v, closed: %v", kittest.Top(w.win) != nil, w.tasks.closed)
	}
	w.close()
	if !w.tasks.closed {
		t.Error("the window does not close")
	}
}
