package segment

import (
	"fayi/judging/sheet/celltext"
	"fayi/judging/sheet/field"
	"fayi/judging/sheet/grid"
)

// A table on its side has its heads down a column and a work in each column right of it.

// Sideways turns the window by a quarter if that makes a table of it; ok is false where rows are rows.
func (w *Window) Sideways() (*Window, bool) {
	upright := 0.0
	for _, h := range w.Headings() {
		if h.wanted >= field.LooseWord && !h.Foreign() {
			upright = max(upright, h.score*h.purity())
		}
	}
	turned := New(w.turnedLines(), nil, w.Voc, w.opts)
	turned.Known, turned.Kinds = w.Known, w.Kinds
	heads := turned.Headings()
	if len(heads) != 1 || heads[0].wanted < field.LooseWord || heads[0].fields < 3 || heads[0].Top != heads[0].Bottom {
		return nil, false
	}
	if heads[0].score*heads[0].purity() < 1.5*upright { // a title may read like a head: 老师，您好
		return nil, false
	}
	works := 0
	for _, l := range turned.Lines {
		if l.Row <= heads[0].Bottom {
			continue
		}
		own, labels := 0, 0
		for _, c := range l.Cells {
			if !celltext.IsEmpty(c.Text) {
				if own++; turned.Match(c.Text).Sure >= field.SureWord {
					labels++
				}
			}
		}
		if labels > 1 {
			return nil, false // a form with labels in several columns
		}
		if own >= 2 {
			works++
		}
	}
	return turned, works >= 2
}

// purity is the share of a head's cells that are known words for columns.
func (h Heading) purity() float64 { return float64(h.known) / float64(max(h.cells, 1)) }

// turnedLines makes a row of each column. Row n of them is column n.
func (w *Window) turnedLines() []grid.Line {
	var lines []grid.Line
	for c := range w.width {
		l := grid.Line{Row: c + 1, Cells: make([]grid.Cell, w.First-1+len(w.Labels))}
		for _, row := range w.Lines {
			v := row.At(c)
			if a, merged := w.areaAt(row.Row, c); merged && a.Wide() && v.Text == "" && !w.banner(a) {
				v = w.lineAt(a.Top).At(a.Left)
				v.Fill = true
			}
			if at := row.Row - 1; at < len(l.Cells) {
				l.Cells[at] = v
			}
		}
		if !l.Blank() {
			lines = append(lines, l)
		}
	}
	return lines
}

func (w *Window) lineAt(row int) grid.Line {
	for _, l := range w.Lines {
		if l.Row == row {
			return l
		}
	}
	return grid.Line{Row: row}
}
