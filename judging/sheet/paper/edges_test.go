package paper

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/read"
	"fayi/judging/sheet/sheettest"
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

func TestWritersTellThatTheirFileCannotBeWritten(t *testing.T) {
	words := paperWords(t, "zh-Hans")
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
	} {
		var whole bytes.Buffer
		if err := write(&whole); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, n := range []int{0, whole.Len() / 2, whole.Len() - 1} {
			if err := write(sheettest.FullAfter(n)); !errors.Is(err, sheettest.ErrFull) {
				t.Errorf("%s: after %d of %d bytes: %v", name, n, whole.Len(), err)
			}
		}
	}
}

func TestFilesThatPretendToBeTablesAreNamedForWhatTheyAre(t *testing.T) {
	_, err := read.Open(sheettest.TextFile(t, "表.csv", "MIME-Version: 1.0\nContent-Type: "+
		"multipart/related\n"), "表.csv", grid.Limits{})
	var told *judging.Error
	if !errors.As(err, &told) || told.Code != judging.Invalid || told.Text != "sheet.not_workbook" ||
		told.Args["File"] != "表.csv" {
		t.Errorf("%v", err)
	}
}
