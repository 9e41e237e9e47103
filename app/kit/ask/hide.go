package ask

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Hide closes pop and keeps what lies over it: the toolkit would close that too, and an act may ask something else.
func Hide(c fyne.Canvas, pop *widget.PopUp) {
	var above []fyne.CanvasObject
	if at := slices.Index(c.Overlays().List(), fyne.CanvasObject(pop)); at >= 0 {
		above = slices.Clone(c.Overlays().List()[at+1:])
	}
	cursor := c.Focused()
	pop.Hide()
	for _, o := range above {
		c.Overlays().Add(o)
	}
	if len(above) > 0 && cursor != nil {
		c.Focus(cursor)
	}
}
