package judging_test

import (
	"slices"
	"testing"

	"fayi/judging"
	"fayi/judging/terms"
)

// What a rubric asks beyond marks differs by each of its terms alone.
func TestEachTermOfARubricTellsItApart(t *testing.T) {
	for name, change := range map[string]func(*judging.Rubric){
		"limits":            func(r *judging.Rubric) { r.Limits.Least++ },
		"comment":           func(r *judging.Rubric) { r.Comment.At++ },
		"veto":              func(r *judging.Rubric) { r.Vetoes = nil },
		"a criterion's":     func(r *judging.Rubric) { r.Criteria[0].Comment = terms.Comment{} },
		"limits of one":     func(r *judging.Rubric) { r.Criteria[1].Limits = terms.Limits{} },
		"what need not be":  func(r *judging.Rubric) { r.Criteria[1].Optional = true },
		"criteria less one": func(r *judging.Rubric) { r.Criteria = r.Criteria[:1] },
	} {
		other := strictRubric()
		if !other.SameTerms(strictRubric()) {
			t.Fatal("a rubric differs from itself")
		}
		if change(&other); other.SameTerms(strictRubric()) || strictRubric().SameTerms(other) {
			t.Errorf("%s: not told apart", name)
		}
	}
}

// Rules ask older programs too much by a prize, by a total, by both; a round without a least number of scores asks
// nothing.
func TestWhatAsksTooMuchOfOlderPrograms(t *testing.T) {
	plain := countyRules()
	plain.Rounds = []judging.RoundRule{{Name: "复评"}}
	if plain.Asks() {
		t.Error("a plain round asks")
	}
	least := countyRules()
	least.Rounds = []judging.RoundRule{{Name: "复评", MinScores: 1}}
	prize, total := terms.SpecialPrize{Name: "最佳创意"}, terms.AwardTotal{Awards: []string{"一等奖"}}
	one, other, both := countyRules(), countyRules(), countyRules()
	one.Specials, both.Specials = []terms.SpecialPrize{prize}, []terms.SpecialPrize{prize}
	other.Totals, both.Totals = []terms.AwardTotal{total}, []terms.AwardTotal{total}
	for name, r := range map[string]judging.Rules{"scores": least, "prize": one, "total": other, "both": both} {
		if !r.Asks() {
			t.Errorf("%s: asks nothing", name)
		}
	}
}

// The bounds of numbers in rules are where they are said to be.
func TestBoundsOfRulesHold(t *testing.T) {
	refused := func(key string, change func(*judging.Rules)) bool {
		t.Helper()
		r := countyRules()
		r.Awards = slices.Clone(r.Awards)
		change(&r)
		return slices.Contains(keys(t, r.Check()), key)
	}
	round := func(perWork, least int) func(*judging.Rules) {
		return func(r *judging.Rules) {
			r.Rounds = []judging.RoundRule{{Name: "复评", PerWork: perWork, MinScores: least}}
		}
	}
	for _, c := range []struct {
		perWork, least int
		bad            bool
	}{{5, -1, true}, {5, 0, false}, {5, 1, false}, {5, 5, false}, {5, 6, true}, {0, 3, false}, {0, 4, true}} {
		if got := refused("rules.round_min_scores", round(c.perWork, c.least)); got != c.bad {
			t.Errorf("%d scores of %d: refused %v", c.least, c.perWork, got)
		}
	}
	for least, bad := range map[float64]bool{70: false, 70.01: true} {
		if got := refused("rules.min_standard_score", func(r *judging.Rules) {
			r.Official, r.Awards[0].MinScore = judging.ZScore, least
		}); got != bad {
			t.Errorf("a least standard score of %v: refused %v", least, got)
		}
	}
}
