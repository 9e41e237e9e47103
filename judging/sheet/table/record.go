package table

import (
	"slices"

	"fayi/judging"
	"fayi/judging/sheet/ledger"
	"fayi/judging/sheet/propose"
	"fayi/judging/sheet/read"
)

// record is what the rows of one entry say, by field, before it is checked.
type record struct {
	row      int                    // the first one
	now      map[Field]propose.Said // what lines above say for it
	values   map[Field]read.Cell
	columns  map[Field]*column     // where the value stood
	names    map[Field][]read.Cell // authors, co-authors, teachers: all cells
	more     map[string]string
	pairs    []pair // of a card
	problems []judging.Problem
	tickets  []ledger.Ticket // of its rows
	cells    []string        // of its first row as they stand, by the table's columns
}

// people are the fields whose cells hold names, of which each row of an entry may add some.
var people = map[Field]bool{
	FieldAuthor:     true,
	FieldCoAuthor:   true,
	FieldLeader:     true,
	FieldTeacher:    true,
	FieldFileName:   true,
	FieldCategories: true,

	fieldAvoidUnit: true,
	fieldAvoid:     true,
	fieldAvoidOne:  true,
}

func (t *table) newRecord(h held) *record {
	r := &record{
		row:     h.Row,
		now:     t.now,
		values:  map[Field]read.Cell{},
		columns: map[Field]*column{},
		names:   map[Field][]read.Cell{},
		more:    map[string]string{},
		cells:   make([]string, len(t.cols)),
	}
	for i, c := range t.cols {
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
		if v.Text == "" && v.Kind != read.FormulaCell || v.Fill && !laid {
			continue
		}
		if !v.Fill && !isBlankText(v.Text) {
			struck, whole = struck || v.Struck, whole && v.Struck
		}
		c := t.at(i)
		if c == nil {
			if !v.Fill && !isEmpty(v.Text) {
				r.keep(read.ColumnLetters(i), tidyText(v.Text)) // beyond the head
			}
			continue
		}
		if t.repeats(v.Text) && c.Field != FieldRowNo {
			v = t.repeated(r, h.Row, c, v)
			if at := slices.Index(t.cols, c); laid && v.Text != "" && at < len(r.cells) {
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

func (t *table) takeValue(r *record, row int, c *column, v read.Cell) {
	switch {
	case c.Field != FieldLeave && c.Field != fieldMeta && v.Kind == read.FormulaCell && !v.Fill:
		fatal := c.Field == t.key() || c.Field == FieldCategory
		r.problems = append(r.problems, t.cellProblem(row, c, fatal, "sheet.formula_unread", nil))
		return
	case v.Text == "", c.Field == FieldLeave, c.Field == fieldMeta, c.Field == FieldRowNo:
		return
	case v.Kind == read.ErrorCell && !v.Fill:
		fatal := c.Field == t.key() || c.Field == FieldCategory
		args := judging.Args{"Error": v.Text}
		r.problems = append(r.problems, t.cellProblem(row, c, fatal, "sheet.cell_error", args))
		return
	case v.Kind == read.ErrorCell, isEmpty(v.Text):
		return
	case c.tick != "":
		t.chosen(r, row, c, v.Text)
		return
	case people[c.Field]:
		r.names[c.Field] = append(r.names[c.Field], v)
	case c.Field == FieldNone, c.Field == "link", c.Field == "confirm":
		r.keep(t.moreKey(c), tidyText(v.Text))
		return
	case r.values[c.Field].Text == "":
		r.values[c.Field] = v
	case !v.Fill && c.Field != fieldRole && tidyText(r.values[c.Field].Text) != tidyText(v.Text) && c.Header != "":
		r.keep(c.Header, tidyText(v.Text)) // of a further person of the same work
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
func (t *table) moreKey(c *column) string {
	if c.Field != FieldNone && len(t.of(c.Field)) < 2 {
		return string(c.Field)
	}
	if c.Header == "" {
		return c.Letter
	}
	if slices.ContainsFunc(t.cols, func(o *column) bool { return o != c && o.Header == c.Header }) {
		return c.Header + " " + c.Letter
	}
	return c.Header
}

func (t *table) cellProblem(row int, c *column, fatal bool, text string, args judging.Args) judging.Problem {
	if c != nil {
		if args == nil {
			args = judging.Args{}
		}
		args["Header"] = c.Header
	}
	return t.placed(row, c, judging.Problem{Text: text, Args: args, Fatal: fatal})
}

// tell adds a problem to the record, at the column of field where it has one.
func (t *table) tell(r *record, field Field, fatal bool, text string, args judging.Args) {
	c := r.columns[field]
	if c == nil {
		if list := t.of(field); len(list) > 0 {
			c = list[0]
		}
	}
	r.problems = append(r.problems, t.cellProblem(r.row, c, fatal, text, args))
}

// goesOn reports whether a row belongs to the entry above it: its title is the same merged cell, or it only adds
// people.
func (t *table) goesOn(l read.Line, above *record) bool {
	if above == nil {
		return false
	}
	title := l.At(t.first(t.key()))
	if title.Fill {
		return !t.ownNumber(l)
	}
	if !isEmpty(title.Text) {
		return false
	}
	number, category := t.first(FieldRowNo), t.first(FieldCategory)
	switch {
	case number >= 0:
		if v := l.At(number); !isEmpty(v.Text) && !v.Fill {
			return false
		}
	case category < 0 || !isEmpty(l.At(category).Text) && !l.At(category).Fill:
		return false
	}
	return t.onlyPeople(l)
}

// ownNumber reports whether a row has a number of its own: then it is an entry of its own, though its title is
// merged with the one above.
func (t *table) ownNumber(l read.Line) bool {
	for _, f := range []Field{FieldRowNo, FieldNumber} {
		if v := l.At(t.first(f)); !v.Fill && !isEmpty(v.Text) {
			return true
		}
	}
	return false
}

// onlyPeople reports whether the values of a row name people and what belongs to them, and at least one name.
func (t *table) onlyPeople(l read.Line) bool {
	names := false
	for _, c := range t.cols {
		v := l.At(c.Index)
		if v.Fill || isEmpty(v.Text) {
			continue
		}
		switch c.Field {
		case FieldAuthor, FieldCoAuthor, FieldLeader, FieldTeacher:
			if saysMoreThanNames(v.Text) {
				return false
			}
			names = true
		case FieldFileName:
			names = true
		case FieldCategory, FieldGroup, FieldNumber, FieldIntro, FieldSender, FieldTitle, FieldForm:
			return false
		}
	}
	return names
}

// first returns the index of the first column of field, -1 where there is none.
func (t *table) first(field Field) int {
	for _, c := range t.cols {
		if c.Field == field {
			return c.Index
		}
	}
	return -1
}

// saysMoreThanNames reports whether what stands where names do is a sentence, which goes on with no work.
func saysMoreThanNames(text string) bool {
	l := readNames(text)
	return l.odd && !slices.ContainsFunc(l.names, looksLikeUnit) && !isEmpty(text)
}
