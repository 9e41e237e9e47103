package paper

import (
	"io"
	"slices"
)

// ReturnList is the list of works that go back to one sender, or of all that go back.
type ReturnList struct {
	Title     string
	Note      string // a line below the title
	Rows      []ReturnRow
	Unit      bool   // show who sent each work: for the list of all
	Host      string // 主办单位
	Date      string // as it is to stand there
	Rehearsal bool   // marks the sheet 【演练】
}

// ReturnRow is one work that goes back.
type ReturnRow struct {
	Code, Title, Authors, Category, Unit string
	Finding                              string // 退回 or 不予受理
	Problem                              string
	Todo                                 string
	By                                   string // until when
}

var returnColumns = []listColumn[ReturnRow]{
	{"returns.head_code", 10, "center", func(r ReturnRow) string { return r.Code }},
	{"returns.head_title", 22, "left", func(r ReturnRow) string { return r.Title }},
	{"returns.head_authors", 11, "center", func(r ReturnRow) string { return r.Authors }},
	{"returns.head_category", 9, "center", func(r ReturnRow) string { return r.Category }},
	{"returns.head_unit", 18, "left", func(r ReturnRow) string { return r.Unit }},
	{"returns.head_finding", 10, "center", func(r ReturnRow) string { return r.Finding }},
	{"returns.head_problem", 28, "left", func(r ReturnRow) string { return r.Problem }},
	{"returns.head_todo", 30, "left", func(r ReturnRow) string { return r.Todo }},
	{"returns.head_by", 14, "center", func(r ReturnRow) string { return r.By }},
}

const unitColumn = 4

// WriteReturnList writes the list as xlsx, ready to be printed on A4 across. Equal input gives equal bytes. Errors:
// those of w.
func WriteReturnList(w io.Writer, list ReturnList, words Words) error {
	columns := returnColumns
	if !list.Unit {
		columns = slices.Concat(returnColumns[:unitColumn], returnColumns[unitColumn+1:])
	}
	p := &paperList[ReturnRow]{
		title:     list.Title,
		note:      list.Note,
		rows:      list.Rows,
		columns:   columns,
		end:       []string{list.Host, list.Date},
		rehearsal: list.Rehearsal,
		name:      "returns.sheet",
		no:        "returns.head_no",
	}
	return p.write(w, words)
}
