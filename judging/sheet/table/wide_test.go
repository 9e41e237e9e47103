package table

import (
	"testing"

	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/sheettest"
)

// A title that is merged over two columns, row by row, is one column: neither a second one of titles nor a gap between
// two tables.
func TestTitlesMergedOverTwoColumnsAreOne(t *testing.T) {
	r := readWorks(t, sheettest.Workbook(t, sheettest.Page{
		Rows: [][]any{
			{"序号", "作品名称", nil, "作者", "类别"},
			{1, "守护", nil, "甲某", "书法"},
			{2, "规矩", nil, "乙某", "绘画"},
			{3, 0, 0, 0, 0},
			{"填报单位：", "第一小学", "负责人："},
		},
		Merge: []string{"B1:C1", "B2:C2", "B3:C3"},
	}), mapping.Options{})
	if got := codes(r.problems); len(got) > 0 {
		t.Errorf("told of the sheet: %q", got)
	}
	if len(r.rows) != 2 || r.rows[1].Work.Title != "规矩" || r.rows[1].Work.Authors[0] != "乙某" {
		t.Errorf("%q", briefs(r.rows))
	}
}
