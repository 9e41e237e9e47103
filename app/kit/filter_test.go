package kit_test

import (
	"testing"

	"fayi/app/kit"
	"fayi/app/kit/choice"
	"fayi/app/kit/filter"
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

func TestAKeptFilterIsNotChangedLater(t *testing.T) {
	sh := kittest.New(t)
	bar := filter.NewBar(sh, nil)
	bar.AddPick("kind", "类别", choice.Option{Key: "sf", Title: "书法"}, choice.Option{Key: "hh", Title: "绘画"})
	root := sh.Put(bar)
	choose := kittest.All[*choice.Select](root)[0]
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
