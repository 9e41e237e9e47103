package table

import (
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/sheet/ledger"
	"fayi/judging/sheet/read"
)

// part is one column of tables: all of a sheet, or those of its columns that are a table next to others.
type part struct {
	*sheetReader
	span    span
	held    []held // rows that are not understood yet
	widest  int    // the last column with text, of a part aside
	turned  bool   // rows are columns of the sheet
	done    bool   // the sheet has no more rows
	lone    []held // short rows that may be the title of a table below
	table   *table // the one being read; nil while its head is looked for
	last    *table // the one before
	open    *record
	pending []*record // rows of prepared numbers and units; works only if a work follows
}

const (
	mostLone    = 4      // rows that may stand between two tables
	mostPending = 20_000 // prepared rows that are held back
)

// row takes the next row of the part.
func (p *part) row(h held) error {
	if p.span.aside {
		if h.ours {
			p.ledger.Note(h.ticket, ledger.Remark)
			for _, v := range valuesOf(h.Line) {
				p.widest = max(p.widest, v.col)
			}
		}
		return nil
	}
	if p.table != nil {
		return p.stream(h)
	}
	h.Line = h.Copied()
	if p.held = append(p.held, h); len(p.held) < windowRows {
		return nil
	}
	return p.understand()
}

// end settles what is still open when the sheet ends.
func (p *part) end() error {
	p.done = true
	if p.span.aside {
		return nil
	}
	if err := p.understand(); err != nil {
		return err
	}
	if err := p.release(); err != nil {
		return err
	}
	return p.close()
}

// understand finds the tables among the rows held back and reads those of the first; the rows of a further one wait
// until there are enough of them, or the sheet ends.
func (p *part) understand() error {
	for full := true; full && len(p.held) > 0; full = len(p.held) >= windowRows || p.done {
		rows := p.held
		w := p.window(rows, p.areasHere())
		heads := p.heads(w)
		if len(heads) == 0 && p.last != nil { // no head after all: the rows go on with the table above
			p.held, p.table = nil, p.last
			return p.feed(rows)
		}
		end := len(rows)
		if len(heads) > 0 {
			end = p.nextTable(rows, heads)
		}
		if end < len(rows) {
			w.until = rows[end].Row
		}
		p.table = p.newTable(w, heads, p.last == nil)
		p.tables = append(p.tables, p.table)
		p.held = rows[end:]
		if err := p.begin(w, rows[:end]); err != nil || len(p.held) == 0 {
			return err
		}
		if err := p.close(); err != nil {
			return err
		}
		p.last, p.table = p.table, nil
	}
	return nil
}

func (p *part) areasHere() []read.Area {
	if p.span == wholeSheet {
		return p.areas
	}
	var list []read.Area
	for _, a := range p.areas {
		if p.span.has(a) {
			list = append(list, a)
		}
	}
	return list
}

// heads finds the heads of the rows held back: where the user says, or by evidence.
func (p *part) heads(w *window) []heading {
	row, fixed := p.opts.headerRow(p.info.Name)
	switch {
	case p.last != nil || !fixed && len(w.said) == 0:
		return w.headings()
	case !fixed: // where letters have a meaning any row may read as a head: the best is the one
		h, ok := w.weakHeading()
		if !ok {
			return nil
		}
		return append([]heading{h}, p.headsBelow(w, h)...)
	case row < 0:
		return []heading{w.headless()}
	case row >= w.first && row-w.first < len(w.labels):
		h := w.grown(w.read(row, row))
		return append([]heading{h}, p.headsBelow(w, h)...)
	}
	return nil
}

// headsBelow finds the further heads below the one that the user knows of.
func (p *part) headsBelow(w *window, first heading) (list []heading) {
	said := w.said
	w.said = nil
	for _, h := range w.headings() {
		if h.top > first.bottom && h.strong() {
			list = append(list, h)
		}
	}
	w.said = said
	return list
}

// nextTable returns the index of the row with which the second table begins; a head that only repeats the first one
// begins none.
func (p *part) nextTable(rows []held, heads []heading) int {
	for _, h := range heads[1:] {
		if h.signature() == heads[0].signature() || len(heads[0].labels) == 0 {
			continue
		}
		at := slices.IndexFunc(rows, func(r held) bool { return r.Row >= h.top })
		first := slices.IndexFunc(rows, func(r held) bool { return r.Row > heads[0].bottom })
		if at < 0 || first < 0 || at <= first {
			continue
		}
		return first + p.titlesAbove(rows[first:], at-first)
	}
	return len(rows)
}

// titlesAbove goes up from the head at index at over the short rows that are its title.
func (p *part) titlesAbove(rows []held, at int) int {
	titled := false
	for n := 0; at > 0 && n < mostLone; n++ {
		above := rows[at-1]
		own := valuesOf(above.Line)
		if len(own) == 0 {
			return at
		}
		text := judging.Fold(own[0].text)
		switch {
		case len(own) > 2 || len(own) == 2 && !strings.ContainsAny(own[0].text+own[1].text, ":："),
			n > 0 && rows[at].Row > above.Row+1,
			total.MatchString(text), signature.MatchString(text) && titled, looksLikeName(text) && own[0].col > 0:
			return at
		}
		_, sure := senderIn(ownTexts(above.Line))
		if sure && titled {
			return at
		}
		titled = titled || !sure
		at--
	}
	return at
}

