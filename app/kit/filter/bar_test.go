package filter_test

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"fayi/app/kit"
	"fayi/app/kit/button"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/filter"
	"fayi/app/kit/kittest"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

func TestFilterBarTellsEachChange(t *testing.T) {
	sh := kittest.New(t)
	var last kit.Filter
	n := 0
	bar := filter.NewBar(sh, func(f kit.Filter) { last = f; n++ })
	bar.SetQuick(
		filter.Quick{Title: "全部", Count: 9}, filter.Quick{Key: "new", Title: "待审", Count: 2, Tone: look.Waiting},
	)
	bar.AddPick("kind", "类别", choice.Option{Key: "sf", Title: "书法"}, choice.Option{Key: "hh", Title: "绘画"})
	root := sh.Put(bar)

	kittest.Tap(t, root, "待审")
	bar.Find()
	for _, c := range "法" {
		sh.Win.Canvas().Focused().TypedRune(c)
	}
	kittest.All[*choice.Select](root)[0].SetSelected("绘画")
	if last.Quick != "new" || last.Text != "法" || last.Pick("kind") != "hh" || n != 3 {
		t.Errorf("filter %+v after %d changes", last, n)
	}
	kittest.All[*choice.Select](root)[0].SetSelected("全部")
	if last.Pick("kind") != "" || last.Empty() {
		t.Errorf("filter %+v", last)
	}
	bar.Clear()
	if !last.Empty() {
		t.Errorf("filter %+v after clearing", last)
	}
}

func TestFilterBarShowsAGivenFilterQuietly(t *testing.T) {
	sh := kittest.New(t)
	bar := filter.NewBar(sh, func(kit.Filter) { t.Error("told of a change nobody made") })
	bar.AddPick("kind", "类别", choice.Option{Key: "sf", Title: "书法"})
	bar.SetQuick(filter.Quick{Title: "全部"}, filter.Quick{Key: "new", Title: "待审"})
	root := sh.Put(bar)
	want := kit.Filter{Text: "法治", Quick: "new"}.With("kind", "sf")
	bar.SetFilter(want)
	for _, word := range []string{"法治", "书法", "待审"} {
		if !kittest.Shows(root, word) {
			t.Errorf("%q is not shown: %q", word, kittest.Texts(root))
		}
	}
	if got := bar.Filter(); got.Text != want.Text || got.Quick != want.Quick || got.Pick("kind") != "sf" {
		t.Errorf("filter %+v", got)
	}
}

func TestSearchIsEmptiedByEscapeAndCross(t *testing.T) {
	sh := kittest.New(t)
	var got []string
	s := field.NewSearchEntry(sh, func(text string) { got = append(got, text) })
	root := sh.Put(lay.Stack(0, s))
	sh.Focus(s)
	test.Type(s, "法")
	kittest.Press(sh.Win, "Escape")
	test.Type(s, "治")
	test.Tap(kittest.All[*button.Button](root)[0])
	if len(got) != 4 || got[1] != "" || got[3] != "" {
		t.Errorf("told %q", got)
	}
}
