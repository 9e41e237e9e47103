package table

import (
	"context"
	"errors"
	"slices"
	"testing"

	"fayi/judging"
	"fayi/judging/sheet/field"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/read"
	"fayi/judging/sheet/sheettest"
)

func TestPreviewShowsTheFirstRowsAsTheyStand(t *testing.T) {
	path := sheettest.Workbook(t,
		sheettest.Page{
			Name:  "书法",
			Rows:  [][]any{{"汇总表"}, {"序号", "作品名称", "作者"}, {1, "守法", "甲  某"}, {2, "普法", "乙某、丙某"}, {3, "学法", "丁某"}},
			Merge: []string{"A1:C1"},
		},
		sheettest.Page{Name: "说明", Rows: [][]any{{"请于五月底前报送"}}})
	b, err := read.Open(path, "表.xlsx", grid.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	samples, err := Preview(b, contest, mapping.Options{}, 2)
	if err != nil || len(samples) != 2 {
		t.Fatalf("%+v %v", samples, err)
	}
	s := samples[0]
	if len(s.Rows) != 2 || s.Rows[1].Row != 4 || !slices.Equal(s.Rows[1].Cells, []string{"2", "普法", "乙某、丙某"}) ||
		s.Mapping.Defaults[field.Category] != "书法" {
		t.Errorf("%+v", s)
	}
	if got := codes(samples[1].Problems); !slices.Equal(got, []string{" no_header!"}) {
		t.Errorf("%q", got)
	}
	if _, err := Preview(b, contest, mapping.Options{
		Sheet: "别的",
	}, 2); !errors.Is(err, judging.Fail(judging.Invalid, "sheet.no_such_sheet", nil)) {
		t.Errorf("another sheet: %v", err)
	}
}

func TestReadingStopsWhenTold(t *testing.T) {
	path := sheettest.Workbook(t, sheettest.Page{Rows: [][]any{{"作" +
		"品名称", "作者", "类别"}, {"守法", "甲某", "书法"}, {"普法", "乙某", "书法"}}})
	b, err := read.Open(path, "表.xlsx", grid.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	stop := errors.New("stop")
	n := 0
	_, _, err = ReadWorks(context.Background(), b, contest, mapping.Options{}, func(WorkRow) error { n++; return stop })
	if !errors.Is(err, stop) || n != 1 {
		t.Errorf("%d rows, %v", n, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := ReadWorks(
		ctx, b, contest, mapping.Options{}, func(WorkRow) error { return nil },
	); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
