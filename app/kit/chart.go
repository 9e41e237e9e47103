package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Plot is a drawing that is made for any size, on the screen and as a picture: a Histogram, a Gauge, SpanRows.
type Plot interface {
	plot(size fyne.Size, r measure) []mark
	least() fyne.Size // the smallest size in which nothing collides
}

// measure returns the width of text in a type size.
type measure func(text string, size float32, bold bool) float32

// mark is one thing drawn: words, a dot or else a rectangle.
type mark struct {
	x, y, w, h float32
	text       string // set from x to the right, or by align within w
	size       float32
	bold       bool
	align      fyne.TextAlign
	dot        bool
	hollow     bool
	radius     float32
	name       fyne.ThemeColorName
	thin       uint8 // opacity; 0 is full
}

// ink returns m's colour of a set of colours.
func (m mark) ink(of func(fyne.ThemeColorName) color.Color) color.Color {
	c := color.NRGBAModel.Convert(of(m.name)).(color.NRGBA)
	if m.thin > 0 {
		c.A = m.thin
	}
	return c
}

// textMark is a mark of text in a role, centred, left or right in the w given.
func textMark(text string, role Role, tone Tone, at fyne.Position, w float32, align fyne.TextAlign) mark {
	return mark{x: at.X, y: at.Y, w: w, h: role.Size() * 1.4, text: text, size: role.Size(), align: align, name: tone.ColorName()}
}

// Chart shows plots in a grid. It is drawn anew when its size changes.
type Chart struct {
	widget.BaseWidget

	columns int
	plots   []Plot
}

// NewChart returns plots in so many columns, row by row, all of one size.
func NewChart(columns int, plots ...Plot) *Chart {
	c := &Chart{columns: max(columns, 1), plots: plots}
	c.ExtendBaseWidget(c)
	return c
}

// places returns where each plot stands when all have size.
func (c *Chart) places(size fyne.Size) (at []fyne.Position, each fyne.Size) {
	rows := max((len(c.plots)+c.columns-1)/c.columns, 1)
	each = fyne.NewSize((size.Width-Gap24*float32(c.columns-1))/float32(c.columns), (size.Height-Gap16*float32(rows-1))/float32(rows))
	for i := range c.plots {
		at = append(at, fyne.NewPos(float32(i%c.columns)*(each.Width+Gap24), float32(i/c.columns)*(each.Height+Gap16)))
	}
	return at, each
}

// least is what all plots need.
func (c *Chart) least() fyne.Size {
	var one fyne.Size
	for _, p := range c.plots {
		one = one.Max(p.least())
	}
	rows := float32(max((len(c.plots)+c.columns-1)/c.columns, 1))
	columns := float32(c.columns)
	return fyne.NewSize(one.Width*columns+Gap24*(columns-1), one.Height*rows+Gap16*(rows-1))
}

// marks are those of all plots for a size.
func (c *Chart) marks(size fyne.Size, m measure) []mark {
	at, each := c.places(size)
	var out []mark
	for i, p := range c.plots {
		for _, k := range p.plot(each, m) {
			k.x, k.y = k.x+at[i].X, k.y+at[i].Y
			out = append(out, k)
		}
	}
	return out
}

// CreateRenderer is for Fyne.
func (c *Chart) CreateRenderer() fyne.WidgetRenderer { return &chartRenderer{chart: c} }

type chartRenderer struct {
	chart   *Chart
	objects []fyne.CanvasObject
	size    fyne.Size
}

// MinSize is what the plots need.
func (r *chartRenderer) MinSize() fyne.Size { return r.chart.least() }

// Layout draws for size.
func (r *chartRenderer) Layout(size fyne.Size) {
	if size == r.size {
		return
	}
	r.size = size
	r.Refresh()
}

// Refresh draws anew.
func (r *chartRenderer) Refresh() {
	r.objects = nil
	for _, m := range r.chart.marks(r.size, screenWidth) {
		r.objects = append(r.objects, drawn(m))
	}
	canvas.Refresh(r.chart)
}

// Objects lists what is drawn, from the back.
func (r *chartRenderer) Objects() []fyne.CanvasObject { return r.objects }

// Destroy does nothing.
func (r *chartRenderer) Destroy() {}

func screenWidth(text string, size float32, bold bool) float32 {
	return rulerFor(size, bold).width(text)
}

// drawn is m for the screen.
func drawn(m mark) fyne.CanvasObject {
	ink := m.ink(theme.Color)
	switch {
	case m.text != "":
		t := canvas.NewText(m.text, ink)
		t.TextSize, t.TextStyle.Bold, t.Alignment = m.size, m.bold, m.align
		t.Move(fyne.NewPos(m.x, m.y))
		t.Resize(fyne.NewSize(m.w, m.h))
		return t
	case m.dot:
		c := canvas.NewCircle(ink)
		if m.hollow {
			c.FillColor, c.StrokeColor, c.StrokeWidth = theme.Color(ColorSurface), ink, 2.5
		}
		c.Move(fyne.NewPos(m.x, m.y))
		c.Resize(fyne.NewSize(m.w, m.h))
		return c
	}
	b := canvas.NewRectangle(ink)
	b.CornerRadius = m.radius
	b.Move(fyne.NewPos(m.x, m.y))
	b.Resize(fyne.NewSize(m.w, m.h))
	return b
}
