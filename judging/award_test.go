package judging_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"fayi/judging"
	"fayi/judging/award"
)

func TestPlacesOfAShare(t *testing.T) {
	percent := func(p float64, r judging.Rounding) judging.Share { return judging.Share{Percent: p, Rounding: r} }
	tests := []struct {
		name  string
		share judging.Share
		n     int
		want  int
	}{
		{"none", judging.Share{}, 10, 0}, {"a count", judging.Share{
			Count: 3,
		}, 10, 3}, {"a count above the works", judging.Share{
			Count: 3,
		}, 2, 2},
		{"no works", percent(50, judging.Up), 0, 0}, {"all", percent(100, judging.Nearest), 7, 7},
		{"a part down", percent(10, judging.Down), 19, 1}, {"a part up", percent(10, judging.Up), 11, 2},
		{"a whole up", percent(10, judging.Up), 10, 1},
		{"below a half", percent(10, judging.Nearest), 14, 1}, {"a half", percent(10, judging.Nearest), 15, 2},
		{"nearest unless said", percent(10, ""), 15, 2},
		{"a whole that binary fractions miss, down", percent(4.6, judging.Down), 1500, 69},
		{"a whole that binary fractions miss, up", percent(4.4, judging.Up), 750, 33},
		{"a half that binary fractions miss", percent(.7, judging.Nearest), 500, 4},
		{"1.5 % of 9,329, as published", percent(1.5, judging.Down), 9329, 139},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.share.PlacesOf(tt.n); got != tt.want {
				t.Errorf("%d of %d, want %d", got, tt.n, tt.want)
			}
		})
	}
}

var shares = rapid.Custom(func(t *rapid.T) judging.Share {
	s := judging.Share{
		Rounding: rapid.SampledFrom([]judging.Rounding{
			"", judging.Down, judging.Nearest, judging.Up,
		}).Draw(t, "rounding"),
	}
	if rapid.Bool().Draw(t, "counted") {
		s.Count = rapid.IntRange(0, 12).Draw(t, "count")
	} else {
		s.Percent = float64(rapid.IntRange(0, 1000).Draw(t, "tenths")) / 10
	}
	s.MinScore = float64(rapid.SampledFrom([]int{0, 0, 60, 70}).Draw(t, "least"))
	return s
})

func TestPlacesAreAPartOfTheWorksAndGrowWithThem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, n := shares.Draw(t, "share"), rapid.IntRange(0, 5000).Draw(t, "n")
		here, next := s.PlacesOf(n), s.PlacesOf(n+1)
		if here < 0 || here > n || next < here || next > here+1 && s.Count == 0 {
			t.Errorf("%+v: %d of %d, %d of %d", s, here, n, next, n+1)
		}
		if s.Percent > 0 {
			tenths, parts := int(s.Percent*10+.5)*n, 1000
			want := map[judging.Rounding]int{judging.Down: tenths / parts, judging.Up: (tenths + parts - 1) / parts}
			if exact, ok := want[s.Rounding]; ok && here != exact || !ok && here != (2*tenths+parts)/(2*parts) {
				t.Errorf("%+v: %d of %d", s, here, n)
			}
		}
	})
}

// placed makes one ranked list from official scores, best first; equal neighbours share a place undecided, below
// zero means no score.
func placed(scores ...float64) []judging.Placing {
	out := make([]judging.Placing, len(scores))
	for i, s := range scores {
		out[i] = judging.Placing{
			Work:     judging.WorkID(fmt.Sprintf("w%d", i+1)),
			Category: "书法",
			Group:    "小学组",
			Place:    i + 1,
			Official: s,
			Scores:   3,
		}
		switch {
		case s < 0:
			out[i].Place, out[i].Official, out[i].Scores = 0, 0, 0
		case i > 0 && s == scores[i-1]:
			out[i].Place, out[i].Tied, out[i-1].Tied = out[i-1].Place, true, true
		}
	}
	return out
}

// given writes a decision as "award work work; award work".
func given(d award.Decision) string {
	out, award := "", ""
	for _, g := range d.Grants {
		if g.Award != award {
			if award != "" {
				out += "; "
			}
			out, award = out+g.Award, g.Award
		}
		out += " " + string(g.Work)
	}
	return out
}

// noted is a note without its works.
type noted struct {
	award         string
	places, given int
	why           string
}

func noting(notes []award.Note) (out []noted) {
	for _, n := range notes {
		out = append(out, noted{n.Award, n.Places, n.Given, n.Why})
	}
	return out
}

