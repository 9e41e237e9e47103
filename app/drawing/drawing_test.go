package drawing_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"fayi/app/drawing"
	"fayi/app/kit"
)

// realWindow stands for a real one, whose canvas is drawn in rounds while it is dirty.
type realWindow struct {
	fyne.Window

	canvas *realCanvas
	larger int // how often it was informed that it needs more room
}

func (w *realWindow) Canvas() fyne.Canvas        { return w.canvas }
func (w *realWindow) RunWithContext(work func()) { work() }
func (w *realWindow) RescaleContext()            { w.larger++ }

type realCanvas struct {
	fyne.Canvas

	dirty, grown bool
	laidOut      int
	moves        int // so many rounds of laying out still move something
}

func (c *realCanvas) SetDirty()                { c.dirty = true }
func (c *realCanvas) CheckDirtyAndClear() bool { was := c.dirty; c.dirty = false; return was }

func (c *realCanvas) EnsureMinSize() bool {
	c.laidOut++
	if c.moves > 0 {
		c.moves--
		c.dirty = true
	}
	return c.grown
}

type timer struct{ stopped bool }

func (t *timer) Stop() { t.stopped = true }

// bench is a window with works under way and the one call that is waited for.
type bench struct {
	*drawing.Drawing

	win   *realWindow
	live  int
	ring  func()
	timer *timer
}

func newBench(t *testing.T) *bench {
	t.Helper()
	win := test.NewTempApp(t).NewWindow("")
	win.SetContent(canvas.NewRectangle(nil))
	b := &bench{win: &realWindow{Window: win, canvas: &realCanvas{Canvas: win.Canvas()}}}
	b.Drawing = &drawing.Drawing{
		Window: b.win,
		After: func(wait time.Duration, f func()) kit.Timer {
			if wait != drawing.Held {
				t.Errorf("waits %v", wait)
			}
			b.ring, b.timer = f, &timer{}
			return b.timer
		},
		Live: func() int { return b.live },
	}
	b.Framed()
	return b
}

// ends is the end of a work that changed what the window shows.
func (b *bench) ends() {
	b.live--
	b.win.canvas.dirty = true
	b.Came()
}

func TestAPageIsDrawnOnceItHasReadWhatItShows(t *testing.T) {
	b := newBench(t)
	b.win.canvas.dirty, b.live = true, 3 // one of them was under way before
	b.Open(1)
	if b.win.canvas.dirty || b.win.canvas.laidOut == 0 {
		t.Errorf("dirty %v before anything was read, laid out %d times", b.win.canvas.dirty, b.win.canvas.laidOut)
	}
	opened := b.win.canvas.laidOut
	b.ends()
	if b.win.canvas.dirty {
		t.Error("it is drawn before all was read")
	}
	if n := b.win.canvas.laidOut - opened; n > 0 {
		t.Errorf("laid out %d times for a part of what it shows", n)
	}
	b.ends()
	if !b.win.canvas.dirty || !b.timer.stopped {
		t.Error("it is not drawn when all was read")
	}
	b.win.canvas.dirty = false
	b.Came()
	if b.win.canvas.dirty {
		t.Error("it is drawn where nothing changed")
	}
}

// What the toolkit finds moved while it draws it draws once more: all has to lie still before.
func TestAPageIsDrawnWhenNothingMovesAnyMore(t *testing.T) {
	b := newBench(t)
	b.live = 1
	b.Open(0)
	b.win.canvas.moves = 2 // a paragraph learns its width, and what is below it moves
	b.ends()
	if b.win.canvas.moves > 0 || !b.win.canvas.dirty {
		t.Errorf("%d rounds still move something, dirty %v", b.win.canvas.moves, b.win.canvas.dirty)
	}
	b.win.canvas.dirty, b.win.canvas.moves = false, 1000
	b.Came()
	if n := 1000 - b.win.canvas.moves; n > 0 {
		t.Errorf("laid out %d times where nothing changed", n)
	}
	b.live, b.win.canvas.dirty = 1, true
	b.ends()
	if n := 1000 - b.win.canvas.moves; n == 0 || n > 10 || !b.win.canvas.dirty {
		t.Errorf("what never stands still was laid out %d times, dirty %v", n, b.win.canvas.dirty)
	}
}

func TestAPageThatReadsNothingIsDrawnAtOnce(t *testing.T) {
	b := newBench(t)
	b.win.canvas.dirty, b.live = true, 1
	b.Open(1)
	if !b.win.canvas.dirty || b.ring != nil {
		t.Error("it waits for nothing")
	}
}

func TestAPageThatReadsLongIsDrawnBefore(t *testing.T) {
	b := newBench(t)
	b.live = 1
	b.Open(0)
	b.ring()
	if !b.win.canvas.dirty {
		t.Error("it waits for ever")
	}
	b.win.canvas.dirty = false
	b.live = 2
	b.ends()
	if !b.win.canvas.dirty {
		t.Error("what comes later is not drawn")
	}
}

func TestAPageOpenedBeforeTheLastWasDrawnIsHeldItself(t *testing.T) {
	b := newBench(t)
	b.live = 1
	b.Open(0)
	first := b.timer
	b.live = 2
	b.Open(1)
	if !first.stopped || b.win.canvas.dirty {
		t.Errorf("stopped %v, dirty %v", first.stopped, b.win.canvas.dirty)
	}
	b.ends()
	if !b.win.canvas.dirty {
		t.Error("it waits for the page before")
	}
}

func TestWorkAfterWorkIsDrawnOnce(t *testing.T) {
	b := newBench(t)
	b.live = 1
	b.Begin(0) // a work is saved
	first := b.timer
	b.live = 2
	b.Begin(1) // and before that has ended, the next one is read
	if b.timer != first || first.stopped {
		t.Error("what is held is held for longer")
	}
	b.ends()
	if b.win.canvas.dirty {
		t.Error("it is drawn before the next one was read")
	}
	b.ends()
	if !b.win.canvas.dirty {
		t.Error("it is not drawn at the end")
	}
}

// Keys typed faster than what they look for is found are seen all the same.
func TestNothingIsHeldAgainBeforeItWasDrawn(t *testing.T) {
	b := newBench(t)
	b.live = 1
	b.Begin(0)
	b.ring()
	b.live = 2
	b.Begin(1)
	if !b.win.canvas.dirty {
		t.Error("what was to be drawn is held again")
	}
	b.win.canvas.dirty = false // it is drawn
	b.live = 3
	b.Begin(2)
	b.ends()
	if !b.win.canvas.dirty || !b.timer.stopped {
		t.Error("the next one is not held")
	}
}

func TestAWindowIsToldOnceThatItNeedsMoreRoom(t *testing.T) {
	b := newBench(t)
	b.win.canvas.grown, b.win.canvas.dirty = true, true
	b.Came()
	if b.win.larger != 0 {
		t.Errorf("informed %d times of what it knew", b.win.larger)
	}
	b.win.Content().(*canvas.Rectangle).SetMinSize(fyne.NewSize(300, 200))
	for range 2 {
		b.win.canvas.dirty = true
		b.Came()
	}
	if b.win.larger != 1 {
		t.Errorf("informed %d times", b.win.larger)
	}
}

func TestAWindowOfTestsIsLeftAlone(t *testing.T) {
	win := test.NewTempApp(t).NewWindow("")
	win.SetContent(canvas.NewRectangle(nil))
	d := &drawing.Drawing{Window: win, Live: func() int { return 1 }}
	d.Framed()
	d.Open(0)
	d.Begin(0)
	d.Came()
}
