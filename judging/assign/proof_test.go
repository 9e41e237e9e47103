package assign

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// proved returns the proof of the given panels.
func proved(t rapid.TB, judges int, panels ...[]int) Proof {
	t.Helper()
	p := Problem{Works: len(panels), Judges: judges, Need: make([]int, len(panels))}
	for w, panel := range panels {
		for _, j := range panel {
			p.Fixed = append(p.Fixed, Pair{w, j})
		}
	}
	plan, err := Solve(context.Background(), p, 1, nil)
	if complete(err) != nil {
		t.Fatal(err)
	}
	return plan.Proof
}

func TestProofKnowsTextbookDesigns(t *testing.T) {
	tests := []struct {
		name   string
		judges int
		panels [][]int
		a, e   float64
		sum    int64
		groups string
	}{
		{
			"Fano plane, a balanced design",
			7,
			[][]int{{0, 1, 3}, {1, 2, 4}, {2, 3, 5}, {3, 4, 6}, {4, 5, 0}, {5, 6, 1}, {6, 0, 2}},
			1,
			1,
			21,
			"[[0 1 2 3 4 5 6]]",
		},
		// Laplacian ½·path: eigenvalues 1/2, 3/2; H = 2/(2 + 2/3) = 3/4, μ* = 2/2 = 1.
		{"a path of two works", 3, [][]int{{0, 1}, {1, 2}}, .75, .5, 2, "[[0 1 2]]"},
		// ½·cycle of 4: eigenvalues 1, 1, 2; H = 3/2.5 = 1.2, μ* = 4/3.
		{"a ring of four works", 4, [][]int{{0, 1}, {1, 2}, {2, 3}, {3, 0}}, .9, .75, 4, "[[0 1 2 3]]"},
		{"two islands", 4, [][]int{{0, 1}, {2, 3}}, 1, 1, 2, "[[0 1] [2 3]]"},
		{"everyone alone", 2, [][]int{{0}, {1}}, 0, 0, 0, "[[0] [1]]"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			q := proved(t, test.judges, test.panels...)
			if math.Abs(q.AEfficiency-test.a) > 1e-6 || math.Abs(q.Lambda2-test.e) > 1e-6 ||
				q.PairSumSquares != test.sum ||
				fmt.Sprint(q.Overall.Groups) != test.groups {
				t.Errorf("A %v E %v Σλ² %d groups %v", q.AEfficiency, q.Lambda2, q.PairSumSquares, q.Overall.Groups)
			}
		})
	}
}

func TestProofDoesNotDependOnNames(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var panels, renamed [][]int
		judges := among(t, 3, 8, "judges")
		names := rapid.Permutation(count(judges)).Draw(t, "names")
		for range among(t, 1, 12, "works") {
			panel := rapid.Permutation(slices.Clone(names)).Draw(t, "panel")[:among(t, 1, 3, "k")]
			var other []int
			for _, j := range panel {
				other = append(other, names[j])
			}
			panels, renamed = append(panels, panel), append([][]int{other}, renamed...)
		}
		a, b := proved(t, judges, panels...), proved(t, judges, renamed...)
		if math.Abs(a.AEfficiency-b.AEfficiency) > 2e-6 || math.Abs(a.Lambda2-b.Lambda2) > 2e-6 ||
			a.PairSumSquares != b.PairSumSquares || a.Bound != b.Bound ||
			len(a.Overall.Groups) != len(b.Overall.Groups) || a.MinLoad != b.MinLoad ||
			a.MaxLoad != b.MaxLoad {
			t.Fatalf("%+v\n%+v", a, b)
		}
	})
}

func TestSolveIsAsGoodUnderOtherNames(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := ring(60, 15, 3, 5)
		works := rapid.Permutation(count(p.Works)).Draw(t, "works")
		judges := rapid.Permutation(count(p.Judges)).Draw(t, "judges")
		r := p
		r.Category, r.Expertise = make([]int, p.Works), make([][]int, p.Judges)
		for i, w := range works {
			r.Category[i] = p.Category[w]
		}
		for i, j := range judges {
			r.Expertise[i] = p.Expertise[j]
		}
		a, errA := Solve(context.Background(), p, 1, nil)
		b, errB := Solve(context.Background(), r, 2, nil)
		if errA != nil || errB != nil || a.Proof.PairSumSquares != b.Proof.PairSumSquares ||
			a.Proof.MaxLoad != b.Proof.MaxLoad ||
			a.Proof.MinLoad != b.Proof.MinLoad ||
			math.Abs(a.Proof.AEfficiency-b.Proof.AEfficiency) > .003 {
			t.Fatalf("%+v %v\n%+v %v", a.Proof, errA, b.Proof, errB)
		}
	})
}

func count(n int) (list []int) {
	for i := range n {
		list = append(list, i)
	}
	return list
}

func TestSolveConnectsSmallCategories(t *testing.T) {
	p := Problem{Works: 640, Judges: 30, PerWork: 3, Category: make([]int, 640)}
	for w := 600; w < 640; w++ {
		p.Category[w] = 1 + (w-600)/10
	}
	plan := solved(t, p)
	for _, l := range plan.Proof.Categories {
		if len(l.Groups) != 1 {
			t.Errorf("category %d: %d works leave %v apart", l.Category, l.Works, l.Groups)
		}
	}
	if q := plan.Proof; q.MinLoad != 64 || q.MaxLoad != 64 || len(q.Warnings) != 0 {
		t.Errorf("loads %d to %d, warnings %v", q.MinLoad, q.MaxLoad, q.Warnings)
	}
}

func keys(list []Warning) (names []string) {
	for _, w := range list {
		names = append(names, w.Key)
	}
	slices.Sort(names)
	return names
}

