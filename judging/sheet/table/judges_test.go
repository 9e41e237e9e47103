package table

import (
	"context"
	"reflect"
	"slices"
	"testing"

	"fayi/judging"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/read"
	"fayi/judging/sheet/sheettest"
)

func readJudges(t *testing.T, path string) ([]JudgeRow, []mapping.Mapping, []judging.Problem) {
	t.Helper()
	b, err := read.Open(path, "评委.xlsx", grid.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	var rows []JudgeRow
	mappings, problems, err := ReadJudges(context.Background(), b, contest, mapping.Options{}, func(r JudgeRow) error {
		rows = append(rows, r)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows, mappings, problems
}

func TestJudgesAreRead(t *testing.T) {
	rows, _, problems := readJudges(t, sheettest.Workbook(t, sheettest.Page{Rows: [][]any{
		{"评审专家名单"},
		{"序号", "姓 名", "工作单位", "专长类别", "职称", "联系电话", "负荷上限"},
		{1, "甲  某", "某某文联", "书法、绘画", "一级美术师", 13800138000, "60件"},
		{2, "乙某某", "某某学校", "软笔书法 摄影", "高级教师", "-", "20-30"},
		{3, "丙某", "某某局", "全部", nil, "见附件", nil},
		{4, "丁某", "某某局", "雕塑、漫画", nil, nil, "若干"},
		{5, nil, "某某局", "漫画"},
		{6, "戊某、己某", "某某局", "漫画"},
		{7},
		{"合计", "6人"},
	}, Merge: []string{"A1:G1"}}))
	place := func(row int) judging.Place { return judging.Place{File: "评委.xlsx", Sheet: "Sheet1", Row: row} }
	want := []judging.Judge{
		{
			Name:       "甲某",
			Unit:       "某某文联",
			Post:       "一级美术师",
			Phone:      "13800138000",
			Categories: []string{"书法", "绘画"},
			MaxLoad:    60,
			Source:     place(3),
		},
		{Name: "乙某某", Unit: "某某学校", Post: "高级教师", Categories: []string{"书法", "摄影"}, MaxLoad: 30, Source: place(4)},
		{Name: "丙某", Unit: "某某局", Phone: "见附件", Source: place(5)},
		{Name: "丁某", Unit: "某某局", Categories: []string{"漫画"}, Source: place(6)},
		{Unit: "某某局", Categories: []string{"漫画"}, Source: place(7)},
		{Unit: "某某局", Categories: []string{"漫画"}, Source: place(8)},
	}
	told := [][]string{
		nil, nil, {"F odd_phone"}, {"D unknown_category!", "G odd_load"}, {"B no_name!"}, {"B two_names!"},
	}
	if len(rows) != len(want) || len(problems) != 0 {
		t.Fatalf("%+v %q", rows, codes(problems))
	}
	for i, r := range rows {
		if !reflect.DeepEqual(r.Judge, want[i]) || !slices.Equal(codes(r.Problems), told[i]) {
			t.Errorf("row %d: %+v %q", i, r.Judge, codes(r.Problems))
		}
	}
}

func TestJudgesUnderSectionsAndInSeveralColumns(t *testing.T) {
	rows, mappings, problems := readJudges(t, sheettest.Workbook(t,
		sheettest.Page{Name: "评委", Rows: [][]any{
			{"评委姓名", "单位及职务"},
			{"书法类", nil},
			{"甲某", "某某书协"},
			{"摄影组", nil},
			{"乙某", "某某影协"},
		}, Merge: []string{"A2:B2", "A4:B4"}},
		sheettest.Page{Name: "更多", Rows: [][]any{{"专家", "评审类别1", "评审类别2", "最多评审件数"}, {"丙某", "漫画", "绘画", 40}}}))
	if len(rows) != 3 || len(mappings) != 2 || len(problems) != 0 {
		t.Fatalf("%+v %q", rows, codes(problems))
	}
	for i, want := range [][]string{{"书法"}, {"摄影"}, {"漫画", "绘画"}} {
		if got := rows[i].Judge.Categories; !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if rows[2].Judge.MaxLoad != 40 {
		t.Errorf("%+v", rows[2])
	}
}
