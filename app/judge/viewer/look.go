package viewer

import (
	"fyne.io/fyne/v2"

	"fayi/app/kit/button"
	"fayi/app/kit/zoom"
)

// looked keeps how a picture or a page is looked at for the next one.
func (v *Viewer) looked() {
	if z := v.closeLook(); z != nil {
		if v.paper != nil {
			v.shelf.pageLook = z.View()
		} else {
			v.shelf.look = z.View()
		}
	}
	v.tellScale()
}

// lookAt looks at the picture or page shown as l says.
func (v *Viewer) lookAt(l zoom.View) {
	if z := v.closeLook(); z != nil {
		z.Look(l)
	}
}

// chooseLook opens the menu of ways to look at a picture.
func (v *Viewer) chooseLook(from *button.Button) {
	sh := v.sh
	item := func(key string, l zoom.View) *fyne.MenuItem {
		return fyne.NewMenuItem(sh.T(key, nil), func() { v.lookAt(l) })
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(from)
	button.ShowMenu(
		from, at.AddXY(0, from.Size().Height),
		item("desk.look_all", zoom.View{}), item("desk.look_wide", zoom.View{Wide: true}),
		item("desk.look_half", zoom.View{Scale: 0.5}), item("desk.look_own", zoom.View{Scale: 1}),
		fyne.NewMenuItem(sh.T("desk.look_full", nil), func() { v.shelf.desk.Full() }),
	)
}

// readPage goes on to the next page of a PDF, or to the end of the one before.
func (v *Viewer) readPage(by int) {
	p := v.paper
	if p == nil || p.n+by < 0 || p.n+by >= p.pages {
		return
	}
	p.fromEnd = by < 0
	p.turn(p.n + by)
}
