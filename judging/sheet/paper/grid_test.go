package paper

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

func TestGridsAreWrittenAsTheyStand(t *testing.T) {
	grids := []Grid{
		{
			Name: "登记表",
			Rows: [][]any{
				{"2020年作品登记表"}, {"作品名称", "件数", "日期"}, {"=SUM(A1)", 3, time.Date(2020, 5, 12, 0, 0, 0, 0, time.UTC)},
				{"+86\x01", nil, true},
			},
			Merges: []string{"A1:C1"},
			Widths: []float64{30, 0, 12},
		},
		{Name: "登记表", Rows: nil},
	}
	var first, second bytes.Buffer
	for _, out := range []*bytes.Buffer{&first, &second} {
		if err := WriteGrids(out, grids); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("two writings differ")
	}
	f, err := excelize.OpenReader(&first)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got := f.GetSheetList(); !slices.Equal(got, []string{"登记表", "登记表 (2)"}) {
		t.Error(got)
	}
	merges, err := f.GetMergeCells("登记表")
	if err != nil || len(merges) != 1 || merges[0].GetEndAxis() != "C1" {
		t.Errorf("merges %v %v", merges, err)
	}
	if width, err := f.GetColWidth("登记表", "A"); err != nil || width != 30 {
		t.Errorf("width %v %v", width, err)
	}
	if formula, err := f.GetCellFormula("登记表", "A3"); err != nil || formula != "" ||
		cellText(t, f, "登记表", "A3") != "=SUM(A1)" {
		t.Errorf("formula %q %v", formula, err)
	}
	if got := cellText(t, f, "登记表", "A4"); got != "+86" {
		t.Errorf("%q", got)
	}
	if kind, err := f.GetCellType("登记表", "B3"); err != nil || kind == excelize.CellTypeInlineString {
		t.Errorf("a number is text: %v %v", kind, err)
	}
}

func TestAGridWithABadMergeIsRefused(t *testing.T) {
	if err := WriteGrids(new(bytes.Buffer), []Grid{{Name: "a", Merges: []string{"nonsense"}}}); err == nil {
		t.Error("no error")
	}
}
