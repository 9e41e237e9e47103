package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Way leads from a dialog to where the cause of what it says is seen to.
type Way struct {
	Text string // where to, with the number of things there
	Do   func()
}

// guide is a Texter that knows the ways out of errors: the real shell is one.
type guide interface {
	Ways(err error) []Way
}

// WaysOf returns the ways out of err, none where the shell knows none.
func WaysOf(t Texter, err error) []Way {
	if g, ok := t.(guide); ok && err != nil {
		return g.Ways(err)
	}
	return nil
}

// showWays offers ways; taking one closes the dialog and keeps what was written in it.
func (a *Ask) showWays(ways []Way) {
	a.ways.Objects = nil
	for _, w := range ways {
		b := NewPlain(w.Text, func() {
			a.closed()
			w.Do()
		})
		b.Icon = theme.NavigateNextIcon()
		a.ways.Add(Row(0, b))
	}
	if len(ways) == 0 {
		a.ways.Hide()
	} else {
		a.ways.Show()
	}
}

// waysBox holds the buttons of ways below each other.
func waysBox() *fyne.Container { return Stack(Gap4) }
