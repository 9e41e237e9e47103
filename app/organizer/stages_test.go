package organizer

import (
	"strings"
	"testing"

	"fayi/app/kit"
	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging"
)

func TestTheResultsAndTheJudgesLeadOn(t *testing.T) {
	o := pagetest.Scored(t, 12)
	sh := kittest.New(t)
	root := sh.Open(pageOf(sh, o, kit.Route{Kind: page.Results}))
	kittest.Tap(t, root, "名次把握")
	kittest.TapRow(t, root, "3", 2)
	root = sh.Open(pageOf(sh, o, kit.Route{Kind: page.Judges}))
	kittest.Tap(t, root, "评委分析")
	if len(sh.Routes) != 3 || sh.Routes[0].Kind != page.Fairness || sh.Routes[1].Kind != page.Explain ||
		sh.Routes[1].ID == "" || sh.Routes[2].Kind != page.Severity {
		t.Fatalf("%v", sh.Routes)
	}
}

func TestTheRoundEndsByTheRuleAndIsReopened(t *testing.T) {
	o := pagetest.AtWork(t)
	sh := kittest.New(t)
	p := pageOf(sh, o, kit.Route{Kind: page.Progress})
	root := sh.Open(p)
	kittest.Tap(t, root, "结束评分…")
	if len(sh.Errors) != 1 || judging.CodeOf(sh.Errors[0]) != judging.Closed {
		t.Fatal("a round that waits was closed", sh.Errors)
	}
	var b strings.Builder
	if err := o.RuleBook().ExportRules(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	if _, err := o.RuleBook().LoadRules(
		t.Context(), strings.NewReader("missing_judges = \"needs\"\nmin_scores = 2\n"+b.String()), true,
	); err != nil {
		t.Fatal(err)
	}
	kittest.Tap(t, root, "结束评分…")
	q := sh.Asked[0]
	if q.Check == "" || !strings.Contains(q.Text, "缺 4 位评委") || !strings.Contains(q.Text, "少于 2 个") {
		t.Fatalf("%+v", q)
	}
	q.Content.(*field.Text).SetText("评委生病")
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	p.Load()
	if !kittest.Shows(root, "评委生病") {
		t.Fatalf("%q", kittest.Texts(root))
	}
	kittest.Tap(t, root, "重新开放…")
	sh.Asked[1].Content.(*field.Text).SetText("评委回来了")
	if err := sh.Answer(t); err != nil {
		t.Fatal(err)
	}
	rules := pageOf(sh, o, kit.Route{Kind: page.Rules})
	if root := sh.Open(rules); !kittest.Shows(root, "评分少于 2 个的作品不排名次") {
		t.Error("the rules page does not state the rule")
	}
}

func TestScoringAndResultsFit(t *testing.T) {
	o := pagetest.WithJudges(t, 12)
	pagetest.Shots(t, "assign-empty", func(sh kit.Shell) kit.Page {
		return pageOf(sh, o, kit.Route{Kind: page.Assign})
	})
	pagetest.Shots(t, "results-empty", func(sh kit.Shell) kit.Page {
		return pageOf(sh, o, kit.Route{Kind: page.Results})
	})
	o = pagetest.WithPlan(t, 12)
	pagetest.Shots(t, "assign", func(sh kit.Shell) kit.Page { return pageOf(sh, o, kit.Route{Kind: page.Assign}) })
	pagetest.Shots(t, "progress", func(sh kit.Shell) kit.Page { return pageOf(sh, o, kit.Route{Kind: page.Progress}) })
	pagetest.Score(t, o)
	if _, err := o.Awards().DecideAwards(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	pagetest.Shots(t, "results", func(sh kit.Shell) kit.Page { return pageOf(sh, o, kit.Route{Kind: page.Results}) })
	pagetest.Shots(t, "rules", func(sh kit.Shell) kit.Page { return pageOf(sh, o, kit.Route{Kind: page.Rules}) })
}
