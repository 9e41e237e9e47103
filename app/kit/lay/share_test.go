package lay

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestShareByWeight(t *testing.T) {
	for name, c := range map[string]struct {
		total         float32
		mins, weights []float32
		want          []float32
	}{
		"weights divide what there is":       {300, []float32{10, 10}, []float32{2, 1}, []float32{200, 100}},
		"no weight keeps the minimum":        {300, []float32{60, 10}, []float32{0, 1}, []float32{60, 240}},
		"a high minimum takes from the rest": {300, []float32{200, 10, 10}, []float32{1, 1, 1}, []float32{200, 50, 50}},
		"too little room squeezes all alike": {100, []float32{150, 50}, []float32{1, 1}, []float32{75, 25}},
		"no weights at all leave room":       {300, []float32{60, 40}, []float32{0, 0}, []float32{60, 40}},
		"nothing to share":                   {300, nil, nil, []float32{}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := ShareByWeight(c.total, c.mins, c.weights); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestSharesFillTheRoomAndKeepMinimums(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "n")
		mins := rapid.SliceOfN(rapid.Float32Range(1, 300), n, n).Draw(t, "mins")
		weights := rapid.SliceOfN(rapid.Float32Range(0.1, 9), n, n).Draw(t, "weights")
		total := rapid.Float32Range(0, 4000).Draw(t, "total")
		var sum, need float64
		for i, w := range ShareByWeight(total, mins, weights) {
			sum += float64(w)
			need += float64(mins[i])
			if float64(total) > need && total > 300*float32(n) && w < mins[i]-0.01 {
				t.Fatalf("part %d got %v of at least %v", i, w, mins[i])
			}
		}
		if math.Abs(sum-float64(total)) > 0.5 {
			t.Fatalf("parts fill %v of %v", sum, total)
		}
	})
}
