package table

import (
	"testing"

	"fayi/judging"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/read"
	"fayi/judging/sheet/sheettest"
)

func TestAListOfJudgesIsNotReadAsWorks(t *testing.T) {
	for name, rows := range map[string][][]any{
		"with a title": {
			{"法治文化作品征集评审专家名单"}, {"序号", "姓名", "工作单位", "专长类别", "职称", "评审件数上限"}, {1, "甲某", "示例协会", "书法", "教师", 100},
		},
		"head only":     {{"姓名", "单位", "专长类别", "职称", "电话", "负荷上限"}, {"甲某", "示例协会", "书法", "教师", "13800000000", 100}},
		"as works (no)": {{"作品名称", "类别", "姓名", "单位", "专长"}, {"宪法在心中", "书法", "甲某", "示例小学", "硬笔"}},
	} {
		b, err := read.Open(sheettest.Workbook(t, sheettest.Page{Name: "名单", Rows: rows}), "表.xlsx", grid.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		rules := judging.Rules{Categories: []judging.Category{{Name: "书法", Prefix: "SF"}}}
		n := 0
		_, problems, err := ReadWorks(t.Context(), b, rules, mapping.Options{}, func(WorkRow) error { n++; return nil })
		b.Close()
		if err != nil {
			t.Fatal(err)
		}
		refused := len(problems) == 1 && problems[0].Text == "sheet.judges_list"
		if want := name != "as works (no)"; refused != want || (n == 0) != want {
			t.Errorf("%s: %d rows, problems %+v", name, n, problems)
		}
	}
}
