package award

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"fayi/judging"
	"fayi/judging/terms"
)

// TestListsAreSortedAsTheirWorksCompare wants of the sort that looks at the official scores first what comparing whole
// works makes, at the ends of what points can be, too.
func TestListsAreSortedAsTheirWorksCompare(t *testing.T) {
	points := rapid.SampledFrom([]judging.Points{-terms.Most, -1, 0, 1, 840000, 841250, terms.Most})
	rapid.Check(t, func(t *rapid.T) {
		rules := judging.Rules{Ties: []judging.TieStep{judging.TieAllScores}}
		methods := []judging.CombineMethod{judging.Mean, judging.RankSum}
		rules.Combine.Method = rapid.SampledFrom(methods).Draw(t, "method")
		var list []*contender
		for _, i := range rapid.Permutation(make20()).Draw(t, "order") {
			placed := rapid.IntRange(0, 3).Draw(t, "placed") > 0
			c := &contender{official: points.Draw(t, "official"), placed: placed}
			c.Work = judging.WorkID(fmt.Sprintf("w%02d", i))
			c.all = fraction{points.Draw(t, "sum") / 1e6, rapid.Int64Range(1, 5).Draw(t, "scores")}
			list = append(list, c)
		}
		by, want := stepsFor(&rules, list), slices.Clone(list)
		slices.SortFunc(want, by.compare)
		if by.sort(list); !slices.Equal(list, want) {
			t.Fatalf("%+v\nnot %+v", list, want)
		}
	})
}

func make20() []int {
	out := make([]int, 20)
	for i := range out {
		out[i] = i
	}
	return out
}
