package sight_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit/button"
	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/app/kit/sight"
	"fayi/app/kit/table"
)

var parts = sight.Parts(func(w fyne.Widget) []fyne.CanvasObject { return test.WidgetRenderer(w).Objects() })

func wordsOf(s *kittest.Shell) map[string]sight.Words {
	out := map[string]sight.Words{}
	for _, w := range parts.Look(s.Win).Words {
		out[w.Text] = w
	}
	return out
}

func TestWordsTellWhereTheyStandAndWhatCanBePressed(t *testing.T) {
	s := kittest.New(t)
	deaf := button.New("暂停", nil)
	deaf.Disable()
	s.Put(container.NewVBox(look.NewText("说明", look.Body, look.Plain), button.New("保存", nil), deaf, field.NewEntry()))
	seen := wordsOf(s)
	for words, press := range map[string]bool{"说明": false, "保存": true, "暂停": false} {
		if w, ok := seen[words]; !ok || w.Press != press || w.Seen.Empty() || w.Cut {
			t.Errorf("%s: %+v", words, w)
		}
	}
	if top, below := seen["说明"].Box, seen["保存"].Box; top.Bottom > below.Top {
		t.Errorf("%v stands not above %v", top, below)
	}
	if n := len(parts.Look(s.Win).Fields); n != 1 {
		t.Errorf("%d fields", n)
	}
}

func TestWordsScrolledAwayAreNotSeen(t *testing.T) {
	s := kittest.New(t)
	far := button.New("远处", nil)
	s.Put(container.NewVScroll(container.NewVBox(button.New("近处", nil), lay.Blank(10, 3000), far)))
	seen := wordsOf(s)
	if near, far := seen["近处"], seen["远处"]; near.Seen.Empty() || !far.Seen.Empty() || far.Scroll.Empty() ||
		far.Box.Top < far.Scroll.Bottom {
		t.Errorf("near %+v, far %+v", near, far)
	}
}

func TestOnlyWhatLiesOverThePageIsLookedAt(t *testing.T) {
	s := kittest.New(t)
	s.Put(button.New("下面", nil))
	widget.NewModalPopUp(container.NewVBox(look.NewText("问题", look.Body, look.Plain), button.New("好", nil)),
		s.Win.Canvas()).
		Show()
	seen := wordsOf(s)
	if _, below := seen["下面"]; below || seen["问题"].Press || !seen["好"].Press {
		t.Errorf("%+v", seen)
	}
}

func TestFaultsAreFound(t *testing.T) {
	narrow := func() fyne.CanvasObject {
		text := canvas.NewText("这一行比它的格子长得多", nil)
		return container.NewWithoutLayout(sized(container.NewStack(text), 40, 20))
	}
	over := func() fyne.CanvasObject {
		return container.NewStack(canvas.NewText("第一行", nil), canvas.NewText("第二行", nil))
	}
	column := func() fyne.CanvasObject {
		return table.New(
			func(s string) string { return s },
			table.TextColumn("名字非常非常长的一列", 3, 0, func(s string) string { return s }),
			table.TextColumn("宽", 2, 1, func(s string) string { return s }),
		)
	}
	sentence := func() fyne.CanvasObject {
		return container.NewGridWrap(fyne.NewSize(90, 30), look.NewCutText("指一指方格，看是哪两位评委。", look.Body, look.Plain))
	}
	rivals := func() fyne.CanvasObject {
		off := button.NewPrimary("第三个", nil)
		off.Disable()
		return container.NewVBox(button.NewPrimary("保存", nil), button.NewPrimary("提交", nil), off)
	}
	for name, c := range map[string]struct {
		content func() fyne.CanvasObject
		want    string
	}{
		"sticks out": {narrow, "room"},
		"overlaps":   {over, "stand over each other"},
		"cut head":   {column, "is cut"},
		"sentence":   {sentence, "the sentence"},
		"rivals":     {rivals, `["保存" "提交"]`},
	} {
		s := kittest.New(t)
		s.Put(c.content())
		if got := strings.Join(parts.Faults(s.Win), "\n"); !strings.Contains(got, c.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
	s := kittest.New(t)
	s.Put(container.NewVBox(look.NewText("好的一行", look.Body, look.Plain), button.New("保存", nil)))
	if got := parts.Faults(s.Win); len(got) > 0 {
		t.Errorf("nothing is wrong, but: %q", got)
	}
}

func sized(o fyne.CanvasObject, w, h float32) fyne.CanvasObject {
	o.Resize(fyne.NewSize(w, h))
	return o
}
