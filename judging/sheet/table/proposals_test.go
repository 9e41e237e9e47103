package table

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fayi/judging/sheet/field"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/propose"
	"fayi/judging/sheet/sheettest"
)

// proposed writes the proposals of a reading in short: field value ← source ×rows, what a person may take in brackets.
func proposed(r reading) []string {
	var out []string
	for _, m := range r.mappings {
		for _, p := range m.Proposals {
			s := fmt.Sprintf("%s %s←%s×%d", p.Field, p.Value, p.From, p.Rows)
			if p.State == propose.Open {
				s = "(" + s + ")"
			}
			out = append(out, s)
		}
	}
	return out
}

// renamed gives a workbook another name, below a folder where it has one.
func renamed(t *testing.T, path, name string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), name)
	data, err := os.ReadFile(path)
	if err == nil {
		err = os.MkdirAll(filepath.Dir(to), 0o755)
	}
	if err == nil {
		err = os.WriteFile(to, data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return to
}

func TestUnitsAreProposedFromWherePeoplePutThem(t *testing.T) {
	head := []any{"作品名称", "作者", "类别"}
	row := []any{"守法", "甲某", "书法"}
	for _, c := range []struct {
		name, file, sheet string
		rows              [][]any
		want              []string // unit/sender of each row
		proposed          []string
	}{
		{"a line below", "", "", [][]any{head, row, row, {"报送单位（盖章）：第一小学"}},
			[]string{"第一小学/第一小学", "第一小学/第一小学"}, []string{"unit 第一小学←bottom×2", "(group 小学组←school×2)"}},
		{"a line below, in two cells", "", "", [][]any{head, row, {"报送单位", "第一小学"}},
			[]string{"第一小学/第一小学"}, []string{"unit 第一小学←bottom×1", "(group 小学组←school×1)"}},
		{"a seal below", "", "", [][]any{head, row, {nil, nil, "第一小学（盖章）"}, {nil, nil, "2020年11月5日"}},
			[]string{"第一小学/第一小学"}, []string{"unit 第一小学←bottom×1", "(group 小学组←school×1)"}},
		{"blocks with their lines below", "", "", [][]any{head, row, {"报送单位：第一小学"}, row, row, {"报送单位：第二小学"}},
			[]string{"第一小学/第一小学", "第二小学/第二小学", "第二小学/第二小学"},
			[]string{"unit 第一小学←bottom×1", "unit 第二小学←bottom×2", "(group 小学组←school×3)"}},
		{"blocks with their lines above", "", "", [][]any{head, {"报送单位：第一小学"}, row, {"报送单位：第二小学"}, row},
			[]string{"第一小学/第一小学", "第二小学/第二小学"},
			[]string{"unit 第一小学←label×1", "unit 第二小学←label×1", "(group 小学组←school×2)"}},
		{"the title", "", "", [][]any{{"示例县第一小学2020年作品汇总表"}, head, row},
			[]string{"示例县第一小学/示例县第一小学"}, []string{"unit 示例县第一小学←title×1", "(group 小学组←school×1)"}},
		{"an office in the title", "", "", [][]any{{"示例县教育局2020年作品汇总表"}, head, row},
			[]string{"/"}, []string{"(unit 示例县教育局←title×1)"}},
		{"a label without a colon", "", "", [][]any{{"报送单位 某某局"}, head, row},
			[]string{"某某局/某某局"}, []string{"unit 某某局←label×1"}},
		{"the sheet", "", "某某局", [][]any{head, row}, []string{"某某局/某某局"}, []string{"unit 某某局←sheet×1"}},
		{"the file", "县司法局报送作品.xlsx", "", [][]any{head, row}, []string{"县司法局/县司法局"}, []string{"unit 县司法局←file×1"}},
		{"the only column differs", "", "", [][]any{
			{"推荐单位（盖章）：某镇"}, {"作品名称", "作者", "类别", "选送单位"},
			append(slices.Clone(row), "甲局"), append(slices.Clone(row), "乙局"),
		}, []string{"甲局/甲局", "乙局/乙局"}, nil},
		{"the only column is one", "", "", [][]any{{"作品名称", "作者", "类别", "推送单位"}, append(slices.Clone(row), "甲局")},
			[]string{"甲局/甲局"}, []string{"unit 甲局←column×1"}},
		{"a cell of its own", "某某局.xlsx", "", [][]any{
			{"报送单位：甲局"}, {"作品名称", "作者", "类别", "单位"}, append(slices.Clone(row), "乙局"),
		}, []string{"乙局/甲局"}, []string{"sender 甲局←label×1"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := sheettest.Workbook(t, sheettest.Page{Name: c.sheet, Rows: c.rows})
			if c.file != "" {
				path = renamed(t, path, c.file)
			}
			r := readWorks(t, path, mapping.Options{})
			var got []string
			for _, w := range r.rows {
				got = append(got, w.Work.Unit+"/"+w.Work.Sender)
			}
			if !slices.Equal(got, c.want) || !slices.Equal(proposed(r), c.proposed) {
				t.Errorf("got %q %q\nwant %q %q", got, proposed(r), c.want, c.proposed)
			}
		})
	}
}

func TestGroupsAreProposedNeverSilent(t *testing.T) {
	for _, c := range []struct {
		name     string
		rows     [][]any
		opts     mapping.Options
		want     []string // groups
		proposed []string
	}{
		{"中小学生", [][]any{{"全县中小学生微视频汇总表"}, {"作品名称", "作者", "类别"}, {"守法", "甲某", "微视频"}},
			mapping.Options{}, []string{""}, nil},
		{"a cell 中小学生", [][]any{{"作品名称", "作者", "类别", "组别"}, {"守法", "甲某", "微视频", "中小学生"}},
			mapping.Options{}, []string{""}, nil},
		{"the title", [][]any{{"小学组作品汇总表"}, {"作品名称", "作者", "类别"}, {"守法", "甲某", "书法"}},
			mapping.Options{}, []string{"小学组"}, []string{"group 小学组←title×1"}},
		{"a grade", [][]any{{"作品名称", "作者", "类别", "年级"}, {"守法", "甲某", "书法", "三年级"}, {"守法", "乙某", "书法", "高二"}},
			mapping.Options{}, []string{"小学组", "中学组"}, []string{"group 小学组←grade×1", "group 中学组←grade×1"}},
		{"schools", [][]any{
			{"作品名称", "作者", "类别", "学校"}, {"守法", "甲某", "书法", "县高级中学"}, {"守法", "乙某", "书法", "县幼儿园"},
		}, mapping.Options{}, []string{"", ""}, []string{"(group 中学组←school×1)"}},
		{"schools, taken by one choice", [][]any{
			{"作品名称", "作者", "类别", "学校"}, {"守法", "甲某", "书法", "县高级中学"}, {"守法", "乙某", "书法", "某某局"},
		}, mapping.Options{
			Fill: propose.Choices{{Field: "group", From: propose.FromSchool, Value: propose.AsProposed}},
		},
			[]string{"中学组", ""}, []string{"group 中学组←school×1"}},
		{"the title, changed by one choice", [][]any{
			{"小学组作品汇总表"}, {"作品名称", "作者", "类别", "组别"}, {"守法", "甲某", "书法", nil}, {"守法", "甲某", "书法", "中学组"},
		}, mapping.Options{Fill: propose.Choices{{Field: "group", Value: "成人组"}}},
			[]string{"成人组", "中学组"}, []string{"group 小学组←title×1"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := readWorks(t, sheettest.Workbook(t, sheettest.Page{Rows: c.rows}), c.opts)
			var got []string
			for _, w := range r.rows {
				got = append(got, w.Work.Group)
			}
			all := slices.DeleteFunc(proposed(r), func(s string) bool { return !strings.Contains(s, "group") })
			if !slices.Equal(got, c.want) || !slices.Equal(all, c.proposed) {
				t.Errorf("got %q %q\nwant %q %q", got, all, c.want, c.proposed)
			}
		})
	}
}

func TestTheHostIsNoSender(t *testing.T) {
	page := sheettest.Page{Name: "县司法局", Rows: [][]any{{"作品名称", "作者", "类别"}, {"守法", "甲某", "书法"}}}
	r := readWorks(t, sheettest.Workbook(t, page), mapping.Options{Host: "示例县司法局"})
	if r.rows[0].Work.Unit != "" || len(proposed(r)) != 0 {
		t.Fatalf("%+v %q", r.rows[0].Work, proposed(r))
	}
}

func TestAListWithoutUnitsIsTold(t *testing.T) {
	rows := [][]any{{"作品名称", "作者", "类别"}}
	for range mostHeld + 3 { // more than are held back
		rows = append(rows, []any{"守法", "甲某", "书法"})
	}
	r := readWorks(t, sheettest.Workbook(t, sheettest.Page{Rows: rows}), mapping.Options{})
	last := r.problems[len(r.problems)-1]
	if len(r.rows) != mostHeld+3 || last.Text != "sheet.no_unit" || last.Args["Rows"] != mostHeld+3 || last.Fatal {
		t.Fatalf("%d rows, %+v", len(r.rows), r.problems)
	}
	for i, w := range r.rows { // in their order
		if w.Work.Source.Row != i+2 {
			t.Fatalf("row %d is %d", i, w.Work.Source.Row)
		}
	}
}

func TestARowWithProblemsBringsItsCells(t *testing.T) {
	r := readWorks(t, sheettest.Workbook(t, sheettest.Page{Rows: [][]any{
		{"序号", "作品名称", "作者", "类别"}, {1, "守法", "甲某", "书法"}, {2, "普法", "乙某", "雕塑"},
	}}), mapping.Options{})
	if r.rows[0].Cells != nil || !slices.Equal(r.rows[1].Cells, []string{"2", "普法", "乙某", "雕塑"}) {
		t.Fatalf("%q %q", r.rows[0].Cells, r.rows[1].Cells)
	}
}

func TestARowIsReadAgainByItsCells(t *testing.T) {
	r := readWorks(t, sheettest.Workbook(t, sheettest.Page{Rows: [][]any{
		{"报送单位：某某局"}, {"序号", "作品名称", "作者", "类别", "指导教师", "年级"},
		{1, "守法", "甲某", "书法", "丙某", "三年级"}, {2, "普法", "乙某、丁某", "雕塑", "同上", "高二"},
	}}), mapping.Options{})
	bad := r.rows[1]
	given := map[string]string{"unit": bad.Work.Unit, "sender": bad.Work.Sender, "group": bad.Work.Group}
	cells := slices.Clone(bad.Cells)
	cells[3] = "绘画"
	again := ReadRow(r.mappings[0].Columns, cells, given, bad.Work.Source, contest)
	if got := brief(again); got != "4 标题=普法 类=绘画 组=中学组 作者=乙某+丁某 单位=某某局 报送=某某局 指导=丙某 grade=高二" {
		t.Error(got)
	}
	ticked := []mapping.Column{{Letter: "A", Header: "作品名称", Field: field.Title},
		{Letter: "B", Header: "作者", Field: field.Author},
		{Letter: "C", Header: "作品类别/书法", Field: field.Category}, {Letter: "D", Header: "类别：绘画", Field: field.Category}}
	again = ReadRow(ticked, []string{"守法", "甲某", "", "√"}, nil, bad.Work.Source, contest)
	if again.Work.Category != "绘画" || again.Rejected() {
		t.Errorf("%+v", again)
	}
}
