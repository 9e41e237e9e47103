package results

import (
	"context"
	"slices"

	"fayi/judging"
	"fayi/judging/stats"
)

// ScoreSpread is how the scores of a category lie, all of them and judge by judge, and how far the judges agree.
type ScoreSpread struct {
	Category  string        `json:"category"`
	Scores    []float64     `json:"scores"` // totals that count, points, least first
	Judges    []JudgeScores `json:"judges"` // who scored, by identity
	Agreement Concordance   `json:"agreement"`
}

// JudgeScores are one judge's totals in a category.
type JudgeScores struct {
	Judge  judging.JudgeID `json:"judge"`
	Name   string          `json:"name"`
	Scores []float64       `json:"scores"` // points, least first
}

// Concordance says how far judges agree. Numbers are 0 where the scores can't tell them; Kendall's W needs judges
// who all scored the same works.
type Concordance struct {
	ICC      float64 `json:"icc"`    // of one judge's score: 1 the score tells the work's quality, 0 it tells nothing
	ICCLow   float64 `json:"icc_lo"` // 95 % interval
	ICCHigh  float64 `json:"icc_hi"`
	Panel    float64 `json:"panel"` // the same of a mean of as many scores as a work has on average
	Scores   float64 `json:"scores_per_work"`
	KendallW float64 `json:"kendall_w"` // 0 to 1
	KendallP float64 `json:"kendall_p"`
	Works    int     `json:"kendall_works"` // that W was computed of; 0: undefined
	Alpha    float64 `json:"alpha"`         // Krippendorff's, of differences
}

// ScoreSpreads describes the scores of the present round, category by category in the rules' order; categories
// without a score are left out. Errors: those of Analyse.
func (o Stage) ScoreSpreads(ctx context.Context) ([]ScoreSpread, error) {
	s, err := o.marked(ctx, 0)
	if err != nil {
		return nil, err
	}
	out := []ScoreSpread{}
	for _, category := range Runs(s.Placings, SameCategory) {
		p := s.Pool(category)
		if len(p.table.Scores) == 0 {
			continue
		}
		one := ScoreSpread{Category: category[0].Category}
		for _, id := range p.JudgeIDs {
			one.Judges = append(one.Judges, JudgeScores{Judge: id, Name: s.Called[id]})
		}
		for _, score := range p.table.Scores {
			one.Scores = append(one.Scores, score.Value)
			one.Judges[score.Judge].Scores = append(one.Judges[score.Judge].Scores, score.Value)
		}
		slices.Sort(one.Scores)
		for i := range one.Judges {
			slices.Sort(one.Judges[i].Scores)
		}
		if one.Agreement, err = concordance(ctx, p.table); err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}

func concordance(ctx context.Context, t stats.Table) (Concordance, error) {
	a, err := stats.Agree(ctx, t)
	if err != nil {
		return Concordance{}, err
	}
	scored := map[int]bool{}
	for _, s := range t.Scores {
		scored[s.Work] = true
	}
	k := float64(len(t.Scores)) / float64(len(scored))
	one := stats.OneWay(t)
	c := Concordance{ICC: one.Value, ICCLow: one.Lo, ICCHigh: one.Hi, Scores: k, Alpha: a.Alpha.Interval}
	if one.Value > 0 {
		c.Panel = one.Value * k / (1 + one.Value*(k-1))
	}
	if a.Kendall.Works > 0 {
		c.KendallW, c.KendallP, c.Works = a.Kendall.W, a.Kendall.P, a.Kendall.Works
	}
	return c, nil
}
