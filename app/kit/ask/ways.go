package ask

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/lay"
)

// showWays offers ways; taking one closes the dialog and keeps what was written in it.
func (a *Dialog) showWays(ways []kit.Way) {
	a.ways.Objects = nil
	for _, w := range ways {
		b := button.NewPlain(w.Text, func() {
			a.closed()
			w.Do()
		})
		b.Icon = theme.NavigateNextIcon()
		a.ways.Add(lay.Row(0, b))
	}
	if len(ways) == 0 {
		a.ways.Hide()
	} else {
		a.ways.Show()
	}
}

// waysBox holds the buttons of ways below each other.
func waysBox() *fyne.Container { return lay.Stack(lay.Gap4) }
