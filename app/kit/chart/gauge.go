package chart

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// Gauge is one number from 0 to 1 on a bar with steps of 0.2, with the bounds between which it may lie.
type Gauge struct {
	Title string
	Text  string  // the number in words, at the right
	Value float64 // clipped to 0 to 1
	Low   float64
	High  float64 // not above Low: no bounds
	Tone  look.Tone
}

func (g Gauge) least() fyne.Size { return fyne.NewSize(look.Em(16), look.Em(5)) }

func (g Gauge) plot(size fyne.Size, m measure) []mark {
	title := textMark(g.Title, look.Body, look.Plain, fyne.Position{}, size.Width, fyne.TextAlignLeading)
	title.bold = true
	y, thick, left := look.Body.Size()*1.4+lay.Gap16, look.Em(0.8), lay.Gap8
	w := size.Width - 2*left
	at := func(v float64) float32 { return left + w*float32(min(max(v, 0), 1)) }
	out := []mark{title, textMark(g.Text, look.Body, look.Plain, fyne.Position{}, size.Width, fyne.TextAlignTrailing),
		{x: left, y: y, w: w, h: thick, name: theme.ColorNameHeaderBackground, radius: thick / 2},
		{x: left, y: y, w: at(g.Value) - left, h: thick, name: g.Tone.ColorName(), thin: 0x90, radius: thick / 2}}
	for i := 0; i <= 5; i++ {
		v := float64(i) / 5
		text := strconv.FormatFloat(v, 'f', 1, 64)
		half := m(text, look.Note.Size(), false) / 2
		out = append(out, mark{x: at(v), y: y + thick, w: 1, h: lay.Gap4, name: theme.ColorNameInputBorder},
			textMark(
				text, look.Note, look.Quiet, fyne.NewPos(at(v)-half, y+thick+lay.Gap4), 2*half, fyne.TextAlignCenter,
			))
	}
	middle := y + thick/2
	if g.High > g.Low {
		from, to := at(g.Low), at(g.High)
		out = append(out, mark{x: from, y: middle - 1, w: to - from, h: 2, name: theme.ColorNameForeground},
			mark{x: from - 1, y: middle - thick/2, w: 2, h: thick, name: theme.ColorNameForeground},
			mark{x: to - 1, y: middle - thick/2, w: 2, h: thick, name: theme.ColorNameForeground})
	}
	return append(out, mark{
		x:    at(g.Value) - SpanDot/2,
		y:    middle - SpanDot/2,
		w:    SpanDot,
		h:    SpanDot,
		dot:  true,
		name: g.Tone.ColorName(),
	})
}

// SpanRow is a row of SpanRows: words at both sides of a span.
type SpanRow struct {
	Label, Text string
	Span        Span
}

// SpanRows are spans below each other on one scale, as Intervals shows them in a list.
type SpanRows struct {
	Title string // "" leaves it out
	Scale Scale
	Rows  []SpanRow
}

// rowStep is the height of a row.
func (s SpanRows) rowStep() float32 { return look.Body.Size() * 1.9 }

func (s SpanRows) least() fyne.Size {
	return fyne.NewSize(look.Em(30), s.rowStep()*float32(len(s.Rows)+1)+lay.Gap8+s.head())
}

// head is the height of the title.
func (s SpanRows) head() float32 {
	if s.Title == "" {
		return 0
	}
	return look.Body.Size()*1.4 + lay.Gap8
}

func (s SpanRows) plot(size fyne.Size, m measure) []mark {
	var label, text float32
	for _, r := range s.Rows {
		label, text = max(label, m(r.Label, look.Body.Size(), false)), max(text, m(r.Text, look.Body.Size(), false))
	}
	label = min(label, size.Width*0.4)
	left := label + lay.Gap16 + SpanDot/2
	w := size.Width - left - text - lay.Gap16 - SpanDot/2
	at := func(v float64) float32 { return left + w*s.Scale.Share(v) }
	step, top := s.rowStep(), s.head()
	out := s.lines(size.Width, at, m)
	if s.Title != "" {
		title := textMark(s.Title, look.Body, look.Plain, fyne.Position{}, size.Width, fyne.TextAlignLeading)
		title.bold = true
		out = append(out, title)
	}
	for i, r := range s.Rows {
		y := top + step*float32(i+1)
		base := y + (step-look.Body.Size()*1.4)/2
		out = append(
			out,
			textMark(
				cutBy(m, r.Label, label), look.Body, look.Plain, fyne.NewPos(0, base), label, fyne.TextAlignLeading,
			),
			textMark(r.Text, look.Body, look.Quiet, fyne.NewPos(size.Width-text, base), text, fyne.TextAlignTrailing),
		)
		out = append(out, r.marks(at, y+step/2)...)
		if r.Span.Rule {
			out = append(out, mark{x: 0, y: y + step - 1, w: size.Width, h: 2, name: theme.ColorNameInputBorder})
		}
	}
	return out
}

// lines are those of the scale with their words over them, as far as they don't collide.
func (s SpanRows) lines(width float32, at func(float64) float32, m measure) []mark {
	var out []mark
	var taken [][2]float32
	step, top := s.rowStep(), s.head()
	for _, l := range s.Scale.Lines {
		x := at(l.At)
		out = append(out, mark{
			x:    x,
			y:    top + step,
			w:    1,
			h:    step * float32(len(s.Rows)),
			name: theme.ColorNameInputBorder,
		})
		w := m(l.Text, look.Note.Size(), false)
		from := min(max(x-w/2, 0), width-w)
		if slices.ContainsFunc(taken, func(t [2]float32) bool { return from < t[1] && from+w > t[0] }) {
			continue
		}
		taken = append(taken, [2]float32{from - lay.Gap8, from + w + lay.Gap8})
		out = append(out, textMark(l.Text, look.Note, look.Quiet, fyne.NewPos(from, top), w, fyne.TextAlignCenter))
	}
	return out
}

// marks draws the span with its middle at y.
func (r SpanRow) marks(at func(float64) float32, y float32) []mark {
	if !r.Span.Drawn {
		return nil
	}
	name := r.Span.Tone.ColorName()
	from, to := at(r.Span.Low), at(r.Span.High)
	out := []mark{{
		x:      from,
		y:      y - SpanThick/2,
		w:      max(to-from, SpanThick),
		h:      SpanThick,
		name:   name,
		thin:   0x60,
		radius: SpanThick / 2,
	}}
	if r.Span.Also != nil {
		out = append(out, mark{x: at(*r.Span.Also) - 1.5, y: y - SpanStroke/2, w: 3, h: SpanStroke, name: name})
	}
	return append(out, mark{
		x:      at(r.Span.At) - SpanDot/2,
		y:      y - SpanDot/2,
		w:      SpanDot,
		h:      SpanDot,
		dot:    true,
		hollow: r.Span.Open,
		name:   name,
	})
}

// cutBy is text, or its beginning with an ellipsis, as fits in width.
func cutBy(m measure, text string, width float32) string {
	if m(text, look.Body.Size(), false) <= width+1 {
		return text
	}
	runes := []rune(text)
	for n := len(runes) - 1; n > 0; n-- {
		if short := string(runes[:n]) + string(look.Ellipsis); m(short, look.Body.Size(), false) <= width {
			return short
		}
	}
	return ""
}
