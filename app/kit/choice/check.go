package choice

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit/keys"
	"fayi/app/kit/lay"
)

// Check is the toolkit's tick, which is brought into sight when it gets the cursor, and passes on the keys that it has
// no use for: the toolkit's keeps Esc and F1 from the window.
type Check struct {
	widget.Check
}

// NewCheck returns a tick; changed, which may be nil, is called with each change.
func NewCheck(text string, changed func(on bool)) *Check {
	c := &Check{}
	c.Text, c.OnChanged = text, changed
	c.ExtendBaseWidget(c)
	return c
}

// TypedKey passes the key on, but for Space, which turns the tick when its letter comes.
func (c *Check) TypedKey(key *fyne.KeyEvent) {
	if key.Name != fyne.KeySpace {
		keys.Pass(c, key)
	}
}

// FocusGained brings the tick into sight.
func (c *Check) FocusGained() {
	c.Check.FocusGained()
	lay.Reveal(c)
}
