package sheet

import (
	"slices"

	"fayi/judging"
)

// record is what the rows of one entry say, by field, before it is checked.
type record struct {
	row      int              // the first one
	now      map[Field]string // the defaults that went for it
	values   map[Field]cell
	columns  map[Field]*column // where the value stood
	names    map[Field][]cell  // authors, co-authors, teachers: all cells
	more     map[string]string
	pairs    []pair // of a card
	problems []judging.Problem
}

// people are the fields whose cells hold names, of which each row of an entry may add some.
var people = map[Field]bool{
	FieldAuthor:     true,
	fieldCoAuthor:   true,
	FieldTeacher:    true,
	FieldFileName:   true,
	FieldCategories: true,
}

func (t *table) newRecord(l line) *record {
	r := &record{
		row:     l.row,
		now:     t.now,
		values:  map[Field]cell{},
		columns: map[Field]*column{},
		names:   map[Field][]cell{},
		more:    map[string]string{},
	}
	t.take(r, l, true)
	return r
}

// take adds a row to a record. What an earlier row of the entry said stays; laid says that values which merges laid
// over the row count.
func (t *table) take(r *record, l line, laid bool) {
	for _, c := range t.cols {
		if v := l.at(c.Index); laid || !v.fill {
			t.takeValue(r, l.row, c, v)
		}
	}
}

func (t *table) takeValue(r *record, row int, c *column, v cell) {
	if c.tick != "" && isTick(v.text) {
		v = cell{text: c.tick}
	}
	switch {
	case v.text == "", c.Field == FieldLeave, c.Field == fieldMeta, c.Field == FieldRowNo:
		return
	case v.kind == errorCell && !v.fill:
		r.problems = append(
			r.problems,
			t.cellProblem(row, c, c.Field == t.key() || c.Field == FieldCategory, "sheet.cell_error", judging.Args{
				"Error": v.text,
			}),
		)
		return
	case v.kind == errorCell, isEmpty(v.text):
		return
	case people[c.Field]:
		r.names[c.Field] = append(r.names[c.Field], v)
	case c.Field == FieldNone, c.Field == "link":
		r.keep(t.moreKey(c), tidyText(v.text))
		return
	case r.values[c.Field].text == "":
		r.values[c.Field] = v
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
	if c.Field != FieldNone {
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
	p := judging.Problem{
		Place: judging.Place{File: t.File, Sheet: t.Sheet, Row: row},
		Text:  text,
		Args:  args,
		Fatal: fatal,
	}
	if c != nil {
		p.Column = c.Letter
		if args == nil {
			args = judging.Args{}
		}
		args["Header"] = c.Header
		p.Args = args
	}
	return p
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
func (t *table) goesOn(l line, above *record) bool {
	if above == nil {
		return false
	}
	title := l.at(t.first(t.key()))
	if title.fill {
		return !t.ownNumber(l)
	}
	if !isEmpty(title.text) {
		return false
	}
	number, category := t.first(FieldRowNo), t.first(FieldCategory)
	switch {
	case number >= 0:
		if v := l.at(number); !isEmpty(v.text) && !v.fill {
			return false
		}
	case category < 0 || !isEmpty(l.at(category).text) && !l.at(category).fill:
		return false
	}
	return t.onlyPeople(l)
}

// ownNumber reports whether a row has a number of its own: then it is an entry of its own, though its title is
// merged with the one above.
func (t *table) ownNumber(l line) bool {
	for _, f := range []Field{FieldRowNo, FieldNumber} {
		if v := l.at(t.first(f)); !v.fill && !isEmpty(v.text) {
			return true
		}
	}
	return false
}

// onlyPeople reports whether the values of a row name people and what belongs to them, and at least one name.
func (t *table) onlyPeople(l line) bool {
	names := false
	for _, c := range t.cols {
		v := l.at(c.Index)
		if v.fill || isEmpty(v.text) {
			continue
		}
		switch c.Field {
		case FieldAuthor, fieldCoAuthor, FieldTeacher, FieldFileName:
			names = true
		case FieldCategory, FieldGroup, FieldNumber, FieldIntro, FieldSender, FieldTitle, fieldForm:
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
