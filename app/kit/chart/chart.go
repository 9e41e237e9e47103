package chart

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit/lay"
	"fayi/app/kit/look"
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
func textMark(text string, role look.Role, tone look.Tone, at fyne.Position, w float32, align fyne.TextAlign) mark {
	return mark{
		x:     at.X,
		y:     at.Y,
		w:     w,
		h:     role.Size() * 1.4,
		text:  text,
		size:  role.Size(),
		align: align,
		name:  tone.ColorName(),
	}
}

// Chart shows plots in a grid. It is redrawn when its size changes.
type Chart struct {
	widget.BaseWidget

	columns int
	plots   []Plot
}

// New returns plots in so many columns of one width, row by row.
func New(columns int, plots ...Plot) *Chart {
	c := &Chart{columns: max(columns, 1), plots: plots}
	c.ExtendBaseWidget(c)
	return c
}

// heights are what each row needs.
func (c *Chart) heights() (out []float32, all float32) {
	for i, p := range c.plots {
		if i%c.columns == 0 {
			out = append(out, 0)
		}
		row := &out[len(out)-1]
		*row = max(*row, p.least().Height)
	}
	for _, h := range out {
		all += h
	}
	return out, all + lay.Gap24*float32(len(out)-1)
}

// least is what all plots need.
func (c *Chart) least() fyne.Size {
	var widest float32
	for _, p := range c.plots {
		widest = max(widest, p.least().Width)
	}
	_, high := c.heights()
	return fyne.NewSize((widest+lay.Gap24)*float32(c.columns)-lay.Gap24, high)
}

// marks are those of all plots for a size; rows share the height left over.
func (c *Chart) marks(size fyne.Size, m measure) []mark {
	heights, need := c.heights()
	more := (size.Height - need) / float32(max(len(heights), 1))
	width := (size.Width+lay.Gap24)/float32(c.columns) - lay.Gap24
	var out []mark
	var y float32
	for i, p := range c.plots {
		if i > 0 && i%c.columns == 0 {
			y += heights[i/c.columns-1] + more + lay.Gap24
		}
		for _, k := range p.plot(fyne.NewSize(width, heights[i/c.columns]+more), m) {
			k.x, k.y = k.x+float32(i%c.columns)*(width+lay.Gap24), k.y+y
			out = append(out, k)
		}
	}
	return out
}

// CreateRenderer implements fyne.Widget.
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

// Refresh redraws.
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
	return look.RulerFor(size, bold).Width(text)
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
			c.FillColor, c.StrokeColor, c.StrokeWidth = theme.Color(look.ColorSurface), ink, 2.5
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
