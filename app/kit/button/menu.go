package button

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// ShowMenu opens a menu over the window of o, at a place in places of the window.
func ShowMenu(o fyne.CanvasObject, at fyne.Position, items ...*fyne.MenuItem) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil {
		widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), c, at)
	}
}

// MenuMark ends the words of a button that opens a menu.
const MenuMark = " ▾"

// NewMenu returns a button that opens a menu below itself: 更多 ▾.
func NewMenu(text string, items ...*fyne.MenuItem) *Button {
	b := New(text+MenuMark, nil)
	b.Menu = items
	b.OnTapped = func() {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b)
		ShowMenu(b, at.AddXY(0, b.Size().Height), items...)
	}
	return b
}
