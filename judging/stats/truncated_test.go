package stats

import (
	"math"
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
		if math.Abs(mean-wantMean) > 1e-4 || math.Abs(variance-min(leastVanish, wantVariance)) > 1e-4 {
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
