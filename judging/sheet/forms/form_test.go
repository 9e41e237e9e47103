package forms

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"

	"fayi/judging"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/mapping"
)

var formRules = judging.Rules{
	Categories: []judging.Category{{Name: "书法", Prefix: "SF"}, {Name: "绘画", Prefix: "HH"}},
	Groups:     []judging.GroupRule{{Name: "小学组"}},
}

// cityForm makes a form as a city sends it: merged title, note, header, a body of empty rows with a formula in
// each, a total, a signature line.
func cityForm(t testing.TB, body int, change func(*excelize.File)) string {
	t.Helper()
	f := excelize.NewFile()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(f.SetSheetName("Sheet1", "汇总表"))
	must(f.MergeCell("汇总表", "A1", "I1"))
	must(f.SetCellStr("汇总表", "A1", "示例市法治文化作品推荐汇总表"))
	must(f.SetCellStr("汇总表", "A2", "填报单位（盖章）："))
	for i, h := range []string{"序号", "作品名称", "作品类别", "第一作者", "作者单位", "", "指导老师", "县级奖项", "字数"} {
		must(f.SetCellStr("汇总表", grid.Ref(i+1, 3), h))
	}
	must(f.MergeCell("汇总表", "E3", "F3"))
	style, err := f.NewStyle(&excelize.Style{
		Border: []excelize.Border{{Type: "left", Color: "000000", Style: 1}},
		Font:   &excelize.Font{Size: 14, Family: "仿宋"},
	})
	must(err)
	for r := 4; r < 4+body; r++ {
		must(f.SetCellInt("汇总表", grid.Ref(1, r), int64(r-3)))
		must(f.MergeCell("汇总表", grid.Ref(5, r), grid.Ref(6, r)))
		must(f.SetCellStyle("汇总表", grid.Ref(1, r), grid.Ref(9, r), style))
		must(f.SetCellFormula("汇总表", grid.Ref(9, r), fmt.Sprintf("LEN(B%d)", r)))
		must(f.SetRowHeight("汇总表", r, 30))
	}
	end := 4 + body
	must(f.SetCellStr("汇总表", grid.Ref(1, end), "合计"))
	must(f.SetCellFormula("汇总表", grid.Ref(2, end), fmt.Sprintf("COUNTA(B4:B%d)", end-1)))
	must(f.MergeCell("汇总表", grid.Ref(1, end+1), grid.Ref(9, end+1)))
	must(f.SetCellStr("汇总表", grid.Ref(1, end+1), "填表人：　　　　联系电话："))
	if change != nil {
		change(f)
	}
	path := filepath.Join(t.TempDir(), "市汇总表.xlsx")
	must(f.SaveAs(path))
	return path
}

func formRows(n int) []Row {
	var out []Row
	for i := range n {
		out = append(out, Row{
			No:    i + 1,
			Award: "一等奖",
			Work: judging.Work{Title: fmt.Sprintf("=作品%d", i), Category: "书法", Authors: []string{"张𠅤", "李四"},
				Unit: "实验小学", Teachers: []string{"赵老师"}, Phone: "13800000000"},
		})
	}
	return out
}

