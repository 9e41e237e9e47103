package assign

import (
	"context"
	"errors"
	"slices"
	"testing"

	"fayi/judging"
)

// ring returns a problem of n works in c categories in turn, where each judge knows two neighbouring ones.
func ring(n, judges, k, c int) Problem {
	p := Problem{Works: n, Judges: judges, PerWork: k}
	for j := range judges {
		p.Expertise = append(p.Expertise, []int{j % c, (j + 1) % c})
	}
	for w := range n {
		p.Category = append(p.Category, w%c)
	}
	return p
}

// barred adds about share of all pairs to the conflicts of p.
func barred(p Problem, share float64) Problem {
	x := uint64(1)
	for range int(share * float64(p.Works*p.Judges)) {
		x = x*6364136223846793005 + 1442695040888963407
		p.Conflicts = append(p.Conflicts, Pair{int(x>>33) % p.Works, int(x>>13&0xffff) % p.Judges})
	}
	return p
}

func solved(t testing.TB, p Problem) Plan {
	t.Helper()
	plan, err := Solve(context.Background(), p, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

func TestSolveReachesTheBest(t *testing.T) {
	mixed := Problem{Works: 640, Judges: 30}
	for w := range 640 {
		mixed.Need = append(mixed.Need, 3+w%2*2)
	}
	units := Problem{Works: 600, Judges: 30, PerWork: 5, NoTwoOfOneUnit: true}
	for j := range 30 {
		units.Unit = append(units.Unit, j/3+1)
	}
	tests := []struct {
		name   string
		p      Problem
		most   int64   // Σλ²
		least  float64 // A-efficiency
		spread int
	}{
		{"3000 works, 125 judges, 5 each: every pair meets 3 or 4 times", Problem{
			Works:   3000,
			Judges:  125,
			PerWork: 5,
		}, 117_000, .9999, 0},
		{"600 works, 30 judges, 3 each", Problem{Works: 600, Judges: 30, PerWork: 3}, 7_500, .9997, 0},
		{"600 works, 30 judges, 5 each", Problem{Works: 600, Judges: 30, PerWork: 5}, 82_830, .9999, 0},
		{"five categories, two a judge", ring(600, 30, 3, 5), 12_840, .952, 0},
		{"five in a hundred pairs barred", barred(Problem{
			Works:   3000,
			Judges:  125,
			PerWork: 5,
		}, .05), 117_000, .9999, 0},
		{"one in five barred", barred(Problem{Works: 600, Judges: 30, PerWork: 5}, .2), 82_830, .9999, 0},
		{"no whole number of turns", Problem{Works: 640, Judges: 29, PerWork: 3}, 9_160, .9996, 1},
		{"more judges than works", Problem{Works: 50, Judges: 60, PerWork: 3}, 150, .72, 1},
		{"works that need three and works that need five", mixed, 39_890, .9996, 1},
		{"no two judges of one unit", units, 88_960, .9975, 0},
		{"everyone scores everything", Problem{Works: 100, Judges: 5, PerWork: 5}, 100_000, 1, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			plan := solved(t, test.p)
			wantValid(t, test.p, plan)
			q := plan.Proof
			if q.PairSumSquares > test.most || q.AEfficiency < test.least || q.MaxLoad-q.MinLoad != test.spread ||
				len(q.Overall.Groups) != 1 {
				t.Errorf("Σλ² %d (want ≤ %d), A %.4f (want ≥ %.4f), loads %d to %d, %d groups",
					q.PairSumSquares, test.most, q.AEfficiency, test.least, q.MinLoad, q.MaxLoad, len(q.Overall.Groups))
			}
			if q.Bound > q.PairSumSquares || float64(q.Bound) < .998*float64(q.PairSumSquares) {
				t.Errorf("bound %d for Σλ² %d", q.Bound, q.PairSumSquares)
			}
		})
	}
}

func TestSolveAnswersEdgeCases(t *testing.T) {
	tests := []struct {
		name  string
		p     Problem
		cause Cause // empty: a plan exists
		short int
		loads []int
	}{
		{"no works", Problem{Judges: 3, PerWork: 2}, "", 0, []int{0, 0, 0}},
		{"no works and no judges", Problem{}, "", 0, []int{}},
		{"works that need nobody", Problem{Works: 3, Judges: 1}, "", 0, []int{0}},
		{"no judges", Problem{Works: 4, PerWork: 2}, TooFewJudges, 8, nil},
		{"one judge, one score each", Problem{Works: 3, Judges: 1, PerWork: 1}, "", 0, []int{3}},
		{"one judge, two scores each", Problem{Works: 3, Judges: 1, PerWork: 2}, TooFewJudges, 3, nil},
		{"conflicts forbid everything", Problem{
			Works:     1,
			Judges:    2,
			PerWork:   1,
			Conflicts: []Pair{{0, 0}, {0, 1}, {0, 1}},
		}, TooFewJudges, 1, nil},
		{"a conflict said twice counts once", Problem{
			Works:     2,
			Judges:    2,
			PerWork:   1,
			Conflicts: []Pair{{0, 0}, {0, 0}},
		}, "", 0, []int{1, 1}},
		{"limit 0 is no limit", Problem{Works: 4, Judges: 1, PerWork: 1, Max: []int{0}}, "", 0, []int{4}},
		{"limits too low", Problem{Works: 4, Judges: 2, PerWork: 1, Max: []int{1, 2}}, TooFewPlaces, 1, nil},
		{"a limit makes loads uneven", Problem{
			Works:   6,
			Judges:  3,
			PerWork: 1,
			Max:     []int{1, 0, 0},
		}, "", 0, []int{1, 2, 3}},
		{"least loads out of reach", Problem{Works: 2, Judges: 2, PerWork: 1, Min: []int{2, 1}}, TooFewWorks, 1, nil},
		{"a closed judge takes nothing", Problem{
			Works:   4,
			Judges:  2,
			PerWork: 1,
			Closed:  []bool{true, false},
		}, "", 0, []int{0, 4}},
		{"all judges of one unit", Problem{
			Works:          1,
			Judges:         2,
			PerWork:        2,
			Unit:           []int{1, 1},
			NoTwoOfOneUnit: true,
		}, TooFewUnits, 1, nil},
		{"no seniors", Problem{Works: 2, Judges: 3, PerWork: 2, NeedSenior: true}, NoSenior, 2, nil},
		{"more fixed than needed", Problem{
			Works:   1,
			Judges:  3,
			PerWork: 1,
			Fixed:   []Pair{{0, 0}, {0, 2}},
		}, "", 0, []int{1, 0, 1}},
		{"nobody knows the category", Problem{
			Works:     1,
			Judges:    1,
			PerWork:   1,
			Category:  []int{1},
			Expertise: [][]int{{0}},
		}, TooFewJudges, 1, nil},
		{"nobody knows it, but may", Problem{
			Works:     1,
			Judges:    1,
			PerWork:   1,
			Category:  []int{1},
			Expertise: [][]int{{0}},
			Match:     Prefer,
		}, "", 0, []int{1}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			plan, err := Solve(context.Background(), test.p, 1, nil)
			var e *Infeasible
			if test.cause == "" {
				slices.Sort(plan.Proof.Loads)
				slices.Sort(test.loads)
				if complete(err) != nil || !slices.Equal(plan.Proof.Loads, test.loads) {
					t.Fatalf("loads %v, error %v", plan.Proof.Loads, err)
				}
				return
			}
			if !errors.As(err, &e) || e.Shortages[0].Cause != test.cause || e.Shortages[0].Short != test.short {
				t.Fatal(err)
			}
			if judging.CodeOf(err) != judging.Invalid || !errors.Is(err, &judging.Error{Text: "assign.infeasible"}) {
				t.Errorf("code %s", judging.CodeOf(err))
			}
		})
	}
}

