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

// The likelihood of the best scale is the highest of any, and that of many degrees of freedom is the normal's.
func TestTheLikelihoodIsOfTheBestScale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		squares := rapid.SliceOfN(rapid.Float64Range(.01, 30), 20, 60).Draw(t, "squares")
		start := 0.0
		for _, z := range squares {
			start += z / float64(len(squares))
		}
		nu := rapid.SampledFrom(freedoms[1:]).Draw(t, "nu")
		_, scale := likelihood(squares, nu, start)
		for range 20 {
			_, scale = likelihood(squares, nu, scale)
		}
		best, _ := likelihood(squares, nu, scale)
		plain := func(scale float64) (l float64) { // the density written out
			for _, z := range squares {
				above, _ := math.Lgamma((nu + 1) / 2)
				below, _ := math.Lgamma(nu / 2)
				l += above - below - math.Log(nu*math.Pi*scale)/2 - (nu+1)/2*math.Log(1+z/(nu*scale))
			}
			return l
		}
		if math.Abs(best-plain(scale)) > 1e-6 {
			t.Fatalf("%g, by the density %g", best, plain(scale))
		}
		for _, f := range []float64{.8, .95, 1.05, 1.25} {
			if plain(scale*f) > best+1e-3 {
				t.Fatalf("nu %g: scale %g has %g, %g has %g", nu, scale, best, scale*f, plain(scale*f))
			}
		}
	})
}
