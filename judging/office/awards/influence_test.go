package awards

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/results"
)

// drawnScoring is a round of two categories, one of them in groups, with scores of a few judges.
func drawnScoring(random *rand.Rand, official judging.Official) results.Scoring {
	rubric := judging.Rubric{Scale: 100, Step: 1, Criteria: []judging.Criterion{{Name: "总评", Weight: 100}}}
	s := results.Scoring{
		Round: 1,
		Rules: judging.Rules{
			Official: official,
			Combine:  judging.Combine{Method: judging.Trimmed, TrimFrom: 4, Decimals: 1},
			TieAtCut: judging.TieShare,
			Ties:     []judging.TieStep{judging.TieAllScores, judging.TieTop},
			Awards: []judging.Award{
				{Name: "一等奖", Share: judging.Share{Count: 2}}, {Name: "二等奖", Share: judging.Share{Percent: 20}},
			},
			Rubrics: []judging.NamedRubric{{Name: "通用", Rubric: rubric}},
			Categories: []judging.Category{
				{Name: "书法", Rubric: "通用", Groups: []string{"少年", "成人"}}, {Name: "绘画", Rubric: "通用"},
			},
		},
		Works: map[judging.WorkID]judging.Work{}, Judges: map[judging.JudgeID]judging.Judge{},
	}
	switch random.IntN(4) {
	case 0:
		s.Rules.Caps = judging.Caps{PerUnit: 1, PerAuthor: 1, Enforce: true}
	case 1:
		s.Rules.Combine.Uniform = true
	case 2:
		s.Rules.Ties = []judging.TieStep{judging.TieFirsts, judging.TieCriteria}
	}
	for j := range 7 {
		id := judging.JudgeID(fmt.Sprintf("j%d", j))
		s.Judges[id] = judging.Judge{ID: id, Senior: j == 0}
	}
	judges := slices.Sorted(maps.Keys(s.Judges))
	for i := range 40 {
		w := judging.Work{
			ID:       judging.WorkID(fmt.Sprintf("w%03d", i)),
			Category: []string{"书法", "绘画"}[i%2], Group: []string{"少年", "成人"}[i/2%2],
			Unit: fmt.Sprint("单位", i%5), Authors: []string{fmt.Sprint("作者", i%13)}, Status: judging.Accepted,
		}
		s.Works[w.ID] = w
		quality := 78 + 7*random.NormFloat64()
		for _, j := range random.Perm(7)[:2+random.IntN(4)] {
			mark := float64(int(max(0, min(100, quality+float64(3*j-9)+3*random.NormFloat64()))))
			b := judging.Ballot{State: judging.Scored, Total: mark, Marks: map[string]float64{"总评": mark}}
			said := []judging.ScoreVersion{{Ballot: b}}
			score := judging.Score{Round: 1, Work: w.ID, Judge: judges[j], Versions: said}
			if random.IntN(12) == 0 {
				score.Void = "回避"
			}
			s.Scores = append(s.Scores, score)
		}
		if random.IntN(9) == 0 {
			s.Offsets = append(s.Offsets, records.Offset{Work: w.ID, Points: float64(random.IntN(5) - 2)})
		}
	}
	slices.SortFunc(s.Scores, func(a, b judging.Score) int {
		return cmp.Or(cmp.Compare(a.Work, b.Work), cmp.Compare(a.Judge, b.Judge))
	})
	return s
}

// plainPlacings places the works of s as if its scores were all that was ever given.
func plainPlacings(t *testing.T, s results.Scoring) []judging.Placing {
	t.Helper()
	var tallies []award.Tally
	for _, id := range slices.Sorted(maps.Keys(s.Works)) {
		tallies = append(tallies, s.Tally(id))
	}
	s.Placings = award.Rank(s.Rules, tallies)
	if s.Rules.Official == judging.ByRules {
		return s.Placings
	}
	official, err := s.Official(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for i := range tallies {
		if v, ok := official[tallies[i].Work]; ok {
			tallies[i].Official = award.Computed(v)
		}
	}
	return award.Rank(s.Rules, tallies)
}

// TestLeavingOutAJudgeIsDecidingWithoutTheirScores, by whatever method. Of one that looks at all categories together
// too: what was computed with the judge must not be taken for what is without.
func TestLeavingOutAJudgeIsDecidingWithoutTheirScores(t *testing.T) {
	random, times := rand.New(rand.NewPCG(2, 3)), 12
	if testing.Short() {
		times = 4
	}
	for _, official := range []judging.Official{judging.ByRules, judging.ZScore, judging.Additive, judging.Hier} {
		changed := 0
		for range times {
			s := drawnScoring(random, official)
			s.Placings = plainPlacings(t, s)
			rulings := []award.Ruling{{Kind: award.RuleWithhold, Work: s.Placings[0].Work, Reason: "抄袭"}}
			x := newLeavingOut(s, rulings)
			whole, err := x.awards(t.Context(), x.field.Rank(), "")
			if err != nil {
				t.Fatal(err)
			}
			if want := AwardsOf(s.Rules, s.Works, s.Placings, rulings); !maps.Equal(whole, want) {
				t.Fatalf("%s, nobody left out: %v, not %v", official, whole, want)
			}
			for _, j := range s.ScoringJudges() {
				got, err := x.without(t.Context(), j)
				if err != nil {
					t.Fatal(err)
				}
				rest := results.Scoring{Round: 1, Rules: s.Rules, Works: s.Works, Judges: s.Judges, Offsets: s.Offsets}
				for _, score := range s.Scores {
					if score.Judge != j {
						rest.Scores = append(rest.Scores, score)
					}
				}
				if want := AwardsOf(s.Rules, s.Works, plainPlacings(t, rest), rulings); !maps.Equal(got, want) {
					t.Fatalf("%q without %s: %v, not %v", official, j, got, want)
				}
				if !maps.Equal(got, whole) {
					changed++
				}
			}
		}
		if changed == 0 {
			t.Errorf("%q: no judge ever changed an award", official)
		}
	}
}
