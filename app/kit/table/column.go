package table

import (
	"slices"

	"fyne.io/fyne/v2"

	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/script"
)

// Cell is what a table shows in one place.
type Cell struct {
	Text   string
	Tone   look.Tone
	Strong bool // bold: one word in a row at most
}

// Column says how a table shows one property of T.
type Column[T any] struct {
	Title  string
	Min    float32 // width that is always shown, in Chinese characters of body text
	Weight float32 // share of the room left over; 0 keeps Min
	Number bool    // set flush right
	Cell   func(T) Cell
	// Compare orders rows when the head is pressed, as cmp.Compare does. Without it a column made by TextColumn or
	// NameColumn is ordered by its text, and any other can't be sorted.
	Compare func(a, b T) int

	text func(T) string
	read *script.Lexicon
}

// TextColumn returns a column of plain text, ordered by pinyin and with 作品2 before 作品10.
func TextColumn[T any](title string, min, weight float32, text func(T) string) Column[T] {
	return Column[T]{
		Title:  title,
		Min:    min,
		Weight: weight,
		Cell:   func(v T) Cell { return Cell{Text: text(v)} },
		text:   text,
		read:   &script.Lexicon{},
	}
}

// NameColumn is TextColumn for names of people, whose surnames are ordered as they are read: 单 as Shan, 曾 as Zeng.
func NameColumn[T any](title string, min, weight float32, text func(T) string) Column[T] {
	c := TextColumn(title, min, weight, text)
	c.read = &script.Lexicon{People: true}
	return c
}

// sortable reports whether pressing the head orders the rows.
func (c Column[T]) sortable() bool { return c.Compare != nil || c.text != nil }

// sort orders rows, greatest first if down; rows that compare equal keep their order.
func (c Column[T]) sort(rows []T, down bool) {
	compare := c.Compare
	if compare == nil {
		c.sortByText(rows, down)
		return
	}
	slices.SortStableFunc(rows, func(a, b T) int {
		if down {
			a, b = b, a
		}
		return compare(a, b)
	})
}

func (c Column[T]) sortByText(rows []T, down bool) {
	texts := make([]string, len(rows))
	for i, r := range rows {
		texts[i] = c.text(r)
	}
	order := make([]uint64, len(rows)) // rank above, place below
	for i, rank := range c.read.Ranks(texts) {
		if down {
			rank = -rank
		}
		order[i] = uint64(uint32(rank)^1<<31)<<32 | uint64(i)
	}
	slices.Sort(order)
	was := slices.Clone(rows)
	for i, o := range order {
		rows[i] = was[uint32(o)]
	}
}

// grid is the geometry that the head and all rows of one table share.
type grid struct {
	mins, weights []float32
	used          []bool // columns that held words so far; nil before there were rows
	numbers       []bool
	lead          float32 // room for the tick at the left
	drags         bool    // rows may be dragged

	own   []float32 // widths set by dragging, in characters of body text; empty: the columns share the room
	edges bool      // columns may be dragged

	width  float32 // the width that xs and ws were made for
	turn   int     // counts how often xs and ws were made
	xs, ws []float32
}

// cellGap is kept free at both sides of a cell.
const cellGap = lay.Gap8

func (g *grid) fit(width float32) {
	if g.width == width && len(g.ws) == len(g.mins) {
		return
	}
	g.width = width
	g.turn++
	if len(g.own) == len(g.mins) {
		g.ws = make([]float32, len(g.own))
		for i, w := range g.own {
			g.ws[i] = look.Em(w)
		}
	} else {
		g.ws = lay.ShareByWeight(width-g.lead, g.needs(), g.shares())
	}
	g.xs = make([]float32, len(g.ws))
	x := g.lead
	for i, w := range g.ws {
		g.xs[i] = x
		x += w
	}
}

// needs are the least widths of the columns.
func (g *grid) needs() []float32 {
	out := make([]float32, len(g.mins))
	for i, m := range g.mins {
		out[i] = look.Em(m) + 2*cellGap
	}
	return out
}

// shares are the weights by which columns share the room left over: a column without any words leaves it to those
// whose words may be cut, unless none has words.
func (g *grid) shares() []float32 {
	out, any := slices.Clone(g.weights), false
	for i, used := range g.used {
		if any = any || used && g.weights[i] > 0; !used {
			out[i] = 0
		}
	}
	if !any {
		return g.weights
	}
	return out
}

// least is the width below which the table scrolls sideways.
func (g *grid) least() float32 {
	w, columns := g.lead, g.needs()
	if len(g.own) == len(g.mins) {
		for _, o := range g.own {
			w += look.Em(o)
		}
		return w
	}
	for _, c := range columns {
		w += c
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
