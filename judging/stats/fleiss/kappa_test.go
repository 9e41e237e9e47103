package fleiss_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"fayi/judging/stats/fleiss"
)

// classes writes out how many put a work into each of five classes.
func classes(counts ...int) (out []float64) {
	for class, n := range counts {
		for range n {
			out = append(out, float64(class))
		}
	}
	return out
}

// TestKappaIsThatOfAPublishedExample: fourteen put ten works into five classes, with κ = 0.210 (Wikipedia, Fleiss'
// kappa, worked example).
func TestKappaIsThatOfAPublishedExample(t *testing.T) {
	works := [][]float64{
		classes(0, 0, 0, 0, 14), classes(0, 2, 6, 4, 2), classes(0, 0, 3, 5, 6), classes(0, 3, 9, 2, 0),
		classes(2, 2, 8, 1, 1), classes(7, 7, 0, 0, 0), classes(3, 2, 6, 3, 0), classes(2, 5, 3, 2, 2),
		classes(6, 5, 2, 1, 0), classes(0, 2, 2, 3, 7),
	}
	k, ok := fleiss.Kappa(works)
	if !ok || math.Abs(k-0.20993) > 0.00001 {
		t.Errorf("%v, %v", k, ok)
	}
	if same, of := fleiss.Unanimous(works); same != 1 || of != 10 {
		t.Error(same, of)
	}
}

// TestKappaIsWhatPairsOfPeopleAgreeIn computes it from pairs of people drawn at random: how often two who speak of the
// same work say the same, next to how often two sayings of any works do.
func TestKappaIsWhatPairsOfPeopleAgreeIn(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 300 {
		var works [][]float64
		n := 2 + r.IntN(4)
		for range 3 + r.IntN(6) {
			var given []float64
			for range n {
				given = append(given, float64(r.IntN(3))/2)
			}
			works = append(works, given)
		}
		same, pairs, alike, any := 0.0, 0.0, 0.0, 0.0
		for i, a := range works {
			for x, left := range a {
				for k, b := range works {
					for y, right := range b {
						equal := 0.0
						if left == right {
							equal = 1
						}
						if any, alike = any+1, alike+equal; i == k && x != y {
							pairs, same = pairs+1, same+equal
						}
					}
				}
			}
		}
		k, ok := fleiss.Kappa(works)
		if ok != (alike < any) {
			t.Fatalf("%v: %v", works, ok)
		}
		if want := (same/pairs - alike/any) / (1 - alike/any); ok && math.Abs(k-want) > 1e-9 {
			t.Fatalf("%v: %v, not %v", works, k, want)
		}
	}
}

func TestKappaOfFewSayings(t *testing.T) {
	for name, c := range map[string]struct {
		works [][]float64
		ok    bool
		kappa float64
		same  int
		of    int
	}{
		"nothing":              {nil, false, 0, 0, 0},
		"one speaks of each":   {[][]float64{{1}, {0}, nil}, false, 0, 0, 0},
		"all say the same":     {[][]float64{{1, 1}, {1, 1, 1}}, false, 0, 2, 2},
		"full agreement":       {[][]float64{{1, 1}, {0, 0, 0}}, true, 1, 2, 2},
		"none":                 {[][]float64{{1, 0}, {0, 1}}, true, -1, 0, 2},
		"one alone counts too": {[][]float64{{1, 1}, {0}}, true, 1, 1, 1},
	} {
		k, ok := fleiss.Kappa(c.works)
		same, of := fleiss.Unanimous(c.works)
		if ok != c.ok || math.Abs(k-c.kappa) > 1e-12 || same != c.same || of != c.of {
			t.Errorf("%s: %v, %v, %d of %d", name, k, ok, same, of)
		}
	}
}