// begin answers for the rows above and in the head and reads those below.
func (p *part) begin(w *window, rows []held) error {
	t := p.table
	t.spans = map[int]int{}
	for _, a := range p.areasHere() {
		if a.Wide() && a.Top >= w.first {
			t.spans[a.Top] = max(t.spans[a.Top], a.Right-a.Left+1)
		}
	}
	above := 0
	for _, h := range rows {
		if !t.usable || h.Row >= t.heading.top {
			break
		}
		if above++; !h.ours {
			continue
		}
		if t.strayAbove(w, h.Line) {
			p.ledger.Refuse(h.ticket)
		} else {
			p.ledger.Note(h.ticket, t.kindAbove(h.Line))
		}
	}
	return p.feed(rows[above:])
}

func (p *part) feed(rows []held) error {
	for _, h := range rows {
		if !h.ours {
			continue
		}
		if err := p.data(h); err != nil {
			return err
		}
	}
	return nil
}

// stream reads a row below the window: of the table being read, or the head of another.
func (p *part) stream(h held) error {
	if p.headsAnother(h.Line) {
		h.Line = h.Copied()
		rows := append(slices.Clone(p.lone), h)
		at := p.titlesAbove(rows, len(rows)-1)
		p.lone = p.lone[:at]
		if err := p.release(); err != nil {
			return err
		}
		if err := p.close(); err != nil {
			return err
		}
		p.last, p.table, p.held = p.table, nil, rows[at:]
		return nil
	}
	own := 0
	for _, c := range h.Cells {
		if c.Text != "" && !c.Fill {
			own++
		}
	}
	if own <= 2 && p.table.heading.bottom >= p.table.heading.top {
		h.Line = h.Copied()
		p.lone = append(p.lone, h)
		if len(p.lone) <= mostLone {
			return nil
		}
		oldest := p.lone[0]
		p.lone = p.lone[1:]
		return p.data(oldest)
	}
	if err := p.release(); err != nil {
		return err
	}
	return p.data(h)
}

// release reads the short rows that turned out to be no title.
func (p *part) release() error {
	lone := p.lone
	p.lone = nil
	return p.feed(lone)
}

// headsAnother reports whether a row is the head of another table than the one being read.
func (p *part) headsAnother(l read.Line) bool {
	if p.table.heading.bottom < p.table.heading.top { // the user said that there is no head
		return false
	}
	tried, hits := 0, 0
	for _, c := range l.Cells {
		if c.Text == "" || c.Fill {
			continue
		}
		if tried == 0 && allDigits(c.Text) {
			return false // the common row, numbered
		}
		if p.kinds.has(c.Text) { // a category, or the head of a choice
			continue
		}
		if tried++; p.headWord(c.Text) {
			hits++
		}
		if tried >= 6 {
			break
		}
	}
	if hits < 2 || hits*2 < tried {
		return false
	}
	w := p.window([]held{{Line: l}}, p.areasHere())
	h := w.read(l.Row, l.Row)
	return h.strong() && h.signature() != p.table.Signature && !p.table.repeatsHeader(valuesOf(l))
}

// headWord reports whether a text is one of heads; what was asked before is remembered.
func (p *part) headWord(text string) bool {
	if len(text) > 4*mostHead {
		return false
	}
	s := p.known[text]
	if !s.done {
		if len(p.known) > mostKnown {
			clear(p.known)
		}
		s = seen{p.voc.match(judging.Tidy(text)), true}
		p.known[text] = s
	}
	return s.confidence >= looseWord
}

// data reads one row below the head.
func (p *part) data(h held) error {
	t, l := p.table, h.Line
	if !t.usable && (l.Row < t.heading.top || l.Row > t.heading.bottom) {
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
	if !p.voc.compound || !t.waits(r) {
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
func (t *table) onlyNumber(l read.Line) bool {
	return t.only(l, map[Field]bool{FieldRowNo: true})
}

// prepared reports whether a row holds only what an office fills in beforehand.
func (t *table) prepared(l read.Line) bool {
	return t.only(l, map[Field]bool{
		FieldRowNo:    true,
		FieldCategory: true,
		FieldGroup:    true,
		FieldUnit:     true,
		FieldSender:   true,
		FieldForm:     true,
	})
}

func (t *table) only(l read.Line, fields map[Field]bool) bool {
	for i, v := range l.Cells {
		if v.Kind == read.FormulaCell && i == t.first(t.key()) {
			return false // its title is not known
		}
		if v.Fill || v.Text == "" || isEmpty(v.Text) || zero(v.Text) {
			continue
		}
		c := t.at(i)
		if c == nil || !fields[c.Field] || c.tick != "" {
			return false
		}
	}
	return true
}

// zero reports whether a cell shows what a formula makes of nothing.
func zero(text string) bool { return text == "0" || text == "0.0" || text == "0.00" || text == "×" }
