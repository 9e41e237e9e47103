package table_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit/kittest"
	"fayi/app/kit/table"
)

func TestASentenceThatARowHasNoRoomForStandsBelowWhenItIsSelected(t *testing.T) {
	sh := kittest.New(t)
	const said = "给“枫桥镇初级中学（示例）”的三件作品，平均比预期低九分，建议看一看，不代表有错。"
	tab := table.New(func(s string) string { return s },
		table.TextColumn("类型", 4, 0, func(string) string { return "评委" }),
		table.TextColumn("说明", 10, 1, func(s string) string { return s }))
	tab.SetRows([]string{said, "短的一句。", strings.Repeat("很长的名字", 20)})
	sh.Put(container.NewGridWrap(fyne.NewSize(420, 400), tab))
	shown := func() string { return strings.ReplaceAll(strings.Join(kittest.Texts(sh.Win.Content()), ""), " ", "") }
	if strings.Contains(shown(), said) {
		t.Fatal("the sentence is whole before its row is selected")
	}
	tab.Select(said)
	if !strings.Contains(shown(), said) {
		t.Errorf("shown %q", shown())
	}
	for _, other := range []string{"短的一句。", strings.Repeat("很长的名字", 20), ""} {
		tab.Select(other)
		if strings.Contains(shown(), said) {
			t.Errorf("it stays when %q is selected", other)
		}
	}
	tab.Select(said)
	tab.SetRows([]string{"短的一句。"})
	if strings.Contains(shown(), said) {
		t.Error("it stays when its row is gone")
	}
}
