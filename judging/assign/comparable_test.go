package assign

import "testing"

func TestComparabilityOfPanels(t *testing.T) {
	for name, c := range map[string]struct {
		panels    [][]int
		low, high float64
	}{
		"nobody":                  {nil, 1, 1},
		"one judge for all":       {[][]int{{7}, {7}}, 1, 1},
		"every judge every work":  {[][]int{{3, 5, 9}, {9, 3, 5}}, 1, 1},
		"two pieces":              {[][]int{{1, 2}, {3, 4}}, 0, 0},
		"a chain":                 {[][]int{{1, 2}, {2, 3}, {3, 4}, {4, 5}}, 0.1, 0.6},
		"each pair once":          {[][]int{{1, 2}, {2, 3}, {1, 3}}, 1, 1},
		"lonely scores of judges": {[][]int{{1}, {2}}, 0, 0},
	} {
		if got := Comparability(c.panels); got < c.low-1e-6 || got > c.high+1e-6 {
			t.Errorf("%s: %g, want %g..%g", name, got, c.low, c.high)
		}
	}
}

func TestComparabilityIsTheEfficiencyOfABalancedPlan(t *testing.T) {
	plan, err := Solve(t.Context(), Problem{Works: 600, Judges: 30, PerWork: 3}, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := Comparability(plan.Panels); got < plan.Proof.AEfficiency-1e-5 || got > plan.Proof.AEfficiency+1e-5 {
		t.Fatalf("%g, the proof says %g", got, plan.Proof.AEfficiency)
	}
}

func TestAJudgeWithOneWorkWeighsAsOneWork(t *testing.T) {
	panels := [][]int{{9, 1, 2}}
	for range 10 {
		panels = append(panels, []int{1, 2, 3}, []int{2, 3, 4}, []int{1, 3, 4}, []int{1, 2, 4})
	}
	d := compact(panels)
	plain, _ := d.efficiency(d.components(-1).Groups)
	if got := Comparability(panels); plain > 0.2 || got < 0.7 {
		t.Fatalf("%g, as plain A-efficiency %g", got, plain)
	}
}
