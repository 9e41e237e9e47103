package audience_test

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"testing"

	"fayi/judging/audience"
)

func marks(r audience.Rule, votes ...int) (out []string) {
	for _, m := range r.Marks(votes) {
		out = append(out, m.RatString())
	}
	return out
}

var places = []audience.Step{{At: 1, Mark: 100}, {At: 3, Mark: 75.5}, {At: 4, Mark: 12.5}}

// Each way as a notice says it, at the edges of its limits.
func TestCountsBecomeMarks(t *testing.T) {
	bands := []audience.Step{{At: 1000, Mark: 90}, {At: 100, Mark: 60}}
	for _, c := range []struct {
		name  string
		rule  audience.Rule
		votes []int
		want  []string
	}{
		{"share", audience.Rule{By: audience.Share}, []int{300, 100, 0}, []string{"100", "100/3", "0"}},
		{"nobody voted", audience.Rule{By: audience.Share}, []int{0, 0}, []string{"0", "0"}},
		{"the most is bounded", audience.Rule{By: audience.Share, Most: 200}, []int{300, 200, 100},
			[]string{"100", "100", "50"}},
		{"too few", audience.Rule{By: audience.Share, Least: 100}, []int{300, 100, 99}, []string{"100", "100/3", "0"}},
		{"all too few", audience.Rule{By: audience.Share, Least: 100}, []int{99, 1}, []string{"0", "0"}},
		{"places", audience.Rule{By: audience.Places, Steps: places}, []int{5, 9, 1, 7, 0},
			[]string{"151/2", "100", "25/2", "151/2", "0"}},
		{"equals share the better place", audience.Rule{By: audience.Places, Steps: places}, []int{9, 9, 7, 5},
			[]string{"100", "100", "151/2", "25/2"}},
		{"too few have no place", audience.Rule{By: audience.Places, Steps: places, Least: 6}, []int{5, 9},
			[]string{"0", "100"}},
		{"bands", audience.Rule{By: audience.Bands, Steps: bands}, []int{1000, 999, 100, 99},
			[]string{"90", "60", "60", "0"}},
		{"none", audience.Rule{By: audience.Share}, nil, nil},
	} {
		if got := marks(c.rule, c.votes...); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	var none *audience.Rule
	if none.Counted(7) != 7 {
		t.Error("without a rule not all votes hold")
	}
}

func TestScoresAreMixedExactly(t *testing.T) {
	got := audience.Rule{Weight: 12.5}.Mix(big.NewRat(25, 3), big.NewRat(100, 3), 10)
	if want := big.NewRat(185, 24); got.Cmp(want) != 0 { // 7/8 of 25/3 and 1/8 of 10/3
		t.Errorf("%v, want %v", got, want)
	}
}

// What can't be meant is named, and what can is not.
func TestWhatARuleCannotMean(t *testing.T) {
	plain := audience.Rule{Weight: 30, By: audience.Share}
	tabled := audience.Rule{Weight: 30, By: audience.Places, Steps: places}
	banded := audience.Rule{Weight: 30, By: audience.Bands, Steps: []audience.Step{{At: 9, Mark: 5}, {At: 0, Mark: 0}}}
	with := func(r audience.Rule, change func(*audience.Rule)) *audience.Rule {
		r.Steps = slices.Clone(r.Steps)
		change(&r)
		return &r
	}
	for _, c := range []struct {
		rule *audience.Rule
		want string
	}{
		{nil, "[]"}, {&plain, "[]"}, {&tabled, "[]"}, {&banded, "[]"},
		{with(plain, func(r *audience.Rule) { r.Weight = 0 }), "[rules.audience_weight]"},
		{with(plain, func(r *audience.Rule) { r.Weight = .0001 }), "[]"},
		{with(plain, func(r *audience.Rule) { r.Weight = 99.9999 }), "[]"},
		{with(plain, func(r *audience.Rule) { r.Weight = 100 }), "[rules.audience_weight]"},
		{with(plain, func(r *audience.Rule) { r.Weight = 33.33333 }), "[rules.audience_weight]"},
		{with(plain, func(r *audience.Rule) { r.Weight = math.NaN() }), "[rules.audience_weight]"},
		{with(plain, func(r *audience.Rule) { r.By = "votes" }), "[rules.unknown_word rules.audience_steps]"},
		{with(plain, func(r *audience.Rule) { r.Least = -1 }), "[rules.audience_limits]"},
		{with(plain, func(r *audience.Rule) { r.Most = -1 }), "[rules.audience_limits]"},
		{with(plain, func(r *audience.Rule) { r.Least, r.Most = 5, 5 }), "[]"},
		{with(plain, func(r *audience.Rule) { r.Least, r.Most = 6, 5 }), "[rules.audience_limits]"},
		{with(plain, func(r *audience.Rule) { r.Least = audience.MostVotes }), "[]"},
		{with(plain, func(r *audience.Rule) { r.Least = audience.MostVotes + 1 }), "[rules.audience_limits]"},
		{with(plain, func(r *audience.Rule) { r.Most = audience.MostVotes }), "[]"},
		{with(plain, func(r *audience.Rule) { r.Most = audience.MostVotes + 1 }), "[rules.audience_limits]"},
		{with(plain, func(r *audience.Rule) { r.Steps = places }), "[rules.audience_no_steps]"},
		{with(tabled, func(r *audience.Rule) { r.Steps = nil }), "[rules.audience_steps]"},
		{with(tabled, func(r *audience.Rule) { r.Steps[0].Mark = 100.5 }), "[rules.audience_mark]"},
		{with(tabled, func(r *audience.Rule) { r.Steps[2].Mark = -1 }), "[rules.audience_mark]"},
		{with(tabled, func(r *audience.Rule) { r.Steps[2].Mark = 0 }), "[]"},
		{with(tabled, func(r *audience.Rule) { r.Steps[0].At = 0 }), "[rules.audience_at]"},
		{with(tabled, func(r *audience.Rule) { r.Steps[2].At = audience.MostVotes }), "[]"},
		{with(tabled, func(r *audience.Rule) { r.Steps[1].At = 1 }), "[rules.audience_order]"},
		{with(tabled, func(r *audience.Rule) { r.Steps[1].Mark = 100 }), "[rules.audience_order]"},
		{with(banded, func(r *audience.Rule) { r.Steps[1].At = 9 }), "[rules.audience_order]"},
		{with(banded, func(r *audience.Rule) { r.Steps[1].At = -1 }), "[rules.audience_at]"},
	} {
		var got []string
		for _, f := range c.rule.Faults(false) {
			got = append(got, f.Text)
		}
		if fmt.Sprint(got) != c.want {
			t.Errorf("%+v: %v, want %s", c.rule, got, c.want)
		}
	}
	wrong := with(tabled, func(r *audience.Rule) { r.Steps[2].Mark = -1 })
	if f := wrong.Faults(false); len(f) != 1 || f[0].Args["Row"] != 3 {
		t.Errorf("%v", f)
	}
	many := with(tabled, func(r *audience.Rule) {
		r.Steps = nil
		for i := range 51 {
			r.Steps = append(r.Steps, audience.Step{At: i + 1, Mark: float64(60 - i)})
		}
	})
	if f := many.Faults(false); len(f) != 1 || f[0].Text != "rules.audience_steps" {
		t.Errorf("51 steps: %v", f)
	}
	if many.Steps = many.Steps[:50]; len(many.Faults(false)) > 0 {
		t.Errorf("50 steps: %v", many.Faults(false))
	}
	if f := plain.Faults(true); len(f) != 1 || f[0].Text != "rules.audience_other" {
		t.Errorf("%v", f)
	}
}
