// Package prior learns how a quality is spread over many things each of which was only glimpsed.
package prior

import "math"

// Constants of the distribution.
const (
	size   = 100  // values of quality it is known at
	rounds = 30   // most rounds of learning
	each   = 75   // glimpses that one round takes: few teach little but the normal they start from
	reach  = 5    // standard errors from a glimpse beyond which a quality is out of the question
	sample = 8192 // about how many glimpses are learned from
)

// Glimpse is what is seen of one thing: a value and its precision, the inverse of its variance, above 0.
type Glimpse struct{ Value, Precision float64 }

// Quality is a distribution of quality on a grid. It is not for several goroutines at once.
type Quality struct {
	low, step float64
	g         [size]float64
	post      [size]float64 // of one thing, not yet made to add up to 1
}

// Learn is an EM for a distribution on a grid (Laird 1978), begun at the normal of the given mean and variance and
// stopped early, which keeps it smooth. False for glimpses that are too few, or all alike, to teach anything.
func Learn(list []Glimpse, mean, variance float64) (*Quality, bool) {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, s := range list {
		lo, hi = min(lo, s.Value), max(hi, s.Value)
	}
	n := min(rounds, len(list)/each)
	if n == 0 || !(hi > lo) || !(variance > 0) {
		return nil, false
	}
	q := &Quality{low: lo, step: (hi - lo) / (size - 1)}
	for k := range q.g {
		x := q.at(k) - mean
		q.g[k] = math.Exp(-x * x / (2 * variance))
	}
	every := 1 + len(list)/sample
	for range n {
		var next [size]float64
		for i := 0; i < len(list); i += every {
			from, to, total := q.posterior(list[i])
			for k := from; k <= to && total > 0; k++ {
				next[k] += q.post[k] / total
			}
		}
		q.g = next
	}
	return q, true
}

func (q *Quality) at(k int) float64 { return q.low + float64(k)*q.step }

// posterior fills post from one cell to another for a thing and returns its sum.
func (q *Quality) posterior(s Glimpse) (from, to int, total float64) {
	far := reach / math.Sqrt(s.Precision)
	from = max(0, int((s.Value-far-q.low)/q.step))
	to = min(size-1, int((s.Value+far-q.low)/q.step)+1)
	for k := from; k <= to; k++ {
		x := q.at(k) - s.Value
		q.post[k] = q.g[k] * math.Exp(-x*x/2*s.Precision)
		total += q.post[k]
	}
	return from, to, total
}

// Moments returns mean and standard deviation of the quality of what was so glimpsed.
func (q *Quality) Moments(s Glimpse) (mean, sd float64) {
	from, to, total := q.posterior(s)
	if !(total > 0) {
		return s.Value, 1 / math.Sqrt(s.Precision)
	}
	square := 0.0
	for k := from; k <= to; k++ {
		p, x := q.post[k]/total, q.at(k)-s.Value
		mean, square = mean+p*x, square+p*x*x
	}
	least := q.step * q.step / 12 // a cell is not a point
	return s.Value + mean, math.Sqrt(max(least, square-mean*mean))
}
