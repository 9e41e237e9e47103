package evidence

import (
	"slices"
	"strconv"
	"strings"

	"fayi/judging"
	"fayi/judging/sheet/celltext"
	"fayi/judging/sheet/field"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/rowkind"
	"fayi/judging/sheet/segment"
)

// Table is a table while its columns are being understood: what its head and its first values say.
type Table struct {
	mapping.Mapping
	Cols     []*Column
	Heading  segment.Heading
	Problems []judging.Problem
	Usable   bool // its rows can be read
	Rules    judging.Rules

	Categories, Groups []celltext.Named
	memo               map[field.Field]map[string]string // what Resolve found
	byIndex            []*Column                         // of each column of the sheet, nil where the table has none
	filled             bool                              // there are values below the head
}

// New makes a table without columns.
func New(of mapping.Mapping, rules judging.Rules) *Table {
	return &Table{
		Mapping:    of,
		Rules:      rules,
		Categories: celltext.CategoryWords(rules),
		Groups:     celltext.GroupWords(rules),
		memo:       map[field.Field]map[string]string{},
	}
}

// Add appends a column at the place after the last.
func (t *Table) Add(c *Column) { t.Cols, t.byIndex = append(t.Cols, c), append(t.byIndex, c) }

// Column is a column while it is being understood.
type Column struct {
	mapping.Column
	field.Meaning
	asked  bool      // the user or an earlier reading said what it is
	Tick   string    // the category or group that a tick in this column means
	block  int       // merged block of the header it belongs to
	Values []string  // the first below the head, without blanks
	Last   grid.Cell // what it said last, for 同上
}

// Problem reports something about a row and, unless it is nil, a column; a fatal one keeps rows from being read.
func (t *Table) Problem(row int, col *Column, fatal bool, text string, args judging.Args) {
	t.Problems = append(t.Problems, t.Placed(row, col, judging.Problem{Text: text, Args: args, Fatal: fatal}))
}

// Placed puts a problem at a row and, unless it is nil, a column of the table; one on its side has them the other way
// round.
func (t *Table) Placed(row int, c *Column, p judging.Problem) judging.Problem {
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

// TakeColumns takes the columns over from the header, with their first values.
func (t *Table) TakeColumns(w *segment.Window) {
	t.Signature = t.Heading.Signature()
	letter := grid.ColumnLetters
	if t.Sideways {
		letter = func(index int) string { return strconv.Itoa(index + 1) }
	}
	t.FirstRow = t.Heading.Bottom + 1
	for r := t.Heading.Top; r <= t.Heading.Bottom; r++ {
		t.HeaderRows = append(t.HeaderRows, r)
	}
	lines := slices.DeleteFunc(w.Values(t.FirstRow), func(l grid.Line) bool {
		return t.RepeatsHeader(rowkind.ValuesOf(l))
	})
	for i, m := range t.Heading.Means {
		c := &Column{
			Column:  mapping.Column{Index: i, Letter: letter(i), Field: m.Means, Confidence: m.Sure},
			Meaning: m,
			block:   w.Block(t.Heading.Bottom, i),
		}
		var parts []string
		for _, p := range t.Heading.Labels[i] {
			parts = append(parts, field.Shown(p))
		}
		c.Header = strings.Join(parts, "/")
		for _, l := range lines {
			if v := l.At(i); !v.Fill && !celltext.IsEmpty(v.Text) && !celltext.IsDitto(v.Text) {
				c.Values = append(c.Values, judging.Tidy(v.Text))
				t.filled = true
			}
		}
		if c.Header != "" || len(c.Values) > 0 {
			t.Cols = append(t.Cols, c)
		}
	}
	t.byIndex = make([]*Column, len(t.Heading.Means))
	for _, c := range t.Cols {
		t.byIndex[c.Index] = c
	}
}

// At returns the column of an index, nil where the table has none.
func (t *Table) At(index int) *Column {
	if index < len(t.byIndex) {
		return t.byIndex[index]
	}
	return nil
}

// With returns the columns that were taken for field.
func (t *Table) With(field field.Field) []*Column {
	var list []*Column
	for _, c := range t.Cols {
		if c.Field == field {
			list = append(list, c)
		}
	}
	return list
}

// First returns the index of the first column of field, -1 where there is none.
func (t *Table) First(field field.Field) int {
	for _, c := range t.Cols {
		if c.Field == field {
			return c.Index
		}
	}
	return -1
}

// Key is the field that every row of the table must have.
func (t *Table) Key() field.Field {
	for _, f := range []field.Field{field.Name, field.UnitName} {
		if len(t.With(f)) > 0 {
			return f
		}
	}
	return field.Title
}

// RepeatsHeader reports whether a row says again what the head says, as at the top of a printed page.
func (t *Table) RepeatsHeader(own []rowkind.Place) bool {
	same := 0
	for i, p := range own {
		if i == 3 && same == 0 {
			return false
		}
		if p.Col < len(t.Heading.Labels) && slices.Contains(t.Heading.Labels[p.Col], judging.Tidy(p.Text)) {
			same++
		}
	}
	return same >= 2 && same*10 >= len(own)*6
}
