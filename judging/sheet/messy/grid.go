package messy

import (
	"fmt"
	"slices"
	"strings"
)

// cell is one cell as the sheet shows it, and how it is stored.
type cell struct {
	text    string  // what is shown
	number  float64 // what is stored where format is set
	format  string  // number format; "": the cell is a text
	struck  bool    // the font is struck through
	formula bool    // a formula whose value was not stored: text is not in the file
}

// area is a merged block; rows and columns count from 0 and are both within.
type area struct{ top, left, bottom, right int }

// grid is a sheet, or a part of one, while it is written.
type grid struct {
	rows   [][]cell
	areas  []area
	truths []Truth // their rows count from 1 within the grid
}

func texts(list ...string) []cell {
	out := make([]cell, len(list))
	for i, s := range list {
		out[i].text = s
	}
	return out
}

// add writes a row and returns its index.
func (g *grid) add(cells []cell) int {
	g.rows = append(g.rows, cells)
	return len(g.rows) - 1
}

// line writes a row of texts.
func (g *grid) line(cells ...string) int { return g.add(texts(cells...)) }

func (g *grid) width() int {
	w := 0
	for _, r := range g.rows {
		w = max(w, len(r))
	}
	return w
}

func (g *grid) merge(top, left, bottom, right int) {
	if top < bottom || left < right {
		g.areas = append(g.areas, area{top, left, bottom, right})
	}
}

// place lays another grid at a row and a column.
func (g *grid) place(o *grid, row, col int) {
	for len(g.rows) < row+len(o.rows) {
		g.rows = append(g.rows, nil)
	}
	for i, r := range o.rows {
		at := &g.rows[row+i]
		if need := col + len(r); len(*at) < need {
			*at = append(*at, make([]cell, need-len(*at))...)
		}
		copy((*at)[col:], r)
	}
	for _, a := range o.areas {
		g.areas = append(g.areas, area{a.top + row, a.left + col, a.bottom + row, a.right + col})
	}
	for _, t := range o.truths {
		t.From, t.To = t.From+row, t.To+row
		g.truths = append(g.truths, t)
	}
}

// turned lays the grid on its side: its rows become columns.
func (g *grid) turned() *grid {
	out := &grid{rows: make([][]cell, g.width()), truths: slices.Clone(g.truths)}
	for i := range out.rows {
		out.rows[i] = make([]cell, len(g.rows))
		for j, r := range g.rows {
			if i < len(r) {
				out.rows[i][j] = r[i]
			}
		}
	}
	for _, a := range g.areas {
		out.areas = append(out.areas, area{a.left, a.top, a.right, a.bottom})
	}
	return out
}

// filled counts the rows that show anything.
func (g *grid) filled() int {
	n := 0
	for _, r := range g.rows {
		if slices.ContainsFunc(r, func(c cell) bool { return c.formula || strings.TrimSpace(c.text) != "" }) {
			n++
		}
	}
	return n
}

// String implements fmt.Stringer.
func (g *grid) String() string {
	var b strings.Builder
	for i, r := range g.rows {
		var cells []string
		for _, c := range r {
			s := strings.ReplaceAll(c.text, "\n", "⏎")
			if c.struck {
				s = "~" + s + "~"
			}
			if c.formula {
				s = "=" + s
			}
			cells = append(cells, s)
		}
		fmt.Fprintf(&b, "%3d %s\n", i+1, strings.Join(cells, " | "))
	}
	for _, a := range g.areas {
		b.WriteString("    merged " + span(a) + "\n")
	}
	return b.String()
}
