// Package drawing keeps a window from being drawn more often than there is something to see. The toolkit draws all of
// it for whatever changes, and once more for what it lays out while it draws; on a computer without a graphics card
// that is most of what a page costs. So what is new is laid out before it is drawn, and a page that was opened is drawn
// when it has been read, once, unless that takes long. It knows no pages and starts nothing by itself.
package drawing

import (
	"time"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
)

// Held is how long what was opened or done waits at most for what it reads until it is drawn: too short to be seen.
const Held = 60 * time.Millisecond

// drawn is what the canvas of a real window can do besides. That of tests draws nothing by itself and has none of it.
type drawn interface {
	CheckDirtyAndClear() bool // takes back that it is to be drawn
	SetDirty()                // has it drawn in the next round
	EnsureMinSize() bool      // lays out what is new; true if the least size of the window or of a menu changed
}

// Drawing belongs to the UI thread.
type Drawing struct {
	Window fyne.Window
	After  func(wait time.Duration, f func()) kit.Timer
	Live   func() int // works under way
	Rested func()     // called on the UI thread each time that the window is at rest; nil: nobody wants to know

	rest   kit.Timer // until it is
	before int       // works that what is held does not wait for
	limit  kit.Timer // nil: nothing is held
	late   bool      // what was held was let go before all had come
	least  fyne.Size // of the window, as it was last informed of it
}

// Framed says that the window has got new content; it knows what room that needs.
func (d *Drawing) Framed() { d.least = d.Window.Content().MinSize() }

// Open keeps the page that was just opened from being drawn before it has read what it shows. Works that were under
// way before it was opened, so many, are not waited for.
func (d *Drawing) Open(before int) {
	d.release()
	d.late = false
	if c, ok := d.Window.Canvas().(drawn); ok {
		d.layOut(c)
		d.hold(c, before)
	}
}

// Begin keeps the window from being drawn when work begins that the user waits for: what it changes comes in a moment,
// and often more work after it. That many works were under way before.
func (d *Drawing) Begin(before int) {
	c, ok := d.Window.Canvas().(drawn)
	if !ok || d.limit != nil {
		return
	}
	if d.late && c.CheckDirtyAndClear() { // one key after another must not keep it from being drawn for ever
		c.SetDirty()
		return
	}
	d.late = false
	d.hold(c, before)
}

func (d *Drawing) hold(c drawn, before int) {
	if d.Live() > before {
		d.before, d.limit = before, d.After(Held, func() {
			d.late = true
			d.release()
		})
		c.CheckDirtyAndClear()
	}
}

// release lets what is held be drawn.
func (d *Drawing) release() {
	if d.limit == nil {
		return
	}
	d.limit.Stop()
	d.limit = nil
	if c, ok := d.Window.Canvas().(drawn); ok {
		c.SetDirty()
		d.layOut(c)
	}
}

// Came says that something that was read has been put in its place. It is laid out when it is to be drawn, with all
// else that came.
func (d *Drawing) Came() {
	d.waitForRest()
	c, ok := d.Window.Canvas().(drawn)
	switch {
	case !ok:
	case d.limit == nil:
		if c.CheckDirtyAndClear() {
			c.SetDirty()
			d.layOut(c)
		}
	case d.Live() > d.before:
		c.CheckDirtyAndClear()
	default:
		d.release()
	}
}

// rounds is how often the window is laid out at most: a paragraph that learns its width asks for another height, which
// moves what is below it.
const rounds = 4

// layOut lays out what is new in the window until nothing moves any more: what the toolkit finds moved while it draws
// it draws once more.
func (d *Drawing) layOut(c drawn) {
	dirty := false
	for range rounds {
		d.layOutOnce(c)
		if !c.CheckDirtyAndClear() {
			break
		}
		dirty = true
	}
	if dirty {
		c.SetDirty()
	}
}

// layOutOnce does it once. Where the content needs more room than before, the window is informed, as the toolkit does
// when it finds that by itself.
func (d *Drawing) layOutOnce(c drawn) {
	if !c.EnsureMinSize() {
		return
	}
	least := d.Window.Content().MinSize()
	w, ok := d.Window.(interface {
		RunWithContext(func())
		RescaleContext()
	})
	if ok && least != d.least {
		d.least = least
		w.RunWithContext(w.RescaleContext)
	}
}

// RestTime is how long nothing must have been under way for the window to be at rest.
const RestTime = 500 * time.Millisecond

// waitForRest begins to wait for rest again.
func (d *Drawing) waitForRest() {
	if d.Rested == nil {
		return
	}
	if d.rest != nil {
		d.rest.Stop()
	}
	d.rest = d.After(RestTime, func() {
		if d.Live() == 0 {
			d.Rested()
		}
	})
}
