package assign

import (
	"context"
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestAdjustMovesAsFewPairsAsAnIndependentFlow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := small(t)
		before, err := Solve(context.Background(), p, 1, nil)
		if complete(err) != nil {
			return
		}
		old := before.Pairs()
		for _, q := range old {
			if among(t, 0, 4, "finished") == 0 {
				p.Fixed = append(p.Fixed, q)
			}
		}
		for j := range p.Closed {
			if among(t, 0, 3, "turn") == 0 {
				p.Closed[j] = !p.Closed[j]
			}
		}
		if p.Need != nil && p.Works > 0 {
			p.Need[among(t, 0, p.Works-1, "work")] = among(t, 0, 3, "need")
		}
		want := ask(p, func(w, j int) int {
			if slices.Contains(old, Pair{w, j}) {
				return strangers(p)(w, j)
			}
			return moveCost + strangers(p)(w, j)
		})
		after, moves, err := Adjust(context.Background(), p, old, 2, nil)
		if err = complete(err); (want.covered && want.least) != (err == nil) {
			t.Fatalf("truth %+v, error %v", want, err)
		}
		if err != nil {
			return
		}
		wantValid(t, p, after)
		if got := squares(after.Proof.Loads); got != want.squares {
			t.Fatalf("Σ load² %d, least %d", got, want.squares)
		}
		came := 0
		for _, m := range moves {
			if m.To >= 0 {
				came++
			}
		}
		if !p.NoTwoOfOneUnit && came != want.price/moveCost {
			t.Fatalf("%d pairs moved, fewest %d", came, want.price/moveCost)
		}
	})
}

func TestAdjustAfterAJudgeWithdraws(t *testing.T) {
	p := Problem{Works: 600, Judges: 30, PerWork: 3}
	plan, err := Solve(context.Background(), p, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	p.Closed = make([]bool, 30)
	p.Closed[7] = true
	var open []Pair
	for i, q := range plan.Pairs() {
		if i%3 == 0 {
			p.Fixed = append(p.Fixed, q)
		} else {
			open = append(open, q)
		}
	}
	after, moves, err := Adjust(context.Background(), p, open, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	given := 0
	for _, q := range open {
		if q.Judge == 7 {
			given++
		}
	}
	if len(moves) != given {
		t.Errorf("%d moves for %d open works of the judge who left", len(moves), given)
	}
	for _, m := range moves {
		if m.From != 7 || m.To < 0 {
			t.Errorf("move %+v touches others", m)
		}
	}
	if q := after.Proof; q.MaxLoad-q.MinLoad > 1 || float64(q.PairSumSquares) > 1.02*float64(q.Bound) {
		t.Errorf("loads %d to %d, Σλ² %d, bound %d", q.MinLoad, q.MaxLoad, q.PairSumSquares, q.Bound)
	}
}

func TestAdjustGivesANewJudgeHisShare(t *testing.T) {
	p := Problem{Works: 100, Judges: 10, PerWork: 3, Closed: make([]bool, 11)}
	p.Closed = p.Closed[:10]
	plan, err := Solve(context.Background(), p, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	p.Judges, p.Closed = 11, nil
	after, moves, err := Adjust(context.Background(), p, plan.Pairs(), 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	if load := after.Proof.Loads[10]; load != 27 || len(moves) != 27 {
		t.Errorf("the new judge has %d works after %d moves, want 27 and 27", load, len(moves))
	}
}

func TestTopUpKeepsEveryPair(t *testing.T) {
	p := Problem{Works: 200, Judges: 20, PerWork: 3}
	plan, err := Solve(context.Background(), p, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	p.PerWork = 5
	after, err := TopUp(context.Background(), p, plan.Pairs(), 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	for w, panel := range plan.Panels {
		for _, j := range panel {
			if !slices.Contains(after.Panels[w], j) {
				t.Fatalf("work %d lost judge %d", w, j)
			}
		}
	}
	if q := after.Proof; q.MinLoad != 50 || q.MaxLoad != 50 || float64(q.PairSumSquares) > 1.005*float64(q.Bound) {
		t.Errorf("loads %d to %d, Σλ² %d, bound %d", q.MinLoad, q.MaxLoad, q.PairSumSquares, q.Bound)
	}
}

func TestSubstitutesAreLeastLoadedAndAllowed(t *testing.T) {
	p := Problem{
		Works:          3,
		Judges:         6,
		PerWork:        2,
		Conflicts:      []Pair{{0, 0}, {0, 5}},
		Unit:           []int{0, 0, 0, 1, 1, 0},
		NoTwoOfOneUnit: true,
		Fixed:          []Pair{{1, 2}},
	}
	plan := Plan{Panels: [][]int{{0, 3}, {2, 3}, {3, 4}}}
	got, err := Substitutes(p, plan, 0, 0, 5)
	if err != nil || !slices.Equal(got, []int{1, 2}) {
		t.Errorf("substitutes %v, %v; want 1 (no works), then 2", got, err)
	}
	if got, err = Substitutes(p, plan, 0, 0, 1); err != nil || !slices.Equal(got, []int{1}) {
		t.Errorf("first substitute %v, %v", got, err)
	}
	if _, err = Substitutes(p, plan, 9, 0, 1); err == nil {
		t.Error("a work that does not exist has substitutes")
	}
}

func TestAdjustSaysWhatIsMissing(t *testing.T) {
	p := Problem{Works: 4, Judges: 2, PerWork: 2}
	p.Closed = []bool{false, true}
	_, _, err := Adjust(context.Background(), p, []Pair{{0, 0}, {0, 1}}, 1, nil)
	var e *Infeasible
	if !errors.As(err, &e) || e.Shortages[0].Cause != TooFewJudges || e.Shortages[0].Short != 4 {
		t.Error(err)
	}
}
