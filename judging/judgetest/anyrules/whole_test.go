package anyrules

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"fayi/judging"
)

// drawWhole has some of the awards and totals count over the whole contest, where that can be meant.
func drawWhole(r *rand.Rand, s *judging.Rules) {
	for i := range s.Awards {
		was := s.Awards[i].Whole
		if s.Awards[i].Whole = r.IntN(3) == 0 && !s.Awards[i].Passed; len(s.Check()) > 0 {
			s.Awards[i].Whole = was
		}
		if s.Awards[i].Whole && s.Awards[i].Count > 0 && r.IntN(2) == 0 {
			s.Awards[i].Count += r.IntN(6)
		}
	}
	for i := range s.Totals {
		if s.Totals[i].Whole = r.IntN(3) == 0; len(s.Check()) > 0 {
			s.Totals[i].Whole = false
		}
	}
}

// partOf is what a list has of an award that is counted over the whole contest.
func (l list) partOf(a judging.Award) judging.Share {
	n := l.part(a.Share, func(o list) (judging.Share, bool) {
		plain := a
		plain.Share = judging.Share{Count: -1}
		own := o.shareOf(plain)
		return own, own.Count != -1
	})
	return judging.Share{Count: n, MinScore: a.MinScore}
}

// part is what a list has of places over the whole contest: own tells what lists have for themselves.
func (l list) part(s judging.Share, own func(list) (judging.Share, bool)) int {
	at, all, rest := -1, 0, 0
	var works []int
	for _, o := range l.d.lists() {
		ranked := 0
		for _, w := range o.stand() {
			if w.place > 0 {
				ranked++
			}
		}
		all += ranked
		if has, ok := own(o); ok {
			rest += places(has, ranked)
			continue
		}
		if o.works[0].id == l.works[0].id {
			at = len(works)
		}
		works = append(works, ranked)
	}
	if at < 0 {
		return 0 // it has its own
	}
	return evenly(max(0, places(s, all)-rest), works)[at]
}

var spreads = map[string][]int{}

// evenly spreads n places over lists of so many works: of all ways that there are, it takes the one nearest to even
// shares, by the sum of squares. Where several are as near, a list has what it has in each of them.
func evenly(n int, works []int) []int {
	key := fmt.Sprint(n, works)
	if out, known := spreads[key]; known {
		return out
	}
	sum, best := 0, -1
	for _, w := range works {
		sum += w
	}
	var out []int
	var try func(at, left, far int, parts []int)
	try = func(at, left, far int, parts []int) {
		switch {
		case best >= 0 && far > best:
		case at < len(works):
			for p := range min(left, works[at]) + 1 {
				off := p*sum - min(n, sum)*works[at]
				try(at+1, left-p, far+off*off, append(parts, p))
			}
		case left > 0:
		case far < best || best < 0:
			best, out = far, slices.Clone(parts)
		default:
			for i := range out {
				out[i] = min(out[i], parts[i])
			}
		}
	}
	try(0, min(n, sum), 0, make([]int, 0, len(works)))
	spreads[key] = out
	return out
}

// TestDrawnRulesCountOverTheWholeContest looks whether the contests of the other tests have what they are to try.
func TestDrawnRulesCountOverTheWholeContest(t *testing.T) {
	seen := map[string]int{}
	for seed := range uint64(200) {
		d := draw(seed)
		for _, a := range d.sheet.Awards {
			own := slices.ContainsFunc(d.sheet.Quotas, func(q judging.Quota) bool { return q.Award == a.Name })
			if a.Whole {
				seen[fmt.Sprintf("award, own %v, percent %v", own, a.Percent > 0)]++
			}
		}
		for _, x := range d.sheet.Totals {
			if x.Whole {
				seen["total"]++
			}
		}
	}
	for _, kind := range []string{
		"award, own false, percent false", "award, own false, percent true", "award, own true, percent false", "total",
	} {
		if seen[kind] < 3 {
			t.Errorf("%s: %d of %v", kind, seen[kind], seen)
		}
	}
}
