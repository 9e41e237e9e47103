package table

import (
	"fayi/judging"
	"fayi/judging/sheet/evidence"
	"fayi/judging/sheet/field"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/propose"
	"fayi/judging/sheet/segment"
)

// table is a sheet that was understood, or the problems that kept it from being, while its rows are read.
type table struct {
	*evidence.Table
	now    map[field.Field]propose.Said   // what lines above the row being read say
	said   map[field.Field][]propose.Said // what title and names say for all rows, nearest first
	ledger propose.Ledger
	bare   int          // rows without unit and sender
	seal   propose.Said // a unit's name alone below the rows
	outer  field.Field  // which of category and group the section lines part first
	cards  []*record    // where the sheet is a form for each work
	notes  bool         // the rows being read are notes below the table
	host   string
	spans  map[int]int // by row: how many columns a merged block that begins there covers
	above  *table      // the table above on the same sheet
	heard  heard       // what goes for the tables below too
	held   []*record   // that wait for a line below the table to name their sender
	over   bool        // too many are held to wait any longer
	dittos map[*evidence.Column]int
	told   bool // tellSummary did
	form   bool // its columns are known by the hidden row of a registration workbook
}

func newTable(file, sheet string, rules judging.Rules, opts mapping.Options) *table {
	return &table{
		Table:  evidence.New(mapping.Mapping{File: file, Sheet: sheet, Columns: []mapping.Column{}}, rules),
		host:   opts.Host,
		ledger: propose.Ledger{File: file, Sheet: sheet, Choices: opts.Fill},
	}
}

// newTable understands a table by its head, the first of heads; without one it tells what is missing. first says that
// no table stands above it.
func (p *part) newTable(w *segment.Window, heads []segment.Heading, first bool) *table {
	t := newTable(p.book.Name(), p.info.Name, p.rules, p.opts)
	t.above, t.Sideways = p.last, p.turned
	ok := len(heads) > 0
	if ok {
		t.Heading = heads[0]
	} else {
		t.Heading, ok = w.WeakHeading()
	}
	if !ok {
		t.Heading = segment.Heading{Top: w.First, Bottom: w.First - 1}
		t.Problem(w.First, nil, true, "sheet.no_header", judging.Args{
			"Wanted": w.Voc.Spelling(w.Voc.Wanted...),
			"Rows":   len(w.Lines),
			"Cells":  w.Texts(),
		})
		return t
	}
	t.TakeColumns(w)
	if t.Heading.Foreign() && (!first || len(heads) > 1) {
		t.Problem(t.Heading.Top, nil, true, "sheet.other_table", judging.Args{
			"Row":    t.Heading.Top,
			"Wanted": w.Voc.Spelling(w.Voc.Wanted...),
			"Found":  t.Found(),
		})
		return t
	}
	t.Correct(p.optionsOf(first), first)
	t.settle(w)
	if first {
		t.formSender(p.form, p.opts)
	}
	if w.Voc.Compound && len(p.opts.Fixed) == 0 && t.ListsJudges() {
		t.Usable, t.Problems = false, nil
		t.Problem(t.Heading.Bottom, nil, true, "sheet.judges_list", nil)
	}
	if w.Voc.Compound && len(p.opts.Fixed) == 0 {
		t.RecogniseOwn()
	}
	return t
}

// settle ends the understanding: contents as evidence, repeats, what must be there; then the columns are reported.
func (t *table) settle(w *segment.Window) {
	t.Usable = true
	t.Assign(w.Voc)
	t.preamble(w)
	t.Demand(w.Voc)
	for _, c := range t.Cols {
		t.Columns = append(t.Columns, c.Column)
	}
}
