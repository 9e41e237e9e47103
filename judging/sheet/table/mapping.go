package table

import (
	"slices"
	"strconv"
	"strings"

	"fayi/judging"
	"fayi/judging/sheet/celltext"
	"fayi/judging/sheet/field"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/propose"
	"fayi/judging/sheet/rowkind"
	"fayi/judging/sheet/segment"
)

// evTable is a table while its columns are being understood: what its head and its first values say.
type evTable struct {
	mapping.Mapping
	cols     []*column
	heading  segment.Heading
	problems []judging.Problem
	usable   bool // its rows can be read
	rules    judging.Rules

	categories, groups []celltext.Named
	memo               map[field.Field]map[string]string // what resolve found
	byIndex            []*column                         // of each column of the sheet, nil where the table has none
	filled             bool                              // there are values below the head
}

// newEvTable makes a table without columns.
func newEvTable(of mapping.Mapping, rules judging.Rules) *evTable {
	return &evTable{
		Mapping:    of,
		rules:      rules,
		categories: celltext.CategoryWords(rules),
		groups:     celltext.GroupWords(rules),
		memo:       map[field.Field]map[string]string{},
	}
}

// addColumn appends a column at the place after the last.
func (t *evTable) addColumn(c *column) { t.cols, t.byIndex = append(t.cols, c), append(t.byIndex, c) }

// table is a sheet that was understood, or the problems that kept it from being, while its rows are read.
type table struct {
	*evTable
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
	dittos map[*column]int
	told   bool // tellSummary did
}

// column is a column while it is being understood.
type column struct {
	mapping.Column
	field.Meaning
	asked  bool   // the user or an earlier reading said what it is
	tick   string // the category or group that a tick in this column means
	block  int    // merged block of the header it belongs to
	values []string
	last   grid.Cell // what it said last, for 同上
}

func (t *evTable) problem(row int, col *column, fatal bool, text string, args judging.Args) {
	t.problems = append(t.problems, t.placed(row, col, judging.Problem{Text: text, Args: args, Fatal: fatal}))
}

// placed puts a problem at a row and, unless it is nil, a column of the table; one on its side has them the other way
// round.
func (t *evTable) placed(row int, c *column, p judging.Problem) judging.Problem {
	p.Place = judging.Place{File: t.File, Sheet: t.Sheet, Row: row}
	if c != nil {
		p.Column = c.Letter
	}
	if t.Sideways {
		p.Row, p.Column = 0, grid.ColumnLetters(max(row, 1)-1)
		if c != nil {
			p.Row = c.Index + 1
		}
	}
	return p
}

func newTable(file, sheet string, rules judging.Rules, opts mapping.Options) *table {
	return &table{
		evTable: newEvTable(mapping.Mapping{File: file, Sheet: sheet, Columns: []mapping.Column{}}, rules),
		host:    opts.Host,
		ledger:  propose.Ledger{File: file, Sheet: sheet, Choices: opts.Fill},
	}
}

// newTable understands a table by its head, the first of heads; without one it tells what is missing. first says that
// no table stands above it.
func (p *part) newTable(w *segment.Window, heads []segment.Heading, first bool) *table {
	t := newTable(p.book.Name(), p.info.Name, p.rules, p.opts)
	t.above, t.Sideways = p.last, p.turned
	ok := len(heads) > 0
	if ok {
		t.heading = heads[0]
	} else {
		t.heading, ok = w.WeakHeading()
	}
	if !ok {
		t.heading = segment.Heading{Top: w.First, Bottom: w.First - 1}
		t.problem(w.First, nil, true, "sheet.no_header", judging.Args{
			"Wanted": w.Voc.Spelling(w.Voc.Wanted...),
			"Rows":   len(w.Lines),
			"Cells":  w.Texts(),
		})
		return t
	}
	t.takeColumns(w)
	if t.heading.Foreign() && (!first || len(heads) > 1) {
		t.problem(t.heading.Top, nil, true, "sheet.other_table", judging.Args{
			"Row":    t.heading.Top,
			"Wanted": w.Voc.Spelling(w.Voc.Wanted...),
			"Found":  t.found(),
		})
		return t
	}
	t.correct(p.opts, first)
	t.settle(w)
	if w.Voc.Compound && len(p.opts.Fixed) == 0 && t.listsJudges() {
		t.usable, t.problems = false, nil
		t.problem(t.heading.Bottom, nil, true, "sheet.judges_list", nil)
	}
	if w.Voc.Compound && len(p.opts.Fixed) == 0 {
		t.recogniseOwn()
	}
	return t
}

// judgeWords stand in the heads of lists of judges and in no list of works.
var judgeWords = []string{"专长", "评审件数", "负荷上限", "件数上限", "评委姓名", "专家姓名", "评委类别"}

// listsJudges reports whether the table is a list of judges: a head says so and none speaks of a work.
func (t *evTable) listsJudges() bool {
	judges := false
	for _, c := range t.cols {
		own := field.Fold(c.Header[strings.LastIndex(c.Header, "/")+1:])
		if strings.Contains(own, "作品") || strings.Contains(own, "题目") || strings.Contains(own, "标题") {
			return false
		}
		judges = judges || slices.ContainsFunc(judgeWords, func(w string) bool { return strings.Contains(own, w) })
	}
	return judges
}

// takeColumns takes the columns over from the header, with their first values.
func (t *evTable) takeColumns(w *segment.Window) {
	t.Signature = t.heading.Signature()
	letter := grid.ColumnLetters
	if t.Sideways {
		letter = func(index int) string { return strconv.Itoa(index + 1) }
	}
	t.FirstRow = t.heading.Bottom + 1
	for r := t.heading.Top; r <= t.heading.Bottom; r++ {
		t.HeaderRows = append(t.HeaderRows, r)
	}
	lines := slices.DeleteFunc(w.Values(t.FirstRow), func(l grid.Line) bool {
		return t.repeatsHeader(rowkind.ValuesOf(l))
	})
	for i, m := range t.heading.Means {
		c := &column{
			Column:  mapping.Column{Index: i, Letter: letter(i), Field: m.Means, Confidence: m.Sure},
			Meaning: m,
			block:   w.Block(t.heading.Bottom, i),
		}
		var parts []string
		for _, p := range t.heading.Labels[i] {
			parts = append(parts, field.Shown(p))
		}
		c.Header = strings.Join(parts, "/")
		for _, l := range lines {
			if v := l.At(i); !v.Fill && !celltext.IsEmpty(v.Text) && !celltext.IsDitto(v.Text) {
				c.values = append(c.values, judging.Tidy(v.Text))
				t.filled = true
			}
		}
		if c.Header != "" || len(c.values) > 0 {
			t.cols = append(t.cols, c)
		}
	}
	t.byIndex = make([]*column, len(t.heading.Means))
	for _, c := range t.cols {
		t.byIndex[c.Index] = c
	}
}

// at returns the column of an index, nil where the table has none.
func (t *evTable) at(index int) *column {
	if index < len(t.byIndex) {
		return t.byIndex[index]
	}
	return nil
}

// settle ends the understanding: contents as evidence, repeats, what must be there; then the columns are reported.
func (t *table) settle(w *segment.Window) {
	t.usable = true
	t.assign(w.Voc)
	t.preamble(w)
	t.demand(w.Voc)
	for _, c := range t.cols {
		t.Columns = append(t.Columns, c.Column)
	}
}

func (t *evTable) of(field field.Field) []*column {
	var list []*column
	for _, c := range t.cols {
		if c.Field == field {
			list = append(list, c)
		}
	}
	return list
}
