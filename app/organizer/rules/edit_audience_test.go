package rules

import (
	"testing"

	"fyne.io/fyne/v2"

	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
	"fayi/judging/audience"
)

// What votes of an audience weigh is said in the editor; what can't be meant is shown at its line, and choosing that
// nothing counts takes all of it away.
func TestVotesOfAnAudienceAreSaidInTheEditor(t *testing.T) {
	o := pagetest.NewContest(t)
	sh := kittest.New(t)
	p := newEditRulesPage(sh, page.StagesOf(o), page.RuleBasics)
	root := sh.Open(p)
	r := &p.draft.Rules
	if r.Audience != nil {
		t.Fatalf("%+v", r.Audience)
	}
	chooseAudience(t, root, "占最高票的比例")
	if r.Audience == nil || r.Audience.By != audience.Share || len(p.faults) > 0 {
		t.Fatalf("%+v, %+v", r.Audience, p.faults)
	}
	numberOf(t, root, "观众投票的权重").Entry().SetText("100")
	if len(p.faults) != 1 || p.faults[0].section != page.RuleBasics {
		t.Errorf("%+v", p.faults)
	}
	numberOf(t, root, "观众投票的权重").Entry().SetText("12.5")
	numberOf(t, root, "至少票数").Entry().SetText("30")
	numberOf(t, root, "票数上限").Entry().SetText("20")
	if len(p.faults) != 1 || p.faults[0].key != "rules.audience_limits" {
		t.Errorf("%+v", p.faults)
	}
	numberOf(t, root, "票数上限").Entry().SetText("2000")
	chooseAudience(t, root, "按票数分档")
	f := form{t, sh, p, root}
	f.line("audience_steps", "加一档", "1000", "60")
	f.line("audience_steps", "加一档", "100", "80")
	if len(p.faults) != 1 || p.faults[0].row != 2 {
		t.Errorf("%+v", p.faults)
	}
	notes := p.lines.lists["audience_steps"].Notes()
	if notes[0].Wrong() != "" || notes[1].Wrong() == "" {
		t.Errorf("%q, %q", notes[0].Wrong(), notes[1].Wrong())
	}
	all := kittest.All[*field.Entry](root)
	for i, e := range all {
		if e == notes[1].First() {
			all[i+1].SetText("33.5")
		}
	}
	want := audience.Rule{Weight: 12.5, By: audience.Bands, Least: 30, Most: 2000}
	got := *r.Audience
	if len(p.faults) > 0 || len(got.Steps) != 2 || got.Steps[1] != (audience.Step{At: 100, Mark: 33.5}) {
		t.Errorf("%+v, %+v", got, p.faults)
	}
	if got.Weight != want.Weight || got.By != want.By || got.Least != want.Least || got.Most != want.Most {
		t.Errorf("%+v", got)
	}
	sh.Win.Resize(fyne.NewSize(1060, 2400))
	pagetest.Settle(sh)
	for _, m := range kittest.Misfits(sh.Win) {
		t.Error(m)
	}
	kittest.Shot(t, sh.Win, "audience-rules")
	if kept := p.Keep().(ruleKept); kept.draft.Rules.Audience != r.Audience {
		t.Error("what is written is not kept")
	}
	chooseAudience(t, root, "不计观众投票")
	if r.Audience != nil || len(p.faults) > 0 {
		t.Errorf("%+v, %+v", r.Audience, p.faults)
	}
}
