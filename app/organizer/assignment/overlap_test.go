package assignment

import (
	"strings"
	"testing"

	"fayi/app/kit/chart"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/organizer/pagetest"
)

func TestAPlanShowsHowManyWorksJudgesShare(t *testing.T) {
	o := pagetest.WithPlan(t, 12)
	sh := kittest.New(t)
	root := sh.Open(newAssignPage(sh, page.StagesOf(o)))
	all := kittest.All[*chart.Matrix](root)
	if len(all) != 1 {
		t.Fatalf("%d pictures", len(all))
	}
	plans, _ := o.Assignment().Plans(t.Context())
	shared, _ := o.Assignment().PlanOverlap(t.Context(), plans[0].ID)
	text := pagetest.Chinese(t)
	if got := overlapWords(text, shared, 0, 1); !strings.Contains(got, shared.Judges[0].Name) ||
		!strings.Contains(got, "共同评") {
		t.Errorf("%s", got)
	}
}
