package choice

import (
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit/lay"
)

// Check is the toolkit's tick, which is brought into sight when it gets the cursor.
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

// FocusGained brings the tick into sight.
func (c *Check) FocusGained() {
	c.Check.FocusGained()
	lay.Reveal(c)
}
