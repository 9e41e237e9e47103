package hints

import (
	"math"
	"slices"
	"testing"
)

// TestAFavourIsHeldAgainstTheSameLists leaves out lists that are all the unit's or have none of it, and wants three
// works at least: the points are worked out by hand.
func TestAFavourIsHeldAgainstTheSameLists(t *testing.T) {
	rests := []rest{
		{work: 0, unit: 1, list: 0, points: 6, sd: 6}, {work: 1, unit: 1, list: 0, points: 8, sd: 8},
		{work: 2, unit: 0, list: 0, points: 1, sd: 1e9}, {work: 3, unit: 2, list: 0, points: 3, sd: 1e9},
		{work: 4, unit: 1, list: 1, points: 9, sd: 9}, {work: 5, unit: -1, list: 1, points: 0, sd: 1},
		{work: 6, unit: 1, list: 2, points: 50, sd: 12.5}, // all of its list
		{work: 7, unit: 0, list: 3, points: -50, sd: 12.5},
	}
	p := pair{Favour: Favour{Unit: 1}}
	// 2 · (7 - 2) and 1 · (9 - 0) over three works; z adds up to 3, of which 1.5 is
	// expected with a variance of 1/3 and 1/4: 1.964 deviations, of which a normal goes beyond in 2.48 %
	if !p.weigh(rests, 12) || p.Points != 19./3 || math.Abs(p.Alone-.0248) > 5e-5 ||
		!slices.Equal(p.Works, []int{0, 1, 4, 6}) {
		t.Errorf("%+v", p)
	}
	// A favour of 12 points lifts z by 2 and 1.5 where half of the works have it, and by 4/3 where half have: by 1.75
	// and 2/3 above the mean of all. The sum of two of four z varies by 4/3, one of two by 1.
	if want := (1.75 + 2./3) / math.Sqrt(4./3+1./1); !(math.Abs(p.reach-want) <= 1e-12) {
		t.Errorf("a reach of %v, not %v", p.reach, want)
	}
	p = pair{Favour: Favour{Unit: 1}}
	if p.weigh(rests[1:], 12) {
		t.Errorf("two works are weighed: %+v", p)
	}
	if got := unitsOf(rests); !slices.Equal(got, []int{1}) {
		t.Errorf("units %v", got)
	}
	two := append(rests, rest{unit: 0}, rest{unit: -1}, rest{unit: -1})
	if got := unitsOf(two); !slices.Equal(got, []int{0, 1}) {
		t.Errorf("units %v", got)
	}
}

// TestAScoreIsOnTheGridFromTheLeastOn has scores beyond the grid on either side.
func TestAScoreIsOnTheGridFromTheLeastOn(t *testing.T) {
	s := &stratum{}
	for i, z := range []float64{-9, -8, 0, .0625, 8, 9} {
		s.add(rest{points: z, sd: 1}, i == 3 || i == 5)
	}
	if !slices.Equal(s.steps, []int{0, 0, 128, 129, 256, 256}) || s.reached != 129+256 || s.chosen != 2 ||
		s.sum != 8.0625 || s.inside != 9.0625 || s.outside != -9 || s.clear != 2 {
		t.Errorf("%+v", s)
	}
	m, v := moments([]float64{1, 2, 6})
	if math.Abs(m-3) > 1e-12 || math.Abs(v-14./3) > 1e-12 {
		t.Errorf("mean %v, variance %v", m, v)
	}
}

// TestChancesOfSumsMultiply works two throws out by hand.
func TestChancesOfSumsMultiply(t *testing.T) {
	if got := convolve([]float64{1, 2}, []float64{3, 0, 4}); !slices.Equal(got, []float64{3, 6, 4, 8}) {
		t.Error(got)
	}
}
