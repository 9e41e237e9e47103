package anyrules

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office"
	"fayi/judging/sheet/paper"
)

// exported reads the score matrix with a spreadsheet's own arithmetic and compares official scores, places and awards.
func (d drawn) exported(
	t *testing.T, o *office.Office, placings []judging.Placing, decided []award.Decision, words paper.Words,
) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "矩阵.xlsx")
	_, err := o.Results().ReportMatrix(t.Context(), path, false, words)
	must(t, err, 0)
	f, err := excelize.OpenFile(path)
	must(t, err, 0)
	defer f.Close()
	sheet := f.GetSheetList()[0]
	column := func(key string) int {
		for c := 1; c < 60; c++ {
			at, _ := excelize.CoordinatesToCellName(c, 3)
			if v, _ := f.GetCellValue(sheet, at); v == words("matrix."+key, nil) {
				return c
			}
		}
		t.Fatalf("no column %s", key)
		return 0
	}
	b := workbook{t: t, f: f, known: map[string]any{}}
	at := func(key string, row int) string {
		name, _ := excelize.CoordinatesToCellName(column(key), row)
		return shown(b.cell(sheet, name))
	}
	won, apart := wonOf(decided), adjusted(decided)
	for i, p := range placings {
		row := i + 4
		if p.Place == 0 {
			if got := at("official", row) + at("place", row) + at("award", row); got != "" {
				t.Errorf("%s has no place, the matrix says %q", p.Work, got)
			}
			continue
		}
		v, err := strconv.ParseFloat(at("official", row), 64)
		if err != nil || judging.Exact(v) != judging.Exact(p.Official) || at("place", row) != fmt.Sprint(p.Place) {
			t.Errorf("%s: the matrix makes %v, place %s, of %v, place %d (%v)", p.Work, v, at("place", row), p.Official,
				p.Place, err)
		}
		if got := at("award", row); got != won[p.Work] && !apart[p.Category+"/"+p.Group] {
			t.Errorf("%s: the matrix gives %q, decided is %q", p.Work, got, won[p.Work])
		}
	}
	d.checked(t, b, apart, words)
}

// adjusted are the lists that the check page may call adjusted: a tie was held or left empty.
func adjusted(decided []award.Decision) map[string]bool {
	out := map[string]bool{}
	for _, d := range decided {
		out[d.ID()] = slices.ContainsFunc(d.Notes, func(n award.Note) bool {
			return n.Why == "awards.tie_held" || n.Why == "awards.tie_empty"
		})
	}
	return out
}

// checked expects the check page to call no list adjusted that is not.
func (d drawn) checked(t *testing.T, b workbook, apart map[string]bool, words paper.Words) {
	t.Helper()
	sheet := b.f.GetSheetList()[1]
	rows, err := b.f.GetRows(sheet)
	must(t, err, 0)
	for r := 4; r <= len(rows); r++ {
		cell := func(column string) string { return shown(b.cell(sheet, fmt.Sprint(column, r))) }
		id := cell("A") + "/" + strings.TrimPrefix(cell("B"), "—")
		if said := cell("J"); !apart[id] && said != words("matrix.agree", nil) {
			t.Errorf("%s, row %d: %s; %s by formula, %s decided", id, r, said, cell("H"), cell("I"))
		}
	}
}
