package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// box is the base of widgets that are made of other objects. Fyne draws only widgets and bare containers: a struct
// around a container is not drawn.
type box struct {
	widget.BaseWidget

	content fyne.CanvasObject
}

// CreateRenderer implements fyne.Widget.
func (b *box) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(b.content) }

// Refresh lays out and redraws the content.
func (b *box) Refresh() {
	b.content.Refresh()
	b.BaseWidget.Refresh()
}
