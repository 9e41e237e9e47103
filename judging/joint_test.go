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

func TestRoundsCountTogetherAsTheRuleSays(t *testing.T) {
	totals := func(n int, v float64) award.Tally {
		return award.Tally{Work: "w1", Totals: slices.Repeat([]float64{v}, n)}
	}
	alone := func(t award.Tally) award.Joint { return award.Alone(judging.Rules{}, []award.Tally{t})["w1"] }
	for _, tt := range []struct {
		rule judging.RoundRule
		want *big.Rat
	}{
		{judging.RoundRule{Carry: judging.Replace}, big.NewRat(90, 1)},
		{judging.RoundRule{Carry: judging.Weighted, Weight: .6}, big.NewRat(86, 1)},
		{judging.RoundRule{Carry: judging.Weighted, Weight: 1}, big.NewRat(90, 1)},
		{judging.RoundRule{Carry: judging.Pooled}, big.NewRat(335, 4)}, // 5 scores of 80 and 3 of 90
	} {
		got := award.Join(tt.rule, alone(totals(5, 80)), alone(totals(3, 90)))
		if got.Official.Cmp(tt.want) != 0 {
			t.Errorf("%s: %v, want %v", tt.rule.Carry, got.Official, tt.want)
		}
		first := award.Join(tt.rule, award.Joint{}, alone(totals(3, 90)))
		if first.Official.Cmp(big.NewRat(90, 1)) != 0 {
			t.Errorf("%s without scores before: %v", tt.rule.Carry, first.Official)
		}
	}
}

func TestAScoreOfAnotherScaleIsBroughtToTheFirstInProportion(t *testing.T) {
	j := award.Joint{Official: big.NewRat(91, 10), Sum: big.NewRat(273, 10), Count: 3, Dropped: 2}
	got := j.Scaled(10, 100)
	if got.Official.Cmp(big.NewRat(91, 1)) != 0 || got.Sum.Cmp(big.NewRat(273, 1)) != 0 || got.Count != 3 ||
		got.Dropped != 2 {
		t.Errorf("%+v", got)
	}
	for _, tt := range [][2]float64{{100, 100}, {0, 100}, {100, 0}} {
		if same := j.Scaled(tt[0], tt[1]); same.Official.Cmp(j.Official) != 0 || same.Sum.Cmp(j.Sum) != 0 {
			t.Errorf("from %v to %v: %+v", tt[0], tt[1], same)
		}
	}
	if j.Official.Cmp(big.NewRat(91, 10)) != 0 {
		t.Error("scaling has changed what it began with")
	}
}

func TestAMethodsScoreIsTakenToABillionth(t *testing.T) {
	if v := award.Computed(84.12499999999999); v.Cmp(big.NewRat(84125, 1000)) != 0 {
		t.Errorf("a half that falls short is %v", v)
	}
	if v := award.Computed(1e9); v.Cmp(big.NewRat(1e9, 1)) != 0 {
		t.Errorf("the largest is %v", v)
	}
	for _, v := range []float64{1e10, -1e10, nan()} {
		if got := award.Computed(v); got != nil {
			t.Errorf("%v is taken for %v", v, got)
		}
	}
	tally := award.Tally{Work: "w1", Category: "书法", Totals: []float64{1, 2}, Official: big.NewRat(30, 1), Dropped: 2}
	got := award.Alone(countyRules(), []award.Tally{tally, {Work: "w2"}})
	if len(got) != 1 || got["w1"].Sum.Cmp(big.NewRat(60, 1)) != 0 || got["w1"].Count != 2 || got["w1"].Dropped != 2 {
		t.Errorf("%+v", got)
	}
}

func nan() float64 { var zero float64; return zero / zero }

// oracle computes a chain of rounds with fractions of its own, from the totals alone.
type oracle struct {
	value, sum *big.Rat
	count      int
}

func fraction(v float64) *big.Rat {
	r, ok := new(big.Rat).SetString(fmt.Sprintf("%.1f", v))
	if !ok {
		panic(v)
	}
	return r
}

