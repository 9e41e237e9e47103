package results

import (
	"cmp"
	"context"
	"math"
	"slices"

	"fayi/judging"
	"fayi/judging/stats"
)

// JudgeReport is how one judge scored one category in the present round: hints for people to look, never verdicts.
type JudgeReport struct {
	Judge    judging.JudgeID `json:"judge"`
	Name     string          `json:"name"`
	Category string          `json:"category"`
	Method   stats.Method    `json:"method"`
	N        int             `json:"n"`
	// of judges who share works, from 1; severities of different groups can't be compared
	Group int     `json:"group"`
	Mean  float64 `json:"mean"` // of the totals, points
	// points the judge adds to a score: above 0 lenient 宽, below 0 severe 严
	Severity    float64    `json:"severity"`
	SE          float64    `json:"se"`          // standard error of Severity; 0 where the scores can't tell it
	Scale       float64    `json:"scale"`       // how far the judge spreads works: 1 as the typical judge
	Noise       float64    `json:"noise"`       // points, standard deviation
	Reliability float64    `json:"reliability"` // 0 to 1
	Outfit      float64    `json:"outfit"`      // near 1 usual, far above 1 erratic
	Agreement   float64    `json:"agreement"`   // correlation with the other judges, -1 to 1
	Ties        float64    `json:"ties"`        // share of pairs of scores that are equal
	Drift       float64    `json:"drift"`       // points per 10 works; 0 where the order is not known
	DriftZ      float64    `json:"drift_z"`
	Slide       float64    `json:"slide"` // points from first score to last that are taken out of the corrected scores
	Hints       []string   `json:"hints"` // catalogue keys
	Odd         []OddScore `json:"odd"`   // scores that are hard to believe given all others, the oddest first
}

// leastSlide is how many points a judge's drift takes out of the scores before it is worth a sentence.
const leastSlide = 1

// Slid says whether the judge grew stricter (below 0) or milder (above 0) by so much that it is worth a sentence, 0 for
// neither, and by how many points.
func (r JudgeReport) Slid() (way int, points float64) {
	switch {
	case r.Slide <= -leastSlide:
		return -1, -r.Slide
	case r.Slide >= leastSlide:
		return 1, r.Slide
	}
	return 0, 0
}

// OddScore is one score far from what every other score lets expect.
type OddScore struct {
	Work  judging.WorkID `json:"work"`
	Total float64        `json:"total"`
	Z     float64        `json:"z"` // standard deviations above (or below) expectation
}

// JudgeReports describes every judge who scored, category by category in the rules' order. Errors: those of Analyse.
func (o Stage) JudgeReports(ctx context.Context) ([]JudgeReport, error) {
	s, err := o.marked(ctx, 0)
	if err != nil {
		return nil, err
	}
	out := []JudgeReport{}
	for _, category := range Runs(s.Placings, SameCategory) {
		p := s.Pool(category) // a judge may be another in another category
		m, _, err := s.method(p, "")
		if err != nil {
			return nil, err
		}
		f, err := s.fitted(ctx, p, m)
		if err != nil {
			return nil, err
		}
		for i, p := range f.Result.Judges {
			r := s.report(f, i, p)
			r.Category = category[0].Category
			out = append(out, r)
		}
	}
	return out, nil
}

func (s Scoring) report(f fit, i int, p stats.Profile) JudgeReport {
	id := f.pool.JudgeIDs[i]
	r := JudgeReport{
		Judge:       id,
		Name:        s.Called[id],
		Method:      f.Method,
		N:           p.N,
		Group:       p.Component + 1,
		Severity:    p.Severity,
		SE:          p.SE,
		Scale:       p.Scale,
		Noise:       p.Noise,
		Reliability: p.Reliability,
		Outfit:      p.Outfit,
		Agreement:   p.Agreement,
		Ties:        p.Ties,
		Drift:       p.Drift,
		DriftZ:      p.DriftZ,
		Slide:       p.Slide,
		Hints:       []string{},
		Odd:         []OddScore{},
	}
	for k, score := range f.table.Scores {
		if score.Judge != i {
			continue
		}
		r.Mean += score.Value / float64(p.N)
		if z := f.Surprise[k]; math.Abs(z) > odd {
			r.Odd = append(r.Odd, OddScore{f.WorkIDs[score.Work], score.Value, z})
		}
	}
	slices.SortStableFunc(r.Odd, func(a, b OddScore) int { return cmp.Compare(math.Abs(b.Z), math.Abs(a.Z)) })
	for _, h := range hints {
		if p.N >= hintFrom && h.holds(p) {
			r.Hints = append(r.Hints, h.key)
		}
	}
	return r
}

// hintFrom is the number of scores below which nothing is said of a judge.
const hintFrom = 8

// hints are what is worth saying of a judge, with the bounds from which it is said.
var hints = []struct {
	key   string
	holds func(stats.Profile) bool
}{
	{"analysis.hint_lenient", func(p stats.Profile) bool { return p.SE > 0 && p.Severity > 3*p.SE }},
	{"analysis.hint_severe", func(p stats.Profile) bool { return p.SE > 0 && p.Severity < -3*p.SE }},
	{"analysis.hint_flat", func(p stats.Profile) bool { return p.Scale >= 0 && p.Scale < .5 }},
	{"analysis.hint_upside_down", func(p stats.Profile) bool { return p.Scale < 0 || p.Agreement < -.3 }},
	{"analysis.hint_erratic", func(p stats.Profile) bool { return p.Outfit > 2 }},
	{"analysis.hint_ties", func(p stats.Profile) bool { return p.Ties > .4 }},
	{"analysis.hint_drift", func(p stats.Profile) bool { return math.Abs(p.DriftZ) > 3 }},
}
