package office_test

import (
	"errors"
	"slices"
	"testing"

	"fayi/judging"
)

func TestSharedWorksOfJudgesAreCountedTwoByTwo(t *testing.T) {
	o := published(t, 30)
	plans, err := o.Assignment().Plans(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got, err := o.Assignment().PlanOverlap(t.Context(), plans[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	works := map[judging.JudgeID][]judging.WorkID{}
	pairs, _ := o.Assignment().Assignments(t.Context())
	for _, d := range pairs {
		works[d.Judge] = append(works[d.Judge], d.Work)
	}
	if len(got.Judges) != len(works) || len(works) < 2 {
		t.Fatalf("%d judges of %d", len(got.Judges), len(works))
	}
	for i, a := range got.Judges {
		if a.Name == "" || a.Category == "" {
			t.Errorf("%+v", a)
		}
		for k, b := range got.Judges {
			n := 0
			for _, w := range works[a.ID] {
				if slices.Contains(works[b.ID], w) {
					n++
				}
			}
			if got.Shared[i][k] != n {
				t.Errorf("%s and %s share %d works, not %d", a.ID, b.ID, n, got.Shared[i][k])
			}
		}
	}
}

func TestAPlanThatIsNotThereHasNoOverlap(t *testing.T) {
	if _, err := published(t, 6).Assignment().PlanOverlap(t.Context(), "p999"); !errors.Is(err, judging.ErrNotFound) {
		t.Fatal(err)
	}
}

func TestJudgesStandByCategoryInTheOverlap(t *testing.T) {
	o := published(t, 30)
	rules, _ := o.Rules(t.Context())
	plans, _ := o.Assignment().Plans(t.Context())
	got, err := o.Assignment().PlanOverlap(t.Context(), plans[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	at := func(name string) int {
		return slices.IndexFunc(rules.Categories, func(c judging.Category) bool { return c.Name == name })
	}
	for i := 1; i < len(got.Judges); i++ {
		if at(got.Judges[i-1].Category) > at(got.Judges[i].Category) {
			t.Fatalf("%+v", got.Judges)
		}
	}
}
