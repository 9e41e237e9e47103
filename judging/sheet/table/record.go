package table

import (
	"slices"

	"fayi/judging"
	"fayi/judging/sheet/celltext"
	"fayi/judging/sheet/evidence"
	"fayi/judging/sheet/field"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/ledger"
	"fayi/judging/sheet/propose"
	"fayi/judging/sheet/segment"
)

// record is what the rows of one entry say, by field, before it is checked.
type record struct {
	row      int                          // the first one
	now      map[field.Field]propose.Said // what lines above say for it
	values   map[field.Field]grid.Cell
	columns  map[field.Field]*evidence.Column // where the value stood
	names    map[field.Field][]grid.Cell      // authors, co-authors, teachers: all cells
	more     map[string]string
	pairs    []segment.Pair // of a card
	problems []judging.Problem
	tickets  []ledger.Ticket // of its rows
	cells    []string        // of its first row as they stand, by the table's columns
}

// people are the fields whose cells hold names, of which each row of an entry may add some.
var people = map[field.Field]bool{
	field.Author:     true,
	field.CoAuthor:   true,
	field.Leader:     true,
	field.Teacher:    true,
	field.FileName:   true,
	field.Categories: true,

	field.AvoidUnit: true,
	field.Avoid:     true,
	field.AvoidOne:  true,
}

func (t *table) newRecord(h held) *record {
	r := &record{
		row:     h.Row,
		now:     t.now,
		values:  map[field.Field]grid.Cell{},
		columns: map[field.Field]*evidence.Column{},
		names:   map[field.Field][]grid.Cell{},
		more:    map[string]string{},
		cells:   make([]string, len(t.Cols)),
	}
	for i, c := range t.Cols {
		r.cells[i] = h.At(c.Index).Text
	}
	t.take(r, h, true)
	return r
}

// take adds a row to a record. What an earlier row of the entry said stays; laid says that values which merges laid
// over the row count.
func (t *table) take(r *record, h held, laid bool) {
	r.tickets = append(r.tickets, h.ticket)
	struck, whole := false, true
	for i, v := range h.Cells {
		if v.Text == "" && v.Kind != grid.FormulaCell || v.Fill && !laid {
			continue
		}
		if !v.Fill && !celltext.IsBlankText(v.Text) {
			struck, whole = struck || v.Struck, whole && v.Struck
		}
		c := t.At(i)
		if c == nil {
			if !v.Fill && !celltext.IsEmpty(v.Text) {
				r.keep(grid.ColumnLetters(i), celltext.TidyText(v.Text)) // beyond the head
			}
			continue
		}
		if celltext.IsDitto(v.Text) && c.Field != field.RowNo {
			v = t.repeated(r, h.Row, c, v)
			if at := slices.Index(t.Cols, c); laid && v.Text != "" && at < len(r.cells) {
				r.cells[at] = v.Text // a row that is fixed by itself has none above it
			}
		} else {
			t.lastSaid(c, v)
		}
		t.takeValue(r, h.Row, c, v)
	}
	if struck && laid {
		text := "sheet.struck_cells"
		if whole {
			text = "sheet.struck_row"
		}
		r.problems = append(r.problems, t.cellProblem(h.Row, nil, whole, text, nil))
	}
}

func (t *table) takeValue(r *record, row int, c *evidence.Column, v grid.Cell) {
	switch {
	case c.Field != field.Leave && c.Field != field.Meta && v.Kind == grid.FormulaCell && !v.Fill:
		fatal := c.Field == t.Key() || c.Field == field.Category
		r.problems = append(r.problems, t.cellProblem(row, c, fatal, "sheet.formula_unread", nil))
		return
	case v.Text == "", c.Field == field.Leave, c.Field == field.Meta, c.Field == field.RowNo:
		return
	case v.Kind == grid.ErrorCell && !v.Fill:
		fatal := c.Field == t.Key() || c.Field == field.Category
		args := judging.Args{"Error": v.Text}
		r.problems = append(r.problems, t.cellProblem(row, c, fatal, "sheet.cell_error", args))
		return
	case v.Kind == grid.ErrorCell, celltext.IsEmpty(v.Text):
		return
	case c.Tick != "":
		t.chosen(r, row, c, v.Text)
		return
	case people[c.Field]:
		r.names[c.Field] = append(r.names[c.Field], v)
	case c.Field == field.None, c.Field == "link", c.Field == "confirm":
		r.keep(t.moreKey(c), celltext.TidyText(v.Text))
		return
	case r.values[c.Field].Text == "":
		r.values[c.Field] = v
	case !v.Fill && c.Field != field.Role && c.Header != "" &&
		celltext.TidyText(r.values[c.Field].Text) != celltext.TidyText(v.Text):
		r.keep(c.Header, celltext.TidyText(v.Text)) // of a further person of the same work
	}
	if r.columns[c.Field] == nil {
		r.columns[c.Field] = c
	}
}

