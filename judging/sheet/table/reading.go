package table

import (
	"context"

	"fayi/judging"
	"fayi/judging/sheet/read"
)

// sheetReader carries one sheet from its first rows to its last record.
type sheetReader struct {
	ctx     context.Context
	book    *read.Book
	index   int
	voc     *vocabulary
	rules   judging.Rules
	opts    ReadOptions
	emit    func(*table, *record) error
	areas   []read.Area
	first   []read.Line // rows held back until the table is understood
	table   *table
	open    *record   // may go on in the next row
	pending []*record // rows of prepared numbers and units; works only if a work follows
	hidden  int       // rows
	read    int
	seen    func(read.Line) error // called with each row of data, if set
}

// readSheets reads the sheets that opts name.
func readSheets(
	ctx context.Context, b *read.Book, voc *vocabulary, rules judging.Rules, opts ReadOptions,
	emit func(*table, *record) error,
) ([]Mapping, []judging.Problem, error) {
	var (
		mappings []Mapping
		problems []judging.Problem
		failed   []*table
		found    bool
	)
	for i, s := range b.Infos() {
		if opts.Sheet != "" && s.Name != opts.Sheet {
			continue
		}
		found = true
		r := &sheetReader{ctx: ctx, book: b, index: i, voc: voc, rules: rules, opts: opts, emit: emit}
		if err := r.run(s); err != nil {
			return mappings, problems, err
		}
		switch t := r.table; {
		case t == nil:
		case t.usable:
			mappings = append(mappings, t.Mapping)
			problems = append(problems, t.problems...)
		default:
			failed = append(failed, t)
		}
	}
	if !found {
		return nil, nil, read.FileError(b.Name(), "sheet.no_such_sheet", judging.Args{"Sheet": opts.Sheet})
	}
	if len(mappings)+len(failed) == 0 {
		problems = append(problems, judging.Problem{
			Place: judging.Place{File: b.Name()},
			Text:  "sheet.empty",
			Args:  judging.Args{"File": b.Name()},
			Fatal: true,
		})
	}
	return mappings, append(problems, failures(failed, len(mappings) > 0)...), nil
}

// failures reports the sheets that were not understood. If there is a sheet of works, a sheet without a header is
// no fault: it is only named.
func failures(failed []*table, others bool) []judging.Problem {
	var list []judging.Problem
	for _, t := range failed {
		for _, p := range t.problems {
			if others && (p.Text == "sheet.no_header" || p.Text == "sheet.missing_column") {
				p.Text, p.Fatal = "sheet.skipped", false
				p.Args["Sheet"] = t.Sheet
			}
			list = append(list, p)
		}
	}
	return list
}

func (r *sheetReader) run(s read.SheetInfo) error {
	err := r.ctx.Err()
	if err != nil {
		return err
	}
	if r.areas, err = r.book.Merges(r.index); err != nil {
		return err
	}
	if err := r.book.Rows(r.index, r.areas, r.row); err != nil {
		return err
	}
	if r.table == nil {
		if err := r.understand(s, true); err != nil {
			return err
		}
	}
	if err := r.flush(); err != nil || r.table == nil {
		return err
	}
	place := judging.Place{File: r.book.Name(), Sheet: s.Name}
	if r.table.usable && r.read == 0 {
		r.table.problems = append(r.table.problems, judging.Problem{Place: place, Text: "sheet.no_rows"})
	}
	if s.Hidden && r.read > 0 {
		r.table.problems = append(r.table.problems, judging.Problem{
			Place: place,
			Text:  "sheet.hidden_sheet",
			Args:  judging.Args{"Sheet": s.Name},
		})
	}
	if r.hidden > 0 {
		r.table.problems = append(r.table.problems, judging.Problem{
			Place: place,
			Text:  "sheet.hidden_rows",
			Args:  judging.Args{"Rows": r.hidden},
		})
	}
	return nil
}

// row takes the next row of the sheet.
func (r *sheetReader) row(l read.Line) error {
	if r.table == nil {
		if l.Blank() {
			return nil
		}
		r.first = append(r.first, l.Copied())
		if len(r.first) < windowRows {
			return nil
		}
		return r.understand(r.book.Infos()[r.index], false)
	}
	return r.data(l)
}

// understand reads the header from the rows held back, then those rows.
func (r *sheetReader) understand(s read.SheetInfo, whole bool) error {
	if len(r.first) == 0 {
		return nil
	}
	w := newWindow(r.first, r.areas, r.voc)
	r.table = w.understand(r.book.Name(), s.Name, whole, r.rules, r.opts)
	if r.table.cards != nil {
		return r.dealCards()
	}
	r.table.spans = map[int]int{}
	for _, a := range r.areas {
		if a.Wide() && a.Top >= r.table.FirstRow {
			r.table.spans[a.Top] = max(r.table.spans[a.Top], a.Right-a.Left+1)
		}
	}
	first := r.first
	r.first = nil
	for _, l := range first {
		if err := r.data(l); err != nil {
			return err
		}
	}
	return nil
}

// dealCards gives away the works of a sheet of forms.
func (r *sheetReader) dealCards() error {
	for _, c := range r.table.cards {
		if r.read++; r.seen != nil {
			if err := r.seen(read.Line{Row: c.row, Cells: r.table.cardCells(c)}); err != nil {
				return err
			}
		}
		if err := r.emit(r.table, c); err != nil {
			return err
		}
	}
	return nil
}

// data reads one row below the header.
func (r *sheetReader) data(l read.Line) error {
	t := r.table
	if l.Row%256 == 0 && r.ctx.Err() != nil {
		return r.ctx.Err()
	}
	if !t.usable || l.Row < t.FirstRow {
		return nil
	}
	if t.noWork(l) {
		t.hearSeal(l)
		return nil
	}
	r.read++
	if r.seen != nil {
		if err := r.seen(l); err != nil {
			return err
		}
	}
	if l.Hidden {
		r.hidden++
	}
	if t.goesOn(l, r.open) {
		t.take(r.open, l, false)
		return nil
	}
	if err := r.flush(); err != nil {
		return err
	}
	switch next := t.newRecord(l); {
	case t.onlyNumber(l):
	case t.prepared(l):
		if len(r.pending) < 1000 {
			r.pending = append(r.pending, next)
		}
	default:
		for _, p := range r.pending {
			if err := r.emit(t, p); err != nil {
				return err
			}
		}
		r.pending, r.open = nil, next
	}
	return nil
}

// flush gives the open record away.
func (r *sheetReader) flush() error {
	if r.open == nil {
		return nil
	}
	done := r.open
	r.open = nil
	return r.emit(r.table, done)
}

// onlyNumber reports whether a row holds a running number and nothing else, as the empty rows of a form do.
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
	for _, c := range t.cols {
		if v := l.At(c.Index); !v.Fill && !isEmpty(v.Text) && !fields[c.Field] {
			return false
		}
	}
	return true
}
