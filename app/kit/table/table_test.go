package table_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"fayi/app/kit/button"
	"fayi/app/kit/kittest"
	"fayi/app/kit/status"
	"fayi/app/kit/table"
)

type fruit struct {
	name  string
	count int
}

var fruits = []fruit{{"梨", 3}, {"苹果", 10}, {"杏", 1}}

func fruitTable(t *testing.T) (*table.Table[fruit], *kittest.Shell) {
	sh := kittest.New(t)
	table := table.New(func(f fruit) string { return f.name },
		table.TextColumn("名称", 6, 1, func(f fruit) string { return f.name }),
		table.Column[fruit]{
			Title:   "数量",
			Min:     4,
			Number:  true,
			Cell:    func(f fruit) table.Cell { return table.Cell{Text: fmt.Sprint(f.count)} },
			Compare: func(a, b fruit) int { return cmp.Compare(a.count, b.count) },
		},
		table.Column[fruit]{Title: "产地", Min: 4, Cell: func(fruit) table.Cell { return table.Cell{Text: "河池"} }},
	).WithTicks()
	table.SetRows(fruits)
	sh.Put(table)
	return table, sh
}

func names(rows []fruit) (out []string) {
	for _, r := range rows {
		out = append(out, r.name)
	}
	return out
}

func TestTableSortsByPressingHeads(t *testing.T) {
	table, _ := fruitTable(t)
	for _, step := range []struct {
		head string
		want []string
	}{
		{"数量", []string{"杏", "梨", "苹果"}},
		{"数量", []string{"苹果", "梨", "杏"}},
		{"数量", []string{"杏", "梨", "苹果"}},
		{"产地", []string{"杏", "梨", "苹果"}}, // not sortable: nothing changes
		{"名称", []string{"梨", "苹果", "杏"}},
		{"名称", []string{"杏", "苹果", "梨"}},
		{"数量", []string{"杏", "梨", "苹果"}},
	} {
		kittest.TapHead(t, table, step.head)
		if got := names(table.Rows()); !slices.Equal(got, step.want) {
			t.Fatalf("after %s: %v", step.head, got)
		}
	}
	if !kittest.Shows(table, "数量 ▲") {
		t.Errorf("the head does not show the order: %q", kittest.Texts(table))
	}
}

func TestTableOrderStaysWhenRowsComeAnew(t *testing.T) {
	table, _ := fruitTable(t)
	table.SortBy("数量", true)
	table.SetRows(append(slices.Clone(fruits), fruit{"柿子", 5}))
	if got := names(table.Rows()); !slices.Equal(got, []string{"苹果", "柿子", "梨", "杏"}) {
		t.Errorf("got %v", got)
	}
	if title, down := table.Sorted(); title != "数量" || !down {
		t.Errorf("sorted by %q, %v", title, down)
	}
}

func TestTableSelectsByTapAndKeys(t *testing.T) {
	table, sh := fruitTable(t)
	var told []string
	table.OnSelect = func(f fruit) { told = append(told, f.name) }
	kittest.TapRow(t, table, "苹果", 1)
	for _, key := range []fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeyHome, fyne.KeyEnd, fyne.KeyUp,
		fyne.KeyPageUp} {
		kittest.Press(sh.Win, key)
	}
	if want := []string{"苹果", "杏", "梨", "杏", "苹果", "梨"}; !slices.Equal(told, want) {
		t.Errorf("told %v, want %v", told, want)
	}
	if got, ok := table.Selected(); !ok || got.name != "梨" {
		t.Errorf("selected %v, %v", got, ok)
	}
}

func TestTableFirstArrowSelectsFirstRow(t *testing.T) {
	table, sh := fruitTable(t)
	table.Focus()
	kittest.Press(sh.Win, fyne.KeyDown)
	if got, _ := table.Selected(); got.name != "梨" {
		t.Errorf("selected %v", got)
	}
}

func TestTableOpensByDoubleTapAndEnter(t *testing.T) {
	table, sh := fruitTable(t)
	var opened []string
	table.OnOpen = func(f fruit) { opened = append(opened, f.name) }
	kittest.TapRow(t, table, "苹果", 1)
	if len(opened) != 0 {
		t.Fatalf("one tap opened %v", opened)
	}
	kittest.TapRow(t, table, "杏", 2)
	kittest.Press(sh.Win, fyne.KeyReturn)
	if !slices.Equal(opened, []string{"杏", "杏"}) {
		t.Errorf("opened %v", opened)
	}
}

func TestTableSelectionAndTicksFollowTheirRows(t *testing.T) {
	table, _ := fruitTable(t)
	var counts []int
	table.OnTicks = func(n int) { counts = append(counts, n) }
	table.Select("苹果")
	table.Tick("苹果", true)
	table.Tick("杏", true)
	table.SetRows([]fruit{{"苹果", 11}, {"柿子", 2}})
	if got, ok := table.Selected(); !ok || got.count != 11 {
		t.Errorf("selected %v, %v", got, ok)
	}
	if got := names(table.Ticked()); !slices.Equal(got, []string{"苹果"}) {
		t.Errorf("ticked %v: what is no longer seen must not stay ticked", got)
	}
	table.SetRows(nil)
	if _, ok := table.Selected(); ok || len(table.Ticked()) != 0 {
		t.Error("rows that are gone are still selected or ticked")
	}
	if want := []int{1, 2, 1, 0}; !slices.Equal(counts, want) {
		t.Errorf("told %v, want %v", counts, want)
	}
}

