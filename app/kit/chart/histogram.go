package chart

import (
	"math"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// Histogram counts values in bands of equal width. The axis of counts begins at 0 and has whole steps of 1, 2 or 5
// times a power of ten.
type Histogram struct {
	Title  string
	Note   string // next to the title, second-rank
	Across string // what the values are, below the axis; "" leaves it out
	Up     string // what is counted, over the axis; "" leaves it out
	Values []float64
	Bands  Bands
	Most   int       // the highest count of all histograms drawn next to this one; 0: this one's
	Line   ScaleLine // a line at one value, as the mean; Text "" draws none
}

// Bands are the ranges that values are counted in: from Low in steps of Step, Count of them. A value at an edge
// belongs to the band above it, the last edge to the last band.
type Bands struct {
	Low, Step float64
	Count     int
}

// BandsOf returns bands of a width of 1, 2 or 5 times a power of ten, at most fifteen, that hold all values. No
// value gives one band from 0 to 1.
func BandsOf(values []float64) Bands {
	if len(values) == 0 {
		return Bands{0, 1, 1}
	}
	low, high := values[0], values[0]
	for _, v := range values {
		low, high = min(low, v), max(high, v)
	}
	step := NiceStep((high - low) / 12)
	from := math.Floor(low/step) * step
	return Bands{
		from,
		step,
		max(int(math.Floor((high-from)/step+1e-9))+boolInt(!onEdge(high, from, step) || high == low), 1),
	}
}

func onEdge(v, from, step float64) bool {
	n := (v - from) / step
	return math.Abs(n-math.Round(n)) < 1e-9
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// NiceStep returns the smallest of 1, 2 and 5 times a power of ten that is not below v; 1 for what is not above 0.
func NiceStep(v float64) float64 {
	if !(v > 0) || math.IsInf(v, 0) {
		return 1
	}
	unit := math.Pow(10, math.Floor(math.Log10(v)))
	for _, m := range []float64{1, 2, 5} {
		if m*unit >= v*(1-1e-9) {
			return m * unit
		}
	}
	return 10 * unit
}

// Counts returns how many values lie in each band.
func (b Bands) Counts(values []float64) []int {
	out := make([]int, max(b.Count, 1))
	for _, v := range values {
		i := int(math.Floor((v-b.Low)/b.Step + 1e-9))
		out[min(max(i, 0), len(out)-1)]++
	}
	return out
}

// edge is where band i begins.
func (b Bands) edge(i int) float64 { return b.Low + float64(i)*b.Step }

func edgeText(v float64) string { return strconv.FormatFloat(math.Round(v*1e6)/1e6, 'f', -1, 64) }

// most is the highest count, at least 1.
func (h Histogram) most() int {
	most := max(h.Most, 1)
	for _, n := range h.Bands.Counts(h.Values) {
		most = max(most, n)
	}
	return most
}

func (h Histogram) least() fyne.Size { return fyne.NewSize(look.Em(14), look.Em(9)) }

// field is the room of the bars within size.
func (h Histogram) field(size fyne.Size, top int, m measure) (x, y, w, high float32) {
	x = m(strconv.Itoa(top), look.Note.Size(), false) + lay.Gap8
	y = look.Body.Size()*1.4 + lay.Gap8
	foot := look.Note.Size()*1.4 + lay.Gap4
	if h.Across != "" {
		foot += look.Note.Size()*1.4 + lay.Gap4
	}
	if h.Up != "" || h.Line.Text != "" {
		y += look.Note.Size()*1.4 + lay.Gap4
	}
	last := m(edgeText(h.Bands.edge(h.Bands.Count)), look.Note.Size(), false) / 2
	return x, y, size.Width - x - max(last, lay.Gap8), size.Height - y - foot
}

func (h Histogram) plot(size fyne.Size, m measure) []mark {
	step := max(int(NiceStep(float64(h.most())/5)), 1)
	top := (h.most() + step - 1) / step * step
	if h.Up != "" && float64(h.most()) > 0.9*float64(top) {
		top += step // room for the number over the highest bar
	}
	x, y, w, high := h.field(size, top, m)
	title := textMark(h.Title, look.Body, look.Plain, fyne.NewPos(0, 0), size.Width, fyne.TextAlignLeading)
	title.bold = true
	out := []mark{
		title,
		textMark(
			h.Note,
			look.Note,
			look.Quiet,
			fyne.NewPos(0, (look.Body.Size()-look.Note.Size())*0.7),
			size.Width,
			fyne.TextAlignTrailing,
		),
	}
	if h.Note == "" {
		out = out[:1]
	}
	out = append(out, countAxis(fyne.NewPos(x, y), fyne.NewSize(w, high), top, step)...)
	if h.Up != "" {
		out = append(
			out,
			textMark(h.Up, look.Note, look.Quiet, fyne.NewPos(0, y-look.Note.Size()*2.1), w, fyne.TextAlignLeading),
		)
	}
	out = append(out, h.bars(fyne.NewPos(x, y), fyne.NewSize(w, high), top, m)...)
	if h.Across != "" {
		out = append(
			out,
			textMark(
				h.Across,
				look.Note,
				look.Quiet,
				fyne.NewPos(x, y+high+lay.Gap4+look.Note.Size()*1.4),
				w,
				fyne.TextAlignTrailing,
			),
		)
	}
	return append(out, h.line(fyne.NewPos(x, y), fyne.NewSize(w, high), m)...)
}

// countAxis is a line for each step of the counts; as many have their number as stand clear of each other.
func countAxis(at fyne.Position, size fyne.Size, top, step int) []mark {
	var out []mark
	every := 1
	for size.Height*float32(step*every)/float32(top) < look.Note.Size()*1.4 && step*every < top {
		every++
	}
	for n := 0; n <= top; n += step {
		y := at.Y + size.Height - size.Height*float32(n)/float32(top)
		line := mark{x: at.X, y: y, w: size.Width, h: 1, name: theme.ColorNameSeparator}
		if n == 0 {
			line.name = theme.ColorNameInputBorder
		}
		out = append(out, line)
		if n%(step*every) == 0 {
			place := fyne.NewPos(0, y-look.Note.Size()*0.7)
			out = append(
				out, textMark(strconv.Itoa(n), look.Note, look.Quiet, place, at.X-lay.Gap8, fyne.TextAlignTrailing),
			)
		}
	}
	return out
}

// bars are the bars with their counts where there is room, and the bands' edges below.
func (h Histogram) bars(at fyne.Position, size fyne.Size, top int, m measure) []mark {
	var out []mark
	counts := h.Bands.Counts(h.Values)
	each := size.Width / float32(len(counts))
	for i, n := range counts {
		if n == 0 {
			continue
		}
		high := size.Height * float32(n) / float32(top)
		out = append(out, mark{
			x:    at.X + float32(i)*each + 1,
			y:    at.Y + size.Height - high,
			w:    each - 2,
			h:    high,
			name: look.ColorInfo,
		})
		// the line's words stand over the highest bars
		roofed := h.Line.Text != "" && high+look.Note.Size()*1.4+2 > size.Height
		if text := strconv.Itoa(n); h.Up != "" && !roofed && m(text, look.Note.Size(), false) < each-4 {
			out = append(
				out,
				textMark(
					text,
					look.Note,
					look.Plain,
					fyne.NewPos(at.X+float32(i)*each, at.Y+size.Height-high-look.Note.Size()*1.4-2),
					each,
					fyne.TextAlignCenter,
				),
			)
		}
	}
	clear := float32(-1e6)
	for i := 0; i <= len(counts); i++ {
		text := edgeText(h.Bands.edge(i))
		w := m(text, look.Note.Size(), false)
		x := at.X + float32(i)*each
		if x-w/2 < clear {
			continue
		}
		clear = x + w/2 + lay.Gap8
		out = append(out, mark{x: x, y: at.Y + size.Height, w: 1, h: lay.Gap4, name: theme.ColorNameInputBorder},
			textMark(
				text, look.Note, look.Quiet, fyne.NewPos(x-w/2, at.Y+size.Height+lay.Gap4), w, fyne.TextAlignCenter,
			))
	}
	return out
}

// line is the line at one value with its words over it.
func (h Histogram) line(at fyne.Position, size fyne.Size, m measure) []mark {
	if h.Line.Text == "" || len(h.Values) == 0 {
		return nil
	}
	share := (h.Line.At - h.Bands.Low) / (h.Bands.Step * float64(h.Bands.Count))
	x := at.X + size.Width*float32(min(max(share, 0), 1))
	w := m(h.Line.Text, look.Note.Size(), false)
	left := min(max(x-w/2, at.X), at.X+size.Width-w)
	return []mark{{x: x - 1, y: at.Y, w: 2, h: size.Height, name: look.ColorAccent},
		textMark(
			h.Line.Text,
			look.Note,
			look.Accent,
			fyne.NewPos(left, at.Y-look.Note.Size()*1.4-lay.Gap4),
			w,
			fyne.TextAlignCenter,
		)}
}
