package stats

import (
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