func TestASuperiorsFormIsFilledAndKeepsItsLook(t *testing.T) {
	for _, c := range []struct{ body, n int }{{5, 3}, {5, 5}, {5, 12}, {1, 4}, {2, 9}, {5, 0}} {
		path := cityForm(t, c.body, nil)
		var b bytes.Buffer
		report, err := Fill(&b, path, "市汇总表.xlsx", formRows(c.n), formRules, mapping.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if report.Room != c.body || c.n > 0 && slices.Contains(report.Left, "第一作者") {
			t.Errorf("%+v: room %d, left %v", c, report.Room, report.Left)
		}
		f, err := excelize.OpenReader(&b)
		if err != nil {
			t.Fatal(err)
		}
		at := func(col, row int) string {
			v, err := f.GetCellValue("汇总表", grid.Ref(col, row))
			if err != nil {
				t.Fatal(err)
			}
			return v
		}
		for i := range c.n {
			r := 4 + i
			if at(1, r) != fmt.Sprint(i+1) || at(2, r) != fmt.Sprintf("=作品%d", i) || at(3, r) != "书法" ||
				at(4, r) != "张𠅤、李四" || at(5, r) != "实验小学" ||
				at(7, r) != "赵老师" || at(8, r) != "一等奖" {
				t.Errorf(
					"%+v: row %d reads %q %q %q %q %q %q", c, r, at(1, r), at(2, r), at(3, r), at(4, r), at(5, r),
					at(8, r),
				)
			}
			formula, err := f.GetCellFormula("汇总表", grid.Ref(9, r))
			if err != nil || formula != fmt.Sprintf("LEN(B%d)", r) {
				t.Errorf("%+v: row %d has the formula %q, %v", c, r, formula, err)
			}
			high, err := f.GetRowHeight("汇总表", r)
			if err != nil || high != 30 {
				t.Errorf("%+v: row %d is %.0f high", c, r, high)
			}
			first, err1 := f.GetCellStyle("汇总表", "B4")
			this, err2 := f.GetCellStyle("汇总表", grid.Ref(2, r))
			if err1 != nil || err2 != nil || first != this || this == 0 {
				t.Errorf("%+v: row %d looks otherwise", c, r)
			}
		}
		end := 4 + max(c.body, c.n)
		total, err := f.GetCellFormula("汇总表", grid.Ref(2, end))
		if at(1, end) != "合计" || err != nil || c.body > 1 && total != fmt.Sprintf("COUNTA(B4:B%d)", end-1) {
			t.Errorf("%+v: the total is %q, %q", c, at(1, end), total)
		}
		if at(1, end+1) != "填表人：　　　　联系电话：" {
			t.Errorf("%+v: the signature line is %q", c, at(1, end+1))
		}
		merged, err := f.GetMergeCells("汇总表")
		if want := 3 + max(c.body, c.n); err != nil || len(merged) != want {
			t.Errorf("%+v: %d merged cells, want %d", c, len(merged), want)
		}
	}
}

func TestAnExampleInAFormIsWrittenOver(t *testing.T) {
	path := cityForm(t, 3, func(f *excelize.File) {
		for i, v := range []string{"例", "我心中的宪法", "书法"} {
			if err := f.SetCellStr("汇总表", grid.Ref(i+1, 4), v); err != nil {
				t.Fatal(err)
			}
		}
	})
	var b bytes.Buffer
	if _, err := Fill(&b, path, "f.xlsx", formRows(1), formRules, mapping.Options{}); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	if v, _ := f.GetCellValue("汇总表", "B4"); v != "=作品0" {
		t.Errorf("the example stands: %q", v)
	}
}

func TestAFormThatCannotBeFilledIsToldSo(t *testing.T) {
	text := filepath.Join(t.TempDir(), "a.csv")
	if err := os.WriteFile(text, []byte("作品名称,作者\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	broken := filepath.Join(t.TempDir(), "b.xlsx")
	if err := os.WriteFile(broken, []byte("PK\x03\x04 broken"), 0o600); err != nil {
		t.Fatal(err)
	}
	protected := cityForm(t, 3, func(f *excelize.File) {
		if err := f.ProtectSheet("汇总表", &excelize.SheetProtectionOptions{
			Password:      "secret",
			AlgorithmName: "SHA-512",
		}); err != nil {
			t.Fatal(err)
		}
	})
	open := cityForm(t, 3, func(f *excelize.File) {
		if err := f.ProtectSheet("汇总表", &excelize.SheetProtectionOptions{}); err != nil {
			t.Fatal(err)
		}
	})
	other := cityForm(t, 3, func(f *excelize.File) {
		for col := 1; col <= 9; col++ {
			if err := f.SetCellStr("汇总表", grid.Ref(col, 3), fmt.Sprint("季度", col)); err != nil {
				t.Fatal(err)
			}
		}
	})
	for name, c := range map[string]struct{ path, key string }{
		"csv":                          {text, "sheet.form_not_xlsx"},
		"broken":                       {broken, "sheet.truncated"},
		"protected":                    {protected, "sheet.form_protected"},
		"protected without a password": {open, "sheet.form_protected"},
		"another table":                {other, "sheet.form_no_header"},
	} {
		var b bytes.Buffer
		_, err := Fill(&b, c.path, "f.xlsx", formRows(1), formRules, mapping.Options{})
		if told, ok := err.(*judging.Error); !ok || told.Text != c.key || told.Code != judging.Invalid || b.Len() > 0 {
			t.Errorf("%s: %v, want %s", name, err, c.key)
		}
	}
}

// FuzzFillForm wants a judging error or a filled book of any bytes, and never a panic or half a book.
func FuzzFillForm(f *testing.F) {
	whole, err := os.ReadFile(cityForm(f, 2, nil))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte("作品名称,作者\n"))
	path := filepath.Join(f.TempDir(), "form.xlsx")
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		_, err := Fill(&b, path, "form.xlsx", formRows(3), formRules, mapping.Options{})
		if err != nil && (judging.CodeOf(err) == judging.Internal || b.Len() > 0) {
			t.Errorf("%d bytes written, %v", b.Len(), err)
		}
	})
}
