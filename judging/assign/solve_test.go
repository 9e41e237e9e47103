package assign

import (
	"context"
	"errors"
	"testing"
)

func TestSolveReachesTheBalance(t *testing.T) {
	p := Problem{Works: 600, Judges: 30, PerWork: 3}
	plan, err := Solve(context.Background(), p, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	q := plan.Proof
	if q.MinLoad != 60 || q.MaxLoad != 60 || len(q.Overall.Groups) != 1 || float64(q.PairSumSquares) > 1.01*float64(q.Bound) {
		t.Errorf("proof %+v", q)
	}
}

func TestSolveNamesTheShortage(t *testing.T) {
	p := Problem{Works: 210, Judges: 5, PerWork: 3, Max: []int{100, 100, 100, 100, 100}}
	_, err := Solve(context.Background(), p, 1, nil)
	var e *Infeasible
	if !errors.As(err, &e) || len(e.Shortages) != 1 {
		t.Fatal(err)
	}
	if s := e.Shortages[0]; s.Cause != TooFewPlaces || len(s.Works) != 210 || s.Needed != 630 || s.Capacity != 500 || s.Short != 130 || len(s.Judges) != 5 {
		t.Errorf("shortage %+v", s)
	}
}
