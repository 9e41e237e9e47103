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
		{work: 0, unit: 1, list: 0, points: 6, z: 1}, {work: 1, unit: 1, list: 0, points: 8, z: 1},
		{work: 2, unit: 0, list: 0, points: 1, z: 0}, {work: 3, unit: 2, list: 0, points: 3, z: 0},
		{work: 4, unit: 1, list: 1, points: 9, z: 1}, {work: 5, unit: -1, list: 1, points: 0, z: 0},
		{work: 6, unit: 1, list: 2, points: 50, z: 4}, // all of its list
		{work: 7, unit: 0, list: 3, points: -50, z: -4},
	}
	f := Favour{Unit: 1}
	// 2 · (7 - 2) and 1 · (9 - 0) over three works; z adds up to 3, of which 1.5 is
	// expected with a variance of 1/3 and 1/4: 1.964 deviations, of which a normal goes beyond in 2.48 %
	if !f.weigh(rests) || f.Points != 19./3 || math.Abs(f.Alone-.0248) > 5e-5 ||
		!slices.Equal(f.Works, []int{0, 1, 4, 6}) {
		t.Errorf("%+v", f)
	}
	f = Favour{Unit: 1}
	if f.weigh(rests[1:]) {
		t.Errorf("two works are weighed: %+v", f)
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
		s.add(rest{z: z, points: 1}, i == 3 || i == 5)
	}
	if !slices.Equal(s.steps, []int{0, 0, 128, 129, 256, 256}) || s.reached != 129+256 || s.chosen != 2 ||
		s.sum != 8.0625 || s.inside != 2 || s.outside != 4 {
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
