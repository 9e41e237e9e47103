package keys

import (
	"time"

	"fyne.io/fyne/v2"
)

// Pass passes a key that a focused widget does not use on to the window, so that page keys work there too.
func Pass(o fyne.CanvasObject, key *fyne.KeyEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(key)
	}
}

// Focus puts the cursor in w if it is in a window.
func Focus(w interface {
	fyne.Focusable
	fyne.CanvasObject
}) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(w); c != nil {
		c.Focus(w)
	}
}

// DoubleTap is the longest time between two taps that open a row.
const DoubleTap = 400 * time.Millisecond
