package table

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"fayi/app/kit/chart"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// spanMark is one drawn thing: from one share of the width to another, height high; height 0 fills the row and
// meets the next one.
type spanMark struct {
	from, to float32
	least    float32
	height   float32
	whole    bool // over the whole row, at its foot
}

// drawing is the drawn half of a row, over the texts.
type drawing struct {
	*fyne.Container

	grid  *grid
	col   int
	marks []spanMark
}

func newDrawing(g *grid, col int) *drawing {
	d := &drawing{grid: g, col: col}
	d.Container = container.New(d)
	return d
}

func (d *drawing) add(o fyne.CanvasObject, m spanMark) {
	d.Objects, d.marks = append(d.Objects, o), append(d.marks, m)
}

// show draws one span over the lines of its scale.
func (d *drawing) show(scale chart.Scale, s chart.Span) {
	d.Objects, d.marks = nil, nil
	for _, l := range scale.Lines {
		at := scale.Share(l.At)
		d.add(canvas.NewRectangle(theme.Color(theme.ColorNameInputBorder)), spanMark{from: at, to: at, least: 1})
	}
	if s.Drawn {
		d.span(scale, s)
	}
	if s.Rule {
		d.add(canvas.NewRectangle(theme.Color(theme.ColorNameInputBorder)), spanMark{whole: true})
	}
	d.Container.Layout.Layout(d.Objects, d.Size())
	d.Refresh()
}

func (d *drawing) span(scale chart.Scale, s chart.Span) {
	color := s.Tone.Color()
	bar := canvas.NewRectangle(s.Tone.Tint())
	bar.StrokeColor, bar.StrokeWidth, bar.CornerRadius = color, 1, chart.SpanThick/2
	d.add(
		bar,
		spanMark{from: scale.Share(s.Low), to: scale.Share(s.High), least: chart.SpanThick, height: chart.SpanThick},
	)
	if s.Also != nil {
		at := scale.Share(*s.Also)
		d.add(canvas.NewRectangle(color), spanMark{from: at, to: at, least: 3, height: chart.SpanStroke})
	}
	dot := canvas.NewCircle(color)
	if s.Open {
		dot.FillColor, dot.StrokeColor, dot.StrokeWidth = theme.Color(look.ColorSurface), color, 2.5
	}
	at := scale.Share(s.At)
	d.add(dot, spanMark{from: at, to: at, least: chart.SpanDot, height: chart.SpanDot})
}

// head writes the words of the lines, each centred over its line, none over another.
func (d *drawing) head(scale chart.Scale) {
	d.Objects, d.marks = nil, nil
	for _, l := range scale.Lines {
		if l.Text == "" {
			continue
		}
		t := look.NewText(l.Text, look.Note, look.Quiet)
		t.Alignment = fyne.TextAlignCenter
		at := scale.Share(l.At)
		m := t.MinSize()
		d.add(t, spanMark{from: at, to: at, least: m.Width, height: m.Height})
	}
	d.Container.Layout.Layout(d.Objects, d.Size())
	d.Refresh()
}

// MinSize asks for nothing: the texts below give the room.
func (d *drawing) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// Layout sets the marks into the column of the drawing.
func (d *drawing) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if size.Width <= 0 {
		return
	}
	d.grid.fit(size.Width)
	left, width := d.grid.xs[d.col]+cellGap+chart.SpanDot/2, d.grid.ws[d.col]-2*cellGap-chart.SpanDot
	var words [][2]float32
	for i, o := range objects {
		m := d.marks[i]
		if m.whole {
			o.Resize(fyne.NewSize(size.Width, 2))
			o.Move(fyne.NewPos(0, size.Height+1))
			continue
		}
		w := max((m.to-m.from)*width, m.least)
		x := left + (m.from+m.to)/2*width - w/2
		h, y := m.height, (size.Height-m.height)/2
		if h == 0 {
			h, y = size.Height+theme.Padding(), -theme.Padding()/2
		}
		if _, isText := o.(*canvas.Text); isText {
			x = min(max(x, left-chart.SpanDot/2), left+width+chart.SpanDot/2-w)
			o.(*canvas.Text).Hidden = covered(words, x, x+w)
			if !o.(*canvas.Text).Hidden {
				words = append(words, [2]float32{x, x + w})
			}
		}
		o.Resize(fyne.NewSize(w, h))
		o.Move(fyne.NewPos(x, y))
	}
}

// covered reports whether one of the words, with a gap around, is in the way between from and to.
func covered(words [][2]float32, from, to float32) bool {
	for _, w := range words {
		if from < w[1]+lay.Gap4 && to > w[0]-lay.Gap4 {
			return true
		}
	}
	return false
}
