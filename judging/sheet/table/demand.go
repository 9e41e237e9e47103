package table

import (
	"strings"

	"fayi/judging"
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
func (t *table) demand(voc *vocabulary) {
	for _, f := range voc.wanted {
		if len(t.of(f)) == 0 {
			t.usable = false
			t.problem(t.heading.bottom, nil, true, "sheet.missing_column", judging.Args{
				"Wanted": voc.spelling(f),
				"Found":  t.found(),
			})
			return
		}
	}
	if voc.compound && len(t.of(FieldAuthor)) == 0 {
		t.demandAuthor(voc)
	}
}

// demandAuthor asks for the column of authors, unless works are made by units.
func (t *table) demandAuthor(voc *vocabulary) {
	for _, instead := range []Field{FieldCoAuthor, FieldLeader, FieldContactBoth} {
		if list := t.of(instead); len(list) > 0 &&
			(instead != FieldContactBoth || roleIn(foldHeader(list[0].Header)) != "contact") {
			return
		}
	}
	var maybe []*column
	for _, c := range t.cols {
		if c.Field == FieldNone && c.share(looksLikeName) >= 0.7 {
			maybe = append(maybe, c)
		}
	}
	switch {
	case len(maybe) > 0:
		t.usable = false
		t.problem(t.heading.bottom, maybe[0], true, "sheet.author_maybe", judging.Args{"Columns": called(maybe...)})
	case len(t.of(FieldUnit))+len(t.of(FieldSender)) > 0 || t.Defaults[FieldSender] != "":
		t.problem(t.heading.bottom, nil, false, "sheet.unit_works", judging.Args{"Found": t.found()})
	default:
		t.usable = false
		t.problem(t.heading.bottom, nil, true, "sheet.missing_column", judging.Args{
			"Wanted": voc.spelling(FieldAuthor),
			"Found":  t.found(),
		})
	}
}

// found lists the headers of a table, for a message; headers are no personal data.
func (t *table) found() string {
	var names []string
	for _, c := range t.cols {
		if c.Header != "" && len(names) < 12 {
			names = append(names, c.Header)
		}
	}
	return strings.Join(names, "、")
}
