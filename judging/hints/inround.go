package hints

import (
	"cmp"
	"maps"
	"math"
	"slices"
)

// usualFavour is a favour as people do it, in standard deviations of the noise of a mark: some 8 points of 100.
const usualFavour = 1.5

const (
	reachGrid = 16   // parts of a deviation in which reaches are kept apart
	leastSeen = .25  // deviations: where less would be seen, it is taken for as much
	farthest  = 38.0 // deviations beyond which no chance is given
)

// kin are pairs in which a usual favour is seen equally well and is equally likely.
type kin struct {
	reach int // parts of reachGrid
	own   int // 1 where the unit is the judge's own
}

func (p pair) kin() kin {
	k := kin{reach: int(math.Round(max(leastSeen, p.reach) * reachGrid))}
	if p.Own {
		k.own = 1
	}
	return k
}

// inRound sets the chance of each pair's finding in the whole round. Pairs are not alike: among three works of a unit
// a favour can hardly be seen, among ten it can. What is held against all pairs is therefore not the chance in the pair
// alone but how much likelier a usual favour makes what is seen there: x z - x²/2 for its logarithm, where z is
// the deviate of that chance and x the reach (Spjøtvoll 1972; Roeder, Wasserman 2009). How often it comes out so high
// by accident in each pair follows from the reach, and the sum over all pairs is the chance. All judges' own units
// together are taken to be favoured as often as all other units together.
func inRound(looked []pair) {
	of := map[kin]float64{}
	var sum [2]float64 // of others' units, of own ones
	for _, p := range looked {
		of[p.kin()]++
		sum[p.kin().own]++
	}
	likelier := math.Log((1 + sum[0]) / (1 + sum[1]))
	kinds := slices.SortedFunc(maps.Keys(of), func(a, b kin) int {
		return cmp.Or(cmp.Compare(a.own, b.own), cmp.Compare(a.reach, b.reach))
	})
	for i := range looked {
		p := &looked[i]
		if p.Chance = 1; !said(p.Alone) {
			continue
		}
		odds := p.kin().odds(deviate(p.Alone), likelier)
		p.Chance = 0
		for _, k := range kinds {
			p.Chance += of[k] * beyond(k.deviate(odds, likelier))
		}
		p.Chance = min(1, p.Chance)
	}
}

// odds is the logarithm of how much likelier a favour is than none, but for a constant, where z is seen.
func (k kin) odds(z, likelier float64) float64 {
	x := float64(k.reach) / reachGrid
	return x*z - x*x/2 + likelier*float64(k.own)
}

// deviate is the z from which the odds are at least so high.
func (k kin) deviate(odds, likelier float64) float64 {
	x := float64(k.reach) / reachGrid
	return (odds-likelier*float64(k.own))/x + x/2
}

// beyond is the chance that a standard normal lies above z.
func beyond(z float64) float64 { return math.Erfc(z/math.Sqrt2) / 2 }

// deviate is the z that a standard normal lies above with the chance p.
func deviate(p float64) float64 {
	low, high := -farthest, farthest
	for range 64 {
		if middle := (low + high) / 2; p < beyond(middle) {
			low = middle
		} else {
			high = middle
		}
	}
	return low
}
