package kitmark

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"fayi/judging"
)

func call() judging.Rules {
	return judging.Rules{
		Categories: []judging.Category{
			{Name: "书法", Requires: &judging.Requires{MaxMB: 10}}, {Name: "绘画"}, {Name: "征文"},
		},
		Groups: []judging.GroupRule{{Name: "小学组"}, {Name: "成人组"}},
	}
}

var day = time.Date(2026, 5, 1, 9, 0, 0, 0, time.UTC)

func TestAMarkComesBackAsItWas(t *testing.T) {
	m := Of(call(), "2026-06-30", day)
	got, ok := Parse(m.String())
	if !ok || !reflect.DeepEqual(got, m) {
		t.Errorf("%+v became %+v, %v", m, got, ok)
	}
	if len(m.Differ(m)) != 0 || m.Tell(m, judging.Place{}) != nil {
		t.Error("a mark differs from itself")
	}
	if later := Of(call(), "2026-06-30", day.AddDate(0, 1, 0)); m.Differ(later) != nil {
		t.Error("the day alone is a difference")
	}
}

func TestEachChangeOfACallIsNamed(t *testing.T) {
	was := Of(call(), "2026-06-30", day)
	for name, c := range map[string]struct {
		change func(*judging.Rules, *string)
		want   Difference
	}{
		"category gone": {func(r *judging.Rules, _ *string) { r.Categories = r.Categories[:2] },
			Difference{"kit.category_gone", judging.Args{"Names": "征文", "N": 1}}},
		"category new": {func(r *judging.Rules, _ *string) {
			r.Categories = append(r.Categories, judging.Category{Name: "摄影"}, judging.Category{Name: "微视频"})
		}, Difference{"kit.category_new", judging.Args{"Names": "摄影、微视频", "N": 2}}},
		"group gone": {func(r *judging.Rules, _ *string) { r.Groups = r.Groups[1:] },
			Difference{"kit.group_gone", judging.Args{"Names": "小学组", "N": 1}}},
		"group new": {func(r *judging.Rules, _ *string) {
			r.Groups = append(r.Groups, judging.GroupRule{Name: "中学组"})
		}, Difference{"kit.group_new", judging.Args{"Names": "中学组", "N": 1}}},
		"asked more": {func(r *judging.Rules, _ *string) {
			r.Categories[1].Requires = &judging.Requires{MinLong: 2000}
		}, Difference{"kit.asks", judging.Args{"Names": "绘画", "N": 1}}},
		"asked nothing more": {func(r *judging.Rules, _ *string) { r.Categories[0].Requires = nil },
			Difference{"kit.asks", judging.Args{"Names": "书法", "N": 1}}},
		"deadline": {func(_ *judging.Rules, until *string) { *until = "2026-07-15" },
			Difference{"kit.deadline", judging.Args{"Was": "2026-06-30", "Now": "2026-07-15"}}},
	} {
		rules, until := call(), "2026-06-30"
		c.change(&rules, &until)
		got := was.Differ(Of(rules, until, day))
		if !reflect.DeepEqual(got, []Difference{c.want}) {
			t.Errorf("%s: %+v", name, got)
		}
	}
	was.Consent = false
	if got := was.Differ(Of(call(), "", day)); len(got) != 1 || got[0].Text != "kit.no_consent" {
		t.Errorf("%+v", got)
	}
}

func TestAForgedMarkSaysLittle(t *testing.T) {
	for _, s := range []string{
		"", "{}", "null", "[]", `{"d":"2026-05-01"}`, `{"d":"gestern","c":[{"n":"书法"}]}`, `{"c":[{"n":"书法"}]}`,
		`{"d":"2026-05-01","c":[{"n":"` + strings.Repeat("x", most) + `"}]}`,
		`{"d":"2026-05-01","u":"=1+1","c":[{"n":"a"}]}`,
	} {
		if m, ok := Parse(s); ok {
			t.Errorf("%.40q is %+v", s, m)
		}
	}
	forged := Mark{Day: "2026-05-01"}
	for range 500 {
		forged.Offers = append(forged.Offers, Offer{Name: strings.Repeat("长", 50) + "\n\u202e"})
	}
	for _, d := range forged.Differ(Of(call(), "", day)) {
		if said, _ := d.Args["Names"].(string); len([]rune(said)) > 700 || strings.ContainsAny(said, "\n\u202e") {
			t.Errorf("%d characters: %q", len([]rune(said)), said)
		}
	}
	if huge := (Mark{Day: "2026-05-01", Offers: forged.Offers}); huge.String() != "" {
		t.Error("no cell holds this")
	}
}
