package status_test

import (
	"slices"
	"strings"
	"testing"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/kittest"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/status"
)

func TestCardLeadsOnAndShowsItsState(t *testing.T) {
	sh := kittest.New(t)
	n := 0
	c := status.NewCard("审核", func() { n++ })
	root := sh.Put(lay.Row(0, c))
	c.Set("638", "待核对 12 件", look.Waiting)
	kittest.Tap(t, root, "审核")
	if n != 1 || c.Number() != "638" || !kittest.Shows(root, "待核对 12 件") {
		t.Errorf("pressed %d times, shown %q", n, kittest.Texts(root))
	}
}

func TestStatTileAndChipChange(t *testing.T) {
	sh := kittest.New(t)
	s, c := status.NewTile("缺文件", "3", look.Problem), status.NewChip("草稿", look.Info)
	root := sh.Put(lay.Row(0, s, c))
	s.Set("0", look.Done)
	c.Set("已锁定", look.Done)
	if got := kittest.Texts(root); !slices.Equal(got, []string{"0", "缺文件", "已锁定"}) || c.Word() != "已锁定" {
		t.Errorf("shown %q", got)
	}
}

func TestProgressLineCounts(t *testing.T) {
	sh := kittest.New(t)
	p := status.NewProgress("", 10)
	root := sh.Put(lay.Row(0, p))
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

func TestNoticeActsAndCloses(t *testing.T) {
	sh := kittest.New(t)
	undone, closed := 0, 0
	root := sh.Put(status.NewNotice(kit.Notice{
		Tone:   look.Done,
		Text:   "已导入 638 件。",
		Action: "撤销导入",
		Do:     func() { undone++ },
	}, func() { closed++ }))
	kittest.Tap(t, root, "撤销导入")
	buttons := kittest.All[*button.Button](root)
	buttons[len(buttons)-1].Tapped(nil)
	if undone != 1 || closed != 1 {
		t.Errorf("undone %d, closed %d", undone, closed)
	}
}
