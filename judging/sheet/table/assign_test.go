package table

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"fayi/judging/sheet/sheettest"
)

// best is the greatest sum of worth, found by trying all ways.
func best(row, rows, cols int, used []bool, worth func(r, c int) float64) float64 {
	if row == rows {
		return 0
	}
	most := math.Inf(-1)
	for c := range cols {
		if !used[c] && !math.IsInf(worth(row, c), -1) {
			used[c] = true
			most = max(most, worth(row, c)+best(row+1, rows, cols, used, worth))
			used[c] = false
		}
	}
	return most
}

func TestMatchingFindsTheGreatestSum(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	for range 500 {
		rows, given := 1+r.IntN(4), 1+r.IntN(4)
		cols := given + rows
		table := make([][]float64, rows)
		for i := range table {
			table[i] = make([]float64, cols)
			for c := range given {
				if table[i][c] = float64(r.IntN(80) - 30); r.IntN(5) == 0 {
					table[i][c] = math.Inf(-1)
				}
			}
		}
		worth := func(row, col int) float64 { return table[row][col] }
		sum, seen := 0.0, 0
		for c, row := range matching(rows, cols, worth) {
			if row >= 0 {
				sum += worth(row, c)
				seen++
			}
		}
		if want := best(0, rows, cols, make([]bool, cols), worth); sum != want || seen != rows {
			t.Fatalf("%v: %v of %d rows, want %v", table, sum, seen, want)
		}
	}
}

func TestColumnsSayWhyTheyWereTakenForWhatTheyAre(t *testing.T) {
	rows := [][]any{{"作品名称", "姓名", "类别"}}
	for _, name := range []string{"甲某一", "乙某二", "丙某三", "丁某四"} {
		rows = append(rows, []any{"守法", name, "书法"})
	}
	rows = append(rows, []any{"普法", "集体创作组作品一二", "书法"})
	r := readWorks(t, sheettest.Workbook(t, sheettest.Page{Rows: rows}), ReadOptions{})
	if len(r.mappings) != 1 {
		t.Fatalf("%+v", r)
	}
	author := r.mappings[0].Of(FieldAuthor)
	if len(author) != 1 {
		t.Fatalf("%+v", r.mappings[0])
	}
	head := slices.IndexFunc(author[0].Why, func(w Reason) bool {
		return w.Text == "sheet.why_head" && w.Args["Header"] == "姓名" && w.Weight == looseHead
	})
	names := slices.IndexFunc(author[0].Why, func(w Reason) bool {
		return w.Text == "sheet.why_names" && w.Args["N"] == 4 && w.Args["Of"] == 5 && w.Weight > 0
	})
	if head < 0 || names < 0 {
		t.Errorf("%+v", author[0].Why)
	}
}

func TestValuesSpeakAgainstAHead(t *testing.T) {
	rows := [][]any{{"作品名称", "作者", "类别", "组别"}}
	for range 4 {
		rows = append(rows, []any{"守法", "甲某", "小学组", "书法"})
	}
	r := readWorks(t, sheettest.Workbook(t, sheettest.Page{Rows: rows}), ReadOptions{})
	for _, row := range r.rows {
		if row.Rejected() || row.Work.Category != "书法" || row.Work.Group != "小学组" {
			t.Fatalf("%s", brief(row))
		}
	}
	if got := codes(r.problems); !slices.Equal(got, []string{"C by_contents", "D by_contents"}) {
		t.Errorf("what the heads say was set aside without a word: %q", got)
	}
}
