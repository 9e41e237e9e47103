package judge

import (
	"slices"
	"testing"

	"fayi/app/kit"
	"fayi/judging"
)

func TestFilterKeepsTheJudgesOrderAndPlaces(t *testing.T) {
	works := []judging.Duty{}
	for i, s := range []judging.BallotState{
		judging.Scored, judging.Skipped, "", judging.Started, judging.Recused,
	} {
		code := judging.WorkCode("SF-000" + string(rune('0'+i)))
		works = append(works, judging.Duty{BlindWork: judging.BlindWork{Code: code}, State: s})
	}
	for _, c := range []struct {
		filter kit.Filter
		want   []int
	}{
		{kit.Filter{}, []int{1, 2, 3, 4, 5}}, {kit.Filter{
			Quick: "open",
		}, []int{3, 4}}, {kit.Filter{
			Quick: "skipped",
		}, []int{2}},
		{kit.Filter{Text: "sf-0004"}, []int{5}}, {kit.Filter{Text: "没有"}, nil},
	} {
		var got []int
		for _, r := range rows(works, c.filter) {
			got = append(got, r.n)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%+v: got %v, want %v", c.filter, got, c.want)
		}
	}
}
