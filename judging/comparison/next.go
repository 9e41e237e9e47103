package comparison

import (
	"hash/fnv"
	"math"
)

// fewest is how often every work is asked about before pairs are chosen where they matter most.
const fewest = 4

// Pair is two works to be compared, as they stand on the screen.
type Pair struct{ Left, Right int }

// Next is the pair of which a judge should be asked, false where the judge was asked all. may says whether the judge
// may see a work; nil allows all. The same answers and seed give the same pair.
func (r *Result) Next(judge int, may func(work int) bool, seed uint64) (Pair, bool) {
	least := math.MaxInt
	var works []int
	for i, s := range r.Works {
		if may == nil || may(i) {
			works = append(works, i)
			least = min(least, s.N)
		}
	}
	best, found, most, chance := Pair{}, false, 0.0, uint64(0)
	for k, i := range works {
		for _, l := range works[:k] {
			if r.asked[pairOf(judge, i, l)] || least < fewest && min(r.Works[i].N, r.Works[l].N) > least {
				continue
			}
			gain, drawn := r.gain(i, l), draw(seed, judge, i, l)
			if !found || gain > most || gain == most && drawn < chance {
				best, found, most, chance = r.stand(l, i, drawn), true, gain, drawn
			}
		}
	}
	return best, found
}

// gain is the information that an answer of a usual judge brings, weighted by how open the two works are.
func (r *Result) gain(i, k int) float64 {
	cov := &r.model.cov
	v := cov.At(i, i) + cov.At(k, k) - 2*cov.At(i, k)
	p := logistic(r.Works[i].Value - r.Works[k].Value)
	return math.Log1p(v*p*(1-p)) * (r.open(i) + r.open(k))
}

// open is 1 where the side of a cut line is open, near 0 where it is certain; 1 without lines. What is certain still
// holds the others together, so it is never 0.
func (r *Result) open(i int) float64 {
	if len(r.cuts) == 0 || r.Works[i].N == 0 {
		return 1
	}
	most := 0.0
	for _, p := range r.Works[i].Award {
		most = max(most, 4*p*(1-p))
	}
	return .05 + .95*most
}

// stand puts the work on the left that stood there less often.
func (r *Result) stand(i, k int, drawn uint64) Pair {
	tilt := func(w int) int { return 2*r.Works[w].onLeft - r.Works[w].N }
	if tilt(i) > tilt(k) || tilt(i) == tilt(k) && drawn&1 == 1 {
		return Pair{k, i}
	}
	return Pair{i, k}
}

func pairOf(judge, a, b int) [3]int { return [3]int{judge, min(a, b), max(a, b)} }

// draw is a number that looks drawn and is the same each time.
func draw(seed uint64, judge, i, k int) uint64 {
	h := fnv.New64a()
	var b [32]byte
	for n, v := range [4]uint64{seed, uint64(judge), uint64(min(i, k)), uint64(max(i, k))} {
		for s := range 8 {
			b[8*n+s] = byte(v >> (8 * s))
		}
	}
	h.Write(b[:])
	return h.Sum64()
}
