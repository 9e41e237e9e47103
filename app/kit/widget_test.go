package kit_test

import (
	"errors"
	"image"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/judging"
)

func TestHeaderShowsTitleCountAndWayBack(t *testing.T) {
	sh := kittest.New(t)
	h := kit.NewPageHeader("作品", kit.NewPrimary("导入作品", func() { sh.Reload() })).WithBack(sh.Back)
	root := sh.Put(h)
	h.SetCount("640 件")
	h.SetTitle("全部作品")
	if got := kittest.Texts(root); !slices.Equal(got, []string{"全部作品", "640 件", "导入作品"}) {
		t.Errorf("shown %q", got)
	}
	kittest.Tap(t, root, "导入作品")
	kittest.All[*kit.Button](root)[0].Tapped(nil)
	if sh.Loads != 1 || sh.Backs != 1 {
		t.Errorf("%d acts, %d ways back", sh.Loads, sh.Backs)
	}
}

func TestCardLeadsOnAndShowsItsState(t *testing.T) {
	sh := kittest.New(t)
	n := 0
	c := kit.NewCard("审核", func() { n++ })
	root := sh.Put(kit.Row(0, c))
	c.Set("638", "待核对 12 件", kit.Waiting)
	kittest.Tap(t, root, "审核")
	if n != 1 || c.Number() != "638" || !kittest.Shows(root, "待核对 12 件") {
		t.Errorf("pressed %d times, shown %q", n, kittest.Texts(root))
	}
}

func TestStatTileAndChipChange(t *testing.T) {
	sh := kittest.New(t)
	s, c := kit.NewStatTile("缺文件", "3", kit.Problem), kit.NewChip("草稿", kit.Info)
	root := sh.Put(kit.Row(0, s, c))
	s.Set("0", kit.Done)
	c.Set("已锁定", kit.Done)
	if got := kittest.Texts(root); !slices.Equal(got, []string{"0", "缺文件", "已锁定"}) || c.Word() != "已锁定" {
		t.Errorf("shown %q", got)
	}
}

func TestSegmentsTellOnlyWhatChanges(t *testing.T) {
	sh := kittest.New(t)
	var got []string
	s := kit.NewSegments([]kit.Option{{
		Key:   "list",
		Title: "列表",
	}, {
		Key:   "pic",
		Title: "图",
	}}, "list", func(k string) { got = append(got, k) })
	root := sh.Put(kit.Row(0, s))
	kittest.Tap(t, root, "列表")
	kittest.Tap(t, root, "图")
	s.Choose("list")
	if !slices.Equal(got, []string{"pic"}) || s.Chosen() != "list" {
		t.Errorf("told %v, chosen %s", got, s.Chosen())
	}
}

func TestRailMarksStatesByShape(t *testing.T) {
	sh := kittest.New(t)
	var got string
	r := kit.NewRail(func(k string) { got = k })
	root := sh.Put(r)
	r.SetStages([]kit.Stage{
		{Key: "home", Title: "总览", State: kit.Place}, {Key: "a", Title: "征集", Note: "638", State: kit.Finished},
		{
			Key:   "b",
			Title: "审核",
			State: kit.Next,
		}, {
			Key:   "c",
			Title: "分配",
			State: kit.Stuck,
		}, {
			Key:   "d",
			Title: "评审",
			State: kit.Ahead,
		},
	}, "a")
	if texts := kittest.Texts(root); !slices.Equal(texts, []string{"总览", "征集", "638", "2", "审核", "分配", "4", "评审"}) {
		t.Errorf("shown %q: done and stuck stages show a shape for their number, places none", texts)
	}
	if n := len(kittest.All[*widget.Icon](root)); n != 2 {
		t.Errorf("%d icons", n)
	}
	for _, c := range kittest.All[*canvas.Text](root) {
		if c.TextStyle.Bold != (c.Text == "审核" || c.Text == "2") {
			t.Errorf("%q: bold %v", c.Text, c.TextStyle.Bold)
		}
	}
	kittest.Tap(t, root, "评审")
	if got != "d" {
		t.Errorf("led to %q", got)
	}
}

