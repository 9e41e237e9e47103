package look

import (
	"fyne.io/fyne/v2"
)

// Ellipsis ends a text that was cut.
const Ellipsis = '…'

// Ruler measures text by summing rune widths, each measured once. Sums ignore kerning, which Chinese has none of.
type Ruler struct {
	size   float32
	style  fyne.TextStyle
	widths map[rune]float32
}

type rulerKey struct {
	size float32
	bold bool
}

// rulers is used on the UI thread only; it holds one ruler per size and weight.
var rulers = map[rulerKey]*Ruler{}

// RulerFor returns the ruler of a type size in device-independent pixels and a weight. UI thread only.
func RulerFor(size float32, bold bool) *Ruler {
	k := rulerKey{size, bold}
	if rulers[k] == nil {
		rulers[k] = &Ruler{size, fyne.TextStyle{Bold: bold}, map[rune]float32{}}
	}
	return rulers[k]
}

func (r *Ruler) rune(c rune) float32 {
	w, ok := r.widths[c]
	if !ok {
		// Doubled, because a lone space may be trimmed and a lone glyph may have side bearings.
		w = fyne.MeasureText(string([]rune{c, c}), r.size, r.style).Width / 2
		r.widths[c] = w
	}
	return w
}

// Width is the width of s on one line, in device-independent pixels.
func (r *Ruler) Width(s string) float32 {
	var w float32
	for _, c := range s {
		w += r.rune(c)
	}
	return w
}

// Cut returns s, or as much of its beginning as fits in width together with an ellipsis. Line breaks become spaces.
func (r *Ruler) Cut(s string, width float32) string {
	room := width - r.rune(Ellipsis)
	var w float32
	keep, broken := 0, false
	for i, c := range s {
		if c == '\n' || c == '\r' || c == '\t' {
			c, broken = ' ', true
		}
		w += r.rune(c)
		if w <= room {
			keep = i + len(string(c))
		}
		if w > width {
			return oneLine(s[:keep], broken) + string(Ellipsis)
		}
	}
	return oneLine(s, broken)
}

func oneLine(s string, broken bool) string {
	if !broken {
		return s
	}
	b := []byte(s)
	for i, c := range b {
		if c == '\n' || c == '\r' || c == '\t' {
			b[i] = ' '
		}
	}
	return string(b)
}
