package stats

import "fayi/judging"

// Standing is what the scores say about one work. A work without a score has N = 0, and Rank = 0 marks it as not
// ranked.
type Standing struct {
	N              int       // scores
	Component      int       // its piece of the judge graph; -1 without a score
	Value          float64   // quality, on the method's scale; higher is better
	SE             float64   // standard error of Value; 0 where the table cannot determine it
	Rank           int       // place among all ranked works, 1 best; equal values share a place (1, 2, 2, 4)
	RankLo, RankHi int       // 95 % interval of the true place
	Range          float64   // highest less lowest raw score (极差)
	Award          []float64 // for each cut line c of the options, the probability that the true place is c or better
}

// Profile is how one judge scores. Methods that have no term for judges (mean, trimmed, zscore, pairwise) show the
// additive fit's.
type Profile struct {
	N           int
	Component   int     // component of the judge graph; -1 without a score
	Severity    float64 // points the judge adds to a score: above 0 lenient (宽), below 0 severe (严)
	SE          float64 // standard error of Severity; 0 where the table cannot determine it
	Scale       float64 // how far the judge spreads works: 1 as the typical judge, near 0 flat, below 0 upside down
	Noise       float64 // standard deviation of the scores about what severity and scale predict, points
	Reliability float64 // share of quality in the variance of the scores, 0 to 1
	Outfit      float64 // mean square of the predictive z: near 1 is usual, far above 1 erratic
	// correlation of the scores with the other judges' view of the same works, -1 to 1; 0 where unknown
	Agreement float64
	Ties      float64 // share of pairs of scores that are equal, 0 to 1
	// points by which scores rise per 10 works, work by work corrected for quality; 0 without Order
	Drift  float64
	DriftZ float64 // Drift over its standard error; beyond ±3 worth a look
	Slide  float64 // hier: points from the judge's first score to their last that are taken out of the scores
}

// Fit is what a method found about the table as a whole, and how it got there.
type Fit struct {
	Mean float64 // μ, points; what a judge of severity 0 gives a work of quality 0
	// variance of quality, by moments where the method has none of its own, points² (on the method's scale)
	WorkVar    float64
	JudgeVar   float64 // variance of severity, points²; blup and hier only, else 0
	Residual   float64 // variance of an ordinary score about the fit, points²; 0 where the table cannot determine it
	Criterion  float64 // blup: the REML criterion, -2 log likelihood; else 0
	Freedom    float64 // hier: of the noise, 2 to 50; 0 where it is normal, as the other methods take it to be
	Components int
	Rounds     int  // iterations done; 0 for closed forms
	Converged  bool // false where the rounds ran out
}

// Warning is something the reader of a result must know.
type Warning struct {
	Text          string       // catalogue key
	Args          judging.Args // of the text; Count is the number of works or judges concerned, or of pieces
	Works, Judges []int        // which they are, from 0
}

// Result is what a method makes of a table: a standing for each work, a profile for each judge, in their order.
type Result struct {
	Method   Method
	Works    []Standing
	Judges   []Profile
	Surprise []float64 // for each score, its leave-one-out predictive z: how unusual it is given every other score
	Fit      Fit
	Warnings []Warning

	options  Options
	data     *data
	estimate *estimate
	learned  []Standing // of all works, with values and errors for places only; see learn
}

// Among returns the standings of some works with places, intervals and chances among these alone, so that the lists of
// a contest are read off one fit. cuts are places within them.
func (r *Result) Among(works []int, cuts []int) []Standing {
	out, learned := make([]Standing, len(works)), make([]Standing, len(works))
	for k, i := range works {
		out[k], learned[k] = r.Works[i], r.learned[i]
	}
	intervals(out, learned, place(out), cuts, r.estimate)
	return out
}

// Doubtful lists the works, by their number in the list, whose place at the given cut line is open, with a chance
// above .1 and below .9: those worth a second review.
func Doubtful(list []Standing, cut int) (works []int) {
	for i, s := range list {
		if s.N > 0 && s.Award[cut] > .1 && s.Award[cut] < .9 {
			works = append(works, i)
		}
	}
	return works
}
