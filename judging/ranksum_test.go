package judging_test

import (
	"fmt"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"fayi/judging"
	"fayi/judging/award"
)

func rankSums() judging.Rules {
	r := countyRules()
	r.Combine = judging.Combine{Method: judging.RankSum, Decimals: 1}
	r.Ties = nil
	for i := range r.Awards {
		r.Awards[i].MinScore = 0
	}
	return r
}

// judged makes tallies of one list from totals by judge (rows) and work (columns).
func judged(totals [][]float64) (out []award.Tally) {
	for w := range totals[0] {
		t := award.Tally{Work: judging.WorkID(fmt.Sprintf("w%02d", w)), Category: "书法"}
		for j, row := range totals {
			t.Add(judging.Judge{ID: judging.JudgeID(fmt.Sprintf("j%02d", j))}, 0, judging.Ballot{Total: row[w]})
		}
		out = append(out, t)
	}
	return out
}

// placedAs says the order of works with their official scores and places, as "w01 5 (1)".
func placedAs(list []judging.Placing) (out []string) {
	for _, p := range list {
		out = append(out, fmt.Sprintf("%s %v (%d)", p.Work, p.Official, p.Place))
	}
	return out
}

// As ordinal systems of figure skating and of music contests add places up: judges' scales do not matter, only their
// order does; works that a judge puts level share the mean of their ranks.
func TestRanksOfAllJudgesAddUp(t *testing.T) {
	got := placedAs(award.Rank(rankSums(), judged([][]float64{
		{95, 90, 85, 80}, // 1 2 3 4
		{60, 70, 65, 50}, // 3 1 2 4
		{88, 88, 70, 90}, // 2.5 2.5 4 1
	})))
	want := []string{"w01 5.5 (1)", "w00 6.5 (2)", "w02 9 (3)", "w03 9 (3)"}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestRanksDoNotAddUpWhereAJudgeLacksAWork(t *testing.T) {
	tallies := judged([][]float64{{95, 90, 85}, {60, 70, 65}})
	tallies[2].Totals, tallies[2].Judges = tallies[2].Totals[:1], tallies[2].Judges[:1]
	for _, p := range award.Rank(rankSums(), tallies) {
		if p.Place != 0 {
			t.Errorf("%s has place %d", p.Work, p.Place)
		}
	}
	if category, _, lacks := award.NotRanked(rankSums(), tallies); !lacks || category != "书法" {
		t.Errorf("not told: %q %v", category, lacks)
	}
	tallies[2].Totals, tallies[2].Judges = nil, nil // nobody scored it: it is in no judge's list
	if _, _, lacks := award.NotRanked(rankSums(), tallies); lacks {
		t.Error("a work without scores keeps the others from being ranked")
	}
	if got := award.Rank(rankSums(), tallies)[0]; got.Place != 1 || got.Official != 3 {
		t.Errorf("%+v", got)
	}
}

// What the office takes off moves a work down with every judge.
func TestAnOffsetMovesRanks(t *testing.T) {
	tallies := judged([][]float64{{90, 89}, {80, 79.5}})
	tallies[0].Offset = judging.Exact(-.75)
	got := placedAs(award.Rank(rankSums(), tallies))
	if want := []string{"w00 3 (1)", "w01 3 (1)"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// Each rank is counted afresh, by how many works a judge puts above and level: no sorting, no lists.
func TestRankSumsAreThoseOfAPlainCount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		judges, works := rapid.IntRange(1, 6).Draw(t, "judges"), rapid.IntRange(1, 8).Draw(t, "works")
		totals := make([][]float64, judges)
		for j := range totals {
			for range works {
				totals[j] = append(totals[j], float64(rapid.IntRange(0, 9).Draw(t, "total"))/2+80)
			}
		}
		offsets := make([]float64, works)
		tallies := judged(totals)
		for w := range offsets {
			offsets[w] = float64(rapid.IntRange(-2, 2).Draw(t, "offset")) / 2
			tallies[w].Offset = judging.Exact(offsets[w])
		}
		sums := map[judging.WorkID]*big.Rat{}
		for w := range works {
			sum := new(big.Rat)
			for j := range judges {
				above, level := 0, 0
				for o := range works {
					switch mine, other := totals[j][w]+offsets[w], totals[j][o]+offsets[o]; {
					case other > mine:
						above++
					case other == mine:
						level++
					}
				}
				sum.Add(sum, big.NewRat(int64(2*above+level+1), 2))
			}
			sums[tallies[w].Work] = sum
		}
		shuffled := rapid.Permutation(tallies).Draw(t, "order")
		placed := award.Rank(rankSums(), shuffled)
		if again := award.Rank(rankSums(), tallies); !slices.Equal(placed, again) {
			t.Fatalf("the order in which works come matters: %v, %v", placed, again)
		}
		for _, p := range placed {
			want, _ := sums[p.Work].Float64()
			better := 1
			for _, o := range sums {
				if o.Cmp(sums[p.Work]) < 0 {
					better++
				}
			}
			if p.Official != want || p.Place != better {
				t.Fatalf("%s: sum %v and place %d, want %v and %d", p.Work, p.Official, p.Place, want, better)
			}
		}
	})
}