func TestTableTicksByHeadKeyAndCell(t *testing.T) {
	table, sh := fruitTable(t)
	kittest.TapHead(t, table, "")
	if n := len(table.Ticked()); n != 3 {
		t.Fatalf("%d rows ticked by the head", n)
	}
	kittest.TapHead(t, table, "")
	if n := len(table.Ticked()); n != 0 {
		t.Fatalf("%d rows still ticked", n)
	}
	kittest.TapRow(t, table, "杏", 1)
	kittest.Press(sh.Win, fyne.KeySpace)
	if got := names(table.Ticked()); !slices.Equal(got, []string{"杏"}) {
		t.Errorf("ticked %v", got)
	}
}

func TestTableShowsEmptyStateOnlyWhenEmpty(t *testing.T) {
	table, _ := fruitTable(t)
	table.SetEmpty(status.NewEmpty("还没有水果", "", nil))
	if table.SetRows(fruits); kittest.Shows(table, "还没有水果") {
		t.Error("shown with rows")
	}
	if table.SetRows(nil); !kittest.Shows(table, "还没有水果") {
		t.Error("not shown without rows")
	}
}

// TestTheWordsOfAnEmptyTableKeepToWhatIsSeen puts a table into a place that is narrower than its columns and than the
// words for no rows.
func TestTheWordsOfAnEmptyTableKeepToWhatIsSeen(t *testing.T) {
	const long = "导入时有问题的行会列在这里，改好为止。"
	sh := kittest.New(t)
	table := sampleTable()
	table.SetEmpty(status.NewEmpty("没有待处理的问题", long, button.New("去看看", nil)))
	table.SetRows(nil)
	const seen = 200
	sh.Put(container.NewHBox(container.NewGridWrap(fyne.NewSize(seen, 400), table)))
	kittest.Settle(table)
	words, lines := "", 0
	kittest.Walk(table, func(o fyne.CanvasObject, at fyne.Position) bool {
		c, ok := o.(*canvas.Text)
		if !ok || !strings.Contains(long, c.Text) {
			return true
		}
		if at.X < 0 || at.X+c.MinSize().Width > seen {
			t.Errorf("%q stands from %g to %g of %d", c.Text, at.X, at.X+c.MinSize().Width, seen)
		}
		words += c.Text
		lines++
		return true
	})
	if words != long || lines < 2 {
		t.Errorf("%d lines say %q", lines, words)
	}
}

func TestTableSetsNumbersFlushRight(t *testing.T) {
	table, _ := fruitTable(t)
	edges := map[float32]bool{}
	kittest.Walk(table, func(o fyne.CanvasObject, at fyne.Position) bool {
		if c, ok := o.(*canvas.Text); ok && (c.Text == "10" || c.Text == "3") {
			if c.Alignment != fyne.TextAlignTrailing {
				t.Errorf("%s is not flush right", c.Text)
			}
			edges[at.X+c.Size().Width] = true
		}
		return true
	})
	if len(edges) != 1 {
		t.Errorf("right edges %v", edges)
	}
}

func TestTableScrollsToARowSelectedBeforeItWasShown(t *testing.T) {
	sh := kittest.New(t)
	table := sampleTable()
	table.SetRows(samples(500))
	table.Select("SF-0400")
	sh.Put(table)
	if !kittest.Shows(table, "SF-0400") {
		t.Error("the selected row is out of sight")
	}
}

func TestTableMenuSelectsItsRow(t *testing.T) {
	table, _ := fruitTable(t)
	var asked string
	table.Acts = func(f fruit) []*fyne.MenuItem {
		asked = f.name
		return []*fyne.MenuItem{fyne.NewMenuItem("吃", nil)}
	}
	kittest.Walk(table, func(o fyne.CanvasObject, _ fyne.Position) bool {
		if x, ok := o.(fyne.SecondaryTappable); ok && slices.Contains(kittest.Texts(o), "杏") {
			test.TapSecondary(x)
		}
		return true
	})
	if got, _ := table.Selected(); asked != "杏" || got.name != "杏" {
		t.Errorf("asked for %q with %v selected", asked, got)
	}
}

func BenchmarkTableSetRows(b *testing.B) {
	sh := kittest.New(b)
	table := sampleTable()
	rows := samples(2000)
	sh.Put(table)
	for b.Loop() {
		table.SetRows(rows)
	}
}

// A column that holds no words leaves its share of the room to names that would be cut, and gets it as soon as it holds
// some; while rows are filtered nothing jumps.
func TestAColumnWithoutWordsLeavesItsRoomToOthers(t *testing.T) {
	sh := kittest.New(t)
	type unit struct{ name, also string }
	long := "某某县人民法院驻城东经济技术开发区"
	one := table.New(func(u unit) string { return u.name },
		table.TextColumn("单位", 5, 1, func(u unit) string { return u.name }),
		table.TextColumn("别称", 5, 1, func(u unit) string { return u.also }))
	room := container.NewGridWrap(fyne.NewSize(26*14, 200), one)
	sh.Put(container.NewWithoutLayout(room))
	room.Resize(room.MinSize())
	whole := func() bool {
		kittest.Settle(room)
		return slices.Contains(kittest.Texts(one), long)
	}
	one.SetRows([]unit{{name: long}})
	if !whole() {
		t.Errorf("the name is cut: %q", kittest.Texts(one))
	}
	one.SetRows([]unit{{long, "东区法庭"}})
	if whole() {
		t.Error("the other column has no room")
	}
	one.SetRows([]unit{{name: long}})
	if whole() {
		t.Error("the columns jump while rows are filtered")
	}
}
