package kit_test

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
)

func TestFilterFinds(t *testing.T) {
	fields := []string{"SF-0132", "法治中国 Rule of Law", "王小明"}
	for name, c := range map[string]struct {
		text string
		want bool
	}{
		"nothing asked finds all":         {"", true},
		"spaces find all":                 {" 　 ", true},
		"part of a field":                 {"法治", true},
		"all words, in different fields":  {"王 法治", true},
		"one word missing":                {"王 法制", false},
		"letters of any case":             {"sf-01 LAW", true},
		"full-width letters and digits":   {"ＳＦ－０１３２", true},
		"full-width space divides words":  {"王　中国", true},
		"words do not reach over a field": {"中国王", false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := (kit.Filter{Text: c.text}).Finds(fields...); got != c.want {
				t.Errorf("%q: %v", c.text, got)
			}
		})
	}
}

func TestFilterBarTellsEachChange(t *testing.T) {
	sh := kittest.New(t)
	var last kit.Filter
	n := 0
	bar := kit.NewFilterBar(sh, func(f kit.Filter) { last = f; n++ })
	bar.SetQuick(kit.Quick{Title: "全部", Count: 9}, kit.Quick{Key: "new", Title: "待审", Count: 2, Tone: kit.Waiting})
	bar.AddPick("kind", "类别", kit.Option{Key: "sf", Title: "书法"}, kit.Option{Key: "hh", Title: "绘画"})
	root := sh.Put(bar)

	kittest.Tap(t, root, "待审")
	bar.Find()
	for _, c := range "法" {
		sh.Win.Canvas().Focused().TypedRune(c)
	}
	kittest.All[*kit.Select](root)[0].SetSelected("绘画")
	if last.Quick != "new" || last.Text != "法" || last.Pick("kind") != "hh" || n != 3 {
		t.Errorf("filter %+v after %d changes", last, n)
	}
	kittest.All[*kit.Select](root)[0].SetSelected("全部")
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
	bar := kit.NewFilterBar(sh, func(kit.Filter) { t.Error("told of a change nobody made") })
	bar.AddPick("kind", "类别", kit.Option{Key: "sf", Title: "书法"})
	bar.SetQuick(kit.Quick{Title: "全部"}, kit.Quick{Key: "new", Title: "待审"})
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

func TestAKeptFilterIsNotChangedLater(t *testing.T) {
	sh := kittest.New(t)
	bar := kit.NewFilterBar(sh, nil)
	bar.AddPick("kind", "类别", kit.Option{Key: "sf", Title: "书法"}, kit.Option{Key: "hh", Title: "绘画"})
	root := sh.Put(bar)
	choose := kittest.All[*kit.Select](root)[0]
	choose.SetSelected("书法")
	kept := bar.Filter()
	choose.SetSelected("绘画")
	if kept.Pick("kind") != "sf" {
		t.Errorf("the kept filter became %+v", kept)
	}
}

func TestFiltersAreEqualWhateverTheOrderOfChoices(t *testing.T) {
	one := kit.Filter{Text: "法治"}.With("unit", "a").With("kind", "sf")
	two := kit.Filter{Text: "法治"}.With("kind", "hh").With("unit", "a").With("kind", "sf")
	if one != two || one.Pick("unit") != "a" || one.Pick("kind") != "sf" || one.Empty() {
		t.Errorf("%+v and %+v", one, two)
	}
	none := one.With("unit", "").With("kind", "")
	if none.Text = ""; !none.Empty() || none != (kit.Filter{}) || none.Pick("") != "" {
		t.Errorf("all taken back: %+v", none)
	}
	full := kit.Filter{}
	for _, name := range []string{"e", "d", "c", "b", "a"} {
		full = full.With(name, name)
	}
	if full.Pick("b") != "b" || full.Pick("e") != "e" || full.Pick("a") != "" || full.With("c", "x").Pick("c") != "x" {
		t.Errorf("more choices than there is room for: %+v", full)
	}
}

func TestSearchIsEmptiedByEscapeAndCross(t *testing.T) {
	sh := kittest.New(t)
	var got []string
	s := kit.NewSearchEntry(sh, func(text string) { got = append(got, text) })
	root := sh.Put(kit.Stack(0, s))
	sh.Focus(s)
	test.Type(s, "法")
	kittest.Press(sh.Win, "Escape")
	test.Type(s, "治")
	test.Tap(kittest.All[*kit.Button](root)[0])
	if len(got) != 4 || got[1] != "" || got[3] != "" {
		t.Errorf("told %q", got)
	}
}
