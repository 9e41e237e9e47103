package forms

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"

	"fayi/judging"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/sheettest"
)

// wideForm is a form with a column for nearly everything.
func wideForm(t *testing.T) string {
	t.Helper()
	f := excelize.NewFile()
	for i, h := range []string{"序号", "作品编号", "作品名称", "类别", "作者", "合作作者", "单位", "报送单位", "联系人及电话", "县级奖项", "名次", "柜号"} {
		if err := f.SetCellStr("Sheet1", grid.Ref(i+1, 1), h); err != nil {
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
	rows := []Row{{
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
	kept := sheettest.TempFile(t, "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef", form)
	var b bytes.Buffer
	if _, err := Fill(&b, kept, "省汇总表.xlsx", rows, formRules, mapping.Options{}); err != nil {
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
	broken := sheettest.TempFile(t, "表.xlsx", []byte("PK\x03\x04 no book"))
	noTitle := sheettest.Workbook(t, sheettest.Page{Rows: [][]any{{"会议通知"}}})
	for name, path := range map[string]string{
		"broken":    broken,
		"no header": noTitle,
		"not there": filepath.Join(t.TempDir(), "无.xlsx"),
	} {
		var b bytes.Buffer
		_, err := Fill(&b, path, "市表.xlsx", formRows(1), formRules, mapping.Options{})
		var told *judging.Error
		if !errors.As(err, &told) || told.Args["File"] != "市表.xlsx" || b.Len() > 0 {
			t.Errorf("%s: %v, %d bytes written", name, err, b.Len())
		}
	}
}

func TestAFormThatCannotBeWrittenIsToldSo(t *testing.T) {
	form := cityForm(t, 3, nil)
	write := func(w io.Writer) error {
		_, err := Fill(w, form, "市汇总表.xlsx", formRows(2), formRules, mapping.Options{})
		return err
	}
	var whole bytes.Buffer
	if err := write(&whole); err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{0, whole.Len() / 2, whole.Len() - 1} {
		if err := write(sheettest.FullAfter(n)); !errors.Is(err, sheettest.ErrFull) {
			t.Errorf("after %d of %d bytes: %v", n, whole.Len(), err)
		}
	}
}
