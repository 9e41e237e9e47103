package stats

import (
	"cmp"
	"math"
	"slices"
)

// Share is what one judge's score puts into the value of a work.
type Share struct {
	Judge     int
	Raw       float64 // the score as given
	Severity  float64 // of the judge, points
	Scale     float64 // of the judge
	Slide     float64 // points that the judge's drift had added to this score
	Trust     float64 // share of its weight that the score keeps, 0 to 1: less where it lies far from all others say
	Corrected float64 // the score as the method counts it, on the scale of Value
	// Value = Σ Weight × Corrected, but for pairwise; what the weights lack of 1 is the pull to the mean, 0
	Weight   float64
	Surprise float64 // leave-one-out z of the score
}

// Explain returns the shares that make up the value of a work, in the order of the table; none for a work without a
// score. Pairwise has no such sum: its shares are those of the additive fit.
func (r *Result) Explain(work int) []Share {
	d, e := r.data, r.estimate.own()
	scores := d.byWork.of(work)
	shares, precision := make([]Share, len(scores)), 1/e.tau2
	for i, k := range scores {
		s := d.Scores[k]
		p, sum := e.term(d, k)
		precision += p
		m := e.mark(d, k)
		shares[i] = Share{
			Judge:    s.Judge,
			Raw:      s.Value,
			Severity: e.severity[s.Judge],
			Scale:    e.scale[s.Judge],
			Slide:    m.drift,
			Trust:    m.trust,
			Weight:   p,
			Surprise: r.Surprise[k],
		}
		if p > 0 {
			shares[i].Corrected = e.unit * sum / p
		}
	}
	for i := range shares {
		shares[i].Weight /= precision
	}
	r.plainShares(scores, shares)
	return shares
}

// plainShares replaces what the methods that average see otherwise: corrected scores and weights.
func (r *Result) plainShares(scores []int32, shares []Share) {
	if !slices.Contains([]Method{Mean, Trimmed, ZScore}, r.Method) || len(shares) == 0 {
		return
	}
	x := r.data.counted(r.Method)
	for i, k := range scores {
		shares[i].Corrected, shares[i].Weight = x[k], 1/float64(len(scores))
	}
	if r.Method != Trimmed {
		return
	}
	lo, hi := 0, 0 // the first lowest and the last highest are dropped
	for i, s := range shares {
		shares[i].Weight = 1 / float64(len(scores)-2)
		if s.Raw < shares[lo].Raw {
			lo = i
		}
		if s.Raw >= shares[hi].Raw {
			hi = i
		}
	}
	shares[lo].Weight, shares[hi].Weight = 0, 0
}

// Pattern is how one judge scored the works of one unit (a school, a town), compared with what all other scores
// predict.
type Pattern struct {
	Judge, Unit int
	N           int     // scores of the unit's works that can be compared
	Mean        float64 // points by which they lie above expectation
	Z           float64 // the same over its standard error; beyond ±3 worth a look
}

// Patterns returns a pattern for each judge and unit that met, the most unusual first. unit gives the unit of each
// work, below 0 for none.
func (r *Result) Patterns(unit []int) []Pattern {
	type pair struct{ judge, unit int }
	at, list := map[pair]int{}, []Pattern{}
	e := r.estimate.own()
	r.data.withoutOne(e, func(k int32, o others) {
		s := r.data.Scores[k]
		if unit[s.Work] < 0 || math.IsInf(o.variance, 1) {
			return
		}
		key := pair{s.Judge, unit[s.Work]}
		i, met := at[key]
		if !met {
			i = len(list)
			at[key], list = i, append(list, Pattern{Judge: key.judge, Unit: key.unit})
		}
		list[i].N++
		list[i].Mean += s.Value - e.expected(s.Judge, o.value)
		list[i].Z += r.Surprise[k]
	})
	for i := range list {
		n := float64(list[i].N)
		list[i].Mean /= n
		list[i].Z /= math.Sqrt(n)
	}
	slices.SortFunc(list, func(a, b Pattern) int {
		return cmp.Or(
			cmp.Compare(math.Abs(b.Z), math.Abs(a.Z)),
			cmp.Compare(a.Judge, b.Judge),
			cmp.Compare(a.Unit, b.Unit),
		)
	})
	return list
}