// round averages totals, without one highest and one lowest from `from` scores on where that is above 0, and adds the
// office's tenths of points to the mean of the kept and of all.
func (o oracle) round(totals []float64, from int, scale, tenths int64) oracle {
	o.count, o.sum = len(totals), new(big.Rat)
	lowest, highest := fraction(totals[0]), fraction(totals[0])
	for _, v := range totals {
		x := fraction(v)
		o.sum.Add(o.sum, x)
		if x.Cmp(lowest) < 0 {
			lowest = x
		}
		if x.Cmp(highest) > 0 {
			highest = x
		}
	}
	kept, n := new(big.Rat).Set(o.sum), int64(len(totals))
	if from > 0 && len(totals) >= from {
		kept.Sub(kept, lowest)
		kept.Sub(kept, highest)
		n -= 2
	}
	o.value = atLeast0(kept.Quo(kept, big.NewRat(n, 1)), tenths)
	o.sum = atLeast0(o.sum.Quo(o.sum, big.NewRat(int64(o.count), 1)), tenths)
	o.sum.Mul(o.sum, big.NewRat(int64(o.count), 1))
	o.value.Mul(o.value, big.NewRat(100, scale))
	o.sum.Mul(o.sum, big.NewRat(100, scale))
	return o
}

func atLeast0(v *big.Rat, tenths int64) *big.Rat {
	if v.Add(v, big.NewRat(tenths, 10)); v.Sign() < 0 {
		return new(big.Rat)
	}
	return v
}

func (o oracle) join(carry judging.Carry, tenths int64, now oracle) oracle {
	switch carry {
	case judging.Weighted:
		v := new(big.Rat).Mul(o.value, big.NewRat(10-tenths, 10))
		v.Add(v, new(big.Rat).Mul(now.value, big.NewRat(tenths, 10)))
		n := o.count + now.count
		return oracle{v, new(big.Rat).Mul(v, big.NewRat(int64(n), 1)), n}
	case judging.Pooled:
		n := o.count + now.count
		sum := new(big.Rat).Add(o.sum, now.sum)
		return oracle{new(big.Rat).Quo(sum, big.NewRat(int64(n), 1)), sum, n}
	}
	return now
}

// half up at so many decimals, by the text of an exact division.
func (o oracle) shown(decimals int) string {
	ten := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil))
	v := new(big.Rat).Mul(o.value, ten)
	v.Add(v, big.NewRat(1, 2))
	whole := new(big.Int).Quo(v.Num(), v.Denom())
	return new(big.Rat).Quo(new(big.Rat).SetInt(whole), ten).FloatString(4)
}

