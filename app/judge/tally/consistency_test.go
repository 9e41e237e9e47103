package tally

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"fayi/judging"
)

// scoredAs makes works of one category with totals, in the list's order; a negative total is not scored.
func scoredAs(category string, totals ...float64) []judging.Duty {
	var out []judging.Duty
	for i, v := range totals {
		d := judging.Duty{
			BlindWork: judging.BlindWork{Code: judging.WorkCode(fmt.Sprintf("%s%d", category, i)), Category: category},
			State:     judging.Scored,
			Total:     v,
		}
		if v < 0 {
			d.State, d.Total = judging.Open, 0
		}
		out = append(out, d)
	}
	return out
}

func codes(works []judging.Duty) (out []string) {
	for _, w := range works {
		out = append(out, string(w.Code))
	}
	return out
}

func TestNeighboursAreTheNearestBelowAndAbove(t *testing.T) {
	works := append(scoredAs("A", 80, 84, -1, 90, 86, 70), scoredAs("B", 85)...)
	for _, c := range []struct {
		mine  int
		total float64
		want  []string
	}{
		{2, 85, []string{"A0", "A1", "A4", "A3"}}, {2, 84, []string{"A0", "A1", "A4", "A3"}},
		{2, 100, []string{"A4", "A3"}}, {2, 1, []string{"A5", "A0"}},
		{1, 84, []string{"A5", "A0", "A4", "A3"}}, {6, 85, nil},
	} {
		if got := codes(Neighbours(works, works[c.mine], c.total, 2)); !slices.Equal(got, c.want) {
			t.Errorf("work %d at %g: %v, want %v", c.mine, c.total, got, c.want)
		}
	}
}

func TestAWorkPutBetweenTwoIsProposedATotalBetweenTheirs(t *testing.T) {
	r := judging.Rubric{Scale: 100, Step: 1}
	half := judging.Rubric{Scale: 100, Step: 0.5}
	at := func(v float64) *judging.Duty { return &judging.Duty{Total: v} }
	for _, c := range []struct {
		r            judging.Rubric
		above, below *judging.Duty
		want         float64
	}{
		{r, at(90), at(80), 85}, {r, at(90), at(87), 88}, {r, at(88), at(87), 87}, {half, at(88), at(87), 87.5},
		{r, at(87), at(87), 87},
		{r, nil, at(87), 88}, {r, nil, at(100), 100}, {r, at(60), nil, 59}, {r, at(0), nil, 0}, {r, nil, nil, 0},
	} {
		if got := Between(c.r, c.above, c.below); got != c.want {
			t.Errorf("%v %v: %g, want %g", c.above, c.below, got, c.want)
		}
	}
}

func TestMarksFollowANewTotal(t *testing.T) {
	r := judging.Rubric{
		Scale:    100,
		Step:     1,
		Criteria: []judging.Criterion{{Name: "a", Weight: 40}, {Name: "b", Weight: 30}, {Name: "c", Weight: 30}},
	}
	for _, c := range []struct {
		a, b, c, total float64
		want           map[string]float64
	}{
		{30, 20, 20, 75, map[string]float64{"a": 32, "b": 22, "c": 21}},
		{30, 20, 20, 70, map[string]float64{"a": 30, "b": 20, "c": 20}},
		{40, 20, 30, 95, map[string]float64{"a": 40, "b": 25, "c": 30}},
		{1, 0, 0, 0, map[string]float64{"a": 0, "b": 0, "c": 0}},
		{30, 20, 20, 66, map[string]float64{"a": 28, "b": 19, "c": 19}},
	} {
		if got := Retotal(r, map[string]float64{"a": c.a, "b": c.b, "c": c.c}, c.total); !maps.Equal(got, c.want) {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

func TestWarningsSpeakOnlyWithEnoughWorks(t *testing.T) {
	up, down, noise := make([]float64, 20), make([]float64, 20), make([]float64, 60)
	random := rand.New(rand.NewPCG(1, 2))
	for i := range up {
		up[i], down[i] = 70+float64(i), 90-float64(i)
	}
	for i := range noise {
		noise[i] = float64(70 + random.IntN(25))
	}
	same := slices.Repeat([]float64{85}, 5)
	for name, c := range map[string]struct {
		works []judging.Duty
		want  []Warning
	}{
		"nothing":             {nil, nil},
		"all equal":           {scoredAs("A", same...), []Warning{allEqual}},
		"too few to be equal": {scoredAs("A", same[:4]...), nil},
		"none high": {scoredAs("A", 60, 70, 80, 61, 75, 66, 72, 68, 79, 70),
			[]Warning{noneHigh}},
		"one high": {scoredAs("A", 60, 70, 81, 61, 75, 66, 72, 68, 79, 70), nil},
		"rising":   {scoredAs("A", up...), []Warning{goingUp}},
		"falling":  {scoredAs("A", down...), []Warning{goingDown}},
		"noise":    {scoredAs("A", noise...), nil},
		"two categories of different level": {append(scoredAs("A", 70, 72, 71, 73, 70, 74, 71),
			scoredAs("B", 90, 88, 91, 89, 90, 92, 88)...), nil},
	} {
		d := judging.Duties{Works: c.works, Rubrics: map[string]judging.Rubric{"A": {Scale: 100}, "B": {Scale: 100}}}
		if got := Warnings(d); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestBandsCountOwnTotals(t *testing.T) {
	r := judging.Rubric{
		Bands: []judging.Band{{
			Label: "优秀",
			From:  90,
			To:    100,
		}, {
			Label: "良好",
			From:  80,
			To:    89,
		}, {
			Label: "一般",
			From:  0,
			To:    79,
		}},
	}
	if got := Bands(r, scoredAs("A", 95, 90, 89, 3)); !slices.Equal(got, []int{2, 1, 1}) {
		t.Errorf("counted %v", got)
	}
}