func TestProofWarns(t *testing.T) {
	islands := Problem{
		Works:     4,
		Judges:    4,
		PerWork:   2,
		Conflicts: []Pair{{0, 2}, {0, 3}, {1, 2}, {1, 3}, {2, 0}, {2, 1}, {3, 0}, {3, 1}},
	}
	tests := []struct {
		name string
		p    Problem
		want []string
	}{
		{"all well", Problem{Works: 70, Judges: 7, PerWork: 3}, nil},
		{"one score a work compares nobody", Problem{
			Works:   20,
			Judges:  4,
			PerWork: 1,
		}, []string{"assign.category_pieces", "assign.torn"}},
		{"conflicts part the judges", islands, []string{"assign.category_pieces", "assign.torn"}},
		{"too few works for so many judges", Problem{
			Works:   10,
			Judges:  60,
			PerWork: 3,
		}, []string{"assign.category_pieces", "assign.torn"}},
		{"works too few to compare well", Problem{
			Works:   50,
			Judges:  60,
			PerWork: 3,
		}, []string{"assign.low_comparability"}},
		{"a limit", Problem{
			Works:   70,
			Judges:  7,
			PerWork: 3,
			Max:     []int{20, 0, 0, 0, 0, 0, 0},
		}, []string{"assign.uneven_loads"}},
		{"a finished score against a conflict", Problem{
			Works:     70,
			Judges:    7,
			PerWork:   3,
			Conflicts: []Pair{{0, 0}},
			Fixed:     []Pair{{0, 0}},
		},
			[]string{"assign.fixed_breaks_rule"}},
		{"finished scores by juniors", Problem{
			Works:      70,
			Judges:     7,
			PerWork:    3,
			Senior:     []bool{true, true, true, true, true, false, false},
			NeedSenior: true,
			Need:       append([]int{2}, slices.Repeat([]int{3}, 69)...),
			Fixed:      []Pair{{0, 5}, {0, 6}},
		}, []string{"assign.no_senior"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := keys(solved(t, test.p).Proof.Warnings); !slices.Equal(got, test.want) {
				t.Errorf("warnings %v, want %v", got, test.want)
			}
		})
	}
}

func TestSolveLeavesPanelsOfTheirOwnInPeace(t *testing.T) {
	p := Problem{Works: 120, Judges: 10, PerWork: 3, Category: make([]int, 120)}
	for w := range 120 {
		p.Category[w] = w % 2
	}
	for j := range 10 {
		p.Expertise = append(p.Expertise, []int{j % 2})
	}
	q := solved(t, p).Proof
	if len(q.Overall.Groups) != 2 || len(q.Warnings) != 0 || q.PairSumSquares != q.Bound || q.AEfficiency < .99 {
		t.Errorf("%+v", q)
	}
}

func TestDisconnectedNamesTheGroups(t *testing.T) {
	e := &Disconnected{[]Link{{Category: 2, Groups: [][]int{{0, 1}, {2, 3}}}}}
	if !errors.Is(e, e.Unwrap()) || e.Error() != "assign.disconnected Category=2 Groups=2" {
		t.Error(e)
	}
}

// shared counts how many works each two of judges 0 … judges−1 share. On the diagonal it has all works of a judge.
func shared(panels [][]int, judges int) [][]int {
	table := make([][]int, judges)
	for j := range table {
		table[j] = make([]int, judges)
	}
	for _, panel := range panels {
		for _, a := range panel {
			for _, b := range panel {
				table[a][b]++
			}
		}
	}
	return table
}

func TestPlanTellsSharedWorks(t *testing.T) {
	plan := Plan{Panels: [][]int{{0, 1}, {0, 1}, {1, 2}}}
	if got := fmt.Sprint(shared(plan.Panels, 3)); got != "[[2 2 0] [2 3 1] [0 1 1]]" {
		t.Error(got)
	}
	if got := fmt.Sprint(plan.Pairs()); got != "[{0 0} {0 1} {1 0} {1 1} {2 1} {2 2}]" {
		t.Error(got)
	}
}

func TestBoundHoldsForEveryPlanWithTheSameLoads(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := small(t)
		p.Works, p.Judges = min(p.Works, 4), min(p.Judges, 5)
		outside := func(q Pair) bool { return !p.inside(q) }
		p.Conflicts, p.Fixed = slices.DeleteFunc(p.Conflicts, outside), slices.DeleteFunc(p.Fixed, outside)
		p.Category, p.Need = p.Category[:p.Works], p.Need[:min(len(p.Need), p.Works)]
		p.Expertise, p.Unit, p.Closed = p.Expertise[:p.Judges], p.Unit[:p.Judges], p.Closed[:p.Judges]
		p.Min, p.Max = p.Min[:min(len(p.Min), p.Judges)], p.Max[:min(len(p.Max), p.Judges)]
		if len(p.Need) == 0 {
			p.Need = nil
		}
		if p.Judges == 0 {
			p.Min, p.Max = nil, nil
		}
		plan, err := Solve(context.Background(), p, 1, nil)
		if complete(err) != nil {
			return
		}
		best := plan.Proof.PairSumSquares
		every(p, func(panels [][]int) {
			sum, loads, odd := int64(0), make([]int, p.Judges), 0
			for j, row := range shared(panels, p.Judges) {
				loads[j] = row[j]
				for _, n := range row[:j] {
					sum += int64(n * n)
				}
			}
			for w, panel := range panels {
				for _, j := range panel {
					odd += strangers(p)(w, j)
				}
			}
			if slices.Equal(loads, plan.Proof.Loads) && odd == plan.Proof.Strangers {
				best = min(best, sum)
			}
		})
		if plan.Proof.Bound > best {
			t.Fatalf("bound %d, but a plan reaches %d", plan.Proof.Bound, best)
		}
	})
}