func TestSolveNamesEachShortage(t *testing.T) {
	p := Problem{Works: 310, Judges: 9, PerWork: 3, Category: make([]int, 310), Max: make([]int, 9)}
	for w := 210; w < 310; w++ {
		p.Category[w] = 1
	}
	for j := range 9 {
		p.Expertise = append(p.Expertise, []int{j / 5})
		p.Max[j] = 100
	}
	_, err := Solve(context.Background(), p, 1, nil)
	var e *Infeasible
	if !errors.As(err, &e) || len(e.Shortages) != 1 {
		t.Fatal(err)
	}
	s := e.Shortages[0]
	if s.Cause != TooFewPlaces || !slices.Equal(s.Categories, []int{0}) || len(s.Works) != 210 || s.Needed != 630 ||
		s.Capacity != 500 ||
		s.Short != 130 ||
		!slices.Equal(s.Judges, []int{0, 1, 2, 3, 4}) {
		t.Errorf("shortage %+v", s)
	}
}

func TestSolveRefusesAMalformedProblem(t *testing.T) {
	tests := []struct {
		field string
		p     Problem
	}{
		{"Works", Problem{Works: -1}},
		{"Judges", Problem{Judges: -1}},
		{"PerWork", Problem{PerWork: -1}},
		{"Need", Problem{Works: 2, Need: []int{1}}},
		{"Need", Problem{Works: 1, Need: []int{-1}}},
		{"Category", Problem{Works: 1, Category: []int{-1}}},
		{"Expertise", Problem{Judges: 2, Expertise: [][]int{{1}}}},
		{"Conflicts", Problem{Works: 1, Judges: 1, Conflicts: []Pair{{0, 1}}}},
		{"Fixed", Problem{Works: 1, Judges: 1, Fixed: []Pair{{-1, 0}}}},
		{"Wishes", Problem{Works: 1, Judges: 1, Wishes: []Wish{{Pair{1, 0}, 1}}}},
		{"Min", Problem{Judges: 1, Min: []int{3}, Max: []int{2}}},
		{"Match", Problem{Match: 3}},
	}
	for _, test := range tests {
		t.Run(test.field, func(t *testing.T) {
			_, err := Solve(context.Background(), test.p, 1, nil)
			var e *judging.Error
			if !errors.As(err, &e) || e.Text != "assign.bad_problem" || e.Args["Field"] != test.field {
				t.Error(err)
			}
		})
	}
}

func TestSolveStopsWhenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	heard := 0
	_, err := Solve(ctx, ring(3000, 125, 5, 6), 1, func(done, total int) {
		if heard++; done > total/2 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || heard == 0 {
		t.Errorf("%v after %d reports", err, heard)
	}
}

func TestSolveReportsProgressInOrder(t *testing.T) {
	last := 0
	_, err := Solve(context.Background(), ring(600, 30, 5, 5), 1, func(done, total int) {
		if done < last || done > total {
			t.Errorf("%d of %d after %d", done, total, last)
		}
		last = done
	})
	if err != nil || last != atEnd {
		t.Errorf("ended at %d: %v", last, err)
	}
}

func TestSolveMeetsWishesBetweenEqualPlans(t *testing.T) {
	p := Problem{Works: 120, Judges: 10, PerWork: 3}
	for w := range 40 {
		p.Wishes = append(p.Wishes, Wish{Pair{w, w % 10}, 3}, Wish{Pair{w, (w + 1) % 10}, -3})
	}
	plan := solved(t, p)
	met := 0
	for _, q := range p.Wishes {
		if slices.Contains(plan.Panels[q.Work], q.Judge) == (q.Weight > 0) {
			met++
		}
	}
	if q := plan.Proof; met < 76 || q.MaxLoad != 36 || q.MinLoad != 36 ||
		float64(q.PairSumSquares) > 1.01*float64(q.Bound) {
		t.Errorf(
			"%d of 80 wishes met, loads %d to %d, Σλ² %d, bound %d",
			met,
			q.MinLoad,
			q.MaxLoad,
			q.PairSumSquares,
			q.Bound,
		)
	}
}

func TestSolveGivesEveryJudgeALikeShareOfEachCategory(t *testing.T) {
	p := Problem{Judges: 30, PerWork: 3}
	for c, n := range []int{200, 150, 130, 100, 60} {
		p.Works += n
		p.Category = append(p.Category, slices.Repeat([]int{c}, n)...)
	}
	plan := solved(t, p)
	var share [5][30]int
	for w, panel := range plan.Panels {
		for _, j := range panel {
			share[p.Category[w]][j]++
		}
	}
	for c, row := range share {
		if low, high := slices.Min(row[:]), slices.Max(row[:]); high-low > 2 {
			t.Errorf("category %d: %d to %d works a judge", c, low, high)
		}
	}
	if q := plan.Proof; q.PairSumSquares != q.Bound {
		t.Errorf("Σλ² %d, bound %d", q.PairSumSquares, q.Bound)
	}
}