func TestAwardsFollowPlacesAndQuotas(t *testing.T) {
	count := func(n int) judging.Share { return judging.Share{Count: n} }
	atLeast := func(n int, score float64) judging.Share { return judging.Share{Count: n, MinScore: score} }
	tests := []struct {
		name          string
		first, second judging.Share
		cut           judging.TieAtCut
		scores        []float64
		want          string
		notes         []noted
	}{
		{"plain", count(1), count(2), judging.TieShare, []float64{90, 80, 70, 60}, "一 w1; 二 w2 w3", nil},
		{"percent of those ranked only", judging.Share{
			Percent: 25,
		}, judging.Share{
			Percent: 50,
		}, judging.TieShare, []float64{90, 80, 70, 60, -1, -1}, "一 w1; 二 w2 w3", nil},
		{
			"nobody ranked", count(1), count(0), judging.TieShare, []float64{-1}, "",
			[]noted{{"一", 1, 0, "awards.too_few"}},
		},
		{
			"fewer works than places", count(2), count(3), judging.TieShare, []float64{90, 80, 70}, "一 w1 w2; 二 w3",
			[]noted{{"二", 3, 1, "awards.too_few"}},
		},
		{
			"below the least score places stay empty", atLeast(2, 85), count(2), judging.TieShare,
			[]float64{90, 80, 70, 60}, "一 w1; 二 w2 w3", []noted{{"一", 2, 1, "awards.below_minimum"}},
		},
		{
			"the least score itself is enough", atLeast(2, 80), count(1), judging.TieShare, []float64{90, 80, 70},
			"一 w1 w2; 二 w3", nil,
		},
		{
			"an award wholly empty", atLeast(1, 95), count(1), judging.TieShare, []float64{90, 80}, "二 w1",
			[]noted{{"一", 1, 0, "awards.below_minimum"}},
		},
		{"too few, and those not good enough", atLeast(3, 85), count(0), judging.TieShare, []float64{90, 80}, "一 w1",
			[]noted{{"一", 3, 2, "awards.too_few"}, {"一", 2, 1, "awards.below_minimum"}}},
		{
			"a tie at the cut is shared and costs the next award nothing", count(1), count(1), judging.TieShare,
			[]float64{90, 90, 80, 70}, "一 w1 w2; 二 w3", []noted{{"一", 1, 2, "awards.tie_shared"}},
		},
		{
			"a tie within an award is none", count(2), count(1), judging.TieHold, []float64{90, 90, 80},
			"一 w1 w2; 二 w3", nil,
		},
		{
			"a tie below all cuts is none", count(1), count(1), judging.TieHold, []float64{90, 80, 70, 70},
			"一 w1; 二 w2", nil,
		},
		{
			"a held tie waits between two awards", count(2), count(1), judging.TieHold, []float64{95, 90, 90, 80, 70},
			"一 w1; 二 w4", []noted{{"一", 2, 1, "awards.tie_held"}},
		},
		{
			"a held tie at the very top", count(1), count(1), judging.TieHold, []float64{90, 90, 80}, "二 w3",
			[]noted{{"一", 1, 0, "awards.tie_held"}},
		},
		{
			"a tie shared at the last cut", count(1), count(1), judging.TieShare, []float64{90, 80, 80, 80},
			"一 w1; 二 w2 w3 w4", []noted{{"二", 1, 3, "awards.tie_shared"}},
		},
		{
			"a tie below the least score splits nothing", atLeast(2, 85), count(1), judging.TieShare,
			[]float64{90, 80, 80, 70}, "一 w1; 二 w2 w3",
			[]noted{{"一", 2, 1, "awards.below_minimum"}, {"二", 1, 2, "awards.tie_shared"}},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rules := judging.Rules{
				TieAtCut: tt.cut,
				Awards:   []judging.Award{{Name: "一", Share: tt.first}, {Name: "二", Share: tt.second}},
			}
			d := decide(rules, placed(tt.scores...))
			if got := given(d); got != tt.want {
				t.Errorf("given %q, want %q", got, tt.want)
			}
			if !slices.Equal(noting(d.Notes), tt.notes) {
				t.Errorf("notes %v, want %v", d.Notes, tt.notes)
			}
		})
	}
}

