package sheet

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"fayi/judging"
)

func TestTheCSVOfAPaperTellsSpreadsheetProgramsNoFormula(t *testing.T) {
	evil := []string{`=cmd|' /C calc'!A0`, "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"}
	p := Paper{Columns: []PaperColumn{{Head: "=作品"}, {Head: "分"}, {Head: "公式"}, {Head: "空"}}}
	for _, e := range evil {
		p.Rows = append(p.Rows, []any{e, -1.5, Formula("1+1"), nil})
	}
	var b bytes.Buffer
	if err := WritePaperCSV(&b, p); err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(strings.TrimSuffix(strings.TrimPrefix(b.String(), "\ufeff"), "\n"), "\n") {
		if line = strings.TrimPrefix(line, `"`); line != "" && strings.ContainsAny(line[:1], "=+-@\t\r") {
			t.Errorf("line %d begins as a formula: %q", i+1, line)
		}
	}
	if !strings.Contains(b.String(), "'+1,-1.5,,\n") || !strings.Contains(b.String(), "'=作品,分,公式,空\n") {
		t.Errorf("%q", b.String())
	}
}

var errDisk = errors.New("the disk gives an error")

// full takes so many bytes and then fails.
type full struct{ left int }

func (f *full) Write(b []byte) (int, error) {
	if f.left -= len(b); f.left < 0 {
		return 0, errDisk
	}
	return len(b), nil
}

func TestWritersTellThatTheirFileCannotBeWritten(t *testing.T) {
	words := paperWords(t, "zh-Hans")
	form := cityForm(t, 3, nil)
	paper := Paper{Name: "统计", Title: "统计", Columns: []PaperColumn{{Head: "项目"}, {Head: "数"}}, Rows: [][]any{{"作品", 1}}}
	for name, write := range map[string]func(io.Writer) error{
		"award list": func(w io.Writer) error { return WriteAwardList(w, sampleAwards(2), words) },
		"papers":     func(w io.Writer) error { return WritePapers(w, "统计", []Paper{paper}, words) },
		"paper":      func(w io.Writer) error { return WritePaperCSV(w, paper) },
		"returns": func(w io.Writer) error {
			return WriteReturnList(w, ReturnList{Title: "退件", Rows: []ReturnRow{{Code: "SF-0001"}}}, words)
		},
		"score sheet": func(w io.Writer) error { return WriteScoreSheet(w, sampleScoreSheet(3, false), words) },
		"grids":       func(w io.Writer) error { return WriteGrids(w, []Grid{{Name: "作品", Rows: [][]any{{"甲", 1}}}}) },
		"form": func(w io.Writer) error {
			_, err := FillForm(w, form, "市汇总表.xlsx", formRows(2), formRules, ReadOptions{})
			return err
		},
	} {
		var whole bytes.Buffer
		if err := write(&whole); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, n := range []int{0, whole.Len() / 2, whole.Len() - 1} {
			if err := write(&full{n}); !errors.Is(err, errDisk) {
				t.Errorf("%s: after %d of %d bytes: %v", name, n, whole.Len(), err)
			}
		}
	}
}

func TestOneColumnOfNameAndPhoneIsTheAuthorsWhereThereIsNoOther(t *testing.T) {
	r := readWorks(t, workbook(t, page{rows: [][]any{
		{"作品名称", "类别", "姓名及联系电话", "单位", "邮箱"},
		{"法治春风", "书法", "赵一 13800000001", "示例一小", "zhao@example.com"},
		{"守法有我", "书法", "钱二（13800000002）", "示例一小", "qian.example.com"},
		{"宪法伴我", "书法", "1380000", "示例一小", nil},
	}}), ReadOptions{})
	want := []string{
		"2 标题=法治春风 类=书法 作者=赵一 单位=示例一小 电话=13800000001 邮箱=zhao@example.com",
		"3 标题=守法有我 类=书法 作者=钱二 单位=示例一小 电话=13800000002 邮箱=qian.example.com !E odd_email",
	}
	if got := briefs(r.rows); len(got) != 3 || !slices.Equal(got[:2], want) ||
		!strings.Contains(got[2], "!C odd_phone") {
		t.Errorf("%q", got)
	}
}

