package tails

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// plain tries all, with nothing left out.
func plain(squares []float64, doubt float64) (freedom float64) {
	scale := 0.0
	for _, z := range squares {
		scale += z / float64(len(squares))
	}
	best := math.Inf(-1)
	for _, nu := range freedoms {
		n := float64(len(squares))
		l := -n / 2 * (math.Log(2*math.Pi*scale) + 1)
		if !math.IsInf(nu, 1) && scale > 0 {
			for range rounds {
				sum := 0.0
				for _, z := range squares {
					sum += (nu + 1) / (nu + z/scale) * z
				}
				scale = sum / n
			}
			above, _ := math.Lgamma((nu + 1) / 2)
			below, _ := math.Lgamma(nu / 2)
			l = n * (above - below - math.Log(nu*math.Pi*scale)/2)
			for _, z := range squares {
				l -= (nu + 1) / 2 * math.Log1p(z/scale/nu)
			}
		}
		if l -= doubt / nu; l > best {
			best, freedom = l, nu
		}
	}
	return freedom
}

// residual draws one of a kind of noise: normal, t of few degrees, with gross errors, bounded, two-sided.
func residual(random *rand.Rand, kind int) float64 {
	z := random.NormFloat64()
	switch kind {
	case 1, 2, 3:
		chi := 0.0
		for range kind + 1 {
			x := random.NormFloat64()
			chi += x * x
		}
		return z / math.Sqrt(chi/float64(kind+1))
	case 4:
		if random.IntN(20) == 0 {
			return 6 * z
		}
	case 5:
		return 2*random.Float64() - 1
	case 6:
		return math.Copysign(1+.1*z, float64(random.IntN(2))-.5)
	case 7:
		return z * math.Exp(random.NormFloat64()/2)
	case 8:
		if random.IntN(500) == 0 {
			return 40 * z
		}
	}
	return z
}

// TestFindsWhatTryingAllFinds: leaving out and counting otherwise must not change what is found.
func TestFindsWhatTryingAllFinds(t *testing.T) {
	random, met := rand.New(rand.NewPCG(7, 9)), map[float64]int{}
	times := 900
	if testing.Short() {
		times = 180
	}
	for i := range times {
		squares := make([]float64, 1+random.IntN(3000)/(1+i%3*10))
		wide := math.Exp(random.NormFloat64())
		for k := range squares {
			z := wide * residual(random, i%9)
			squares[k] = z * z
		}
		want, got := plain(squares, 8), Freedom(squares, 8)
		if got != want {
			t.Fatalf("kind %d, %d residuals: %v, not %v", i%9, len(squares), got, want)
		}
		met[got]++
	}
	if len(met) < 8 {
		t.Errorf("too few answers to tell anything: %v", met)
	}
}

func TestEdges(t *testing.T) {
	for _, squares := range [][]float64{{1}, {0, 0}, {0, 1}, {1e-300, 1e300}, {1, 1, 1, 1, 1e9}, {math.NaN()}} {
		if want, got := plain(squares, 8), Freedom(squares, 8); got != want && !(math.IsInf(got, 1) && want == 0) {
			t.Errorf("%v: %v, not %v", squares, got, want)
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