// decide decides one list that nobody ruled on; an empty one has no decision.
func decide(rules judging.Rules, list []judging.Placing) award.Decision {
	field := make([]award.Candidate, len(list))
	for i, p := range list {
		field[i].Placing = p
	}
	all := award.DecideAll(rules, field, nil)
	if len(all) == 0 {
		return award.Decision{}
	}
	return all[0]
}

func TestADecisionIsOfOneCategoryAndGroup(t *testing.T) {
	rules := countyRules()
	rules.Quotas = []judging.Quota{{Award: "一等奖", Category: "书法", Group: "小学组", Share: judging.Share{Count: 2}}}
	d := decide(rules, placed(90, 80, 70, -1))
	if d.ID() != "书法/小学组" || d.Ranked != 3 || given(d) != "一等奖 w1 w2; 二等奖 w3" {
		t.Errorf("%s: %d ranked, %s", d.ID(), d.Ranked, given(d))
	}
	if g := d.Grants[1]; g.Place != 2 || g.DecidedBy != "quota" {
		t.Errorf("%+v", g)
	}
	for work, want := range map[judging.WorkID]string{"w1": "一等奖", "w3": "二等奖", "w4": "", "w9": ""} {
		if got := d.AwardOf(work); got != want {
			t.Errorf("%s: %q, want %q", work, got, want)
		}
	}
}

func TestNoWorkGetsTwoAwardsAndAwardsFollowPlaces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scores := rapid.SliceOfN(rapid.Float64Range(55, 75), 0, 30).Draw(t, "scores")
		for i := range scores {
			scores[i] = float64(int(scores[i]))
		}
		slices.Sort(scores)
		slices.Reverse(scores)
		list := placed(scores...)
		rules := judging.Rules{
			TieAtCut: rapid.SampledFrom([]judging.TieAtCut{judging.TieShare, judging.TieHold}).Draw(t, "cut"),
		}
		order := map[string]int{}
		for i, s := range rapid.SliceOfN(shares, 0, 4).Draw(t, "shares") {
			name := fmt.Sprint("奖", i)
			order[name] = i
			rules.Awards = append(rules.Awards, judging.Award{Name: name, Share: s})
		}
		checkDecision(t, rules, list, decide(rules, list), order)
	})
}

func checkDecision(t *rapid.T, rules judging.Rules, list []judging.Placing, d award.Decision, order map[string]int) {
	official, awardAt, got := map[judging.WorkID]float64{}, map[int]string{}, map[judging.WorkID]bool{}
	for _, p := range list {
		official[p.Work] = p.Official
	}
	last := award.Grant{}
	for _, g := range d.Grants {
		switch {
		case got[g.Work]:
			t.Fatalf("%s has two awards", g.Work)
		case g.Place < last.Place || last.Award != "" && order[g.Award] < order[last.Award]:
			t.Fatalf("%+v after %+v", g, last)
		case official[g.Work] < rules.Awards[order[g.Award]].MinScore:
			t.Fatalf("%+v has %v", g, official[g.Work])
		case awardAt[g.Place] != "" && awardAt[g.Place] != g.Award:
			t.Fatalf("place %d has %s and %s", g.Place, awardAt[g.Place], g.Award)
		}
		got[g.Work], awardAt[g.Place], last = true, g.Award, g
	}
	for _, p := range list { // works of one place have one fate
		if got[p.Work] != (awardAt[p.Place] != "") {
			t.Fatalf("%s of place %d is parted from its equals", p.Work, p.Place)
		}
	}
	for _, a := range rules.Awards {
		n := 0
		for _, g := range d.Grants {
			if g.Award == a.Name {
				n++
			}
		}
		shared := slices.ContainsFunc(d.Notes, func(n award.Note) bool {
			return n.Award == a.Name && n.Why == "awards.tie_shared"
		})
		if places := a.PlacesOf(len(list)); n > places && !shared {
			t.Fatalf("%s: %d given of %d places, no note", a.Name, n, places)
		}
	}
}

func TestPlacesTakenByRulingsCountWhereWorksAreTooFew(t *testing.T) {
	for _, tt := range []struct {
		first int
		want  []noted
	}{
		{2, nil}, {3, []noted{{"一", 3, 2, "awards.too_few"}}},
	} {
		d := award.DecideAll(twoAwards(tt.first, 0), field(nil, 90, 80), []award.Ruling{give("u1", "w2", "一")})[0]
		if got := noting(d.Notes); !slices.Equal(got, tt.want) || given(d) != "一 w2 w1" {
			t.Errorf("%d places: %s, %v, want %v", tt.first, given(d), got, tt.want)
		}
	}
}
