package kit

import "fyne.io/fyne/v2"

// Cell is what a table shows in one place.
type Cell struct {
	Text   string
	Tone   Tone
	Strong bool // bold: one word in a row at most
}

// Column tells how a table shows one property of T.
type Column[T any] struct {
	Title  string
	Min    float32 // width that is always shown, in Chinese characters of body text
	Weight float32 // share of the room left over; 0 keeps Min
	Number bool    // set flush right
	Cell   func(T) Cell
	// Compare orders rows when the head is pressed, as cmp.Compare does; nil makes the column not sortable.
	Compare func(a, b T) int
}

// TextColumn returns a column of plain text.
func TextColumn[T any](title string, min, weight float32, text func(T) string) Column[T] {
	return Column[T]{Title: title, Min: min, Weight: weight, Cell: func(v T) Cell { return Cell{Text: text(v)} }}
}

// grid is the geometry that the head and all rows of one table share.
type grid struct {
	mins, weights []float32
	numbers       []bool
	lead          float32 // room for the tick at the left
	drags         bool    // rows may be dragged

	width  float32 // the width that xs and ws were made for
	xs, ws []float32
}

// cellGap is kept free at both sides of a cell.
const cellGap = Gap8

func (g *grid) fit(width float32) {
	if g.width == width && len(g.ws) == len(g.mins) {
		return
	}
	g.width = width
	mins := make([]float32, len(g.mins))
	for i, m := range g.mins {
		mins[i] = Em(m) + 2*cellGap
	}
	g.ws = shareByWeight(width-g.lead, mins, g.weights)
	g.xs = make([]float32, len(g.ws))
	x := g.lead
	for i, w := range g.ws {
		g.xs[i] = x
		x += w
	}
}

// least is the width below which the table scrolls sideways.
func (g *grid) least() float32 {
	w := g.lead
	for _, m := range g.mins {
		w += Em(m) + 2*cellGap
	}
	return w
}

// column returns the column at x, or -1 for the tick.
func (g *grid) column(x float32) int {
	if x < g.lead {
		return -1
	}
	for i := range g.xs {
		if x < g.xs[i]+g.ws[i] {
			return i
		}
	}
	return len(g.xs) - 1
}

func (g *grid) align(i int) fyne.TextAlign {
	if g.numbers[i] {
		return fyne.TextAlignTrailing
	}
	return fyne.TextAlignLeading
}
