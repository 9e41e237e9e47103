package table

import (
	"fayi/judging/sheet/celltext"
	"fayi/judging/sheet/field"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/ledger"
)

// data reads one row below the head.
func (p *part) data(h held) error {
	t, l := p.table, h.Line
	if !t.Usable && (l.Row < t.Heading.Top || l.Row > t.Heading.Bottom) {
		p.ledger.Refuse(h.ticket)
		return nil
	}
	if l.Row < t.FirstRow {
		p.ledger.Note(h.ticket, ledger.Head)
		return nil
	}
	if kind, note := t.noWork(l); note {
		t.hearSeal(l)
		p.ledger.Note(h.ticket, kind)
		return nil
	}
	if t.onlyNumber(l) {
		p.ledger.Note(h.ticket, ledger.Prepared)
		return p.flush()
	}
	p.read++
	if p.seen != nil {
		if err := p.seen(t, l); err != nil {
			return err
		}
	}
	if l.Hidden {
		p.hidden++
	}
	if t.goesOn(l, p.open) {
		t.take(p.open, h, false)
		return nil
	}
	if err := p.flush(); err != nil {
		return err
	}
	next := t.newRecord(h)
	if t.prepared(l) && len(p.pending) < mostPending {
		p.pending = append(p.pending, next)
		return nil
	}
	for _, r := range p.pending {
		if err := p.settle(r); err != nil {
			return err
		}
	}
	p.pending, p.open = nil, next
	return nil
}

// flush gives the open record away.
func (p *part) flush() error {
	if p.open == nil {
		return nil
	}
	done := p.open
	p.open = nil
	return p.settle(done)
}

// close ends a table: prepared rows below its last work are notes, and what waited for a line below it is dealt.
func (p *part) close() error {
	if err := p.flush(); err != nil {
		return err
	}
	for _, r := range p.pending {
		for _, t := range r.tickets {
			p.ledger.Note(t, ledger.Prepared)
		}
	}
	p.pending = nil
	if p.table == nil {
		return nil
	}
	if len(p.table.held) > 0 {
		p.table.lookBelow()
	}
	if err := p.deal(); err != nil {
		return err
	}
	p.table.tellSummary()
	return nil
}

// settle gives a record away, or holds it back while a line below the table may name its sender.
func (p *part) settle(r *record) error {
	t := p.table
	if !p.voc.Compound || !t.waits(r) {
		return p.answer(t, r)
	}
	if t.held = append(t.held, r); len(t.held) < mostHeld {
		return nil
	}
	t.over = true
	return p.deal()
}

// deal gives away the records that were held back.
func (p *part) deal() error {
	held := p.table.held
	p.table.held = nil
	for _, r := range held {
		if err := p.answer(p.table, r); err != nil {
			return err
		}
	}
	return nil
}

// answer gives a record away and answers for its rows.
func (p *part) answer(t *table, r *record) error {
	rejected, err := p.emit(t, r)
	if err != nil {
		return err
	}
	for _, t := range r.tickets {
		if rejected {
			p.ledger.Refuse(t)
		} else {
			p.ledger.Take(t)
		}
	}
	return nil
}

// onlyNumber reports whether a row holds a running number and nothing else, or zeros, as the empty rows of a form do.
func (t *table) onlyNumber(l grid.Line) bool {
	return t.only(l, map[field.Field]bool{field.RowNo: true})
}

// prepared reports whether a row holds only what an office fills in beforehand.
func (t *table) prepared(l grid.Line) bool {
	return t.only(l, map[field.Field]bool{
		field.RowNo:    true,
		field.Category: true,
		field.Group:    true,
		field.Unit:     true,
		field.Sender:   true,
		field.Form:     true,
	})
}

func (t *table) only(l grid.Line, fields map[field.Field]bool) bool {
	for i, v := range l.Cells {
		if v.Kind == grid.FormulaCell && i == t.First(t.Key()) {
			return false // its title is not known
		}
		if v.Fill || v.Text == "" || celltext.IsEmpty(v.Text) || celltext.IsZero(v.Text) {
			continue
		}
		c := t.At(i)
		if c == nil || !fields[c.Field] || c.Tick != "" {
			return false
		}
	}
	return true
}
