package award_test

import (
	"testing"

	"fayi/judging"
	"fayi/judging/award"
)

// TestAnAuthorKeepsTheBetterOfTwoEqualAwards looks at an author with the first place in two lists: the better score
// stays, which is the smaller one where ranks are added up.
func TestAnAuthorKeepsTheBetterOfTwoEqualAwards(t *testing.T) {
	rules := judging.Rules{
		Awards:     []judging.Award{{Name: "一等奖", Share: judging.Share{Count: 1}}},
		Caps:       judging.Caps{PerAuthor: 1, Enforce: true},
		Categories: []judging.Category{{Name: "书法"}, {Name: "绘画"}},
	}
	work := func(id judging.WorkID, category string, place int, score float64, author string) award.Candidate {
		return award.Candidate{Home: "一小", Authors: []string{author},
			Placing: judging.Placing{Work: id, Category: category, Place: place, Official: score}}
	}
	for method, scores := range map[judging.CombineMethod][2]float64{
		judging.Mean: {80, 90}, judging.RankSum: {9, 8},
	} {
		rules.Combine.Method = method
		field := []award.Candidate{
			work("w1", "书法", 1, scores[0], "张三"), work("w2", "书法", 2, scores[0], "李四"),
			work("w3", "绘画", 1, scores[1], "张三"), work("w4", "绘画", 2, scores[1], "王五"),
		}
		got := award.AwardsOf(rules, field, nil)
		if len(got) != 2 || got["w2"] == "" || got["w3"] == "" {
			t.Errorf("%s: %v", method, got)
		}
	}
}
