package table

import (
	"slices"
	"testing"

	"fayi/judging/sheet/field"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/sheettest"
)

func TestColumnsSayWhyTheyWereTakenForWhatTheyAre(t *testing.T) {
	rows := [][]any{{"作品名称", "姓名", "类别"}}
	for _, name := range []string{"甲某一", "乙某二", "丙某三", "丁某四"} {
		rows = append(rows, []any{"守法", name, "书法"})
	}
	rows = append(rows, []any{"普法", "集体创作组作品一二", "书法"})
	r := readWorks(t, sheettest.Workbook(t, sheettest.Page{Rows: rows}), mapping.Options{})
	if len(r.mappings) != 1 {
		t.Fatalf("%+v", r)
	}
	author := r.mappings[0].Of(field.Author)
	if len(author) != 1 {
		t.Fatalf("%+v", r.mappings[0])
	}
	// a word of several meanings weighs 16 decibels
	head := slices.IndexFunc(author[0].Why, func(w mapping.Reason) bool {
		return w.Text == "sheet.why_head" && w.Args["Header"] == "姓名" && w.Weight == 16
	})
	names := slices.IndexFunc(author[0].Why, func(w mapping.Reason) bool {
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
	r := readWorks(t, sheettest.Workbook(t, sheettest.Page{Rows: rows}), mapping.Options{})
	for _, row := range r.rows {
		if row.Rejected() || row.Work.Category != "书法" || row.Work.Group != "小学组" {
			t.Fatalf("%s", brief(row))
		}
	}
	if got := codes(r.problems); !slices.Equal(got, []string{"C by_contents", "D by_contents"}) {
		t.Errorf("what the heads say was set aside without a word: %q", got)
	}
}