func TestProblemsNarrowByKindAndOpenTheirLine(t *testing.T) {
	sh := kittest.New(t)
	p := kit.NewProblems(sh)
	opened := -1
	p.OnOpen = func(i int) { opened = i }
	root := sh.Put(p)
	if !kittest.Shows(root, "没有问题") {
		t.Errorf("shown %q", kittest.Texts(root))
	}
	p.SetLines([]kit.ProblemLine{
		{
			Kind:  "缺姓名",
			Place: "第 2 行",
			Text:  "甲",
			Tone:  kit.Problem,
		}, {
			Kind:  "电话有误",
			Place: "第 3 行",
			Text:  "乙",
			Tone:  kit.Waiting,
		},
		{Kind: "缺姓名", Place: "第 4 行", Text: "丙", Tone: kit.Problem},
	})
	kittest.Tap(t, root, "电话有误")
	if kittest.Shows(root, "第 2 行") || !kittest.Shows(root, "第 3 行") {
		t.Errorf("shown %q", kittest.Texts(root))
	}
	kittest.TapRow(t, root, "第 3 行", 2)
	if opened != 1 {
		t.Errorf("opened line %d", opened)
	}
}

func TestProgressLineCounts(t *testing.T) {
	sh := kittest.New(t)
	p := kit.NewProgressLine("", 10)
	root := sh.Put(kit.Row(0, p))
	for _, c := range []struct {
		done, total int
		want        string
	}{{212, 640, "212/640"}, {7, 0, "7"}, {0, 0, ""}, {9, 3, "9/3"}} {
		p.Set("读取", c.done, c.total)
		if got := strings.TrimPrefix(strings.Join(kittest.Texts(root), ""), "读取"); got != c.want {
			t.Errorf("%d of %d: %q", c.done, c.total, got)
		}
	}
}

func TestBarsTellLimitsByTone(t *testing.T) {
	for _, c := range []struct {
		bar  kit.Bar
		want kit.Tone
	}{
		{kit.Bar{Value: 5, Low: 3, High: 6}, kit.Info}, {kit.Bar{Value: 7, Low: 3, High: 6}, kit.Problem},
		{kit.Bar{Value: 2, Low: 3, High: 6}, kit.Waiting}, {kit.Bar{Value: 900}, kit.Info}, {kit.Bar{}, kit.Info},
	} {
		if got := c.bar.Tone(); got != c.want {
			t.Errorf("%+v: %v", c.bar, got)
		}
	}
	sh := kittest.New(t)
	root := sh.Put(kit.NewBars([]kit.Bar{{Label: "王老师", Value: 23, Text: "23 件"}, {Label: "李老师"}}))
	if !kittest.Shows(root, "王老师23 件李老师") {
		t.Errorf("shown %q", kittest.Texts(root))
	}
}

func TestNoticeActsAndCloses(t *testing.T) {
	sh := kittest.New(t)
	undone, closed := 0, 0
	root := sh.Put(kit.NewNotice(kit.Notice{
		Tone:   kit.Done,
		Text:   "已导入 638 件。",
		Action: "撤销导入",
		Do:     func() { undone++ },
	}, func() { closed++ }))
	kittest.Tap(t, root, "撤销导入")
	buttons := kittest.All[*kit.Button](root)
	buttons[len(buttons)-1].Tapped(nil)
	if undone != 1 || closed != 1 {
		t.Errorf("undone %d, closed %d", undone, closed)
	}
}

func TestAskActsOnlyAfterTheTickAndStaysOnError(t *testing.T) {
	sh := kittest.New(t)
	fail := errors.New("x")
	acts, closed := 0, 0
	root := sh.Put(kit.NewAsk(sh, kit.Question{
		Title:  "锁定结果",
		Text:   "将锁定 638 件。",
		Action: "锁定",
		Check:  "我已核对",
		Danger: true,
		Do:     func() error { acts++; return fail },
	}, func() { closed++ }))
	kittest.Tap(t, root, "锁定")
	if acts != 0 {
		t.Fatal("acted without the tick")
	}
	kittest.All[*widget.Check](root)[0].SetChecked(true)
	kittest.Tap(t, root, "锁定")
	if acts != 1 || closed != 0 || !kittest.Shows(root, "程序内部出错") {
		t.Fatalf("acts %d, closed %d, shown %q", acts, closed, kittest.Texts(root))
	}
	fail = nil
	kittest.Tap(t, root, "锁定")
	kittest.Tap(t, root, "取消")
	if acts != 2 || closed != 2 {
		t.Errorf("acts %d, closed %d", acts, closed)
	}
}

func TestAskWithoutActOnlyCloses(t *testing.T) {
	sh := kittest.New(t)
	closed := 0
	root := sh.Put(kit.NewAsk(sh, kit.Question{Title: "没有做成"}, func() { closed++ }))
	kittest.Tap(t, root, "关闭")
	if closed != 1 {
		t.Error("not closed")
	}
}

func TestDates(t *testing.T) {
	sh := kittest.New(t)
	at := time.Date(2020, 5, 2, 9, 4, 0, 0, time.UTC)
	if got := kit.DateTime(sh, at) + "|" + kit.DateTime(sh, time.Time{}); got != "2020年5月2日 09:04|" {
		t.Errorf("got %q", got)
	}
	sh.Speak("en")
	if got := kit.DateTime(sh, at); got != "2020-05-02 09:04" {
		t.Errorf("got %q", got)
	}
}

