package listing_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
	"github.com/xuri/excelize/v2"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/kit/table"
	"fayi/app/listing"
)

type row struct {
	name  string
	total string
}

func rows(t *testing.T, list ...row) *table.Table[row] {
	t.Helper()
	out := table.New(func(r row) string { return r.name },
		table.TextColumn("作品", 5, 1, func(r row) string { return r.name }),
		table.Column[row]{Title: "总分", Number: true, Cell: func(r row) table.Cell { return table.Cell{Text: r.total} }},
	)
	out.SetRows(list)
	return out
}

// words has no text of its own: a key stands for it.
type words struct{ kit.Texter }

func (words) T(key string, _ map[string]any) string { return key }

func TestListsAreFoundWhereverTheyStand(t *testing.T) {
	kittest.New(t)
	hidden := rows(t, row{"不见", "1"})
	hidden.Hide()
	root := container.NewVBox(
		widget.NewLabel("x"), container.NewHScroll(container.NewStack(rows(t, row{"甲", "81.5"}))), hidden,
		rows(t, row{"乙", "9"}, row{"丙", ""}),
	)
	all := listing.Collect(root)
	if len(all) != 2 || listing.Rows(all) != 3 || all[0].Rows[0][1] != "81.5" || all[1].Heads[0] != "作品" {
		t.Fatalf("%+v", all)
	}
	if listing.Collect(nil) != nil {
		t.Error("nothing holds a list")
	}
}

func TestACopiedListIsCellsWithoutFormulas(t *testing.T) {
	got := listing.Clip([]kit.Sheet{
		{Lines: []string{"一句话。"}}, {Heads: []string{"作品", "分"}, Rows: [][]string{{"=1+1", "-3"}, {"两\n行", "8"}}},
	})
	want := "一句话。\r\n\r\n\r\n作品\t分\r\n'=1+1\t-3\r\n\"两\n行\"\t8\r\n"
	if got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestAWorkbookHoldsTheListWithNumbersAsNumbers(t *testing.T) {
	kittest.New(t)
	var b bytes.Buffer
	all := listing.Collect(container.NewStack(rows(t, row{"甲", "81.5"}, row{"=2", "—"})))
	if err := listing.WriteExcel(&b, words{}, "作品清单", all); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	got, err := f.GetRows("作品清单")
	if err != nil || len(got) != 3 || got[0][0] != "作品" || got[2][0] != "=2" || got[2][1] != "—" {
		t.Fatalf("%q %v", got, err)
	}
	if kind, err := f.GetCellType("作品清单", "B2"); err != nil || kind == excelize.CellTypeSharedString ||
		kind == excelize.CellTypeInlineString {
		t.Errorf("a number stands as text: %v %v", kind, err)
	}
	if formula, err := f.GetCellFormula("作品清单", "A3"); err != nil || formula != "" {
		t.Errorf("text became a formula: %q %v", formula, err)
	}
}

func TestAPrintedListStartsANewPageAndLiesDownWhereItMust(t *testing.T) {
	sh := kittest.New(t)
	for name, c := range map[string]struct {
		columns, rows int
		least, most   int // pages
		lying         bool
	}{
		"short": {2, 3, 1, 1, false}, "long": {2, 120, 3, 6, false},
		"wide": {12, 3, 1, 1, true}, "empty": {2, 0, 1, 1, false},
	} {
		s := kit.Sheet{Lines: []string{strings.Repeat("说明一句。", 20)}}
		list := kit.Sheet{}
		for i := range c.columns {
			list.Heads, list.Right = append(list.Heads, strings.Repeat("列", i%3+2)), append(list.Right, i%2 == 1)
		}
		for range c.rows {
			r := make([]string, c.columns)
			for i := range r {
				r[i] = "内容内容内容内容"
			}
			list.Rows = append(list.Rows, r)
		}
		var a, b bytes.Buffer
		at := time.Date(2026, 5, 12, 0, 0, 0, 0, time.UTC)
		if err := listing.WritePDF(&a, sh, "标题", "某县征集", at, []kit.Sheet{s, list}); err != nil {
			t.Fatal(name, err)
		}
		err := listing.WritePDF(&b, sh, "标题", "某县征集", at, []kit.Sheet{s, list})
		if err != nil || !bytes.Equal(a.Bytes(), b.Bytes()) {
			t.Errorf("%s: equal lists are not equal bytes: %v", name, err)
		}
		pages := bytes.Count(a.Bytes(), []byte("/Type /Page\n"))
		lying := bytes.Contains(a.Bytes(), []byte("[ 0 0 841.89 595.28 ]")) ||
			bytes.Contains(a.Bytes(), []byte("841.89 595.2"))
		if pages < c.least || pages > c.most || lying != c.lying {
			t.Errorf("%s: %d pages, lying %v", name, pages, lying)
		}
	}
}
