package judging_test

import (
	"slices"
	"testing"

	"fayi/judging"
	"fayi/judging/award"
)

// Of equals the first is the lowest and the last the highest, so that two different scores are dropped.
func TestOfEqualScoresTheFirstAndTheLastAreDropped(t *testing.T) {
	for _, tt := range []struct {
		totals []float64
		lo, hi int
	}{
		{[]float64{80, 80, 80}, 0, 2}, {[]float64{70, 90, 70, 90}, 0, 3}, {[]float64{90, 70, 70}, 1, 0},
		{[]float64{80, 80, 80.0001}, 0, 2},
	} {
		want := make([]bool, len(tt.totals))
		want[tt.lo], want[tt.hi] = true, true
		got := award.Dropped(judging.Combine{Method: judging.Trimmed, TrimFrom: 3}, tt.totals)
		if !slices.Equal(got, want) {
			t.Errorf("%v: %v, want %v", tt.totals, got, want)
		}
	}
}

func TestTieNumbersAreWhatTheChainCompares(t *testing.T) {
	rules := judging.Rules{
		Categories: []judging.Category{{Name: "书法", Rubric: "r"}},
		Rubrics: []judging.NamedRubric{{
			Name: "r",
			Rubric: judging.Rubric{
				Scale:    100,
				Step:     0.5,
				Criteria: []judging.Criterion{{Name: "主题", Weight: 40}, {Name: "笔法", Weight: 60}},
			},
		}},
	}
	tally := award.Tally{
		Category: "书法",
		Totals:   []float64{80, 91.5, 70},
		Marks:    []map[string]float64{{"主题": 30, "笔法": 50}, {"主题": 36.5, "笔法": 55}, {"主题": 20, "笔法": 50}},
	}
	for step, want := range map[judging.TieStep][]float64{
		judging.TieAllScores: {80.5},
		judging.TieTop:       {91.5, 80, 70},
		judging.TieRange:     {21.5},
		judging.TieCriteria:  {28.8333, 51.6667},
	} {
		if got := award.TieNumbers(rules, tally, step); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", step, got, want)
		}
		if got := award.TieNumbers(rules, award.Tally{Category: "书法"}, step); got != nil {
			t.Errorf("%s without scores: %v", step, got)
		}
	}
	if tally.Totals[0] != 80 {
		t.Error("the tally was changed")
	}
}
