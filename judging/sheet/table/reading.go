package table

import (
	"context"
	"slices"

	"fayi/judging"
	"fayi/judging/sheet/field"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/ledger"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/read"
	"fayi/judging/sheet/rowkind"
	"fayi/judging/sheet/segment"
)

// held is a row with its ticket; a row that is shown to a table for what it says of it, and belongs to another, has
// none.
type held struct {
	grid.Line
	ticket ledger.Ticket
	ours   bool
}

// sheetReader carries one sheet from its first rows to its last record. It gives each row that holds text to the
// tables of the sheet, which answer for it to the ledger.
type sheetReader struct {
	ctx    context.Context
	book   *read.Book
	index  int
	info   grid.SheetInfo
	voc    *field.Vocabulary
	rules  judging.Rules
	opts   mapping.Options
	emit   func(*table, *record) (rejected bool, err error)
	areas  []grid.Area
	ledger *ledger.Ledger
	first  []held // rows held back until the sheet is parted into tables
	parts  []*part
	tables []*table // in the order of their heads
	hidden int      // rows
	read   int      // rows of data
	known  map[string]segment.Seen
	kinds  *segment.KindWords
	seen   func(*table, grid.Line) error // called with each row of data, if set
	heads  int                           // the first row of a head; those above go for all tables next to each other
	form   *form                         // what the hidden row of a registration workbook says; nil without one
	keyRow int                           // where that row stands
}

// readSheets reads the sheets that opts name.
func readSheets(
	ctx context.Context, b *read.Book, voc *field.Vocabulary, rules judging.Rules, opts mapping.Options,
	emit func(*table, *record) (bool, error),
) ([]mapping.Mapping, []judging.Problem, error) {
	var out sheetsRead
	found := false
	for i, s := range b.Infos() {
		if opts.Sheet != "" && s.Name != opts.Sheet {
			continue
		}
		found = true
		if opts.Aside[s.Name] {
			continue
		}
		r := newSheetReader(ctx, b, i, voc, rules, opts)
		r.emit = emit
		account, err := r.run()
		if err != nil {
			return out.mappings, out.problems, err
		}
		if opts.Account != nil && account.Rows > 0 {
			opts.Account(account)
		}
		out.add(r.tables)
	}
	if !found {
		return nil, nil, grid.FileError(b.Name(), "sheet.no_such_sheet", judging.Args{"Sheet": opts.Sheet})
	}
	if b.Macros() {
		out.problems = append(out.problems, judging.Problem{Place: judging.Place{File: b.Name()}, Text: "sheet.macros"})
	}
	if len(out.mappings)+len(out.failed) == 0 {
		out.problems = append(out.problems, judging.Problem{
			Place: judging.Place{File: b.Name()},
			Text:  "sheet.empty",
			Args:  judging.Args{"File": b.Name()},
			Fatal: true,
		})
	}
	return out.mappings, append(out.problems, failures(out.failed, len(out.mappings) > 0)...), nil
}

// sheetsRead gathers what the sheets of a book were understood as.
type sheetsRead struct {
	mappings []mapping.Mapping
	problems []judging.Problem
	failed   []*table // of sheets without any table that was understood
}

func (s *sheetsRead) add(tables []*table) {
	usable := false
	for _, t := range tables {
		t.conclude()
		usable = usable || t.Usable
	}
	for _, t := range tables {
		switch {
		case !usable:
			s.failed = append(s.failed, t)
			continue
		case t.Usable:
			s.mappings = append(s.mappings, t.Mapping)
		}
		s.problems = append(s.problems, t.Problems...)
	}
}

// headless are the problems of a sheet that is no list of what is looked for.
var headless = []string{"sheet.no_header", "sheet.missing_column", "sheet.other_table"}

// failures reports the sheets that were not understood. If there is a sheet of works, a sheet without a header is
// no fault: it is only named.
func failures(failed []*table, others bool) []judging.Problem {
	var list []judging.Problem
	for _, t := range failed {
		for _, p := range t.Problems {
			if others && slices.Contains(headless, p.Text) {
				wanted := t.Problems[0].Args["Wanted"]
				p.Text, p.Fatal = "sheet.skipped", false
				p.Args = judging.Args{"Sheet": t.Sheet, "Wanted": wanted}
			}
			list = append(list, p)
		}
	}
	return list
}

func newSheetReader(
	ctx context.Context, b *read.Book, index int, voc *field.Vocabulary, rules judging.Rules, opts mapping.Options,
) *sheetReader {
	info := b.Infos()[index]
	return &sheetReader{
		ctx: ctx, book: b, index: index, info: info, voc: voc, rules: rules, opts: opts,
		ledger: ledger.New(b.Name(), info.Name),
		known:  map[string]segment.Seen{},
		kinds:  segment.NewKindWords(rules),
	}
}

// run reads the sheet; the error is Internal where a row was not accounted for.
func (r *sheetReader) run() (ledger.Account, error) {
	var none ledger.Account
	err := r.ctx.Err()
	if err != nil {
		return none, err
	}
	if r.areas, err = r.book.Merges(r.index); err != nil {
		return none, err
	}
	err = r.book.Rows(r.index, r.areas, func(l grid.Line) error {
		if l.Row%256 == 0 && r.ctx.Err() != nil {
			return r.ctx.Err()
		}
		if l.Blank() {
			return nil
		}
		h := held{l, r.ledger.Hand(l.Row), true}
		if r.hearKey(h) {
			return nil
		}
		return r.row(h)
	})
	if err == nil && r.parts == nil {
		err = r.part(true)
	}
	for _, p := range r.parts {
		if err == nil {
			err = p.end()
		}
	}
	if err != nil {
		return none, err
	}
	r.tellSheet()
	return r.ledger.Close()
}

