package terms_test

import (
	"fmt"
	"slices"
	"testing"

	"fayi/judging/terms"
)

// TestTotalsThatCantBeMeantAreRefused goes through what a total over awards can be written as.
func TestTotalsThatCantBeMeantAreRefused(t *testing.T) {
	awards := []string{"一等奖", "二等奖", "三等奖", "入选"}
	share := func(a string) terms.Share {
		return map[string]terms.Share{
			"一等奖": {Count: 2}, "二等奖": {Count: 3}, "三等奖": {Percent: 20}, "入选": {Passed: true},
		}[a]
	}
	three := awards[:3]
	for _, c := range []struct {
		total terms.AwardTotal
		fault string
	}{
		{terms.AwardTotal{Awards: three, Share: terms.Share{Percent: 30}}, ""},
		{terms.AwardTotal{Awards: three, Share: terms.Share{Count: 6}}, ""},
		{terms.AwardTotal{Awards: []string{"三等奖", "一等奖"}, Share: terms.Share{Count: 3}}, ""},
		{terms.AwardTotal{Awards: three, Share: terms.Share{Count: 5}}, "rules.total_starves"},
		{terms.AwardTotal{Awards: []string{"三等奖", "一等奖"}, Share: terms.Share{Count: 2}}, "rules.total_starves"},
		{terms.AwardTotal{Awards: three}, "rules.total_share"},
		{terms.AwardTotal{Awards: three, Share: terms.Share{Count: 9, Percent: 30}}, "rules.total_share"},
		{terms.AwardTotal{Awards: three, Share: terms.Share{Count: 9, MinScore: 60}}, "rules.total_share"},
		{terms.AwardTotal{Awards: three[:1], Share: terms.Share{Count: 9}}, "rules.total_awards"},
		{terms.AwardTotal{Awards: []string{"一等奖", "特等奖"}, Share: terms.Share{Count: 9}}, "rules.total_awards"},
		{terms.AwardTotal{Awards: []string{"一等奖", "一等奖"}, Share: terms.Share{Count: 9}}, "rules.total_awards"},
		{terms.AwardTotal{Awards: awards, Share: terms.Share{Count: 9}}, "rules.total_passed"},
	} {
		got := ""
		for _, f := range terms.TotalFaults([]terms.AwardTotal{c.total}, awards, share) {
			got += f.Text
		}
		if got != c.fault {
			t.Errorf("%+v: %q, want %q", c.total, got, c.fault)
		}
	}
	one := terms.AwardTotal{Awards: []string{"一等奖", "二等奖"}, Share: terms.Share{Count: 4}}
	other := one
	other.Awards = []string{"二等奖", "一等奖"}
	f := terms.TotalFaults([]terms.AwardTotal{one, other}, awards, share)
	if len(f) != 1 || f[0].Text != "rules.total_twice" {
		t.Errorf("the same awards twice: %+v", f)
	}
	shared := func(a string) terms.Share {
		return map[string]terms.Share{"一等奖": {Percent: 10}, "二等奖": {Percent: 15}, "三等奖": {Percent: 20}}[a]
	}
	for percent, starves := range map[float64]bool{25: true, 25.0001: false, 24: true} {
		total := terms.AwardTotal{Awards: three, Share: terms.Share{Percent: percent}}
		if f := terms.TotalFaults([]terms.AwardTotal{total}, awards, shared); (len(f) == 1) != starves {
			t.Errorf("%v %%: %+v", percent, f)
		}
	}
}

// TestATotalLeavesTheLowerAwardsTheRest goes by 30% of 33 works, which is 9.9: nine, unless the rules round it up.
func TestATotalLeavesTheLowerAwardsTheRest(t *testing.T) {
	three := []string{"一等奖", "二等奖", "三等奖"}
	for rounding, want := range map[terms.Rounding][]int{
		"": {9, 6, 2, 0}, terms.Down: {9, 6, 2, 0}, terms.Nearest: {10, 7, 3, 0}, terms.Up: {10, 7, 3, 0},
	} {
		total := []terms.AwardTotal{{Awards: three, Share: terms.Share{Percent: 30, Rounding: rounding}}}
		var got []int
		for _, had := range []int{0, 3, 7, 12} {
			got = append(got, terms.RoomOf(total, "三等奖", 33, func(a string) int {
				if a == "一等奖" {
					return had
				}
				return 0
			}))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", rounding, got, want)
		}
		if n := terms.RoomOf(total, "优秀奖", 33, func(string) int { return 9 }); n != 33 {
			t.Error("an award that is not counted together has", n)
		}
	}
	two := []terms.AwardTotal{
		{Awards: three, Share: terms.Share{Count: 8}}, {Awards: three[:2], Share: terms.Share{Count: 3}},
	}
	got := fmt.Sprint(terms.RoomOf(two, "二等奖", 50, func(a string) int { return map[string]int{"一等奖": 2}[a] }))
	if got != "1" {
		t.Error("of two totals the stricter one holds, not", got)
	}
}

// Two totals are one too many only where both count the same awards over the same works.
func TestATotalIsSaidOnce(t *testing.T) {
	both, one := []string{"一等奖", "二等奖"}, []string{"一等奖", "三等奖"}
	for name, c := range map[string]struct {
		awards []string
		whole  bool
		twice  bool
	}{
		"the same": {both, true, true}, "in each list": {both, false, false}, "other awards": {one, true, false},
	} {
		totals := []terms.AwardTotal{
			{Awards: both, Share: terms.Share{Count: 9, Whole: true}},
			{Awards: c.awards, Share: terms.Share{Count: 9, Whole: c.whole}},
		}
		share := func(string) terms.Share { return terms.Share{Count: 1} }
		twice := false
		for _, f := range terms.TotalFaults(totals, []string{"一等奖", "二等奖", "三等奖"}, share) {
			twice = twice || f.Text == "rules.total_twice"
		}
		if twice != c.twice {
			t.Errorf("%s: said to be twice: %v", name, twice)
		}
	}
}
