package shapes

import (
	"cmp"
	"context"
	"math/rand/v2"

	"fayi/judging/stats"
)

// Held holds out one score of each work, a random one of each split but the first if that is given (true for the
// scores held out), fits each method to the rest, and returns by method, split by split, which share of the pairs that
// a judge ordered by held-out scores the values order as the judge did; equal values count half. It fails as stats.Rank
// does.
func Held(ctx context.Context, all stats.Table, first []bool, splits int, methods ...stats.Method,
) (map[stats.Method][]float64, error) {
	of := make([][]int, all.Works)
	for k, s := range all.Scores {
		of[s.Work] = append(of[s.Work], k)
	}
	r := rand.New(rand.NewPCG(1, 1))
	out := map[stats.Method][]float64{}
	for split := range splits {
		held := first
		if split > 0 || first == nil {
			held = make([]bool, len(all.Scores))
			for _, list := range of {
				if len(list) > 1 {
					held[list[r.IntN(len(list))]] = true
				}
			}
		}
		for _, m := range methods {
			share, err := concordance(ctx, all, held, m)
			if err != nil {
				return nil, err
			}
			out[m] = append(out[m], share)
		}
	}
	return out, nil
}

// concordance is the share of one split.
func concordance(ctx context.Context, all stats.Table, held []bool, m stats.Method) (float64, error) {
	kept, by := all, make([][]stats.Score, all.Judges)
	kept.Scores = nil
	for k, s := range all.Scores {
		if held[k] {
			by[s.Judge] = append(by[s.Judge], s)
		} else {
			kept.Scores = append(kept.Scores, s)
		}
	}
	r, err := stats.Rank(ctx, kept, m, stats.Options{})
	if err != nil {
		return 0, err
	}
	right, pairs := 0.0, 0.0
	for _, scores := range by {
		for i, a := range scores {
			for _, b := range scores[:i] {
				if a.Value != b.Value {
					pairs++
					order := cmp.Compare(a.Value, b.Value) * cmp.Compare(r.Works[a.Work].Value, r.Works[b.Work].Value)
					right += .5 + .5*float64(order)
				}
			}
		}
	}
	return right / max(1, pairs), nil
}

// Paired is the mean by which the shares of one method are above those of the other, split by split. The splits are of
// one contest: its error says how far another choice of splits would move it, not another contest.
func Paired(a, b []float64) Figure {
	list := make([]float64, len(a))
	for k := range a {
		list[k] = a[k] - b[k]
	}
	return mean(list)
}
