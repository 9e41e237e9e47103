package steps

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Mean and variance of a normal between two bounds, by adding up slices of it.
func slicedMoments(low, high float64) (mean, variance float64) {
	low, high = max(low, -12), min(high, 12)
	const n = 200000
	step, total, square := (high-low)/n, 0.0, 0.0
	base := max(low, min(high, 0))
	for i := range n {
		z := low + (float64(i)+.5)*step
		p := math.Exp(-(z*z - base*base) / 2)
		total, mean, square = total+p, mean+p*(z-base), square+p*(z-base)*(z-base)
	}
	mean /= total
	return base + mean, square/total - mean*mean
}

func TestAStepOfANormalHasItsMeanAndVariance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		low := rapid.Float64Range(-5.9, 5.9).Draw(t, "low")
		high := low + rapid.Float64Range(.01, 6).Draw(t, "width")
		switch rapid.IntRange(0, 3).Draw(t, "open") {
		case 0:
			low = math.Inf(-1)
		case 1:
			high = math.Inf(1)
		}
		mean, variance := truncated(low, high)
		wantMean, wantVariance := slicedMoments(low, high)
		if math.Abs(mean-wantMean) > 1e-4 || math.Abs(variance-wantVariance) > 1e-4 {
			t.Fatalf("%g to %g: %g, %g; by slices %g, %g", low, high, mean, variance, wantMean, wantVariance)
		}
	})
	// Beyond where the distribution function has digits left it must stay inside, and close.
	for _, low := range []float64{7, 12, 40, 1e6} {
		mean, variance := truncated(low, low+3)
		if !(mean > low && mean < low+3) || !(variance > 0 && variance < .05) {
			t.Errorf("from %g: %g, %g", low, mean, variance)
		}
		if m, v := truncated(-low-3, -low); m != -mean || v != variance {
			t.Errorf("to %g: %g, %g", -low, m, v)
		}
	}
}

// Slope and bend are those of the likelihood itself, averaged over what may be expected: by differences of the chance
// of the step, and by many slices of the normal.
func TestAStepSaysWhatItsLikelihoodSays(t *testing.T) {
	log := func(low, high, at float64) float64 {
		return math.Log((math.Erfc(-(high-at)/math.Sqrt2) - math.Erfc(-(low-at)/math.Sqrt2)) / 2)
	}
	rapid.Check(t, func(t *rapid.T) {
		low := rapid.Float64Range(-3, 2).Draw(t, "low")
		high := low + rapid.Float64Range(.2, 3).Draw(t, "width")
		spread := rapid.Float64Range(0, .7).Draw(t, "spread")
		const n, d = 400, 1e-3
		var wantSlope, wantBend, total float64
		for k := range n {
			z := (float64(k)+.5)*10/n - 5
			p, at := math.Exp(-z*z/2), z*spread
			up, here, down := log(low, high, at+d), log(low, high, at), log(low, high, at-d)
			total += p
			wantSlope += p * (up - down) / (2 * d)
			wantBend -= p * (up - 2*here + down) / (d * d)
		}
		slope, bend, _ := Mean(low, high, spread)
		wantSlope, wantBend = wantSlope/total, wantBend/total
		if math.Abs(slope-wantSlope) > .01 || math.Abs(bend-wantBend) > .01 {
			t.Fatalf("%g to %g, %g: %g, %g; by slices %g, %g", low, high, spread, slope, bend, wantSlope, wantBend)
		}
	})
	slope, bend, square := Mean(math.Inf(-1), math.Inf(1), .5)
	if slope != 0 || bend != leastBend || math.Abs(square-1) > 1e-9 {
		t.Errorf("a step without ends says %g, %g, %g", slope, bend, square)
	}
}

// Where what is expected is drawn from what may be, and what is felt about it, the mean square is that of the noise: a
// fit that learns the noise from it does not move away from the truth. It is what a bend at one value gets wrong.
func TestNoiseIsLearnedFromStepsWithoutBias(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	const n, width = 200000, 1.8
	total := 0.0
	for range n {
		felt := 1.3 * r.NormFloat64() // expected .83 about 0, and noise of 1 about that
		low := width * math.Floor(felt/width)
		// what may be expected once the step is known: begun at the prior, until mean and variance stand
		m, v := 0.0, .69
		for range 30 {
			slope, bend, _ := Mean(low-m, low+width-m, math.Sqrt(v))
			next := 1 / (1/.69 + bend)
			m, v = m+next*(slope-m/.69), next
		}
		_, _, square := Mean(low-m, low+width-m, math.Sqrt(v))
		total += square
	}
	if got := total / n; math.Abs(got-1) > .03 {
		t.Errorf("a noise of 1 is seen as %g", got)
	}
}

func TestMarksStandForStepsWhereTheyAreFewOrCrowded(t *testing.T) {
	s, ok := Of([]float64{80, 60, 90, 80})
	open := math.Inf(1)
	if !ok || s.First != 70 || s.Top != 85 || !slices.Equal(s.Low, []float64{70, -open, 85, 70}) ||
		!slices.Equal(s.High, []float64{85, 70, open, 85}) {
		t.Errorf("%+v %v", s, ok)
	}
	many := make([]float64, 100)
	for i := range many {
		many[i] = float64(i)
	}
	if _, ok := Of(many); ok {
		t.Error("a hundred values are no steps")
	}
	many[97], many[98] = 99, 99
	if s, ok := Of(many); !ok || s.Top != 97.5 || s.Low[99] != 97.5 || s.High[99] != open {
		t.Error("three of a hundred marks at the end are a crowd")
	}
	for _, none := range [][]float64{nil, {7}, {7, 7}} {
		if _, ok := Of(none); ok {
			t.Errorf("%v are steps", none)
		}
	}
}
