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

func TestOfficialScores(t *testing.T) {
	mean := judging.Combine{Method: judging.Mean, Decimals: 2}
	trimmed := judging.Combine{Method: judging.Trimmed, TrimFrom: 5, Decimals: 2}
	three := judging.Combine{Method: judging.Trimmed, TrimFrom: 3, Decimals: 2}
	tests := []struct {
		name    string
		combine judging.Combine
		totals  []float64
		want    float64
		dropped int
	}{
		{"none", trimmed, nil, 0, 0},
		{"one stands for itself", trimmed, []float64{84.5}, 84.5, 0},
		{"two are averaged, as no panel can drop half of itself", three, []float64{80, 90}, 85, 0},
		{"three of three keep the middle", three, []float64{70, 81, 95}, 81, 2},
		{"four below the threshold keep all", trimmed, []float64{70, 80, 90, 100}, 85, 0},
		{"five drop the ends", trimmed, []float64{100, 80, 81, 82, 0}, 81, 2},
		{"of equal ends only one each is dropped", trimmed, []float64{90, 90, 80, 70, 70}, 80, 2},
		{"the mean drops nothing", mean, []float64{100, 80, 81, 82, 0}, 68.6, 0},
		{"a threshold below three means three", judging.Combine{
			Method:   judging.Trimmed,
			Decimals: 2,
		}, []float64{80, 90}, 85, 0},
		{"a half of the last decimal goes up", mean, []float64{84.1, 84.15}, 84.13, 0},
		{"where binary fractions would go down", judging.Combine{
			Method:   judging.Mean,
			Decimals: 1,
		}, []float64{.25, .25}, .3, 0},
		{"thirds", mean, []float64{80, 80, 81}, 80.33, 0},
		{"two thirds", mean, []float64{80, 81, 81}, 80.67, 0},
		{"no decimals", judging.Combine{Method: judging.Mean}, []float64{80, 81}, 81, 0},
		{"four decimals", judging.Combine{Method: judging.Mean, Decimals: 4}, []float64{80, 80, 81}, 80.3333, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			given := slices.Clone(tt.totals)
			got, dropped := award.OfficialOf(tt.combine, given)
			if got != tt.want || dropped != tt.dropped {
				t.Errorf("got %v with %d dropped, want %v with %d", got, dropped, tt.want, tt.dropped)
			}
			if !slices.Equal(given, tt.totals) {
				t.Errorf("the totals became %v", given)
			}
		})
	}
}

// exactOfficial is the rule in rational numbers: totals in hundredths, half up.
func exactOfficial(hundredths []int, trimFrom, decimals int) *big.Rat {
	kept := slices.Sorted(slices.Values(hundredths))
	if trimFrom > 0 && len(kept) >= trimFrom {
		kept = kept[1 : len(kept)-1]
	}
	sum := int64(0)
	for _, h := range kept {
		sum += int64(h)
	}
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil)
	x := new(big.Rat).SetFrac64(sum, int64(len(kept))*100)
	x.Mul(x, new(big.Rat).SetInt(scale)).Add(x, big.NewRat(1, 2))
	whole := new(big.Int).Div(x.Num(), x.Denom())
	return new(big.Rat).SetFrac(whole, scale)
}

func TestOfficialScoresAreExactAndRoundHalfUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hundredths := rapid.SliceOfN(rapid.IntRange(0, 10000), 1, 60).Draw(t, "hundredths")
		decimals, trim := rapid.IntRange(0, 4).Draw(t, "decimals"), rapid.SampledFrom([]int{0, 3, 5}).Draw(t, "trim")
		c := judging.Combine{Method: judging.Mean, Decimals: decimals}
		if trim > 0 {
			c = judging.Combine{Method: judging.Trimmed, TrimFrom: trim, Decimals: decimals}
		}
		totals := make([]float64, len(hundredths))
		for i, h := range hundredths {
			totals[i] = float64(h) / 100
		}
		got, _ := award.OfficialOf(c, totals)
		if want, _ := exactOfficial(hundredths, trim, decimals).Float64(); got != want {
			t.Fatalf("got %v, want %v", got, want)
		}
		shuffled, _ := award.OfficialOf(c, rapid.Permutation(totals).Draw(t, "shuffled"))
		if shuffled != got {
			t.Fatalf("%v in one order, %v in another", got, shuffled)
		}
	})
}