func TestRoundsJoinAsFractionsDo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules := countyRules()
		rules.Combine = judging.Combine{
			Method:   rapid.SampledFrom([]judging.CombineMethod{judging.Mean, judging.Trimmed}).Draw(t, "method"),
			TrimFrom: 4, Decimals: rapid.IntRange(0, 4).Draw(t, "decimals"),
		}
		from := 0
		if rules.Combine.Method == judging.Trimmed {
			from = 4
		}
		var made award.Joint
		var want oracle
		for round := range rapid.IntRange(2, 4).Draw(t, "rounds") {
			scale := rapid.SampledFrom([]int64{100, 10, 50}).Draw(t, "scale")
			totals := make([]float64, rapid.IntRange(1, 7).Draw(t, "judges"))
			for i := range totals {
				totals[i] = float64(rapid.Int64Range(0, scale*10).Draw(t, "tenths")) / 10
			}
			office := rapid.SampledFrom([]int64{0, 0, -1, 7, -40, 15, -2000}).Draw(t, "tenths of the office")
			tally := award.Tally{
				Work: "w1", Category: "书法", Totals: totals, Offset: judging.Exact(float64(office) / 10),
			}
			now := award.Alone(rules, []award.Tally{tally})["w1"]
			now, alone := now.Scaled(float64(scale), 100), want.round(totals, from, scale, office)
			if got := award.Rank(rules, []award.Tally{tally})[0]; scale == 100 &&
				fmt.Sprintf("%.4f", got.Official) != alone.shown(rules.Combine.Decimals) {
				t.Fatalf("a round alone is shown as %v, want %s", got.Official, alone.shown(rules.Combine.Decimals))
			}
			if round == 0 {
				made, want = now, alone
				continue
			}
			carries := []judging.Carry{judging.Replace, judging.Weighted, judging.Pooled}
			carry := rapid.SampledFrom(carries).Draw(t, "carry")
			tenths := rapid.Int64Range(1, 10).Draw(t, "weight")
			rule := judging.RoundRule{Carry: carry, Weight: float64(tenths) / 10}
			made, want = award.Join(rule, made, now), want.join(carry, tenths, alone)
			if made.Official.Cmp(want.value) != 0 || made.Sum.Cmp(want.sum) != 0 || made.Count != want.count {
				t.Fatalf("%v of %d, want %v of %d", made.Official, made.Count, want.value, want.count)
			}
		}
		tally := award.Tally{Work: "w1", Category: "书法", Totals: []float64{1}, Official: made.Official}
		got := award.Rank(rules, []award.Tally{tally})[0].Official
		if text := fmt.Sprintf("%.4f", got); text != want.shown(rules.Combine.Decimals) {
			t.Fatalf("%v is shown as %s, want %s", made.Official, text, want.shown(rules.Combine.Decimals))
		}
	})
}

func TestAPercentageIsTakenExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 3000).Draw(t, "works")
		hundredths := rapid.Int64Range(1, 10000).Draw(t, "hundredths of a percent")
		exact := new(big.Rat).Mul(big.NewRat(hundredths, 10000), big.NewRat(int64(n), 1))
		down := new(big.Int).Quo(exact.Num(), exact.Denom())
		up := new(big.Int).Set(down)
		if !exact.IsInt() {
			up.Add(up, big.NewInt(1))
		}
		half := new(big.Rat).Add(exact, big.NewRat(1, 2))
		near := new(big.Int).Quo(half.Num(), half.Denom())
		for rounding, want := range map[judging.Rounding]*big.Int{
			judging.Down: down, judging.Up: up, judging.Nearest: near, "": near,
		} {
			share := judging.Share{Percent: float64(hundredths) / 100, Rounding: rounding}
			if got := share.PlacesOf(n); int64(got) != want.Int64() {
				t.Fatalf("%v%% %s of %d: %d, want %v", share.Percent, rounding, n, got, want)
			}
		}
	})
	if got := (judging.Share{Percent: 1e12}).PlacesOf(3); got != 3 {
		t.Errorf("more than all of 3 is %d", got)
	}
}

// The mean of all totals parts works as fractions do, also where it differs by less than is shown.
func TestTheMeanOfAllTotalsIsNotRoundedBeforeItParts(t *testing.T) {
	rules := countyRules()
	rules.Combine, rules.Ties = judging.Combine{Method: judging.Mean}, []judging.TieStep{judging.TieAllScores}
	first, second := slices.Repeat([]float64{80}, 50), slices.Repeat([]float64{80}, 49)
	first[0], second[0] = 80.0049, 80.0048 // sums differ, means by 0.00000004
	got := award.Rank(rules, []award.Tally{
		{Work: "w1", Category: "书法", Totals: first}, {Work: "w2", Category: "书法", Totals: second},
	})
	a := new(big.Rat).Add(big.NewRat(80, 1), big.NewRat(49, 500000))
	b := new(big.Rat).Add(big.NewRat(80, 1), big.NewRat(48, 490000))
	want := "w1"
	if b.Cmp(a) > 0 {
		want = "w2"
	}
	if string(got[0].Work) != want || got[1].Place != 2 || got[1].TieStep != judging.TieAllScores {
		t.Errorf("%+v", got)
	}
}
