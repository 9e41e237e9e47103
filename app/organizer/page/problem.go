package page

import (
	"strings"

	"fayi/app/kit"
	"fayi/app/kit/look"
	"fayi/app/kit/table"
	"fayi/judging"
)

// problemKinds groups the codes of problems under the heading that a user counts them by.
var problemKinds = map[string]string{
	"sheet.no_title": "title", "sheet.no_author": "author", "sheet.names_others": "author",
	"sheet.names_together": "author",
	"sheet.no_category":    "category", "sheet.unknown_category": "category", "sheet.unknown_group": "group",
	"sheet.no_group":  "group",
	"sheet.odd_phone": "phone", "sheet.odd_email": "phone", "sheet.odd_id": "id", "sheet.lost_id": "id",
	"sheet.two_columns": "columns", "sheet.two_columns_kept": "columns", "sheet.by_contents": "columns",
	"sheet.author_maybe": "columns",
	"sheet.unit_works":   "columns", "sheet.missing_column": "columns", "sheet.no_header": "columns",
	"sheet.skipped": "sheet", "sheet.hidden_sheet": "sheet", "sheet.hidden_rows": "sheet", "sheet.cell_error": "cell",
	"sheet.no_name": "name", "sheet.two_names": "name", "judges.no_name": "name",
	"judges.unknown_category": "category", "sheet.odd_load": "load",
	"import.file_unmatched": "file_none", "media.no_clue": "file_none",
}

// ownDoing is the problem that a correction finds no such column in some other sheet: the page gives one set of
// corrections to all sheets.
const ownDoing = "sheet.fixed_unused"

func problemKind(code string) string {
	if kind := problemKinds[code]; kind != "" {
		return kind
	}
	switch area, _, _ := strings.Cut(code, "_"); {
	case area == "media.doubt":
		return "file_doubt"
	case strings.HasPrefix(area, "score"), strings.HasPrefix(area, "paper"):
		return "mark"
	}
	return "other"
}

// ProblemLines puts problems into words, those that keep something out first.
func ProblemLines(t kit.Texter, all []judging.Problem) []table.ProblemLine {
	var fatal, rest []table.ProblemLine
	for _, p := range all {
		if p.Text == ownDoing {
			continue
		}
		line := table.ProblemLine{
			Kind: t.T("app.kind_"+problemKind(p.Text), nil), Place: placeText(t, p.Place, p.Column),
			Text: t.T(p.Text, p.Args), Tone: look.Waiting,
		}
		if p.Fatal {
			line.Tone = look.Problem
			fatal = append(fatal, line)
		} else {
			rest = append(rest, line)
		}
	}
	return append(fatal, rest...)
}

// placeText says where something stands, the row first, since long file names are cut: “第 12 行 C 列 · 书法 · 汇总表.xlsx”.
func placeText(t kit.Texter, p judging.Place, column string) string {
	var cell, parts []string
	if p.Row > 0 {
		cell = append(cell, t.T("app.place_row", judging.Args{"Row": p.Row}))
	}
	if column != "" {
		cell = append(cell, t.T("app.place_column", judging.Args{"Column": column}))
	}
	for _, part := range []string{strings.Join(cell, " "), p.Sheet, p.File} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " · ")
}

// NewProblems returns an empty list of problems, which shows a line in full when it is opened.
func NewProblems(sh kit.Shell, lines func() []table.ProblemLine) *table.Problems {
	p := table.NewProblems(sh)
	p.OnOpen = func(index int) {
		l := lines()[index]
		sh.Ask(kit.Question{Title: l.Kind, Text: l.Place + "\n" + l.Text})
	}
	return p
}
