package app

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"fayi/app/kit"
	"fayi/app/kit/status"
	"fayi/judging"
)

// This is the only file of the window that starts goroutines or hops between threads; a test holds it to that.

// Runner decides where slow work runs and how its results come back.
type Runner interface {
	Start(work func()) // off the UI thread
	Draw(f func())     // on the UI thread, soon
	// Wake calls ring off the UI thread when after has passed, unless it is stopped before.
	Wake(after time.Duration, ring func()) (stop func())
}

// background is the Runner of the real window.
type background struct{}

// Start runs work in a goroutine.
func (background) Start(work func()) { go work() }

// Draw queues f for the UI thread.
func (background) Draw(f func()) { fyne.Do(f) }

// Wake calls ring from a timer.
func (background) Wake(after time.Duration, ring func()) (stop func()) {
	timer := time.AfterFunc(after, ring)
	return func() { timer.Stop() }
}

// Inline is the Runner of tests: all in one goroutine, in order, at once.
type Inline struct{}

// Start runs work now.
func (Inline) Start(work func()) { work() }

// Draw runs f now.
func (Inline) Draw(f func()) { f() }

// Wake rings now.
func (Inline) Wake(_ time.Duration, ring func()) (stop func()) {
	ring()
	return func() {}
}

// readFonts begins to read both weights of the type, which takes a tenth of a second, and returns what waits for
// them: nothing can be measured before.
func readFonts() (wait func()) {
	var both sync.WaitGroup
	for _, bold := range []bool{false, true} {
		both.Go(func() { fyne.MeasureText(" ", theme.TextSize(), fyne.TextStyle{Bold: bold}) })
	}
	return both.Wait
}

// startTime is how long after it was opened a window has long stood.
const startTime = 3 * time.Second

// afterStart calls settle in a while, on a goroutine of its own.
func afterStart(settle func()) { time.AfterFunc(startTime, settle) }

// patience is how long work lasts in the real window before it is reported.
const patience = 200 * time.Millisecond

// tick is the shortest time between two drawings of progress.
const tick = 80 * time.Millisecond

// tasks are the works under way, the latest last: the window's part that is kit.Tasks. The slices belong to the UI
// thread.
type tasks struct {
	app     *App
	running []*task
	quiet   []*task // without a progress line
	live    int     // works not yet ended, those without a progress line too
	asked   func()  // takes away the question whether to stop all and close; does nothing where nobody was asked
	closing bool    // the window closes when live is 0; done functions are no longer called
	closed  bool
	stale   atomic.Bool  // a reload is on its way
	read    atomic.Int64 // when the last one began, in nanoseconds of Unix time
}

type task struct {
	name        string
	done, total int
	pace        status.Pace
	left        string // the time left, in words
	seen        bool   // it has lasted long enough to be reported
	cancel      context.CancelFunc
}

// Run does work off the UI thread, shows its progress in the status line with a cancel button, then calls done.
func (ts *tasks) Run(name string, work kit.Work, done func(error)) {
	ctx, cancel := context.WithCancel(context.Background())
	t := &task{name: name, cancel: cancel}
	ts.running = append(ts.running, t)
	forget := ts.tellOf(t)
	ts.start(ctx, work, ts.progress(t), func(err error) {
		cancel()
		forget()
		ts.running = slices.DeleteFunc(ts.running, func(x *task) bool { return x == t })
		if ts.show(); len(ts.running) == 0 {
			ts.asked() // whether to stop what has ended now
			ts.asked = func() {}
		}
		done(err)
	})
	ts.app.drawing.Begin(ts.live - 1)
}

// tellOf shows t if it lasts: what a page reads in a moment would only flicker, and cost two more drawings of the
// window. forget ends the waiting.
func (ts *tasks) tellOf(t *task) (forget func()) {
	tell := func() {
		t.seen = true
		ts.show()
	}
	if ts.app.cfg.Patience == 0 {
		tell()
		return func() {}
	}
	return ts.After(ts.app.cfg.Patience, tell).Stop
}

// After calls f on the UI thread when wait has passed, unless it is stopped before or the window closes.
func (ts *tasks) After(wait time.Duration, f func()) kit.Timer {
	w := &waiting{}
	w.timer = ts.app.cfg.Runner.Wake(wait, func() {
		ts.app.cfg.Runner.Draw(func() {
			if !w.over && !ts.closing {
				w.over = true
				f()
			}
		})
	})
	return w
}

// waiting is a call still to come. It belongs to the UI thread: over holds back a call that is stopped when its timer
// has rung already and it waits for that thread.
type waiting struct {
	over  bool
	timer func() // ends the timer
}

// Stop takes the call back.
func (w *waiting) Stop() {
	w.over = true
	w.timer()
}

