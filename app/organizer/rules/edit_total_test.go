package rules

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2/theme"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
)

// A total over awards is added, named after the awards, follows a new name, says what can't be meant, and goes away.
func TestATotalOverAwardsIsWrittenInTheForm(t *testing.T) {
	_, p, root := editing(t, page.RuleAwards)
	kittest.Tap(t, root, "加一个合计名额")
	r := p.draft.Rules
	var all []string
	for _, a := range r.Awards {
		all = append(all, a.Name)
	}
	if len(r.Totals) != 1 || !slices.Equal(r.Totals[0].Awards, all) || r.Totals[0].Percent != 30 ||
		r.Totals[0].Rounding != judging.Down {
		t.Fatalf("%+v", r.Totals)
	}
	entryOf(t, root, "30%").SetText("80%")
	if len(p.faults) > 0 || p.draft.Rules.Totals[0].Percent != 80 {
		t.Fatalf("%+v %+v", p.draft.Rules.Totals, p.faults)
	}
	entryOf(t, root, "80%").SetText("1%")
	if len(p.faults) != 1 || p.faults[0].key != "rules.total_starves" || p.faults[0].section != page.RuleAwards {
		t.Errorf("one place for all awards: %+v", p.faults)
	}
	entryOf(t, root, "1%").SetText("共 90 件")
	if got := p.draft.Rules.Totals[0]; got.Count != 90 || !got.Whole || len(p.faults) > 0 {
		t.Errorf("over all lists: %+v %+v", got, p.faults)
	}
	entryOf(t, root, "共 90 件").SetText("90件")
	if p.draft.Rules.Totals[0].Whole {
		t.Error("90 in each list")
	}
	entryOf(t, root, "一等奖").SetText("特等奖")
	if got := p.draft.Rules.Totals[0]; got.Awards[0] != "特等奖" || got.Count != 90 || len(p.faults) > 0 {
		t.Errorf("%+v %+v", got, p.faults)
	}
	tapIcon(t, root, theme.DeleteIcon(), 0) // the award
	if got := p.draft.Rules.Totals[0].Awards; len(got) != len(all)-1 || slices.Contains(got, "特等奖") {
		t.Errorf("%v", got)
	}
	if len(p.was.Totals) > 0 {
		t.Error("the rules in force were changed")
	}
}

// TestPlacesOverAllListsAreWrittenAsPeopleSayThem reads what people write, and writes it as it is read.
func TestPlacesOverAllListsAreWrittenAsPeopleSayThem(t *testing.T) {
	_, p, root := editing(t, page.RuleAwards)
	for text, want := range map[string]judging.Share{
		"共10": {Count: 10, Whole: true}, "全部名单合计 10 件": {Count: 10, Whole: true}, "10 in all": {Count: 10, Whole: true},
		"一共 5％": {Percent: 5, Whole: true}, "10 件": {Count: 10}, "5%": {Percent: 5},
	} {
		got, wrong := parseShare(p.sh, text, judging.Share{MinScore: 60, Whole: true})
		want.MinScore = 60
		if wrong != "" || got != want {
			t.Errorf("%s: %+v, %s", text, got, wrong)
		}
		if again, _ := parseShare(p.sh, shareWords(p.sh, got), got); again != got {
			t.Errorf("%s is written as %s", text, shareWords(p.sh, got))
		}
	}
	if _, wrong := parseShare(p.sh, "共", judging.Share{}); wrong == "" {
		t.Error("of how many is not said")
	}
	a := &p.draft.Rules.Awards[0]
	entryOf(t, root, shareWords(p.sh, a.Share)).SetText("共 12 件")
	if !a.Whole || a.Count != 12 || len(p.faults) > 0 {
		t.Errorf("%+v %+v", a, p.faults)
	}
	if got := awardTable(p.sh, p.draft.Rules)[1][1]; got != "全部名单合计 12 件" {
		t.Error(got)
	}
}

// TestPlacesOverAllListsAreSeenBeforeTheyAreSaved looks at the preview of two lists of twelve works: of five
// places each has two, and one stays open.
func TestPlacesOverAllListsAreSeenBeforeTheyAreSaved(t *testing.T) {
	o := pagetest.WithWorks(t, 24)
	r, err := o.Rules(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i := range r.Awards {
		r.Awards[i].Share = judging.Share{Count: 5 + i, Whole: true}
	}
	if _, err := o.RuleBook().SaveRules(t.Context(), r, true); err != nil {
		t.Fatal(err)
	}
	open := func(sh kit.Shell) kit.Page { return newEditRulesPage(sh, page.StagesOf(o), page.RulePreview) }
	sh := kittest.New(t)
	root := sh.Open(open(sh))
	pagetest.Settle(sh)
	for _, part := range []string{"一等奖按全部名单合计 5 件分配", "书法 小学组 2.5，摄影 2.5。", "还有 1 件", "全部名单合计5 件"} {
		if !kittest.Shows(root, part) {
			t.Errorf("no %q in %q", part, kittest.Texts(root))
		}
	}
	pagetest.Shots(t, "rules-whole", open)
}
