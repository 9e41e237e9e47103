package office_test

import (
	"testing"

	"fayi/judging"
	onstage "fayi/judging/live"
	"fayi/judging/office/live"
)

// TestPanelsAndCriteriaChangeNoScoreUnseen: a judge keeps the panel of which nothing is said, rules keep the panels
// that judges are in, totals alone keep rules from combining criteria, and nothing is released that lacks a panel.
func TestPanelsAndCriteriaChangeNoScoreUnseen(t *testing.T) {
	o := onStage(t, onstage.Rule{Show: onstage.ShowCode})
	sheet, err := o.Rules(t.Context())
	must(t, err)
	sheet.Panels = []judging.Panel{{Name: "专家", Weight: 70}, {Name: "大众", Weight: 30}}
	must(t, reads(o.RuleBook().SaveRules(t.Context(), sheet, true)))
	all, err := o.Assignment().Judges(t.Context())
	must(t, err)
	lay := all[4]
	lay.Panel = "大众"
	must(t, reads(o.Assignment().AddJudge(t.Context(), lay)))
	lay.Panel, lay.Post = "", "讲师"
	kept, err := o.Assignment().AddJudge(t.Context(), lay)
	must(t, err)
	if kept.Panel != "大众" || kept.Post != "讲师" {
		t.Errorf("%+v", kept)
	}
	lay.Panel = "听众"
	wantCode(t, reads(o.Assignment().AddJudge(t.Context(), lay)), judging.Invalid, "judges.unknown_panel")
	sheet, err = o.Rules(t.Context())
	must(t, err)
	renamed := sheet
	renamed.Panels = []judging.Panel{{Name: "专家", Weight: 70}, {Name: "观众", Weight: 30}}
	wantCode(t, reads(o.RuleBook().SaveRules(t.Context(), renamed, true)), judging.Clash, "rules.panel_in_use")

	must(t, reads(o.Live().Draw(t.Context(), live.DrawRequest{Categories: []string{"书法"}, Seed: &seven})))
	on, err := o.Live().Call(t.Context(), "")
	must(t, err)
	score := func(judge judging.JudgeID) {
		b := judging.Ballot{Code: on.Code, Total: 80, Base: judging.NoScore}
		must(t, reads(o.Scoring().Desk(judge).Save(t.Context(), b)))
	}
	score(all[0].ID)
	must(t, reads(o.Live().Close(t.Context(), live.CloseRequest{Early: true})))
	wantCode(t, reads(o.Live().Release(t.Context(), "")), judging.Clash, "stage.lacks_panel")
	must(t, reads(o.Live().Reopen(t.Context(), "")))
	score(all[4].ID)
	must(t, reads(o.Live().Close(t.Context(), live.CloseRequest{Early: true})))
	must(t, reads(o.Live().Release(t.Context(), "")))

	each := sheet
	each.Combine.ByCriterion, each.TotalOnly = true, false
	wantCode(t, reads(o.RuleBook().SaveRules(t.Context(), each, true)), judging.Clash, "rules.totals_in_use")
}
