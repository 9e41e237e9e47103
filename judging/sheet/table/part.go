package table

import (
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/sheet/celltext"
	"fayi/judging/sheet/field"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/ledger"
	"fayi/judging/sheet/rowkind"
	"fayi/judging/sheet/segment"
)

// part is one column of tables: all of a sheet, or those of its columns that are a table next to others.
type part struct {
	*sheetReader
	span    segment.Span
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
	if p.span.Aside {
		if h.ours {
			p.ledger.Note(h.ticket, ledger.Remark)
			for _, v := range rowkind.ValuesOf(h.Line) {
				p.widest = max(p.widest, v.Col)
			}
		}
		return nil
	}
	if p.table != nil {
		return p.stream(h)
	}
	h.Line = h.Copied()
	if p.held = append(p.held, h); len(p.held) < segment.WindowRows {
		return nil
	}
	return p.understand()
}

// end settles what is still open when the sheet ends.
func (p *part) end() error {
	p.done = true
	if p.span.Aside {
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
	for full := true; full && len(p.held) > 0; full = len(p.held) >= segment.WindowRows || p.done {
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
			w.Until = rows[end].Row
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

func (p *part) areasHere() []grid.Area {
	if p.span == segment.WholeSheet {
		return p.areas
	}
	var list []grid.Area
	for _, a := range p.areas {
		if p.span.Has(a) {
			list = append(list, a)
		}
	}
	return list
}

// heads finds the heads of the rows held back: where the user says, or by evidence.
func (p *part) heads(w *segment.Window) []segment.Heading {
	row, fixed := p.opts.HeaderRow(p.info.Name)
	switch {
	case p.last != nil || !fixed && len(w.Said) == 0:
		return w.Headings()
	case !fixed: // where letters have a meaning any row may read as a head: the best is the one
		h, ok := w.WeakHeading()
		if !ok {
			return nil
		}
		return append([]segment.Heading{h}, p.headsBelow(w, h)...)
	case row < 0:
		return []segment.Heading{w.Headless()}
	case row >= w.First && row-w.First < len(w.Labels):
		h := w.Grown(w.Read(row, row))
		return append([]segment.Heading{h}, p.headsBelow(w, h)...)
	}
	return nil
}

// headsBelow finds the further heads below the one that the user knows of.
func (p *part) headsBelow(w *segment.Window, first segment.Heading) (list []segment.Heading) {
	said := w.Said
	w.Said = nil
	for _, h := range w.Headings() {
		if h.Top > first.Bottom && h.Strong() {
			list = append(list, h)
		}
	}
	w.Said = said
	return list
}

// nextTable returns the index of the row with which the second table begins; a head that only repeats the first one
// begins none.
func (p *part) nextTable(rows []held, heads []segment.Heading) int {
	for _, h := range heads[1:] {
		if h.Signature() == heads[0].Signature() || len(heads[0].Labels) == 0 {
			continue
		}
		at := slices.IndexFunc(rows, func(r held) bool { return r.Row >= h.Top })
		first := slices.IndexFunc(rows, func(r held) bool { return r.Row > heads[0].Bottom })
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
		own := rowkind.ValuesOf(above.Line)
		if len(own) == 0 {
			return at
		}
		text := judging.Fold(own[0].Text)
		switch {
		case len(own) > 2 || len(own) == 2 && !strings.ContainsAny(own[0].Text+own[1].Text, ":："),
			n > 0 && rows[at].Row > above.Row+1,
			rowkind.Total.MatchString(text), rowkind.Signature.MatchString(text) && titled,
			celltext.LooksLikeName(text) && own[0].Col > 0:
			return at
		}
		_, sure := rowkind.SenderIn(rowkind.OwnTexts(above.Line))
		if sure && titled {
			return at
		}
		titled = titled || !sure
		at--
	}
	return at
}

// begin answers for the rows above and in the head and reads those below.
func (p *part) begin(w *segment.Window, rows []held) error {
	t := p.table
	t.spans = map[int]int{}
	for _, a := range p.areasHere() {
		if a.Wide() && a.Top >= w.First {
			t.spans[a.Top] = max(t.spans[a.Top], a.Right-a.Left+1)
		}
	}
	above := 0
	for _, h := range rows {
		if !t.Usable || h.Row >= t.Heading.Top {
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
	if own <= 2 && p.table.Heading.Bottom >= p.table.Heading.Top {
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
func (p *part) headsAnother(l grid.Line) bool {
	if p.table.Heading.Bottom < p.table.Heading.Top { // the user said that there is no head
		return false
	}
	tried, hits := 0, 0
	for _, c := range l.Cells {
		if c.Text == "" || c.Fill {
			continue
		}
		if tried == 0 && celltext.AllDigits(c.Text) {
			return false // the common row, numbered
		}
		if p.kinds.Has(c.Text) { // a category, or the head of a choice
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
	h := w.Read(l.Row, l.Row)
	return h.Strong() && h.Signature() != p.table.Signature && !p.table.RepeatsHeader(rowkind.ValuesOf(l))
}

// headWord reports whether a text is one of heads; what was asked before is remembered.
func (p *part) headWord(text string) bool {
	if len(text) > 4*field.MostHead {
		return false
	}
	s := p.known[text]
	if !s.Done {
		if len(p.known) > mostKnown {
			clear(p.known)
		}
		s = segment.Seen{Meaning: p.voc.Match(judging.Tidy(text)), Done: true}
		p.known[text] = s
	}
	return s.Sure >= field.LooseWord
}
