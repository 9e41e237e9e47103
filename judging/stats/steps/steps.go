// Package steps tells what a mark says that is no point but a step: that what the judge felt lay between two values.
//
// What is felt is normal about what is expected, which itself is known only as a normal. The likelihood of the step is
// taken as that of a point: the one with the same slope and bend, both being means over what may be expected, as in
// Gaussian variational inference (Opper, Archambeau 2009). Taken at one value alone, as Laplace's method does, the bend
// of a step as wide as the noise is too large by half, and noise is found a third too large.
package steps

import (
	"math"
	"slices"
)

const (
	fewValues = 12  // different values up to which marks count as steps
	crowded   = .02 // share of marks at the highest, or lowest, value from which it counts as open
)

// Scale is what each of many marks stands for: the step from Low to High, halfway to the marks next to it, open at the
// ends of the scale. First is where the lowest step ends, Top where the highest begins.
type Scale struct {
	Low, High  []float64
	First, Top float64
}

// Of returns the steps that marks stand for; false where they are many values and not crowded at an end, so that each
// may be taken as a point.
func Of(given []float64) (s Scale, ok bool) {
	marks := slices.Sorted(slices.Values(given))
	n, ends := len(marks), 0 // marks at the fuller end
	if n > 0 {
		first, _ := slices.BinarySearch(marks, math.Nextafter(marks[0], math.Inf(1)))
		last, _ := slices.BinarySearch(marks, marks[n-1])
		ends = max(first, n-last)
	}
	marks = slices.Compact(marks)
	if len(marks) < 2 || len(marks) > fewValues && float64(ends) <= crowded*float64(n) {
		return s, false
	}
	s = Scale{Low: make([]float64, n), High: make([]float64, n)}
	s.First, s.Top = (marks[0]+marks[1])/2, (marks[len(marks)-2]+marks[len(marks)-1])/2
	for k, y := range given {
		at, _ := slices.BinarySearch(marks, y)
		s.Low[k], s.High[k] = math.Inf(-1), math.Inf(1)
		if at > 0 {
			s.Low[k] = (marks[at-1] + y) / 2
		}
		if at+1 < len(marks) {
			s.High[k] = (y + marks[at+1]) / 2
		}
	}
	return s, true
}

// leastBend is what a step tells at least, of what a point would tell.
const leastBend = .01

// hermite are nodes and weights of Gauss and Hermite: a mean over a normal, exact for what bends like a fifth power.
var hermite = [...]struct{ at, p float64 }{{-math.Sqrt(3), 1.0 / 6}, {0, 2.0 / 3}, {math.Sqrt(3), 1.0 / 6}}

// Mean returns what a step from low to high says of what is expected, in standard deviations of the noise from the
// middle of what may be expected, whose own standard deviation is spread: the slope of the log likelihood, its bend
// (that of a point is 1), and the mean square by which what was felt lies from what was expected.
func Mean(low, high, spread float64) (slope, bend, square float64) {
	for _, n := range hermite {
		mean, variance := truncated(low-n.at*spread, high-n.at*spread)
		slope, bend, square = slope+n.p*mean, bend+n.p*(1-variance), square+n.p*(variance+mean*mean)
	}
	return slope, max(leastBend, bend), square
}

// truncated returns mean and variance of a standard normal that is known to lie between low and high.
func truncated(low, high float64) (mean, variance float64) {
	const far, narrow = 6, 1e-3
	switch {
	case high-low < narrow:
		return (low + high) / 2, 0
	case low > far:
		return min(low+1/low, (low+high)/2), 1 / (low * low)
	case high < -far:
		return max(high+1/high, (low+high)/2), 1 / (high * high)
	}
	between := (math.Erfc(-high/math.Sqrt2) - math.Erfc(-low/math.Sqrt2)) / 2
	atLow, atHigh := density(low), density(high)
	mean = (atLow - atHigh) / between
	bend := 0.0
	if !math.IsInf(low, -1) {
		bend += low * atLow
	}
	if !math.IsInf(high, 1) {
		bend -= high * atHigh
	}
	return mean, max(0, min(1, 1+bend/between-mean*mean))
}

func density(z float64) float64 { return math.Exp(-z*z/2) / math.Sqrt(2*math.Pi) }