// Quietly does work off the UI thread and shows nothing, then calls done.
func (ts *tasks) Quietly(work kit.Work, done func(error)) {
	ctx, cancel := context.WithCancel(context.Background())
	t := &task{cancel: cancel}
	ts.quiet = append(ts.quiet, t)
	ts.start(ctx, work, func(int, int) {}, func(err error) {
		cancel()
		ts.quiet = slices.DeleteFunc(ts.quiet, func(x *task) bool { return x == t })
		done(err)
	})
}

// start runs work and brings its error to the UI thread; a panic is an error.
func (ts *tasks) start(ctx context.Context, work kit.Work, p kit.Progress, done func(error)) {
	ts.live++
	ts.app.cfg.Runner.Start(func() {
		err := guarded(ctx, work, p)
		ts.app.cfg.Runner.Draw(func() {
			ts.live--
			if !ts.closing {
				done(err)
				ts.app.drawing.Came()
			} else if ts.live == 0 {
				ts.app.shut()
			}
		})
	})
}

// guarded turns a panic of work into an error. The log gets the place, not the panic's words: they may hold a name.
func guarded(ctx context.Context, work kit.Work, p kit.Progress) (err error) {
	defer func() {
		if r := recover(); r != nil {
			slog.Error("task panicked", "type", fmt.Sprintf("%T", r), "stack", string(debug.Stack()))
			err = judging.Fail(judging.Internal, "shell.panic", nil)
		}
	}()
	return work(ctx, p)
}

// progress draws t's progress, at most every tick, so that a busy task does not choke the UI thread.
func (ts *tasks) progress(t *task) kit.Progress {
	var last time.Time
	return func(done, total int) {
		if now := time.Now(); now.Sub(last) >= tick || done == total {
			last = now
			ts.app.cfg.Runner.Draw(func() {
				t.done, t.total, t.left = done, total, ""
				if left, ok := t.pace.Left(now, done, total); ok {
					t.left = status.LeftWords(ts.app, left)
				}
				ts.show()
			})
		}
	}
}

// show draws the latest task that lasts and how many more there are.
func (ts *tasks) show() {
	f := ts.app.frame
	if f == nil {
		return
	}
	lasting := slices.DeleteFunc(slices.Clone(ts.running), func(t *task) bool { return !t.seen })
	n := len(lasting)
	if n == 0 {
		f.idle()
		return
	}
	t := lasting[n-1]
	name := t.name
	if n > 1 {
		name = ts.app.T("shell.task_more", map[string]any{"Name": t.name, "More": n - 1})
	}
	f.busy(name, t)
}

// Busy reports whether work is under way, without a progress line too, or a reload is on its way.
func (ts *tasks) Busy() bool { return ts.live > 0 || ts.stale.Load() }

func (ts *tasks) cancelAll() {
	for _, t := range slices.Concat(ts.running, ts.quiet) {
		t.cancel()
	}
}

// reloadPause is the shortest time between two reloads: a room full of judges saves forty times a second.
const reloadPause = time.Second

// Changed tells the window that the data changed. The first change reloads at once; those that come within
// reloadPause of it make one reload when that has passed. It may be called from any goroutine.
func (ts *tasks) Changed() {
	if ts.stale.Swap(true) {
		return
	}
	reload := func() {
		ts.app.cfg.Runner.Draw(func() {
			ts.read.Store(time.Now().UnixNano())
			ts.stale.Store(false)
			if !ts.closing {
				ts.app.Reload()
			}
		})
	}
	since := time.Since(time.Unix(0, ts.read.Load()))
	if since < 0 || since >= reloadPause { // never, long ago, or by a clock that was set
		reload()
		return
	}
	ts.app.cfg.Runner.Wake(reloadPause-since, reload)
}

// refreshStatus asks for the frame's status off the UI thread and draws it. While an answer is awaited, which of a
// large contest may take longer than the time between two reloads, other questions become one that is asked then.
func (a *App) refreshStatus() {
	if a.cfg.Status == nil {
		return
	}
	text, frame := a.text, a.frame
	if frame.asking++; frame.asking > 1 {
		return
	}
	var s Status
	a.start(context.Background(), func(ctx context.Context, _ kit.Progress) (err error) {
		s, err = a.cfg.Status(ctx, text)
		return err
	}, nil, func(err error) {
		again := frame.asking > 1
		frame.asking = 0
		if a.frame != frame {
			return
		}
		if err == nil || !again { // else the next answer tells
			frame.show(s, err)
		}
		if again {
			a.refreshStatus()
		}
	})
}

// every calls f on the UI thread now and then, until either channel is closed. It returns then: a Runner has to
// start it.
func (a *App) every(pause time.Duration, f func(), ended, closed <-chan struct{}) {
	clock := time.NewTicker(pause)
	defer clock.Stop()
	for {
		select {
		case <-ended:
			return
		case <-closed:
			return
		case <-clock.C:
			a.cfg.Runner.Draw(f)
		}
	}
}
