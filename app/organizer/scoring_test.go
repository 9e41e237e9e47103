package organizer

import (
	"testing"

	"fayi/app/kit"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
)

func TestScoringAndResultsFit(t *testing.T) {
	o := pagetest.WithJudges(t, 12)
	pagetest.Shots(t, "assign-empty", func(sh kit.Shell) kit.Page { return pageOf(sh, o, kit.Route{Kind: page.Assign}) })
	pagetest.Shots(t, "results-empty", func(sh kit.Shell) kit.Page { return pageOf(sh, o, kit.Route{Kind: page.Results}) })
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