func TestNamesThatStandForMoreAreTold(t *testing.T) {
	r := readWorks(t, workbook(t, page{rows: [][]any{
		{"作品名称", "类别", "作者", "单位", "报送单位"},
		{"法治春风", "书法", "赵一、钱二等", "示例一小", "示例县教育局"},
		{"守法有我", "书法", "集体", nil, "示例县教育局"},
		{"宪法伴我", "书法", "集体", nil, nil},
		{"学法用法", "书法", "示例县实验小学", "示例一小", nil},
	}}), ReadOptions{})
	want := []string{
		"2 标题=法治春风 类=书法 作者=赵一+钱二 单位=示例一小 报送=示例县教育局 author_others=等 !C names_others",
		"3 标题=守法有我 类=书法 单位=示例县教育局 报送=示例县教育局",
		"4 标题=宪法伴我 类=书法 !C no_author!",
		"5 标题=学法用法 类=书法 作者=示例县实验小学 单位=示例一小",
	}
	if got := briefs(r.rows); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestOddLoadsOfJudgesAreToldAndNotBelieved(t *testing.T) {
	rows, _, _ := readJudges(t, workbook(t, page{rows: [][]any{
		{"姓名", "单位", "专长类别", "负荷上限"},
		{"赵一", "示例馆", "书法、、 类", "不限"},
		{"钱二", "示例馆", "书法", "99999999"},
		{"孙三", "示例馆", "书法", "99999999999999999999999"},
		{"李四", "示例馆", "书法", "1000000"},
	}}))
	for i, want := range []struct {
		load int
		told string
	}{{0, ""}, {0, "D odd_load"}, {0, "D odd_load"}, {1_000_000, ""}} {
		if r := rows[i]; r.Rejected() || r.Judge.MaxLoad != want.load ||
			strings.Join(codes(r.Problems), " ") != want.told || !slices.Equal(r.Judge.Categories, []string{"书法"}) {
			t.Errorf("row %d: %+v", i+2, r)
		}
	}
}

func TestASheetThatIsNotThereIsToldByItsName(t *testing.T) {
	path := workbook(t, page{name: "评委", rows: [][]any{{"姓名", "单位", "专长类别"}, {"赵一", "示例馆", "书法"}, {"钱二", "示例馆", "绘画"}}})
	b, err := Open(path, "评委.xlsx", Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	none := ReadOptions{Sheet: "作品"}
	_, _, read := ReadJudges(context.Background(), b, contest, none, func(JudgeRow) error { return nil })
	_, preview := Preview(b, contest, none, 1)
	for _, err := range []error{read, preview} {
		var told *judging.Error
		if !errors.As(err, &told) || told.Text != "sheet.no_such_sheet" || told.Args["Sheet"] != "作品" ||
			told.Args["File"] != "评委.xlsx" {
			t.Errorf("%v", err)
		}
	}
}

func TestFilesThatPretendToBeTablesAreNamedForWhatTheyAre(t *testing.T) {
	_, err := Open(textFile(t, "表.csv", "MIME-Version: 1.0\nContent-Type: multipart/related\n"), "表.csv", Limits{})
	var told *judging.Error
	if !errors.As(err, &told) || told.Code != judging.Invalid || told.Text != "sheet.not_workbook" ||
		told.Args["File"] != "表.csv" {
		t.Errorf("%v", err)
	}
}

// wideForm is a form with a column for nearly everything.
func wideForm(t *testing.T) string {
	t.Helper()
	f := excelize.NewFile()
	for i, h := range []string{"序号", "作品编号", "作品名称", "类别", "作者", "合作作者", "单位", "报送单位", "联系人及电话", "县级奖项", "名次", "柜号"} {
		if err := f.SetCellStr("Sheet1", ref(i+1, 1), h); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "省汇总表.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAFormsColumnsOfEveryKindAreFilled(t *testing.T) {
	rows := []FormRow{{
		No:    1,
		Award: "一等奖",
		Place: 2,
		Work: judging.Work{
			Code:     "SF-0007",
			Title:    "守法",
			Category: "书法",
			Authors:  []string{"赵一", "钱二", "孙三"},
			Unit:     "示例一小",
			Sender:   "示例县教育局",
			Contact:  "李四",
			Phone:    "13800000000",
			More:     map[string]string{"柜号": "=2020"},
		},
	}}
	form, err := os.ReadFile(wideForm(t))
	if err != nil {
		t.Fatal(err)
	}
	// as the contest keeps it
	kept := tempFile(t, "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef", form)
	var b bytes.Buffer
	if _, err := FillForm(&b, kept, "省汇总表.xlsx", rows, formRules, ReadOptions{}); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	all, err := f.GetRows("Sheet1")
	if err != nil || len(all) != 2 {
		t.Fatalf("%q %v", all, err)
	}
	want := []string{"1", "SF-0007", "守法", "书法", "赵一", "钱二、孙三", "示例一小", "示例县教育局", "李四 13800000000", "一等奖", "2", "=2020"}
	if !slices.Equal(all[1], want) {
		t.Errorf("%q", all[1])
	}
	if formula, err := f.GetCellFormula("Sheet1", "L2"); err != nil || formula != "" {
		t.Errorf("a formula was let in: %q %v", formula, err)
	}
}

func TestFormsThatCannotBeFilledAreRefusedByName(t *testing.T) {
	broken := tempFile(t, "表.xlsx", []byte("PK\x03\x04 no book"))
	noTitle := workbook(t, page{rows: [][]any{{"会议通知"}}})
	for name, path := range map[string]string{
		"broken":    broken,
		"no header": noTitle,
		"not there": filepath.Join(t.TempDir(), "无.xlsx"),
	} {
		var b bytes.Buffer
		_, err := FillForm(&b, path, "市表.xlsx", formRows(1), formRules, ReadOptions{})
		var told *judging.Error
		if !errors.As(err, &told) || told.Args["File"] != "市表.xlsx" || b.Len() > 0 {
			t.Errorf("%s: %v, %d bytes written", name, err, b.Len())
		}
	}
}
