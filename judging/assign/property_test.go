package assign

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// among draws a number from lo to hi, all alike often: rapid's own ranges favour small numbers.
func among(t *rapid.T, lo, hi int, name string) int {
	var all []int
	for v := lo; v <= hi; v++ {
		all = append(all, v)
	}
	return rapid.SampledFrom(all).Draw(t, name)
}

func several(t *rapid.T, n, lo, hi int, name string) (list []int) {
	for range n {
		list = append(list, among(t, lo, hi, name))
	}
	return list
}

// small draws a problem that is small enough for the oracle and strained enough to be infeasible at times.
func small(t *rapid.T) Problem {
	p := Problem{
		Works: among(t, 0, 9, "works"), Judges: among(t, 0, 7, "judges"), PerWork: among(t, 0, 3, "k"),
		Match: Match(among(t, 0, 2, "match")), NoTwoOfOneUnit: among(t, 0, 2, "units") == 0,
	}
	p.Category = several(t, p.Works, 0, 2, "category")
	if among(t, 0, 1, "needs") == 1 {
		p.Need = several(t, p.Works, 0, 3, "need")
	}
	for range p.Judges {
		p.Expertise = append(p.Expertise, several(t, among(t, 0, 2, "experts"), 0, 2, "expertise"))
	}
	if among(t, 0, 1, "limits") == 1 {
		p.Max = several(t, p.Judges, 2, 7, "max")
		p.Min = several(t, p.Judges, 0, 2, "min")
	}
	p.Unit = several(t, p.Judges, 0, 3, "unit")
	p.Closed = make([]bool, p.Judges)
	for j := range p.Closed {
		p.Closed[j] = among(t, 0, 9, "closed") == 0
	}
	if p.Works > 0 && p.Judges > 0 {
		pairs := func(n int, name string) (list []Pair) {
			for range among(t, 0, n, name) {
				list = append(list, Pair{among(t, 0, p.Works-1, "w"), among(t, 0, p.Judges-1, "j")})
			}
			return list
		}
		p.Conflicts = pairs(12, "conflicts")
		p.Fixed = pairs(3, "fixed")
	}
	return p
}

// strangers prices a pair outside the judge's categories.
func strangers(p Problem) func(w, j int) int {
	return func(w, j int) int {
		if p.Match == Prefer && !p.expert(j, p.category(w)) {
			return 1
		}
		return 0
	}
}

// wantValid fails if plan breaks a hard rule of p; seniors aside.
func wantValid(t rapid.TB, p Problem, plan Plan) {
	fixed := fixedPanels(p)
	loads := make([]int, p.Judges)
	for w, panel := range plan.Panels {
		if want := max(p.need(w), len(fixed[w])); len(panel) != want {
			t.Fatalf("work %d has %v, needs %d", w, panel, want)
		}
		for i, j := range panel {
			loads[j]++
			isFixed := slices.Contains(fixed[w], j)
			others := slices.Delete(slices.Clone(panel), i, i+1)
			if !isFixed && (!allowed(p, w, j) || clash(p, others, j)) || slices.Contains(others, j) {
				t.Fatalf("judge %d may not score work %d with %v", j, w, others)
			}
		}
		for _, j := range fixed[w] {
			if !slices.Contains(panel, j) {
				t.Fatalf("fixed pair %d %d is gone", w, j)
			}
		}
	}
	if !slices.Equal(loads, plan.Proof.Loads) {
		t.Fatalf("loads %v, proof %v", loads, plan.Proof.Loads)
	}
}

// complete drops the error that comes next to a complete plan.
func complete(err error) error {
	var apart *Disconnected
	if errors.As(err, &apart) {
		return nil
	}
	return err
}

func squares(loads []int) (sum int) {
	for _, l := range loads {
		sum += l * l
	}
	return sum
}

func TestSolveAgreesWithAnIndependentFlow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := small(t)
		want := ask(p, strangers(p))
		plan, err := Solve(context.Background(), p, rapid.Uint64().Draw(t, "seed"), nil)
		if err = complete(err); !want.covered || !want.least {
			var e *Infeasible
			if !errors.As(err, &e) || len(e.Shortages) == 0 {
				t.Fatalf("covered %v least %v, but error %v", want.covered, want.least, err)
			}
			checkShortages(t, e)
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		wantValid(t, p, plan)
		if got := squares(plan.Proof.Loads); got != want.squares {
			t.Fatalf("Σ load² %d, least %d", got, want.squares)
		}
		open := 0
		for w, panel := range plan.Panels {
			for _, j := range panel {
				if !slices.Contains(fixedPanels(p)[w], j) {
					open += strangers(p)(w, j)
				}
			}
		}
		if !p.NoTwoOfOneUnit && open != want.price {
			t.Fatalf("%d strangers, least %d", open, want.price)
		}
		if plan.Proof.PairSumSquares < plan.Proof.Bound {
			t.Fatalf("Σλ² %d below its bound %d", plan.Proof.PairSumSquares, plan.Proof.Bound)
		}
	})
}

func checkShortages(t rapid.TB, e *Infeasible) {
	for _, s := range e.Shortages {
		if s.Short <= 0 || s.Short != s.Needed-s.Capacity || len(s.Works) == 0 && s.Cause != TooFewWorks {
			t.Fatalf("shortage does not add up: %+v", s)
		}
	}
}

func TestSolveIsTheSameForTheSameSeed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, seed := small(t), rapid.Uint64().Draw(t, "seed")
		a, errA := Solve(context.Background(), p, seed, nil)
		b, errB := Solve(context.Background(), p, seed, nil)
		if !reflect.DeepEqual(a, b) || !reflect.DeepEqual(errA, errB) {
			t.Fatalf("%v %v\n%v %v", a, errA, b, errB)
		}
	})
}

func TestSolveFindsSeniors(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := small(t)
		p.Works, p.Min, p.Fixed = min(p.Works, 5), nil, nil
		p.Category, p.Closed, p.NeedSenior = p.Category[:p.Works], nil, true
		if p.Need != nil {
			p.Need = p.Need[:p.Works]
		}
		p.Conflicts = slices.DeleteFunc(p.Conflicts, func(q Pair) bool { return q.Work >= p.Works })
		p.Senior = make([]bool, p.Judges)
		for j := range p.Senior {
			p.Senior[j] = among(t, 0, 2, "senior") == 0
		}
		plan, err := Solve(context.Background(), p, 1, nil)
		if err = complete(err); exists(p) != (err == nil) {
			t.Fatalf("exists %v, error %v", exists(p), err)
		}
		if err != nil {
			return
		}
		wantValid(t, p, plan)
		for w, panel := range plan.Panels {
			if len(panel) > 0 && !hasSenior(p, panel) {
				t.Fatalf("no senior on %d: %v", w, panel)
			}
		}
	})
}
