package paper

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"fayi/judging"
	"fayi/judging/text"
)

func openWritten(t *testing.T, write func(b *bytes.Buffer) error) *excelize.File {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func openScoreSheet(t *testing.T, s ScoreSheet) *excelize.File {
	plain := paperWords(t, "zh")
	words := func(key string, args map[string]any) string { // as the command line has them
		return text.Harmless(plain(key, args))
	}
	return openWritten(t, func(b *bytes.Buffer) error { return WriteScoreSheet(b, s, words) })
}

func cellText(t *testing.T, f *excelize.File, sheet, cell string) string {
	t.Helper()
	v, err := f.GetCellValue(sheet, cell)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestAScoreSheetHasASheetForEachCategoryAndItsRubric(t *testing.T) {
	f := openScoreSheet(t, sampleScoreSheet(6, false))
	if got := f.GetSheetList(); !slices.Equal(got, []string{"书法", "摄影", "评分标准", "_fayi"}) {
		t.Fatal(got)
	}
	if visible, err := f.GetSheetVisible("_fayi"); err != nil || visible {
		t.Error("the identity is in sight")
	}
	if !strings.HasPrefix(cellText(t, f, "书法", "A1"), "【演练】") {
		t.Error("a rehearsal is not marked")
	}
	heads, err := f.GetRows("书法")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"序号", "作品编号", "作品名称", "组别", "主题内容\n0–20", "笔法\n0–20", "结字章法\n0–25", "墨色纸张\n0–15", "整体美感与创意\n0–20",
		"合计\n0–100", "把握\n3·2·1", "评语", "状态", "说明"}
	if !slices.Equal(heads[3], want) {
		t.Errorf("heads %q", heads[3])
	}
	all := ""
	for _, cell := range []string{"A1", "A3", "C3", "D3", "A8"} {
		all += cellText(t, f, "评分标准", cell) + "\n"
	}
	for _, part := range []string{
		"书法（满分 100", "主题内容", "紧扣法治主题", "优秀 18–20；良好 16–17；一般 12–15；较差 0–11", "总分档次：优秀 90–100",
	} {
		if !strings.Contains(all, part) {
			t.Errorf("the rubric lacks %q: %q", part, all)
		}
	}
}

func TestMarkCellsTakeOnlyWhatTheRubricAllows(t *testing.T) {
	f := openScoreSheet(t, sampleScoreSheet(6, false))
	checks := func(sheet string) map[string]*excelize.DataValidation {
		list, err := f.GetDataValidations(sheet)
		if err != nil {
			t.Fatal(err)
		}
		by := map[string]*excelize.DataValidation{}
		for _, dv := range list {
			by[dv.Sqref] = dv
		}
		return by
	}
	third := checks("书法")["G5:G10"]
	if third == nil || third.Type != "whole" || third.Formula1 != "0" || third.Formula2 != "25" ||
		!third.ShowErrorMessage {
		t.Fatalf("check of 结字章法: %+v", third)
	}
	if *third.ErrorStyle != "stop" || !strings.Contains(*third.Error, "结字章法") ||
		!strings.Contains(*third.Error, "0 到 25") {
		t.Errorf("message %q", *third.Error)
	}
	half := checks("摄影")["E5:E6"]
	if half == nil || half.Type != "custom" || !strings.Contains(half.Formula1, "E5<=3.5") ||
		!strings.Contains(half.Formula1, "E5/0.5") {
		t.Fatalf("check of half points: %+v", half)
	}
	if dv := checks("书法")["M5:M10"]; dv == nil || dv.Formula1 != `"跳过,弃权,回避"` {
		t.Errorf("states: %+v", dv)
	}
	if dv := checks("书法")["J5:J10"]; dv != nil {
		t.Error("the total asks for typing where it is reckoned")
	}
}

func TestOnlyCellsToFillAreUnlocked(t *testing.T) {
	for _, totalOnly := range []bool{false, true} {
		f := openScoreSheet(t, sampleScoreSheet(6, totalOnly))
		p, err := f.GetSheetProtection("书法")
		if err != nil || !p.SelectUnlockedCells || p.DeleteRows {
			t.Fatalf("protection %+v %v", p, err)
		}
		want := map[string]bool{
			"A1":  false,
			"A5":  false,
			"B5":  false,
			"C5":  false,
			"D5":  false,
			"E5":  true,
			"I10": true,
			"J5":  totalOnly,
			"K5":  true,
			"L5":  true,
			"M5":  true,
			"N5":  true,
			"E4":  false,
		}
		for cell, open := range want {
			id, err := f.GetCellStyle("书法", cell)
			if err != nil {
				t.Fatal(err)
			}
			style, err := f.GetStyle(id)
			if err != nil {
				t.Fatal(err)
			}
			if locked := style.Protection == nil || style.Protection.Locked; locked == open {
				t.Errorf("total only %v: %s locked %v", totalOnly, cell, locked)
			}
		}
	}
}

func TestAScoreSheetPrintsOnA4WithItsHeadOnEachPage(t *testing.T) {
	f := openScoreSheet(t, sampleScoreSheet(60, false))
	checkPrint(t, f, "书法", "landscape", "'书法'!$4:$4")
	if size, err := f.GetSheetDimension("书法"); err != nil || size != "A1:N67" {
		t.Errorf("size %q %v", size, err)
	}
	panes, err := f.GetPanes("书法")
	if err != nil || !panes.Freeze || panes.YSplit != 4 || panes.XSplit != 3 {
		t.Errorf("panes %+v %v", panes, err)
	}
	if got := cellText(t, f, "书法", "A66"); !strings.Contains(got, "评委签名") {
		t.Errorf("signature: %q", got)
	}
}

func checkPrint(t *testing.T, f *excelize.File, sheet, orientation, titles string) {
	t.Helper()
	layout, err := f.GetPageLayout(sheet)
	if err != nil {
		t.Fatal(err)
	}
	if *layout.Size != 9 || *layout.Orientation != orientation || *layout.FitToWidth != 1 || *layout.FitToHeight != 0 {
		t.Errorf(
			"%s: paper %d %s %d×%d", sheet, *layout.Size, *layout.Orientation, *layout.FitToWidth, *layout.FitToHeight,
		)
	}
	props, err := f.GetSheetProps(sheet)
	if err != nil || props.FitToPage == nil || !*props.FitToPage {
		t.Errorf("%s does not fit the page: %v", sheet, err)
	}
	hf, err := f.GetHeaderFooter(sheet)
	if err != nil || hf == nil || !strings.Contains(hf.OddFooter, "第 &P 页 共 &N 页") {
		t.Errorf("%s: footer %+v %v", sheet, hf, err)
	}
	if !slices.ContainsFunc(f.GetDefinedName(), func(d excelize.DefinedName) bool {
		return d.Name == "_xlnm.Print_Titles" && d.Scope == sheet && d.RefersTo == titles
	}) {
		t.Errorf("%s: no repeated head among %+v", sheet, f.GetDefinedName())
	}
}

func TestTextThatLooksLikeAFormulaStaysText(t *testing.T) {
	s := sampleScoreSheet(6, false)
	s.Duties.Works[0].Title, s.Duties.Works[1].Title, s.Duties.Works[2].Title = "+1", "-2", "@x\x00\x0b\ufffe"
	f := openScoreSheet(t, s)
	for cell, want := range map[string]string{"C5": "+1", "C6": "-2", "C7": "@x", "C9": `=HYPERLINK("x")`} {
		formula, err := f.GetCellFormula("书法", cell)
		kind, err2 := f.GetCellType("书法", cell)
		if err != nil || err2 != nil || formula != "" ||
			kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString {
			t.Errorf("%s: formula %q, type %v", cell, formula, kind)
		}
		if got := cellText(t, f, "书法", cell); got != want {
			t.Errorf("%s: %q, want %q", cell, got, want)
		}
	}
}

func TestTotalsAndProgressAreFormulasWithTheirValues(t *testing.T) {
	f := openScoreSheet(t, sampleScoreSheet(6, false))
	formula, err := f.GetCellFormula("书法", "J5")
	if err != nil || formula != `IF(AND(COUNT(E5:I5)=5,M5<>"弃权",M5<>"回避"),SUM(E5:I5),"")` ||
		cellText(t, f, "书法", "J5") != "84" {
		t.Errorf("total %q = %q, %v", formula, cellText(t, f, "书法", "J5"), err)
	}
	if got := cellText(t, f, "书法", "L2"); got != "已评 2 / 共 6 件" {
		t.Errorf("progress %q", got)
	}
	got, err := f.CalcCellValue("书法", "L2")
	if err != nil || got != "已评 2 / 共 6 件" {
		t.Errorf("progress reckoned %q %v", got, err)
	}
	// row 6 is recused from
	for _, cell := range []string{"E7", "F7", "G7", "H7", "I7", "E6", "F6", "G6", "H6", "I6"} {
		if err := f.SetCellValue("书法", cell, 3); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := f.CalcCellValue("书法", "L2"); err != nil || got != "已评 3 / 共 6 件" {
		t.Errorf("progress after one more %q %v", got, err)
	}
}

func TestProgressCountsTypedTotalsWhereTheyAreEnough(t *testing.T) {
	s := sampleScoreSheet(6, true)
	code := s.Duties.Works[3].Code
	s.Ballots[code] = judging.Ballot{Code: code, State: judging.Scored, Total: 77}
	f := openScoreSheet(t, s)
	if got, err := f.CalcCellValue("书法", "L2"); err != nil || got != "已评 3 / 共 6 件" {
		t.Errorf("progress %q %v", got, err)
	}
	if formula, _ := f.GetCellFormula("书法", "J8"); formula != "" || cellText(t, f, "书法", "J8") != "77" {
		t.Errorf("typed total: %q %q", formula, cellText(t, f, "书法", "J8"))
	}
}

func TestEqualScoreSheetsAreEqualBytes(t *testing.T) {
	words := paperWords(t, "zh")
	var a, b bytes.Buffer
	for _, out := range []*bytes.Buffer{&a, &b} {
		if err := WriteScoreSheet(out, sampleScoreSheet(45, true), words); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("two writings differ")
	}
}

func TestAScoreSheetNeedsDutiesAndRubrics(t *testing.T) {
	words := paperWords(t, "zh")
	none, noRubric := sampleScoreSheet(6, false), sampleScoreSheet(6, false)
	none.Duties.Works = nil
	delete(noRubric.Duties.Rubrics, "摄影")
	for s, key := range map[*ScoreSheet]string{&none: "paper.no_duties", &noRubric: "paper.no_rubric"} {
		var b bytes.Buffer
		err := WriteScoreSheet(&b, *s, words)
		if !errors.Is(err, &judging.Error{Code: judging.Invalid, Text: key}) || b.Len() > 0 {
			t.Errorf("%s: %v, %d bytes", key, err, b.Len())
		}
	}
}

func TestCategoriesMakeGoodSheetNames(t *testing.T) {
	taken := map[string]bool{}
	long := strings.Repeat("长", 40)
	for _, c := range []struct{ in, want string }{
		{"书法", "书法"}, {"书/法", "书法 (2)"}, {"'a[b]:*?\\'", "ab"}, {"AB", "AB (2)"}, {"", "Sheet"},
		{long, strings.Repeat("长", 31)}, {long, strings.Repeat("长", 27) + " (2)"},
	} {
		if got := safeSheetName(c.in, taken); got != c.want {
			t.Errorf("%q: %q, want %q", c.in, got, c.want)
		}
	}
}
