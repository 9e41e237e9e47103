package evidence

import (
	"strings"

	"fayi/judging"
	"fayi/judging/sheet/celltext"
	"fayi/judging/sheet/field"
)

// called names columns to a user: B“作品名称”、D“作品标题”.
func called(cols ...*Column) string {
	var names []string
	for _, c := range cols {
		names = append(names, c.Letter+"“"+c.Header+"”")
	}
	return strings.Join(names, "、")
}

// Demand checks that the columns are there without which no row can be read.
func (t *Table) Demand(voc *field.Vocabulary) {
	for _, f := range voc.Wanted {
		if len(t.With(f)) == 0 {
			t.Usable = false
			t.Problem(t.Heading.Bottom, nil, true, "sheet.missing_column", judging.Args{
				"Wanted": voc.Spelling(f),
				"Found":  t.Found(),
			})
			return
		}
	}
	if voc.Compound && len(t.With(field.Author)) == 0 {
		t.demandAuthor(voc)
	}
}

// demandAuthor asks for the column of authors, unless works are made by units.
func (t *Table) demandAuthor(voc *field.Vocabulary) {
	for _, instead := range []field.Field{field.CoAuthor, field.Leader, field.ContactBoth} {
		if list := t.With(instead); len(list) > 0 &&
			(instead != field.ContactBoth || field.RoleIn(field.Fold(list[0].Header)) != "contact") {
			return
		}
	}
	var maybe []*Column
	for _, c := range t.Cols {
		if c.Field == field.None && c.share(celltext.LooksLikeName) >= 0.7 {
			maybe = append(maybe, c)
		}
	}
	switch {
	case len(maybe) > 0:
		t.Usable = false
		t.Problem(t.Heading.Bottom, maybe[0], true, "sheet.author_maybe", judging.Args{"Columns": called(maybe...)})
	case len(t.With(field.Unit))+len(t.With(field.Sender)) > 0 || t.Defaults[field.Sender] != "":
		t.Problem(t.Heading.Bottom, nil, false, "sheet.unit_works", judging.Args{"Found": t.Found()})
	default:
		t.Usable = false
		t.Problem(t.Heading.Bottom, nil, true, "sheet.missing_column", judging.Args{
			"Wanted": voc.Spelling(field.Author),
			"Found":  t.Found(),
		})
	}
}

// Found lists the headers of a table, for a message; headers are no personal data.
func (t *Table) Found() string {
	var names []string
	for _, c := range t.Cols {
		if c.Header != "" && len(names) < 12 {
			names = append(names, c.Header)
		}
	}
	return strings.Join(names, "、")
}
