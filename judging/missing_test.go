package judging_test

import (
	"testing"

	"fayi/judging"
)

func TestAWorkNeedsOneScoreOrAsManyAsTheRuleForMissingJudgesSays(t *testing.T) {
	for _, tt := range []struct {
		how  judging.Missing
		min  int
		want int
	}{
		{"", 0, 1}, {judging.Wait, 3, 1}, {judging.RankByRest, 3, 1}, {judging.NeedScores, 3, 3},
		{judging.NeedScores, 0, 1},
	} {
		if got := (judging.Rules{Missing: tt.how, MinScores: tt.min}).LeastScores(); got != tt.want {
			t.Errorf("%q with %d: %d, want %d", tt.how, tt.min, got, tt.want)
		}
	}
}

func TestTheLeastNumberOfScoresIsOneThatEveryWorkCanHave(t *testing.T) {
	needs := func(min int) func(*judging.Rules) {
		return func(r *judging.Rules) { r.Missing, r.MinScores = judging.NeedScores, min }
	}
	for _, c := range []refusal{
		{"none", needs(0), []string{"rules.min_scores"}}, {"one", needs(1), nil},
		{"as many as each work gets", needs(3), nil},
		{"more than the category with fewest", needs(4), []string{"rules.min_scores"}},
		{"fewer than the contest, where a category has fewer",
			func(r *judging.Rules) { needs(3)(r); r.Categories[1].PerWork = 2 }, []string{"rules.min_scores"}},
		{"a number that nothing asks for", func(r *judging.Rules) { r.MinScores = 1 }, []string{"rules.min_scores"}},
		{"below none", func(r *judging.Rules) { r.MinScores = -1 }, []string{"rules.min_scores"}},
		{"an unknown way", func(r *judging.Rules) { r.Missing = "maybe" }, []string{"rules.unknown_word"}},
		{"waiting", func(r *judging.Rules) { r.Missing = judging.Wait }, nil},
		{"the rest", func(r *judging.Rules) { r.Missing = judging.RankByRest }, nil},
	} {
		t.Run(c.name, c.run)
	}
}
