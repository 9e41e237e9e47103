package paper

import (
	"bytes"
	"slices"
	"strings"
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

// A list that people print has the width of a page, its heads on each, and no cell that is cut.
func TestAGridWithHeadsIsLaidOutForPaper(t *testing.T) {
	long := strings.Repeat("深入学习宣传贯彻法治思想", 6)
	g := Grid{
		Name: "作品", Head: 2, Words: paperWords(t, "zh"),
		Rows: [][]any{{strings.Repeat("这是一句话。", 30)}, {"编号", "作品名称", "件数"}, {"SF-0001", long, 3}, {"=1+1", nil, 0}},
	}
	f := openWritten(t, func(b *bytes.Buffer) error { return WriteGrids(b, []Grid{g}) })
	checkPrint(t, f, "作品", "landscape", "'作品'!$2:$2")
	narrow, err := f.GetColWidth("作品", "A")
	wide, err2 := f.GetColWidth("作品", "B")
	if err != nil || err2 != nil || narrow < 8 || wide <= narrow || wide > gridMost {
		t.Errorf("widths %v %v (%v %v)", narrow, wide, err, err2)
	}
	for row, lines := range map[int]int{1: 2, 2: 1, 3: 3} {
		if h, err := f.GetRowHeight("作品", row); err != nil || h < float64(lines)*bodySize {
			t.Errorf("row %d is %v points high: %v", row, h, err)
		}
	}
	if cellText(t, f, "作品", "A4") != "=1+1" || cellText(t, f, "作品", "C3") != "3" {
		t.Error("cells changed")
	}
	if kind, err := f.GetCellType("作品", "C3"); err != nil || kind == excelize.CellTypeInlineString {
		t.Errorf("a number is text: %v %v", kind, err)
	}
	if merges, err := f.GetMergeCells("作品"); err != nil || len(merges) != 1 || merges[0].GetEndAxis() != "C1" {
		t.Errorf("merges %v %v", merges, err)
	}
}

// A table that would have to be shrunk to stand upright lies.
func TestAPaperLiesWhereItWouldBeTooSmallUpright(t *testing.T) {
	words := paperWords(t, "zh")
	for most, want := range map[float64]string{40: "portrait", 150: "landscape"} {
		p := Paper{Name: "名单", Upright: true, Columns: []PaperColumn{{Head: "作品", Least: most, Most: most}}}
		f := openWritten(t, func(b *bytes.Buffer) error { return WritePapers(b, "", []Paper{p}, words) })
		layout, err := f.GetPageLayout("名单")
		if err != nil || layout.Orientation == nil || *layout.Orientation != want {
			t.Errorf("%v characters: %v %v", most, layout.Orientation, err)
		}
	}
}

func TestAGridWithABadMergeIsRefused(t *testing.T) {
	if err := WriteGrids(new(bytes.Buffer), []Grid{{Name: "a", Merges: []string{"nonsense"}}}); err == nil {
		t.Error("no error")
	}
}
