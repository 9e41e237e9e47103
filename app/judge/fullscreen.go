package judge

import (
	"fyne.io/fyne/v2"

	"fayi/app/kit/lay"
)

// toggleFull gives the work the whole screen, or gives it back. The work that comes next has it too.
func (s *sheet) toggleFull() {
	d := s.desk
	d.full = !d.full
	if d.full {
		d.fillScreen()
		s.showFull()
		return
	}
	d.leaveFull()
	d.show(s.content)
	s.sides.Refresh()
	if s.writable() {
		s.form.Refocus()
	}
}

// showFull shows the work alone. No field may have the cursor: it would not be seen.
func (s *sheet) showFull() {
	s.desk.sh.Focus(nil)
	s.desk.show(lay.Inset(lay.Gap8, s.view.Content))
}

// fillScreen makes the window as large as the screen, if it is not.
func (d *Desk) fillScreen() {
	if w := d.window(); w != nil && !w.FullScreen() {
		w.SetFullScreen(true)
		d.filled = true
	}
}

// leaveFull ends what toggleFull began.
func (d *Desk) leaveFull() {
	d.full = false
	if w := d.window(); w != nil && d.filled {
		w.SetFullScreen(false)
	}
	d.filled = false
}

// window is the one that the desk stands in, nil for none.
func (d *Desk) window() fyne.Window {
	driver := fyne.CurrentApp().Driver()
	c := driver.CanvasForObject(d.root)
	for _, w := range driver.AllWindows() {
		if c != nil && w.Canvas() == c {
			return w
		}
	}
	return nil
}
