package table

import (
	"fayi/judging/sheet/ledger"
	"fayi/judging/sheet/segment"
)

// readSideways reads the works of a table on its side. Each of its columns answers to a ledger of its own, so that
// none is lost; of the sheet's rows those of heads and values count as taken, or refused where no work was taken.
func (r *sheetReader) readSideways(turned *segment.Window, first []held) error {
	columns := *r
	columns.ledger = ledger.New(r.book.Name(), r.info.Name)
	columns.areas = nil
	taken := false
	columns.emit = func(t *table, rec *record) (bool, error) {
		rejected, err := r.emit(t, rec)
		taken = taken || !rejected
		return rejected, err
	}
	p := &part{sheetReader: &columns, span: segment.WholeSheet, turned: true}
	for _, l := range turned.Lines {
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
		for _, c := range t.Cols {
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
