package table

import (
	"fayi/judging/sheet/ledger"
	"fayi/judging/sheet/read"
)

// A table on its side has its heads down a column and a work in each column right of it.

// sideways turns the window by a quarter if that makes a table of it; ok is false where rows are rows.
func (w *window) sideways() (*window, bool) {
	upright := 0.0
	for _, h := range w.headings() {
		if h.wanted >= looseWord && !h.foreign() {
			upright = max(upright, h.score*h.purity())
		}
	}
	turned := newWindow(w.turnedLines(), nil, w.voc, w.opts)
	turned.known = w.known
	heads := turned.headings()
	if len(heads) != 1 || heads[0].wanted < looseWord || heads[0].fields < 3 || heads[0].top != heads[0].bottom {
		return nil, false
	}
	if heads[0].score*heads[0].purity() < 1.5*upright { // a title may read like a head: 老师，您好
		return nil, false
	}
	works := 0
	for _, l := range turned.lines {
		if l.Row <= heads[0].bottom {
			continue
		}
		own, labels := 0, 0
		for _, c := range l.Cells {
			if !isEmpty(c.Text) {
				if own++; turned.match(c.Text).confidence >= sureWord {
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
func (h heading) purity() float64 { return float64(h.known) / float64(max(h.cells, 1)) }

// turnedLines makes a row of each column. Row n of them is column n.
func (w *window) turnedLines() []read.Line {
	var lines []read.Line
	for c := range w.width {
		l := read.Line{Row: c + 1, Cells: make([]read.Cell, w.first-1+len(w.labels))}
		for _, row := range w.lines {
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

func (w *window) lineAt(row int) read.Line {
	for _, l := range w.lines {
		if l.Row == row {
			return l
		}
	}
	return read.Line{Row: row}
}

// readSideways reads the works of a table on its side. Each of its columns answers to a ledger of its own, so that
// none is lost; of the sheet's rows those of heads and values count as taken, or refused where no work was taken.
func (r *sheetReader) readSideways(turned *window, first []held) error {
	columns := *r
	columns.ledger = ledger.New(r.book.Name(), r.info.Name)
	columns.areas = nil
	taken := false
	columns.emit = func(t *table, rec *record) (bool, error) {
		rejected, err := r.emit(t, rec)
		taken = taken || !rejected
		return rejected, err
	}
	p := &part{sheetReader: &columns, span: wholeSheet, turned: true}
	for _, l := range turned.lines {
		if err := p.row(held{l, columns.ledger.Hand(l.Row), true}); err != nil {
			return err
		}
	}
	if err := p.end(); err != nil {
		return err
	}
	if _, err := columns.ledger.Close(); err != nil {
		return err
	}
	r.tables, r.read, r.hidden = columns.tables, columns.read, columns.hidden
	heads := map[int]bool{}
	for _, t := range r.tables {
		for _, c := range t.cols {
			heads[c.Index+1] = true
		}
	}
	for _, h := range first {
		switch {
		case !heads[h.Row]:
			r.ledger.Note(h.ticket, ledger.Title)
		case taken:
			r.ledger.Take(h.ticket)
		default:
			r.ledger.Refuse(h.ticket)
		}
	}
	return nil
}
