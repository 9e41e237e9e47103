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
