package assign

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// strained is a small problem with few seniors, few units and tight limits, in which both rules hold.
func strained(d *rand.Rand) Problem {
	p := Problem{Works: 2 + d.IntN(3), Judges: 4 + d.IntN(3), PerWork: 2, NoTwoOfOneUnit: true, NeedSenior: true}
	for range p.Judges {
		p.Unit = append(p.Unit, d.IntN(4))
		p.Senior = append(p.Senior, d.IntN(3) == 0)
		p.Max = append(p.Max, 1+d.IntN(3))
	}
	for range d.IntN(8) {
		p.Conflicts = append(p.Conflicts, Pair{d.IntN(p.Works), d.IntN(p.Judges)})
	}
	return p
}

// Each rule alone is exact; together they need a random search. On problems small enough to try all plans it may
// miss none, and a plan must keep both.
func TestUnitsAndSeniorsTogetherAreAsGoodAsTryingAllPlans(t *testing.T) {
	d := rand.New(rand.NewPCG(1, 2))
	clashes, plans := 0, 0
	for range 1500 {
		p := strained(d)
		plan, err := Solve(context.Background(), p, 1, nil)
		err = complete(err)
		var lack *Infeasible
		switch {
		case exists(p) != (err == nil):
			t.Fatalf("%+v: %v", p, err)
		case err == nil:
			plans++
			wantValid(t, p, plan)
			for w, panel := range plan.Panels {
				if !hasSenior(p, panel) {
					t.Fatalf("no senior on %d: %v", w, panel)
				}
			}
		case !errors.As(err, &lack):
			t.Fatalf("%+v: %v", p, err)
		case lack.Shortages[0].Cause == Clash:
			clashes++
			if said := err.Error(); !strings.Contains(said, "clash") || !strings.Contains(said, "short ") {
				t.Errorf("%q", said)
			}
			if slices.ContainsFunc(lack.Shortages, func(s Shortage) bool { return s.Cause != Clash }) {
				t.Errorf("%+v", lack.Shortages)
			}
		}
	}
	if clashes == 0 || plans == 0 {
		t.Errorf("%d clashes, %d plans: the problems are not strained enough", clashes, plans)
	}
}

func TestPlanningStopsWhenAskedAtAnyMoment(t *testing.T) {
	p := Problem{
		Works:          60,
		Judges:         9,
		PerWork:        3,
		Unit:           []int{1, 1, 2, 2, 3, 3, 0, 0, 0},
		NoTwoOfOneUnit: true,
		Senior:         []bool{true, false, true, false, true, false, true, false, true},
		NeedSenior:     true,
	}
	for looks := range 40 {
		ctx := &fading{Context: context.Background(), looks: looks}
		if _, err := Solve(ctx, p, 1, nil); complete(err) != nil && !errors.Is(err, context.Canceled) {
			t.Fatalf("after %d looks: %v", looks, err)
		} else if complete(err) == nil && ctx.looks < 0 {
			t.Fatalf("after %d looks it was cancelled, and a plan is given", looks)
		}
	}
}

// fading is cancelled once it has been looked at so many times.
type fading struct {
	context.Context
	looks int
}

func (f *fading) Err() error {
	if f.looks--; f.looks < 0 {
		return context.Canceled
	}
	return nil
}