// tellSheet adds what is to be said of the sheet as a whole.
func (r *sheetReader) tellSheet() {
	if len(r.tables) == 0 {
		return
	}
	t := r.tables[0]
	tell := func(text string, args judging.Args) {
		t.Problems = append(t.Problems, judging.Problem{
			Place: judging.Place{File: r.book.Name(), Sheet: r.info.Name},
			Text:  text,
			Args:  args,
		})
	}
	usable := false
	for _, t := range r.tables {
		usable = usable || t.Usable
	}
	if usable && r.read == 0 {
		tell("sheet.no_rows", nil)
	}
	for _, p := range r.parts {
		if p.span.Aside && usable {
			from, to := p.span.Ends(p.widest)
			tell("sheet.table_aside", judging.Args{"From": grid.ColumnLetters(from), "To": grid.ColumnLetters(to)})
		}
	}
	if r.info.Hidden && r.read > 0 {
		tell("sheet.hidden_sheet", judging.Args{"Sheet": r.info.Name})
	}
	if r.hidden > 0 {
		tell("sheet.hidden_rows", judging.Args{"Rows": r.hidden})
	}
}

// row takes the next row of the sheet.
func (r *sheetReader) row(h held) error {
	if r.parts != nil {
		return r.give(h)
	}
	h.Line = h.Copied()
	if r.first = append(r.first, h); len(r.first) < segment.WindowRows {
		return nil
	}
	return r.part(false)
}

// part finds the tables next to each other from the rows held back, and gives them those rows; whole says that they
// are all there are.
func (r *sheetReader) part(whole bool) error {
	r.useKey()
	first := r.first
	r.first = nil
	if len(first) == 0 {
		return nil
	}
	spans := []segment.Span{segment.WholeSheet}
	if _, fixed := r.opts.HeaderRow(r.info.Name); !fixed {
		w := r.window(first, r.areas)
		if r.voc.Compound && whole && !w.Remembers() {
			if side, ok := w.Sideways(); ok {
				return r.readSideways(side, first)
			}
			if cards, ok := w.Cards(); ok && !w.HasHead() {
				return r.readCards(w, cards, first)
			}
		}
		spans = w.Panels()
		if heads := w.Headings(); len(spans) > 1 && len(heads) > 0 {
			r.heads = heads[0].Top
		}
	}
	for _, s := range spans {
		r.parts = append(r.parts, &part{sheetReader: r, span: s})
	}
	for _, h := range first {
		if err := r.give(h); err != nil {
			return err
		}
	}
	return nil
}

func (r *sheetReader) window(rows []held, areas []grid.Area) *segment.Window {
	lines := make([]grid.Line, len(rows))
	for i, h := range rows {
		lines[i] = h.Line
	}
	w := segment.New(lines, areas, r.voc, r.opts)
	if len(r.known) > mostKnown {
		r.known = map[string]segment.Seen{}
	}
	w.Known, w.Kinds = r.known, r.kinds
	for _, c := range r.opts.Fixed {
		if c.Sheet == "" || c.Sheet == r.info.Name {
			w.Hear(c.Columns)
		}
	}
	return w
}

// mostKnown is how many texts are remembered as heads or no heads.
const mostKnown = 20_000

// above hands a row above the first head to all tables next to each other; the first answers for it.
func (r *sheetReader) above(h held) error {
	for _, p := range r.parts {
		if p.span.Aside {
			continue
		}
		if err := p.row(h); err != nil {
			return err
		}
		h = held{Line: h.Copied()}
	}
	return nil
}

// give hands a row to the tables that have a part of it.
func (r *sheetReader) give(h held) error {
	if len(r.parts) == 1 {
		return r.parts[0].row(h)
	}
	if h.Row < r.heads {
		return r.above(h)
	}
	var cuts []held
	var of []*part
	for _, p := range r.parts {
		if l := p.span.Cut(h.Line); !l.Blank() {
			cuts, of = append(cuts, held{l, h.ticket, true}), append(of, p)
		}
	}
	r.ledger.Split(h.ticket, len(cuts))
	if len(cuts) == 1 && len(rowkind.ValuesOf(h.Line)) == 1 { // a title goes for all
		for _, p := range r.parts {
			if p != of[0] && p.table == nil && !p.span.Aside {
				p.held = append(p.held, held{Line: h.Copied()})
			}
		}
	}
	for i, p := range of {
		if err := p.row(cuts[i]); err != nil {
			return err
		}
	}
	return nil
}

// readCards gives away the works of a sheet of forms.
func (r *sheetReader) readCards(w *segment.Window, cards [][]segment.Pair, first []held) error {
	t := newTable(r.book.Name(), r.info.Name, r.rules, r.opts)
	t.cards = t.takeCards(w, cards)
	r.tables = append(r.tables, t)
	outcome := map[int]bool{} // row -> taken
	for _, c := range t.cards {
		if r.read++; r.seen != nil {
			if err := r.seen(t, grid.Line{Row: c.row, Cells: t.cardCells(c)}); err != nil {
				return err
			}
		}
		rejected, err := r.emit(t, c)
		if err != nil {
			return err
		}
		for _, p := range c.pairs {
			outcome[p.Row] = !rejected
		}
	}
	for _, h := range first {
		switch took, of := outcome[h.Row]; {
		case !of:
			r.ledger.Note(h.ticket, ledger.Form)
		case took:
			r.ledger.Take(h.ticket)
		default:
			r.ledger.Refuse(h.ticket)
		}
	}
	return nil
}
