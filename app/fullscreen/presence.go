package fullscreen

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Presence lies below other things and hears of each movement of the pointer over it: Fyne asks every object under the
// pointer for its cursor. Those above it still choose the cursor.
type Presence struct {
	widget.BaseWidget

	seen func()
	high float32 // the least height, in device-independent pixels
}

// NewPresence returns one without a height of its own that calls seen.
func NewPresence(seen func()) *Presence {
	p := &Presence{seen: seen}
	p.ExtendBaseWidget(p)
	return p
}

// Cursor notes the pointer.
func (p *Presence) Cursor() desktop.Cursor {
	p.seen()
	return desktop.DefaultCursor
}

// MinSize is the height only.
func (p *Presence) MinSize() fyne.Size { return fyne.NewSize(0, p.high) }

// CreateRenderer implements fyne.Widget.
func (p *Presence) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(color.Transparent))
}