func TestGallerySelectsOpensAndKeepsItsPlace(t *testing.T) {
	sh := kittest.New(t)
	g := kit.NewGallery(func(f fruit) string { return f.name }, func(f fruit) kit.Cell {
		return kit.Cell{
			Text: f.name,
		}
	}, func(fruit) (image.Image, fyne.Resource) { return nil, theme.FileImageIcon() })
	var selected, opened []string
	g.OnSelect, g.OnOpen = func(f fruit) {
		selected = append(selected, f.name)
	}, func(f fruit) { opened = append(opened, f.name) }
	g.SetEmpty(kit.NewEmptyState("还没有图", "", nil))
	root := sh.Put(g)
	if !kittest.Shows(root, "还没有图") {
		t.Errorf("shown %q", kittest.Texts(root))
	}
	g.SetItems(fruits)
	g.Select("苹果")
	g.SetItems(fruits[1:])
	if f, ok := g.Selected(); !ok || f.name != "苹果" {
		t.Errorf("selected %v %v", f, ok)
	}
	cells := kittest.All[*canvas.Image](root)
	if len(cells) != 2 {
		t.Fatalf("%d pictures", len(cells))
	}
	for range 2 {
		kittest.TapText(t, root, "杏")
	}
	kittest.Press(sh.Win, fyne.KeyLeft)
	kittest.Press(sh.Win, fyne.KeyReturn)
	if !slices.Equal(selected, []string{"苹果", "杏", "苹果"}) || !slices.Equal(opened, []string{"杏", "苹果"}) {
		t.Errorf("selected %v, opened %v", selected, opened)
	}
}

func TestMenuButtonOpensItsMenu(t *testing.T) {
	sh := kittest.New(t)
	n := 0
	root := sh.Put(kit.Row(0, kit.NewMenuButton("更多", fyne.NewMenuItem("作废", func() { n++ }))))
	kittest.Tap(t, root, "更多 ▾")
	if top := kittest.Top(sh.Win); top == nil || !kittest.Shows(top, "作废") {
		t.Fatal("no menu came up")
	}
	kittest.TapText(t, kittest.Top(sh.Win), "作废")
	if n != 1 {
		t.Error("the menu did nothing")
	}
}

// TestALongQuestionScrollsBetweenTitleAndButtons keeps the buttons of a form that is higher than the window where
// they can be pressed.
func TestALongQuestionScrollsBetweenTitleAndButtons(t *testing.T) {
	sh := kittest.New(t)
	var fields []kit.FormField
	for range 12 {
		fields = append(fields, kit.NewTextField(sh, "名称", "说明", kit.TextRule{}))
	}
	ask := kit.NewAsk(sh, kit.Question{Title: "填表", Action: "保存", Content: kit.NewForm(fields...)}, func() {})
	if h := ask.MinSize().Height; h < 720 {
		t.Fatalf("the form needs only %.0f", h)
	}
	ask.Bound(600)
	sh.Put(container.NewCenter(ask))
	if h := ask.MinSize().Height; h > 600 {
		t.Errorf("it needs %.0f of 600", h)
	}
	if faults := kittest.Misfits(sh.Win); len(faults) > 0 || !kittest.Shows(ask, "保存") {
		t.Error(faults)
	}
}

// TestAQuestionThatGrowsScrollsInsteadOfLeavingTheWindow keeps the buttons in the window when an act says why it
// failed.
func TestAQuestionThatGrowsScrollsInsteadOfLeavingTheWindow(t *testing.T) {
	sh := kittest.New(t)
	var fields []kit.FormField
	for range 4 {
		fields = append(fields, kit.NewTextField(sh, "名称", "说明", kit.TextRule{}))
	}
	ask := kit.NewAsk(sh, kit.Question{
		Title: "填表", Action: "保存", Content: kit.NewForm(fields...),
		Do: func() error { return judging.Fail(judging.Invalid, "kit.whole_only", nil) },
	}, func() {})
	most := ask.MinSize().Height + 4
	ask.Bound(most)
	sh.Put(container.NewCenter(ask))
	kittest.TapText(t, ask, "保存")
	if h := ask.MinSize().Height; h > most {
		t.Errorf("it needs %.0f of %.0f", h, most)
	}
	if faults := kittest.Misfits(sh.Win); len(faults) > 0 || !kittest.Shows(ask, "请填整数。") {
		t.Errorf("%v, shown %q", faults, kittest.Texts(ask))
	}
}
