package paper

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"fayi/judging/sheet/ledger"
	"fayi/judging/sheet/score"
	"fayi/judging/sheet/sheettest"
)

func TestEveryRowOfAReturnedScoreSheetIsAccountedFor(t *testing.T) {
	s := sampleScoreSheet(6, false)
	code := func(i int) string { return string(s.Duties.Works[i].Code) }
	path := filledFile(t, s, func(f *excelize.File) {
		put(t, f, "书法", map[string]any{
			"E5": 10, "E6": "八十五", "E7": 12, // taken, refused, and one that row 20 contradicts
			"B20": code(2), "E20": 13, "B21": "没有编号的", "E21": 9, "A30": "备注：第三件字迹不清", "J31": 85,
		})
	})
	got, problems, err := score.ReadScoreSheet(context.Background(), path, "回收.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	if err := got.Sheets.Check(); err != nil {
		t.Error(err)
	}
	fatal, taken := map[string]bool{}, 0
	for _, p := range problems {
		if p.Fatal {
			fatal[fmt.Sprint(p.Sheet, p.Row)] = true
		}
	}
	for _, b := range got.Ballots {
		if !b.Blank() {
			taken++
		}
	}
	sum := got.Sheets.Sum()
	if sum.Taken != taken || taken == 0 {
		t.Errorf("%d rows are taken, and %d works have marks", sum.Taken, taken)
	}
	// the row that another one contradicts is refused too: the problem of that one names it
	if want := len(fatal) + 1; sum.Refused != want || !fatal["书法20"] || !fatal["书法6"] || !fatal["书法21"] {
		t.Errorf("%d rows are refused, %v have problems", sum.Refused, fatal)
	}
	var page ledger.Account
	for _, a := range got.Sheets {
		if a.Sheet == "书法" {
			page = a
		}
	}
	if page.Kinds[ledger.Head] != 1 || page.Kinds[ledger.Remark] == 0 || page.Kinds[ledger.Total] != 1 {
		t.Errorf("%+v", page)
	}
}

func TestEveryRowOfAListOfTotalsIsAccountedFor(t *testing.T) {
	list := "某评委的分\n作品编号,总分\nSF-0001,80\nSF-0002,\nSF-0003,八十\nSF-0001,81\n第四件,70\n合计,231\n,231\n备注：无\n"
	got, err := score.ReadTotals(context.Background(), sheettest.TempFile(t, "总分.csv", []byte(list)), "总分.csv")
	if err != nil {
		t.Fatal(err)
	}
	sum := got.Sheets.Sum()
	if err := got.Sheets.Check(); err != nil || sum.Rows != 10 || sum.Taken != 1 || sum.Refused != 3 {
		t.Errorf("%+v %v", got.Sheets, err)
	}
	if len(got.Totals) != sum.Taken || len(got.Problems) != sum.Refused {
		t.Errorf("%+v", got)
	}
	if k := got.Sheets[0].Kinds; k[ledger.Total] != 2 || k[ledger.Prepared] != 1 || k[ledger.Head] != 1 ||
		k[ledger.Title] != 1 {
		t.Errorf("%+v", k)
	}
}

// Whatever a person types into a sheet, the account holds.
func TestAnyScoreSheetAddsUp(t *testing.T) {
	r := rand.New(rand.NewPCG(14, 1))
	values := []any{"", "八十", 12, 0, "SF-0001", "SF-0002", "作品编号", "合计", "备注：", "弃权", "主题内容\n0-20", "作品名称"}
	for range 40 {
		path := filledFile(t, sampleScoreSheet(4, false), func(f *excelize.File) {
			for range 12 {
				cell, _ := excelize.CoordinatesToCellName(1+r.IntN(11), 3+r.IntN(20))
				put(t, f, "书法", map[string]any{cell: values[r.IntN(len(values))]})
			}
		})
		got, problems, err := score.ReadScoreSheet(context.Background(), path, "x")
		if err != nil {
			if strings.Contains(err.Error(), "unaccounted") {
				t.Fatal(err)
			}
			continue
		}
		fatal := 0
		for _, p := range problems {
			if p.Fatal {
				fatal++
			}
		}
		if err := got.Sheets.Check(); err != nil || got.Sheets.Sum().Refused > 0 && fatal == 0 {
			t.Errorf("%v: %+v of %d problems", err, got.Sheets.Sum(), fatal)
		}
	}
}
