package award_test

import (
	"fmt"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"fayi/judging"
	"fayi/judging/award"
)

// ways draws a way to combine that rules may have.
func ways(t *rapid.T) judging.Combine {
	c := judging.Combine{
		Method: rapid.SampledFrom([]judging.CombineMethod{
			judging.Mean, judging.Trimmed, judging.Median, judging.Best,
		}).Draw(t, "method"),
		Decimals: rapid.IntRange(0, 4).Draw(t, "decimals"), ByCriterion: rapid.Bool().Draw(t, "by criterion"),
		Uniform: rapid.Bool().Draw(t, "uniform"), Best: rapid.IntRange(1, 4).Draw(t, "best"),
		DropLow: rapid.IntRange(0, 3).Draw(t, "low"), DropHigh: rapid.IntRange(0, 3).Draw(t, "high"),
	}
	c.TrimFrom = rapid.IntRange(max(3, c.DropLow+c.DropHigh+1), 9).Draw(t, "from")
	return c
}

// plainly combines values as a notice says it: sort, strike out one after another, divide what is left.
func plainly(c judging.Combine, values []int64) *big.Rat {
	left := slices.Sorted(slices.Values(values))
	if len(left) == 0 {
		return new(big.Rat)
	}
	switch {
	case c.Method == judging.Trimmed && len(left) >= c.TrimFrom:
		low, high := c.DropLow, c.DropHigh
		if low+high == 0 {
			low, high = 1, 1
		}
		for range low {
			left = left[1:]
		}
		for range high {
			left = left[:len(left)-1]
		}
	case c.Method == judging.Median:
		for len(left) > 2 {
			left = left[1 : len(left)-1]
		}
	case c.Method == judging.Best:
		for len(left) > c.Best {
			left = left[1:]
		}
	}
	sum := int64(0)
	for _, v := range left {
		sum += v
	}
	return big.NewRat(sum, int64(len(left)))
}

// TestEveryWayToCombineIsWhatANoticeSays compares the official scores of random lists with those struck out by hand,
// and wants the order of judges and of works to matter nothing.
func TestEveryWayToCombineIsWhatANoticeSays(t *testing.T) {
	names := []string{"主题", "笔法", "章法"}
	rapid.Check(t, func(t *rapid.T) {
		rules := judging.Rules{
			Combine: ways(t), Categories: []judging.Category{{Name: "书法", Rubric: "r"}},
			Rubrics: []judging.NamedRubric{{Name: "r", Rubric: judging.Rubric{Scale: 100, Step: 1}}},
		}
		for _, n := range names {
			rules.Rubrics[0].Criteria = append(rules.Rubrics[0].Criteria, judging.Criterion{Name: n, Weight: 30})
		}
		if rapid.Bool().Draw(t, "panels") {
			w := rapid.IntRange(1, 99).Draw(t, "weight")
			rules.Panels = []judging.Panel{{Name: "专家", Weight: float64(w)}, {Name: "大众", Weight: float64(100 - w)}}
		}
		var tallies []award.Tally
		of := map[judging.WorkID][]int{}
		given := map[judging.WorkID][][]int64{}
		short := false
		for w := range rapid.IntRange(1, 5).Draw(t, "works") {
			tally := award.Tally{Work: judging.WorkID(fmt.Sprint("w", w)), Category: "书法"}
			for range rapid.IntRange(1, 9).Draw(t, "judges") {
				marks, sum, row := map[string]float64{}, 0.0, []int64{}
				for _, n := range names {
					v := rapid.Int64Range(0, 30).Draw(t, n)
					marks[n], sum, row = float64(v), sum+float64(v), append(row, v)
				}
				panel := 0
				if rules.Panels != nil {
					panel = rapid.IntRange(0, 1).Draw(t, "panel")
					tally.Panels = append(tally.Panels, panel)
				}
				of[tally.Work] = append(of[tally.Work], panel)
				tally.Totals, tally.Marks = append(tally.Totals, sum), append(tally.Marks, marks)
				given[tally.Work] = append(given[tally.Work], row)
			}
			short = short || len(tally.Totals) < rules.Combine.TrimFrom
			tallies = append(tallies, tally)
		}
		by := rules.Combine
		if by.Method == judging.Trimmed && by.Uniform && short {
			by.Method = judging.Mean
		}
		placings := award.Rank(rules, tallies)
		for _, p := range placings {
			want := ofPanel(by, given[p.Work], of[p.Work], 0)
			if rules.Panels != nil {
				lay := ofPanel(by, given[p.Work], of[p.Work], 1)
				if lacks := want == nil || lay == nil; lacks != (p.Place == 0) {
					t.Fatalf("%s lacks a panel: %v, and has the place %d", p.Work, lacks, p.Place)
				} else if lacks {
					continue
				}
				expert, other := int64(rules.Panels[0].Weight), int64(rules.Panels[1].Weight)
				want.Mul(want, big.NewRat(expert, 100))
				want.Add(want, lay.Mul(lay, big.NewRat(other, 100)))
			}
			if got := fmt.Sprintf("%.*f", by.Decimals, p.Official); got != halfUp(want, by.Decimals) {
				t.Fatalf("%s by %+v: %s, by hand %s", p.Work, by, got, halfUp(want, by.Decimals))
			}
		}
		other := slices.Clone(tallies)
		slices.Reverse(other)
		for i := range other {
			other[i].Totals, other[i].Marks = slices.Clone(other[i].Totals), slices.Clone(other[i].Marks)
			other[i].Panels = slices.Clone(other[i].Panels)
			slices.Reverse(other[i].Panels)
			slices.Reverse(other[i].Totals)
			slices.Reverse(other[i].Marks)
		}
		if again := award.Rank(rules, other); !slices.Equal(again, placings) {
			t.Fatalf("another order of judges and works: %+v, before %+v", again, placings)
		}
	})
}

// ofPanel is what the scores of a panel make by hand, nil for none; of says whose each row is.
func ofPanel(by judging.Combine, rows [][]int64, of []int, panel int) *big.Rat {
	columns := make([][]int64, 3)
	var totals []int64
	for i, row := range rows {
		if of[i] != panel {
			continue
		}
		total := int64(0)
		for k, v := range row {
			columns[k], total = append(columns[k], v), total+v
		}
		totals = append(totals, total)
	}
	if totals == nil {
		return nil
	}
	if !by.ByCriterion {
		return plainly(by, totals)
	}
	sum := new(big.Rat)
	for _, column := range columns {
		sum.Add(sum, plainly(by, column))
	}
	return sum
}

// halfUp writes v as people do by hand: with so many decimals, a half upwards.
func halfUp(v *big.Rat, decimals int) string {
	scale := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil))
	up := new(big.Rat).Add(new(big.Rat).Mul(v, scale), big.NewRat(1, 2))
	whole := new(big.Int).Quo(up.Num(), up.Denom())
	return new(big.Rat).Quo(new(big.Rat).SetInt(whole), scale).FloatString(decimals)
}
