package assignment

import (
	"cmp"
	"fmt"
	"strings"

	"fayi/app/kit"
	"fayi/app/kit/look"
	"fayi/app/kit/table"
	"fayi/app/organizer/page"
	"fayi/judging"
)

// judgeRows returns the judges that f lets through.
func judgeRows(all []judging.Judge, f kit.Filter) []judging.Judge {
	out := []judging.Judge{}
	for _, j := range all {
		if f.Finds(j.Name, j.Unit, j.Post, strings.Join(j.Categories, "、")) {
			out = append(out, j)
		}
	}
	return out
}

func judgeColumns(t kit.Texter) []table.Column[judging.Judge] {
	text := func(key string, least, weight float32, of func(judging.Judge) string) table.Column[judging.Judge] {
		return table.TextColumn(page.Capital(t.T(key, nil)), least, weight, of)
	}
	return []table.Column[judging.Judge]{
		table.NameColumn(page.Capital(t.T("field.name", nil)), 5, 0, func(j judging.Judge) string { return j.Name }),
		text("app.col_unit", 7, 2, func(j judging.Judge) string { return j.Unit }),
		text("field.post", 5, 1, func(j judging.Judge) string { return j.Post }),
		text("field.categories", 7, 2, func(j judging.Judge) string { return judgeCategories(t, j) }),
		{
			Title: page.Capital(t.T("field.max_load", nil)), Min: 5, Number: true,
			Cell:    func(j judging.Judge) table.Cell { return table.Cell{Text: maxLoad(t, j)} },
			Compare: func(a, b judging.Judge) int { return cmp.Compare(a.MaxLoad, b.MaxLoad) },
		},
		{Title: t.T("app.col_status", nil), Min: 6, Weight: 1, Cell: func(j judging.Judge) table.Cell {
			return awayCell(t, j)
		}},
	}
}

func judgeCategories(t kit.Texter, j judging.Judge) string {
	if len(j.Categories) == 0 {
		return t.T("app.judge_all", nil)
	}
	return strings.Join(j.Categories, "、")
}

func maxLoad(t kit.Texter, j judging.Judge) string {
	if j.MaxLoad == 0 {
		return t.T("app.judge_no_limit", nil)
	}
	return fmt.Sprint(j.MaxLoad)
}

func awayCell(t kit.Texter, j judging.Judge) table.Cell {
	if j.Struck != "" {
		return table.Cell{Text: t.T("judgeform.struck", judging.Args{"Reason": j.Struck}), Tone: look.Problem}
	}
	if j.Away {
		return table.Cell{Text: t.T("app.judge_away", nil), Tone: look.Waiting}
	}
	return table.Cell{Text: t.T("app.judge_here", nil), Tone: look.Done}
}
