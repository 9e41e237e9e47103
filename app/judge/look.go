package judge

import (
	"fyne.io/fyne/v2"

	"fayi/app/kit"
)

// looked keeps how a picture or a page is looked at for the next one.
func (v *viewer) looked() {
	if z := v.closeLook(); z != nil {
		if v.paper != nil {
			v.desk.pageLook = z.View()
		} else {
			v.desk.look = z.View()
		}
	}
	v.tellScale()
}

// lookAt looks at the picture or page shown as l says.
func (v *viewer) lookAt(l kit.View) {
	if z := v.closeLook(); z != nil {
		z.Look(l)
	}
}

// chooseLook opens the menu of ways to look at a picture.
func (v *viewer) chooseLook(from *kit.Button) {
	sh := v.desk.sh
	item := func(key string, l kit.View) *fyne.MenuItem {
		return fyne.NewMenuItem(sh.T(key, nil), func() { v.lookAt(l) })
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(from)
	kit.ShowMenu(
		from, at.AddXY(0, from.Size().Height),
		item("desk.look_all", kit.View{}), item("desk.look_wide", kit.View{Wide: true}),
		item("desk.look_half", kit.View{Scale: 0.5}), item("desk.look_own", kit.View{Scale: 1}),
		fyne.NewMenuItem(sh.T("desk.look_full", nil), func() { v.desk.sheet.toggleFull() }),
	)
}

// readPage goes on to the next page of a PDF, or to the end of the one before.
func (v *viewer) readPage(by int) {
	p := v.paper
	if p == nil || p.n+by < 0 || p.n+by >= p.pages {
		return
	}
	p.fromEnd = by < 0
	p.turn(p.n + by)
}

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
	if s.writable() && s.form.at != nil {
		s.form.focus(s.form.at)
	}
}

// showFull shows the work alone. No field may have the cursor: it would not be seen.
func (s *sheet) showFull() {
	s.desk.sh.Focus(nil)
	s.desk.show(kit.Inset(kit.Gap8, s.view.content))
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
