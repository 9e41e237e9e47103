package hints

import (
	"math"
	"math/rand/v2"
	"testing"
)

// every sums the scores of each choice of n of z, and says how many choices reach sum.
func every(z []int, n, sum int) (reach, all int) {
	for chosen := range 1 << len(z) {
		count, got := 0, 0
		for i, x := range z {
			if chosen>>i&1 == 1 {
				count, got = count+1, got+x
			}
		}
		if count != n {
			continue
		}
		if all++; got >= sum {
			reach++
		}
	}
	return reach, all
}

// TestTheChanceOfAFavourIsThatOfAllChoices: counted out, choice by choice, for one list and for two.
func TestTheChanceOfAFavourIsThatOfAllChoices(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 2))
	exact := 0
	for range 60 {
		draw := func() (s *stratum, steps []int) {
			s = &stratum{}
			n := 2 + r.IntN(3)
			for i := range 10 {
				z := float64(r.IntN(6*grid)-3*grid) / grid
				if i < n {
					z = float64(r.IntN(3*grid)) / grid
				}
				s.add(rest{points: z, sd: 1}, i < n)
				steps = append(steps, int(z*grid))
			}
			return s, steps
		}
		one, first := draw()
		two, second := draw()
		if z := deviations(one, two); z < worthIt {
			continue
		}
		exact++
		reached, want, all := 0, 0.0, 0.0
		for i := range one.chosen {
			reached += first[i]
		}
		for i := range two.chosen {
			reached += second[i]
		}
		for chosen := range 1 << len(first) {
			count, sum := 0, 0
			for i, x := range first {
				if chosen>>i&1 == 1 {
					count, sum = count+1, sum+x
				}
			}
			if count == one.chosen {
				reach, n := every(second, two.chosen, reached-sum)
				want, all = want+float64(reach), all+float64(n)
			}
		}
		if got := chanceOf([]*stratum{one, two}); !(math.Abs(got-want/all) <= 1e-9*want/all) {
			t.Errorf("chance %g, counted %g", got, want/all)
		}
	}
	if exact < 10 {
		t.Errorf("only %d were worth it", exact)
	}
}

// deviations is how far the sum of what was chosen lies above its mean, in standard deviations.
func deviations(lists ...*stratum) float64 {
	sum, variance := 0.0, 0.0
	for _, s := range lists {
		m, v := moments(s.z)
		n, all := float64(s.chosen), float64(len(s.z))
		sum += s.sum - n*m
		variance += n * v * (all - n) / (all - 1)
	}
	return sum / math.Sqrt(variance)
}

// TestTheChancesOfCopiesAreThoseOfDraws: the same as of uniform numbers that were drawn.
func TestTheChancesOfCopiesAreThoseOfDraws(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	const draws, n = 40000, 9
	low, many := 0, 0
	for range draws {
		sum, near := 0.0, 0
		for range n {
			u := r.Float64()
			sum -= math.Log1p(-u)
			if u <= .25 {
				near++
			}
		}
		if sum <= 5 {
			low++
		}
		if near >= 5 {
			many++
		}
	}
	for name, c := range map[string][2]float64{
		"lower": {lower(5, n), float64(low) / draws}, "atLeast": {atLeast(5, n, .25), float64(many) / draws},
	} {
		if math.Abs(c[0]-c[1]) > 4*math.Sqrt(c[0]/draws) {
			t.Errorf("%s is %.4f, drawn %.4f", name, c[0], c[1])
		}
	}
}
