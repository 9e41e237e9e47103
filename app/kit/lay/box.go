package lay

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Box is the base of widgets that are made of other objects. Fyne draws only widgets and bare containers: a struct
// around a container is not drawn.
type Box struct {
	widget.BaseWidget

	Content fyne.CanvasObject
}

// CreateRenderer implements fyne.Widget.
func (b *Box) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(b.Content) }

// Refresh lays out and redraws the content.
func (b *Box) Refresh() {
	b.Content.Refresh()
	b.BaseWidget.Refresh()
}

// Insider is a widget that is made of other objects. A form that is one says what is in it, so that its inputs
// are found.
type Insider interface{ Inside() fyne.CanvasObject }

// Inside is what the widget is made of.
func (b *Box) Inside() fyne.CanvasObject { return b.Content }
