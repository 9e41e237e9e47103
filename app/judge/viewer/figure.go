package viewer

import (
	"bytes"
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit/look"
	"fayi/judging/media/picture"
	"fayi/judging/media/prose"
)

// passage is a paragraph of a text, or a picture in it.
type passage struct {
	words   string
	picture image.Image // nil for words
}

// Bounds of the pictures in a text that are held: each is as sharp as the line of a page is wide.
const (
	figureSide   = 1200     // pixels of the longer side
	figurePixels = 16 << 20 // of all of one document
)

// passages cuts pieces into paragraphs and decodes the pictures between them. lost counts those that can't be shown.
func passages(pieces []prose.Piece) (out []passage, lost int) {
	left := figurePixels
	for _, p := range pieces {
		if p.Picture == nil && p.Text == "" {
			lost++
			continue
		}
		if p.Picture == nil {
			for _, words := range paragraphs(p.Text) {
				out = append(out, passage{words: words})
			}
			continue
		}
		img, _, err := picture.Preview(bytes.NewReader(p.Picture), figureSide)
		if err == nil {
			left -= img.Bounds().Dx() * img.Bounds().Dy()
		}
		if err != nil || left < 0 {
			lost++
			continue
		}
		out = append(out, passage{picture: img})
	}
	return out, lost
}

// figure is a picture in a text, as wide as its lines at most.
type figure struct {
	widget.BaseWidget

	img  *canvas.Image
	size image.Point
	wide float32
}

func newFigure(p image.Image) *figure {
	f := &figure{img: canvas.NewImageFromImage(p), size: p.Bounds().Size()}
	f.img.FillMode = canvas.ImageFillContain
	f.ExtendBaseWidget(f)
	return f
}

// CreateRenderer implements fyne.Widget.
func (f *figure) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(f.img) }

// Resize keeps the width that there is room for: the height follows from it.
func (f *figure) Resize(size fyne.Size) {
	f.wide = size.Width
	f.BaseWidget.Resize(size)
}

// MinSize is the height at the width last given. A small picture is not blown up.
func (f *figure) MinSize() fyne.Size {
	w := min(max(f.wide, look.Em(4)), float32(f.size.X)*1.5)
	return fyne.NewSize(look.Em(4), w*float32(f.size.Y)/float32(max(f.size.X, 1)))
}
