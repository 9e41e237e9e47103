package lay

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"fayi/app/kit/look"
)

// Gaps between things, in device-independent pixels.
const (
	Gap4  float32 = 4  // a mark and its word
	Gap8  float32 = 8  // within a group
	Gap16 float32 = 16 // between groups
	Gap24 float32 = 24 // around a page
)

// Stack sets objects one below the other from the top, gap between them.
func Stack(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&stackLayout{gap: gap}, objects...)
}

// Row sets objects side by side, each at its own width and centred in height.
func Row(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&rowLayout{gap}, objects...)
}

// Spread puts left at the left edge and right at the right edge, the room left over between them; where they don't fit
// side by side, right stands below.
func Spread(left, right fyne.CanvasObject) *fyne.Container {
	return container.New(&spreadLayout{}, left, right)
}

// Inset puts gap on all four sides of o.
func Inset(gap float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedLayout(gap, gap, gap, gap), o)
}

// Around is what is kept free around a page: 24, and less in a short window.
func Around() float32 {
	if look.Short() {
		return Gap8
	}
	return Gap24
}

// Fill gives top and bottom their own heights and body all that is left, 8 between them. Top or bottom may be nil.
func Fill(top, body, bottom fyne.CanvasObject) *fyne.Container {
	if top != nil {
		top = container.New(layout.NewCustomPaddedLayout(0, Gap4, 0, 0), top)
	}
	if bottom != nil {
		bottom = container.New(layout.NewCustomPaddedLayout(Gap4, 0, 0, 0), bottom)
	}
	return container.NewBorder(top, bottom, nil, nil, body)
}

// Surface puts o on white paper with a thin line and 16 around it.
func Surface(o fyne.CanvasObject) *fyne.Container { return Sheet(Gap16, o) }

// Sheet is Surface with a gap of one's own; 0 for tables.
func Sheet(gap float32, o fyne.CanvasObject) *fyne.Container {
	return container.NewStack(Paper(), Inset(gap, o))
}

// Paper is the ground of Surface: white, with a thin line.
func Paper() *canvas.Rectangle {
	r := canvas.NewRectangle(theme.Color(look.ColorSurface))
	r.StrokeColor, r.StrokeWidth = theme.Color(theme.ColorNameSeparator), 1
	r.CornerRadius = look.Radius
	return r
}

// Split sets objects side by side over the full width and height, shared out by weights; a weight of 0 gives an
// object its own width.
func Split(gap float32, weights []float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&splitLayout{gap, weights}, objects...)
}

// Line is a thin horizontal rule.
func Line() fyne.CanvasObject {
	r := canvas.NewRectangle(theme.Color(theme.ColorNameSeparator))
	r.SetMinSize(fyne.NewSize(1, 1))
	return r
}

// Blank is empty room of at least w by h.
func Blank(w, h float32) fyne.CanvasObject {
	r := canvas.NewRectangle(color.Transparent)
	r.SetMinSize(fyne.NewSize(w, h))
	return r
}

type rowLayout struct{ gap float32 }

// MinSize is the sum of widths and the greatest height.
func (l *rowLayout) MinSize(objects []fyne.CanvasObject) (min fyne.Size) {
	for i, o := range visible(objects) {
		m := o.MinSize()
		min.Width += m.Width
		if i > 0 {
			min.Width += l.gap
		}
		min.Height = max(min.Height, m.Height)
	}
	return min
}

// Layout sets the objects from the left.
func (l *rowLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	var x float32
	for _, o := range visible(objects) {
		m := o.MinSize()
		o.Resize(m)
		o.Move(fyne.NewPos(x, (size.Height-m.Height)/2))
		x += m.Width + l.gap
	}
}

type splitLayout struct {
	gap     float32
	weights []float32
}

// MinSize is the sum of widths and the greatest height.
func (l *splitLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return (&rowLayout{l.gap}).MinSize(objects)
}

// Layout gives each object its own width plus its share of the rest.
func (l *splitLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	shown := visible(objects)
	mins, weights := make([]float32, len(shown)), make([]float32, len(shown))
	at := 0
	for i, o := range objects {
		if o.Visible() {
			mins[at] = o.MinSize().Width
			if i < len(l.weights) {
				weights[at] = l.weights[i]
			}
			at++
		}
	}
	var x float32
	for i, w := range ShareByWeight(size.Width-l.gap*float32(len(shown)-1), mins, weights) {
		shown[i].Resize(fyne.NewSize(w, size.Height))
		shown[i].Move(fyne.NewPos(x, 0))
		x += w + l.gap
	}
}

func visible(objects []fyne.CanvasObject) []fyne.CanvasObject {
	shown := make([]fyne.CanvasObject, 0, len(objects))
	for _, o := range objects {
		if o.Visible() {
			shown = append(shown, o)
		}
	}
	return shown
}
