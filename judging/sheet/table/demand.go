package table

import (
	"strings"

	"fayi/judging"
	"fayi/judging/sheet/celltext"
	"fayi/judging/sheet/field"
)

// called names columns to a user: B“作品名称”、D“作品标题”.
func called(cols ...*column) string {
	var names []string
	for _, c := range cols {
		names = append(names, c.Letter+"“"+c.Header+"”")
	}
	return strings.Join(names, "、")
}

// demand checks that the columns are there without which no row can be read.
func (t *evTable) demand(voc *field.Vocabulary) {
	for _, f := range voc.Wanted {
		if len(t.of(f)) == 0 {
			t.usable = false
			t.problem(t.heading.Bottom, nil, true, "sheet.missing_column", judging.Args{
				"Wanted": voc.Spelling(f),
				"Found":  t.found(),
			})
			return
		}
	}
	if voc.Compound && len(t.of(field.Author)) == 0 {
		t.demandAuthor(voc)
	}
}

// demandAuthor asks for the column of authors, unless works are made by units.
func (t *evTable) demandAuthor(voc *field.Vocabulary) {
	for _, instead := range []field.Field{field.CoAuthor, field.Leader, field.ContactBoth} {
		if list := t.of(instead); len(list) > 0 &&
			(instead != field.ContactBoth || field.RoleIn(field.Fold(list[0].Header)) != "contact") {
			return
		}
	}
	var maybe []*column
	for _, c := range t.cols {
		if c.Field == field.None && c.share(celltext.LooksLikeName) >= 0.7 {
			maybe = append(maybe, c)
		}
	}
	switch {
	case len(maybe) > 0:
		t.usable = false
		t.problem(t.heading.Bottom, maybe[0], true, "sheet.author_maybe", judging.Args{"Columns": called(maybe...)})
	case len(t.of(field.Unit))+len(t.of(field.Sender)) > 0 || t.Defaults[field.Sender] != "":
		t.problem(t.heading.Bottom, nil, false, "sheet.unit_works", judging.Args{"Found": t.found()})
	default:
		t.usable = false
		t.problem(t.heading.Bottom, nil, true, "sheet.missing_column", judging.Args{
			"Wanted": voc.Spelling(field.Author),
			"Found":  t.found(),
		})
	}
}

// found lists the headers of a table, for a message; headers are no personal data.
func (t *evTable) found() string {
	var names []string
	for _, c := range t.cols {
		if c.Header != "" && len(names) < 12 {
			names = append(names, c.Header)
		}
	}
	return strings.Join(names, "、")
}
