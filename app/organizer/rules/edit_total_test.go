package rules

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2/theme"

	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
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
	entryOf(t, root, "1%").SetText("90件")
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