func (r *record) keep(key, value string) {
	if key == "" || value == "" {
		return
	}
	if had := r.more[key]; had != "" && had != value {
		value = had + "、" + value
	}
	r.more[key] = value
}

// moreKey is the key in Work.More of a column without a field: its header, with its letter where another column has
// the same.
func (t *table) moreKey(c *evidence.Column) string {
	if c.Field != field.None && len(t.With(c.Field)) < 2 {
		return string(c.Field)
	}
	if c.Header == "" {
		return c.Letter
	}
	if slices.ContainsFunc(t.Cols, func(o *evidence.Column) bool { return o != c && o.Header == c.Header }) {
		return c.Header + " " + c.Letter
	}
	return c.Header
}

func (t *table) cellProblem(row int, c *evidence.Column, fatal bool, text string, args judging.Args) judging.Problem {
	if c != nil {
		if args == nil {
			args = judging.Args{}
		}
		args["Header"] = c.Header
	}
	return t.Placed(row, c, judging.Problem{Text: text, Args: args, Fatal: fatal})
}

// tell adds a problem to the record, at the column of field where it has one.
func (t *table) tell(r *record, field field.Field, fatal bool, text string, args judging.Args) {
	c := r.columns[field]
	if c == nil {
		if list := t.With(field); len(list) > 0 {
			c = list[0]
		}
	}
	r.problems = append(r.problems, t.cellProblem(r.row, c, fatal, text, args))
}

// goesOn reports whether a row belongs to the entry above it: its title is the same merged cell, or it only adds
// people.
func (t *table) goesOn(l grid.Line, above *record) bool {
	if above == nil {
		return false
	}
	title := l.At(t.First(t.Key()))
	if title.Fill {
		return !t.ownNumber(l)
	}
	if !celltext.IsEmpty(title.Text) {
		return false
	}
	number, category := t.First(field.RowNo), t.First(field.Category)
	switch {
	case number >= 0:
		if v := l.At(number); !celltext.IsEmpty(v.Text) && !v.Fill {
			return false
		}
	case category < 0 || !celltext.IsEmpty(l.At(category).Text) && !l.At(category).Fill:
		return false
	}
	return t.onlyPeople(l)
}

// ownNumber reports whether a row has a number of its own: then it is an entry of its own, though its title is
// merged with the one above.
func (t *table) ownNumber(l grid.Line) bool {
	for _, f := range []field.Field{field.RowNo, field.Number} {
		if v := l.At(t.First(f)); !v.Fill && !celltext.IsEmpty(v.Text) {
			return true
		}
	}
	return false
}

// onlyPeople reports whether the values of a row name people and what belongs to them, and at least one name.
func (t *table) onlyPeople(l grid.Line) bool {
	names := false
	for _, c := range t.Cols {
		v := l.At(c.Index)
		if v.Fill || celltext.IsEmpty(v.Text) {
			continue
		}
		switch c.Field {
		case field.Author, field.CoAuthor, field.Leader, field.Teacher:
			if celltext.SaysMoreThanNames(v.Text) {
				return false
			}
			names = true
		case field.FileName:
			names = true
		case field.Category, field.Group, field.Number, field.Intro, field.Sender, field.Title, field.Form:
			return false
		}
	}
	return names
}