// rankAll ranks works w1, w2, … of 书法 with these totals by these steps and no trimming.
func rankAll(steps []judging.TieStep, tallies ...award.Tally) []judging.Placing {
	rules := countyRules()
	rules.Ties, rules.Combine = steps, judging.Combine{Method: judging.Mean, Decimals: 0}
	for i := range tallies {
		tallies[i].Work, tallies[i].Category, tallies[i].Group = judging.WorkID(fmt.Sprint("w", i+1)), "书法", "成人组"
	}
	return award.Rank(rules, tallies)
}

func totals(v ...float64) award.Tally { return award.Tally{Totals: v} }

// marked is a tally of one judge who gave these marks for the first two criteria.
func marked(total, first, second float64) award.Tally {
	return award.Tally{Totals: []float64{total}, Marks: []map[string]float64{{"主题": first, "技法": second}}}
}

// written shows placings as "w1=1 w2=2(range) w3=3* w4=-": place, deciding step, * for a tie undecided.
func written(list []judging.Placing) string {
	out := ""
	for _, p := range list {
		if out += fmt.Sprintf("%s=%d", p.Work, p.Place); p.TieStep != "" {
			out += "(" + string(p.TieStep) + ")"
		}
		if p.Tied {
			out += "*"
		}
		out += " "
	}
	return out
}

