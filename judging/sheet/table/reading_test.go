package table

import (
	"context"
	"path/filepath"
	"reflect"
	"testing"

	"fayi/judging"
	"fayi/judging/sheet/field"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/read"
	"fayi/judging/sheet/sheettest"
)

// contest is the rules that the tests of reading go by.
var contest = judging.Rules{
	Categories: []judging.Category{
		{Name: "书法", Alias: []string{"软笔书法", "硬笔书法", "毛笔"}},
		{Name: "绘画", Alias: []string{"国画", "美术"}},
		{Name: "摄影"},
		{Name: "微视频", Alias: []string{"视频", "短视频"}, Groups: []string{"成人组"}},
		{Name: "征文", Alias: []string{"文章", "故事"}},
		{Name: "漫画"},
	},
	Groups: []judging.GroupRule{{
		Name:  "小学组",
		Alias: []string{"小学"},
	}, {
		Name:  "中学组",
		Alias: []string{"初中", "高中", "中学"},
	}, {
		Name: "成人组",
	}},
}

// reading is all that ReadWorks gave.
type reading struct {
	rows     []WorkRow
	mappings []mapping.Mapping
	problems []judging.Problem
}

func readWorks(t testing.TB, path string, opts mapping.Options) reading {
	t.Helper()
	return readBy(t, path, contest, opts)
}

func readBy(t testing.TB, path string, rules judging.Rules, opts mapping.Options) reading {
	t.Helper()
	b, err := read.Open(path, filepath.Base(path), grid.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	var r reading
	r.mappings, r.problems, err = ReadWorks(context.Background(), b, rules, opts, func(w WorkRow) error {
		r.rows = append(r.rows, w)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// codes lists the text keys of problems, fatal ones with "!". That a list names no unit is left out: most tests are
// about something else, and TestAListWithoutUnitsIsTold looks for it.
func codes(list []judging.Problem) []string {
	var out []string
	for _, p := range list {
		if p.Text == "sheet.no_unit" {
			continue
		}
		c := p.Column + " " + p.Text[len("sheet."):]
		if p.Fatal {
			c += "!"
		}
		out = append(out, c)
	}
	return out
}

func TestAPlainFormIsRead(t *testing.T) {
	r := readWorks(t, sheettest.Workbook(t, sheettest.Page{Rows: [][]any{
		{"某县2020年法治文化作品汇总表"},
		{"填报单位（盖章）：某某中学", nil, nil, "联系人：甲某某"},
		{"序号", "作品名称", "作者姓名", "类别", "联系电话", "指导老师", "联系电话"},
		{1, "法治之光", "甲  某、乙某某", "软笔书法", 13800138000, "丙某", "13900139000"},
		{2, "守法", "甲某 乙某某", "绘画类", "138-0013-8000", "-", ""},
		{"填表人：", "甲某某", nil, "审核人：", nil},
	}, Merge: []string{"A1:G1"}}), mapping.Options{})
	source := func(row int) judging.Place { return judging.Place{File: "报送表.xlsx", Sheet: "Sheet1", Row: row} }
	want := []WorkRow{
		{
			Work: judging.Work{
				Title:    "法治之光",
				Category: "书法",
				Authors:  []string{"甲某", "乙某某"},
				Unit:     "某某中学",
				Sender:   "某某中学",
				Phone:    "13800138000",
				Teachers: []string{"丙某"},
				More:     map[string]string{"teacher_phone": "13900139000"},
				Source:   source(4),
			},
		},
		{
			Work: judging.Work{
				Title:    "守法",
				Category: "绘画",
				Authors:  []string{"甲某", "乙某某"},
				Unit:     "某某中学",
				Sender:   "某某中学",
				Phone:    "13800138000",
				Source:   source(5),
			},
		},
	}
	if !reflect.DeepEqual(r.rows, want) {
		t.Errorf("got %+v", r.rows)
	}
	if m := r.mappings[0]; !reflect.DeepEqual(m.HeaderRows, []int{3}) || m.FirstRow != 4 ||
		m.Defaults[field.Sender] != "某某中学" {
		t.Errorf("mapping %+v", m)
	}
}