// Each new step decides one tie, and the other way round when the works change sides.
func TestTheNewTieStepsPartWorksOfEqualScore(t *testing.T) {
	type given struct {
		total  float64
		theme  float64
		senior bool
	}
	tally := func(id judging.WorkID, list ...given) award.Tally {
		t := award.Tally{Work: id, Category: "书法"}
		for j, g := range list {
			who := judging.Judge{ID: judging.JudgeID(fmt.Sprintf("j%d", j)), Senior: g.senior}
			marks := map[string]float64{"主题": g.theme, "技法": g.total - g.theme}
			t.Add(who, 0, judging.Ballot{Total: g.total, Marks: marks})
		}
		return t
	}
	rules := countyRules()
	rules.Combine = judging.Combine{Method: judging.Mean, Decimals: 2}
	rules.Categories = []judging.Category{{Name: "书法", Rubric: "r"}}
	rules.Rubrics = []judging.NamedRubric{{Name: "r", Rubric: judging.Rubric{
		Scale: 100, Step: 1, Criteria: []judging.Criterion{{Name: "主题", Weight: 40}, {Name: "技法", Weight: 60}},
	}}}
	for _, tt := range []struct {
		step          judging.TieStep
		first, second []given
	}{
		{ // means of 主题 are equal; the middle one is 31 against 30
			judging.TieTrimmed,
			[]given{{80, 20, false}, {80, 31, false}, {80, 39, false}},
			[]given{{80, 21, false}, {80, 30, false}, {80, 39, false}},
		},
		{judging.TieMedian, []given{{70, 0, false}, {90, 0, false}, {80, 0, false}, {90, 0, false}},
			[]given{{70, 0, false}, {100, 0, false}, {80, 0, false}, {80, 0, false}}},
		{judging.TieSenior, []given{{80, 0, false}, {90, 0, true}}, []given{{90, 0, false}, {80, 0, true}}},
		{judging.TieFirsts, []given{{70, 0, false}, {91, 0, false}, {91, 0, false}},
			[]given{{72, 0, false}, {90, 0, false}, {90, 0, false}}},
		{judging.TieRankSum, []given{{70, 0, false}, {91, 0, false}, {91, 0, false}},
			[]given{{72, 0, false}, {90, 0, false}, {90, 0, false}}},
	} {
		rules.Ties = []judging.TieStep{tt.step}
		for _, ids := range [][2]judging.WorkID{{"w1", "w2"}, {"w2", "w1"}} {
			got := award.Rank(rules, []award.Tally{tally(ids[0], tt.first...), tally(ids[1], tt.second...)})
			if got[0].Work != ids[0] || got[1].TieStep != tt.step || got[1].Place != 2 {
				t.Errorf("%s: %+v", tt.step, got)
			}
		}
	}
	// a work without a senior judge: the step is passed over
	rules.Ties = []judging.TieStep{judging.TieSenior}
	got := award.Rank(rules, []award.Tally{
		tally("w1", given{80, 0, true}), tally("w2", given{80, 0, false}), tally("w3", given{70, 0, true}),
	})
	if !got[0].Tied || !got[1].Tied {
		t.Errorf("%+v", got)
	}
}

func TestItIsKnownWhenTheNumberOfScoresIsNotEnough(t *testing.T) {
	if award.NeedsEachScore(countyRules()) {
		t.Error("plain rules")
	}
	panels, vetoes := countyRules(), countyRules()
	panels.Panels = []judging.Panel{{Name: "专家", Weight: 100}}
	vetoes.Rubrics = []judging.NamedRubric{{Rubric: strictRubric()}}
	for name, r := range map[string]judging.Rules{"ranks": rankSums(), "panels": panels, "vetoes": vetoes} {
		if !award.NeedsEachScore(r) {
			t.Error(name)
		}
	}
}
