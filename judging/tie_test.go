package judging_test

import (
	"testing"

	"fayi/judging"
)

func TestCriteriaPartNoTieWhereAWorkHasTotalsOnly(t *testing.T) {
	rules := judging.Rules{
		Combine:    judging.Combine{Method: judging.Mean, Decimals: 2},
		Ties:       []judging.TieStep{judging.TieCriteria},
		Categories: []judging.Category{{Name: "书法", Prefix: "SF", Rubric: "书法"}},
		Rubrics: []judging.NamedRubric{{Name: "书法", Rubric: judging.Rubric{Scale: 100, Step: 1,
			Criteria: []judging.Criterion{{Name: "内容", Weight: 60}, {Name: "笔法", Weight: 40}}}}},
	}
	marked := judging.Tally{Work: "w2", Category: "书法", Totals: []float64{80}, Marks: []map[string]float64{{"内容": 50, "笔法": 30}}}
	total := judging.Tally{Work: "w1", Category: "书法", Totals: []float64{80}, Marks: []map[string]float64{nil}}
	for _, p := range judging.Rank(rules, []judging.Tally{marked, total}) {
		if p.Place != 1 || !p.Tied {
			t.Errorf("%+v", p)
		}
	}
	lower := judging.Tally{Work: "w1", Category: "书法", Totals: []float64{80}, Marks: []map[string]float64{{"内容": 49, "笔法": 31}}}
	if got := judging.Rank(rules, []judging.Tally{lower, marked}); got[0].Work != "w2" || got[1].Place != 2 || got[1].TieStep != judging.TieCriteria {
		t.Errorf("%+v", got)
	}
}
