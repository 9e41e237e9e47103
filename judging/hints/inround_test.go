package hints

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestTheChanceInARoundHolds draws rounds in which nobody favours, and counts the pairs that come out at least as
// telling as one that was seen: that many there are on average, if the chance is what it says. Telling is by the odds
// of a normal raised by the reach against one that is not, own units together as likely as all others.
func TestTheChanceInARoundHolds(t *testing.T) {
	var looked []pair
	add := func(n int, reach float64, own bool) {
		for range n {
			looked = append(looked, pair{Favour: Favour{Own: own, Alone: 1}, reach: reach})
		}
	}
	add(40, 2, false)
	add(7, 3.5, false)
	add(3, 2, true)
	add(1, 4, true)
	density := func(x float64) float64 { return math.Exp(-x * x / 2) }
	odds := func(p pair, z float64) float64 {
		ratio := density(z-p.reach) / density(z)
		if p.Own {
			ratio *= 48. / 5
		}
		return ratio
	}
	r := rand.New(rand.NewPCG(1, 8))
	for _, c := range []struct {
		at int
		z  float64
	}{{0, 3.2}, {45, 3}, {47, 2.6}, {50, 2.4}} {
		for i := range looked {
			looked[i].Alone = 1
		}
		looked[c.at].Alone = math.Erfc(c.z/math.Sqrt2) / 2
		inRound(looked)
		const rounds = 20000
		found, want := 0, odds(looked[c.at], c.z)
		for range rounds {
			for _, p := range looked {
				if odds(p, r.NormFloat64()) >= want {
					found++
				}
			}
		}
		drawn, got := float64(found)/rounds, looked[c.at].Chance
		if !(math.Abs(drawn-got) <= 4*math.Sqrt(got/rounds)) || got <= looked[c.at].Alone {
			t.Errorf("pair %d: chance %v, drawn %v", c.at, got, drawn)
		}
		if rest := looked[(c.at+1)%len(looked)]; rest.Chance != 1 {
			t.Errorf("what is seen in the next pair has a chance of %v", rest.Chance)
		}
	}
}

// TestTheChanceOfPairsAlikeHoldsForAll: where all see alike it is that of one, times their number, whatever they see;
// and where all units are the judges' own.
func TestTheChanceOfPairsAlikeHoldsForAll(t *testing.T) {
	for _, own := range []bool{false, true} {
		for _, reach := range []float64{0, .2, 3, 9} {
			looked := make([]pair, 30)
			for i := range looked {
				looked[i] = pair{Favour: Favour{Own: own, Alone: .01}, reach: reach}
			}
			looked[3].Alone, looked[4].Alone, looked[5].Alone = 1e-4, 1e-80, .0101
			inRound(looked)
			for i, want := range map[int]float64{2: .3, 3: 3e-3, 4: 3e-79, 5: 1} {
				if got := looked[i].Chance; !(math.Abs(got-want) <= 1e-9*want) {
					t.Errorf("own %v, a reach of %v: chance %v, not %v", own, reach, got, want)
				}
			}
		}
	}
}

// TestADeviateHoldsItsChance is the other way round.
func TestADeviateHoldsItsChance(t *testing.T) {
	for _, p := range []float64{1e-300, 1e-12, .003, .5, .9} {
		if got := beyond(deviate(p)); math.Abs(got-p) > 1e-10*p {
			t.Errorf("%v, not %v", got, p)
		}
	}
	if got := deviate(.5); math.Abs(got) > 1e-15 {
		t.Errorf("half of all lie above %v", got)
	}
	if got := deviate(0); math.Abs(got-farthest) > 1e-9 {
		t.Errorf("nothing goes beyond %v", got)
	}
	k := pair{reach: 2.49, Favour: Favour{Own: true}}.kin()
	if k != (kin{40, 1}) || math.Abs(k.deviate(k.odds(3, .7), .7)-3) > 1e-12 {
		t.Errorf("%+v", k)
	}
}