func TestPlacesAndTies(t *testing.T) {
	steps := func(s ...judging.TieStep) []judging.TieStep { return s }
	all := steps(judging.TieAllScores, judging.TieCriteria, judging.TieTop, judging.TieRange)
	tests := []struct {
		name    string
		steps   []judging.TieStep
		tallies []award.Tally
		want    string
	}{
		{"by official score", all, []award.Tally{totals(70), totals(90), totals(80)}, "w2=1 w3=2 w1=3 "},
		{
			"equals share a place and the next is skipped", nil,
			[]award.Tally{totals(90), totals(80), totals(80), totals(70)}, "w1=1 w2=2* w3=2* w4=4 ",
		},
		{"three equals", nil, []award.Tally{totals(80), totals(80), totals(80), totals(70)}, "w1=1* w2=1* w3=1* w4=4 "},
		{
			"two pairs of equals", nil, []award.Tally{totals(80), totals(80), totals(70), totals(70)},
			"w1=1* w2=1* w3=3* w4=3* ",
		},
		{
			"the mean of all, before rounding", steps(judging.TieAllScores),
			[]award.Tally{totals(80, 80.1), totals(80, 80.2)}, "w2=1 w1=2(all_scores) ",
		},
		{
			"the first criterion", steps(judging.TieCriteria), []award.Tally{marked(80, 10, 20), marked(80, 12, 18)},
			"w2=1 w1=2(criteria) ",
		},
		{
			"the second criterion", steps(judging.TieCriteria), []award.Tally{marked(80, 12, 17), marked(80, 12, 18)},
			"w2=1 w1=2(criteria) ",
		},
		{
			"equal criteria", steps(judging.TieCriteria), []award.Tally{marked(80, 12, 18), marked(80, 12, 18)},
			"w1=1* w2=1* ",
		},
		{
			"the highest total", steps(judging.TieTop), []award.Tally{totals(70, 80, 90), totals(75, 70, 95)},
			"w2=1 w1=2(top_scores) ",
		},
		{
			"the second highest total", steps(judging.TieTop), []award.Tally{totals(70, 80, 90), totals(90, 81, 69)},
			"w2=1 w1=2(top_scores) ",
		},
		{
			"totals that differ by less than points go", steps(judging.TieTop),
			[]award.Tally{totals(80), totals(80.0000000001)}, "w1=1* w2=1* ",
		},
		{
			"the smaller range", steps(judging.TieRange), []award.Tally{totals(70, 80, 90), totals(79, 80, 81)},
			"w2=1 w1=2(range) ",
		},
		{
			"the first step that tells, tells", all, []award.Tally{totals(79, 81), totals(70, 90), marked(80, 1, 1)},
			"w3=1 w2=2(criteria) w1=3(top_scores) ",
		},
		{
			"parted from one, tied with another", steps(judging.TieRange),
			[]award.Tally{totals(80, 80), totals(79, 81), totals(81, 79)}, "w1=1 w2=2(range)* w3=2* ",
		},
		{
			"works without a score come last and are no tie", all, []award.Tally{totals(), totals(0), totals()},
			"w2=1 w1=0 w3=0 ",
		},
		{"a total of zero is a score", nil, []award.Tally{totals(), totals(0)}, "w2=1 w1=0 "},
		{"all are without a score", all, []award.Tally{totals(), totals()}, "w1=0 w2=0 "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := written(rankAll(tt.steps, tt.tallies...)); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestAPlacingShowsHowItCameAbout(t *testing.T) {
	rules := countyRules()
	tally := award.Tally{Work: "w1", Category: "书法", Group: "小学组", Totals: []float64{70, 80.5, 81, 82, 99}}
	want := judging.Placing{
		Work:     "w1",
		Category: "书法",
		Group:    "小学组",
		Place:    1,
		Official: 81.17,
		Raw:      82.5,
		Scores:   5,
		Dropped:  2,
		Range:    29,
	}
	if got := award.Rank(rules, []award.Tally{tally}); len(got) != 1 || got[0] != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestListsStandInTheOrderOfTheRules(t *testing.T) {
	var tallies []award.Tally
	for i, at := range [][2]string{
		{"摄影", "成人组"}, {"书法", "老年组"}, {"书法", "成人组"}, {"摄影", "小学组"}, {"书法", "小学组"}, {"书法", ""},
	} {
		tallies = append(tallies, award.Tally{
			Work:     judging.WorkID(fmt.Sprint("w", i)),
			Category: at[0],
			Group:    at[1],
			Totals:   []float64{float64(80 + i)},
		})
	}
	got := ""
	for _, p := range award.Rank(countyRules(), tallies) {
		got += fmt.Sprintf("%s/%s:%s=%d ", p.Category, p.Group, p.Work, p.Place)
	}
	if want := "书法/小学组:w4=1 书法/成人组:w2=1 书法/:w5=1 书法/:w1=2 摄影/:w3=1 摄影/:w0=2 "; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// contests draws tallies of coarse scores, so that ties of every kind turn up.
var contests = rapid.Custom(func(t *rapid.T) []award.Tally {
	var out []award.Tally
	for i := range rapid.IntRange(0, 25).Draw(t, "works") {
		tally := award.Tally{
			Work:     judging.WorkID(judging.Serial("w", 6, i+1)),
			Category: rapid.SampledFrom([]string{"书法", "摄影"}).Draw(t, "category"),
			Group:    rapid.SampledFrom([]string{"小学组", "成人组", ""}).Draw(t, "group"),
		}
		for range rapid.IntRange(0, 6).Draw(t, "scores") {
			first, second := rapid.IntRange(0, 3).Draw(t, "first"), rapid.IntRange(0, 3).Draw(t, "second")
			tally.Totals = append(tally.Totals, float64(70+first+second))
			tally.Marks = append(tally.Marks, map[string]float64{"主题": float64(first), "技法": float64(second)})
		}
		out = append(out, tally)
	}
	return out
})

var ruleSheets = rapid.Custom(func(t *rapid.T) judging.Rules {
	r := countyRules()
	r.Ties = rapid.Permutation(r.Ties).Draw(t, "ties")[:rapid.IntRange(0, 4).Draw(t, "steps")]
	r.Combine.Decimals = rapid.IntRange(0, 2).Draw(t, "decimals")
	r.Combine.TrimFrom = rapid.IntRange(3, 5).Draw(t, "trim")
	return r
})

func TestTheOrderOfTheInputChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules, tallies := ruleSheets.Draw(t, "rules"), contests.Draw(t, "tallies")
		want := award.Rank(rules, tallies)
		if len(want) != len(tallies) {
			t.Fatalf("%d placings of %d works", len(want), len(tallies))
		}
		if got := award.Rank(rules, rapid.Permutation(tallies).Draw(t, "shuffled")); !slices.Equal(got, want) {
			t.Fatalf("got  %v\nwant %v", got, want)
		}
	})
}

func TestOtherIdentitiesLeaveEveryPlaceAsItIs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules, tallies := ruleSheets.Draw(t, "rules"), contests.Draw(t, "tallies")
		ids := make([]judging.WorkID, len(tallies))
		for i := range tallies {
			ids[i] = tallies[i].Work
		}
		before, old := map[judging.WorkID]judging.Placing{}, map[judging.WorkID]judging.WorkID{}
		for _, p := range award.Rank(rules, tallies) {
			before[p.Work] = p
		}
		for i, id := range rapid.Permutation(ids).Draw(t, "ids") {
			old[id], tallies[i].Work = tallies[i].Work, id
		}
		for _, p := range award.Rank(rules, tallies) {
			was := before[old[p.Work]]
			if p.Place != was.Place || p.Tied != was.Tied || p.Official != was.Official ||
				!p.Tied && p.TieStep != was.TieStep {
				t.Fatalf("%+v was %+v", p, was)
			}
		}
	})
}

