package results

import (
	"context"
	"strings"
	"testing"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/judgetest"
	"fayi/judging/office/results"
	"fayi/judging/voting"
)

// TestPagesOfMarksSayThatThereAreNone opens them in a round of votes.
func TestPagesOfMarksSayThatThereAreNone(t *testing.T) {
	o := pagetest.WithWorks(t, 6)
	votes := "\n[voting]\nkind = \"votes\"\nvotes = 1\n[combine]"
	file := strings.Replace(judgetest.WithoutLeast(rubrics.LegalCulture), "\n[combine]", votes, 1)
	if _, err := o.RuleBook().LoadRules(t.Context(), strings.NewReader(file), true); err != nil {
		t.Fatal(err)
	}
	for name, open := range map[string]func(sh kit.Shell) kit.Page{
		"fairness": func(sh kit.Shell) kit.Page { return newFairnessPage(sh, page.StagesOf(o), "") },
		"severity": func(sh kit.Shell) kit.Page { return newSeverityPage(sh, page.StagesOf(o), "") },
		"charts":   func(sh kit.Shell) kit.Page { return newChartsPage(sh, page.StagesOf(o), "") },
	} {
		sh := kittest.New(t)
		root := sh.Open(open(sh))
		if !kittest.Shows(root, "本轮不打分") || !kittest.Shows(root, "本轮是投票") || len(sh.Errors) > 0 {
			t.Errorf("%s: %q, %v", name, kittest.Texts(root), sh.Errors)
		}
		kittest.Tap(t, root, "看结果")
		if len(sh.Routes) == 0 || sh.Routes[len(sh.Routes)-1].Kind != page.Results {
			t.Errorf("%s: %v", name, sh.Routes)
		}
	}
	kappa, w := .4234, .75
	said := agreed{page.StagesOf(o), []results.VoteAgreement{
		{Category: "书法", Kind: voting.Votes, Works: 12, Judges: 5, Same: 7, Kappa: &kappa},
		{Category: "绘画", Group: "小学组", Kind: voting.Ranking, Works: 6, Judges: 5, W: &w},
	}}
	sh := kittest.New(t)
	root := sh.Open(newFairnessPage(sh, said, ""))
	for _, part := range []string{"评委有多一致", "7 件（58.3%）", "0.42（弗莱斯 κ", "绘画 小学组", "0.75（肯德尔和谐系数 W"} {
		if !kittest.Shows(root, part) {
			t.Errorf("no %q in %q", part, kittest.Texts(root))
		}
	}
	pagetest.Shots(t, "results-nomarks", func(sh kit.Shell) kit.Page { return newFairnessPage(sh, said, "") })
}

// agreed are the operations on a contest of which it is known how far judges agree.
type agreed struct {
	page.Stages

	all []results.VoteAgreement
}

func (a agreed) VoteAgreement(context.Context, judging.Round) ([]results.VoteAgreement, error) {
	return a.all, nil
}