func TestPlacesCountTheWorksAhead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := award.Rank(ruleSheets.Draw(t, "rules"), contests.Draw(t, "tallies"))
		for i, p := range list {
			ahead, equal := 0, 0
			for _, q := range list {
				if q.Category != p.Category || q.Group != p.Group || q.Scores == 0 {
					continue
				}
				if q.Place < p.Place {
					ahead++
				}
				if q.Place == p.Place {
					equal++
				}
				if q.Official > p.Official && q.Place >= p.Place && p.Scores > 0 {
					t.Fatalf("%+v is not ahead of %+v", q, p)
				}
			}
			if p.Scores > 0 && p.Place != ahead+1 || p.Scores == 0 && p.Place != 0 ||
				p.Tied != (equal > 1 && p.Scores > 0) {
				t.Fatalf("place %d of list %v", i, list)
			}
		}
	})
}

func BenchmarkRank100000WorksOf5Scores(b *testing.B) {
	rules := countyRules()
	tallies := make([]award.Tally, 100_000)
	for i := range tallies {
		at := rules.Categories[i%2]
		tallies[i] = award.Tally{
			Work:     judging.WorkID(judging.Serial("w", 6, i)),
			Category: at.Name,
			Group:    rules.Groups[i/2%2].Name,
		}
		for j := range 5 {
			first := float64((i*7 + j*13) % 15)
			rest := float64((i*31+j*17)%400) / 10
			tallies[i].Totals = append(tallies[i].Totals, 40+first+rest)
			tallies[i].Marks = append(tallies[i].Marks, map[string]float64{"主题": first, "技法": 20, "创意": 20, "整体": rest})
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		award.Rank(rules, tallies)
	}
}

func TestCriteriaPartNoWorksOfAListWithATotalAlone(t *testing.T) {
	marks := func(a, b, c float64) []map[string]float64 {
		return []map[string]float64{{"主题": a, "技法": b, "创意": c}, {"主题": a, "技法": b, "创意": c}}
	}
	rules := countyRules()
	rules.Rubrics[0].Criteria = criteria(40, 30, 30)
	rules.Combine = judging.Combine{Method: judging.Mean, Decimals: 2}
	rules.Ties = []judging.TieStep{judging.TieCriteria, judging.TieTop}
	work := func(id judging.WorkID, totals []float64, m []map[string]float64) award.Tally {
		return award.Tally{Work: id, Category: "书法", Group: "小学组", Totals: totals, Marks: m}
	}
	even := work("w1", []float64{80, 80}, marks(30, 25, 25))
	apart := work("w2", []float64{90, 70}, marks(28, 26, 26))
	steps := func(list []judging.Placing) (out string) {
		for _, p := range list {
			out += fmt.Sprint(p.Work, " ", p.Place, " ", p.TieStep, "; ")
		}
		return out
	}
	if got := steps(award.Rank(rules, []award.Tally{even, apart})); got != "w1 1 ; w2 2 criteria; " {
		t.Errorf("with all marks: %s", got)
	}
	typed := work("w3", []float64{60}, []map[string]float64{nil})
	got := steps(award.Rank(rules, []award.Tally{even, apart, typed}))
	if got != "w2 1 ; w1 2 top_scores; w3 3 ; " {
		t.Errorf("with one total alone: %s", got)
	}
}

func TestListsStandAsInTheRulesAndUnknownOnesFirst(t *testing.T) {
	var tallies []award.Tally
	for i, list := range [][2]string{{"摄影", ""}, {"书法", "老年组"}, {"书法", "成人组"}, {"歌曲", ""}, {"书法", "小学组"}, {"戏曲", ""}} {
		id := judging.WorkID(fmt.Sprint("w", i))
		tallies = append(tallies, award.Tally{Work: id, Category: list[0], Group: list[1], Totals: []float64{80}})
	}
	var got []string
	for _, p := range award.Rank(countyRules(), tallies) {
		got = append(got, p.Category+p.Group)
	}
	if want := []string{"戏曲", "歌曲", "书法小学组", "书法成人组", "书法", "摄影"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
