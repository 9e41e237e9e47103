package judging_test

import (
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"fayi/judging"
	"fayi/judging/award"
)

// field makes candidates of one list; units go with works in order, "" where there are fewer.
func field(units []string, scores ...float64) []award.Candidate {
	out := make([]award.Candidate, len(scores))
	for i, p := range placed(scores...) {
		out[i].Placing = p
		if i < len(units) {
			out[i].Unit, out[i].Home = units[i], units[i]
		}
		out[i].Authors = []string{"作者" + string(p.Work)}
	}
	return out
}

func twoAwards(first, second int) judging.Rules {
	return judging.Rules{TieAtCut: judging.TieShare, Awards: []judging.Award{
		{Name: "一", Share: judging.Share{Count: first}}, {Name: "二", Share: judging.Share{Count: second}}}}
}

func TestRulingsMoveTheNextOnesUp(t *testing.T) {
	give := func(w judging.WorkID, prize string) award.Ruling {
		return award.Ruling{ID: "u1", Kind: award.RuleGive, Work: w, Award: prize, Reason: "评委会复议"}
	}
	on := func(kind award.RulingKind, w judging.WorkID) award.Ruling {
		return award.Ruling{ID: "u1", Kind: kind, Work: w, Reason: "抄袭"}
	}
	tie := func(exit judging.TieAtCut) award.Ruling {
		return award.Ruling{
			ID:       "u1",
			Kind:     award.RuleTie,
			Category: "书法",
			Group:    "小学组",
			Award:    "一",
			Exit:     exit,
			Reason:   "评委会",
		}
	}
	recalled := on(award.RuleDisqualify, "w1")
	recalled.Recalled = "误判"
	tests := []struct {
		name       string
		scores     []float64
		rulings    []award.Ruling
		want       string
		alternates []judging.WorkID
	}{
		{"none", []float64{90, 80, 70, 60, 50, 40}, nil, "一 w1; 二 w2 w3", []judging.WorkID{"w4", "w5"}},
		{
			"a disqualified work makes room", []float64{90, 80, 70, 60, 50},
			[]award.Ruling{on(award.RuleDisqualify, "w1")}, "一 w2; 二 w3 w4", []judging.WorkID{"w5"},
		},
		{
			"so does one without award", []float64{90, 80, 70, 60}, []award.Ruling{on(award.RuleWithhold, "w2")},
			"一 w1; 二 w3 w4", nil,
		},
		{
			"a given award takes a place", []float64{90, 80, 70, 60}, []award.Ruling{give("w4", "一")}, "一 w4; 二 w1 w2",
			[]judging.WorkID{"w3"},
		},
		{
			"a ruling taken back does nothing", []float64{90, 80, 70, 60}, []award.Ruling{recalled}, "一 w1; 二 w2 w3",
			[]judging.WorkID{"w4"},
		},
		{
			"the last word holds", []float64{90, 80, 70, 60},
			[]award.Ruling{on(award.RuleDisqualify, "w4"), give("w4", "二")}, "一 w1; 二 w4 w2", []judging.WorkID{"w3"},
		},
		{"a tie shared", []float64{90, 90, 70, 60}, []award.Ruling{tie(judging.TieShare)}, "一 w1 w2; 二 w3 w4", nil},
		{"a tie held", []float64{90, 90, 70, 60}, []award.Ruling{tie(judging.TieHold)}, "二 w3 w4", nil},
		{
			"a tie left empty goes on to the next award", []float64{90, 90, 70, 60},
			[]award.Ruling{tie(judging.TieEmpty)}, "二 w1 w2", []judging.WorkID{"w3", "w4"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := award.DecideAll(twoAwards(1, 2), field(nil, tt.scores...), tt.rulings)[0]
			if got := given(d); got != tt.want {
				t.Errorf("given %q, want %q", got, tt.want)
			}
			if !slices.Equal(d.Alternates, tt.alternates) {
				t.Errorf("next in line %v, want %v", d.Alternates, tt.alternates)
			}
		})
	}
}

func TestATraceTellsWhoMovedAndWhy(t *testing.T) {
	d := award.DecideAll(twoAwards(1, 1), field(nil, 90, 80, 70), []award.Ruling{{
		ID:     "u7",
		Kind:   award.RuleDisqualify,
		Work:   "w1",
		Reason: "抄袭",
	}})[0]
	want := []award.Trace{
		{Work: "w1", From: "一", Why: "awards.trace_disqualify", Ruling: "u7"},
		{Work: "w2", From: "二", To: "一", Why: "awards.trace_moved_up"},
		{Work: "w3", To: "二", Why: "awards.trace_moved_up"},
	}
	if !slices.Equal(d.Traces, want) {
		t.Errorf("%+v", d.Traces)
	}
}

func TestATraceTellsWhoMovedSinceAWorkLeft(t *testing.T) {
	before := field(nil, 90, 80, 70)
	now := field(nil, 80, 70)
	for i := range now {
		now[i].Work = before[i+1].Work
	}
	all := award.DecideAfter(twoAwards(1, 1), now, before, nil)
	if len(all) != 1 || given(all[0]) != "一 w2; 二 w3" {
		t.Fatalf("%+v", all)
	}
	moved := map[judging.WorkID]string{}
	for _, x := range all[0].Traces {
		moved[x.Work] = x.From + ">" + x.To
	}
	if want := map[judging.WorkID]string{"w1": "一>", "w2": "二>一", "w3": ">二"}; !maps.Equal(moved, want) {
		t.Errorf("%v, want %v", moved, want)
	}
	left := award.DecideAfter(twoAwards(1, 1), nil, before, nil)
	if len(left) != 1 || left[0].ID() != "书法/小学组" || len(left[0].Grants) != 0 || len(left[0].Traces) != 2 {
		t.Errorf("of a list that all have left: %+v", left)
	}
}

func TestARulingNeedsAReasonAndAKnownAward(t *testing.T) {
	rules := twoAwards(1, 1)
	for _, u := range []award.Ruling{
		{
			Kind:   award.RuleDisqualify,
			Work:   "w1",
			Reason: "  ",
		}, {
			Kind:   award.RuleGive,
			Work:   "w1",
			Award:  "特等",
			Reason: "好",
		},
		{Kind: award.RuleTie, Award: "一", Exit: "lot", Reason: "抽签"},
	} {
		if code := judging.CodeOf(u.Check(rules)); code != judging.Invalid {
			t.Errorf("%+v: %s", u, code)
		}
	}
	if err := (award.Ruling{Kind: award.RuleGive, Award: "一", Reason: "好"}).Check(rules); err != nil {
		t.Error(err)
	}
}

func TestACapOfAUnitLetsTheNextOnesIn(t *testing.T) {
	units := []string{"甲", "甲", "甲", "乙", "丙"}
	rules := twoAwards(1, 2)
	rules.Caps = judging.Caps{PerUnit: 1}
	warned := award.DecideAll(rules, field(units, 90, 80, 70, 60, 50), nil)[0]
	if given(warned) != "一 w1; 二 w2 w3" || len(warned.Notes) != 1 ||
		warned.Notes[0].Why != "awards.over_sender_cap" ||
		!slices.Equal(warned.Notes[0].Works, []judging.WorkID{"w2", "w3"}) {
		t.Errorf("%s, %+v", given(warned), warned.Notes)
	}
	rules.Caps.Enforce = true
	held := award.DecideAll(rules, field(units, 90, 80, 70, 60, 50), nil)[0]
	if given(held) != "一 w1; 二 w4 w5" || len(held.Notes) != 1 || held.Notes[0].Why != "awards.sender_cap" {
		t.Errorf("%s, %+v", given(held), held.Notes)
	}
}

func TestAnAuthorKeepsTheBestAward(t *testing.T) {
	one, two := field([]string{"甲", "甲"}, 90, 80), field([]string{"甲", "乙"}, 95, 85)
	for i := range two {
		two[i].Category, two[i].Work = "摄影", "v"+two[i].Work
	}
	one[1].Authors, two[0].Authors = []string{"张三"}, []string{"张 三"}
	rules := twoAwards(1, 1)
	rules.Caps = judging.Caps{PerAuthor: 1, Enforce: true}
	all := award.DecideAll(rules, append(one, two...), nil)
	if given(all[0]) != "一 w1" || given(all[1]) != "一 vw1; 二 vw2" {
		t.Errorf("%s | %s", given(all[0]), given(all[1]))
	}
}

func TestCapsHoldWhateverTheListAndRulings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 25).Draw(t, "n")
		var units []string
		var scores []float64
		for range n {
			units = append(units, rapid.SampledFrom([]string{"甲", "乙", "丙", ""}).Draw(t, "unit"))
			scores = append(scores, float64(rapid.IntRange(60, 75).Draw(t, "score")))
		}
		slices.Sort(scores)
		slices.Reverse(scores)
		rules := twoAwards(rapid.IntRange(0, 4).Draw(t, "first"), rapid.IntRange(0, 6).Draw(t, "second"))
		rules.TieAtCut = rapid.SampledFrom([]judging.TieAtCut{
			judging.TieShare, judging.TieHold, judging.TieEmpty,
		}).Draw(t, "tie")
		rules.Caps = judging.Caps{PerUnit: rapid.IntRange(1, 3).Draw(t, "cap"), Enforce: true}
		var rulings []award.Ruling
		if rapid.Bool().Draw(t, "ruled") {
			rulings = append(rulings, award.Ruling{ID: "u1", Kind: award.RuleDisqualify, Work: "w1", Reason: "抄袭"})
		}
		f := field(units, scores...)
		d := award.DecideAll(rules, f, rulings)[0]
		count, seen := map[string]int{}, map[judging.WorkID]bool{}
		for _, g := range d.Grants {
			if seen[g.Work] || len(rulings) > 0 && g.Work == "w1" {
				t.Fatalf("%+v", g)
			}
			seen[g.Work] = true
			i := slices.IndexFunc(f, func(c award.Candidate) bool { return c.Work == g.Work })
			if count[units[i]]++; units[i] != "" && count[units[i]] > rules.Caps.PerUnit {
				t.Fatalf("%s has %d awards", units[i], count[units[i]])
			}
		}
	})
}

func TestOnlyRulingsThatNameAnAwardNeedAKnownOne(t *testing.T) {
	for _, tt := range []struct {
		u    award.Ruling
		want judging.Code
	}{
		{award.Ruling{Kind: award.RuleTie, Award: "特等", Exit: judging.TieShare, Reason: "复议"}, judging.Invalid},
		{award.Ruling{Kind: award.RuleTie, Award: "二", Exit: judging.TieShare, Reason: "复议"}, ""},
		{award.Ruling{Kind: award.RuleTie, Award: "二", Exit: judging.TieHold, Reason: "复议"}, ""},
		{award.Ruling{Kind: award.RuleTie, Award: "二", Exit: judging.TieEmpty, Reason: "复议"}, ""},
		{award.Ruling{Kind: award.RuleTie, Award: "二", Reason: "复议"}, judging.Invalid},
		{award.Ruling{Kind: award.RuleGive, Award: "特等", Reason: "复议"}, judging.Invalid},
		{award.Ruling{Kind: award.RuleWithhold, Work: "w1", Reason: "复议"}, ""},
		{award.Ruling{Kind: award.RuleDisqualify, Work: "w1", Award: "特等", Reason: "复议"}, ""},
	} {
		if got := judging.CodeOf(tt.u.Check(twoAwards(1, 1))); got != tt.want {
			t.Errorf("%+v: %q, want %q", tt.u, got, tt.want)
		}
	}
}

// Works that were disqualified leave their places to those after them, ties included, and a list that nobody is left in
// stays with its trace.
func TestDisqualifiedWorksTakeNoPlace(t *testing.T) {
	out := func(works ...judging.WorkID) (all []award.Ruling) {
		for i, w := range works {
			all = append(all, award.Ruling{
				ID: judging.Serial("u", 3, i+1), Kind: award.RuleDisqualify, Work: w, Reason: "抄袭",
			})
		}
		return all
	}
	for _, tt := range []struct {
		name   string
		scores []float64
		out    []award.Ruling
		places []int
		ranked int
	}{
		{"the first", []float64{90, 80, 70}, out("w1"), []int{1, 2}, 2},
		{"one of two that tie", []float64{90, 90, 70}, out("w1"), []int{1, 2}, 2},
		{"above a tie", []float64{90, 80, 80, 70}, out("w1"), []int{1, 1, 3}, 3},
		{"two", []float64{90, 80, 70, 60}, out("w1", "w3"), []int{1, 2}, 2},
		{"the last", []float64{90, 80, 70}, out("w3"), []int{1, 2}, 2},
		{"above one without a score", []float64{90, 80, -1}, out("w1"), []int{1}, 1},
		{"all", []float64{90, 80}, out("w1", "w2"), nil, 0},
	} {
		d := award.DecideAll(twoAwards(1, 3), field(nil, tt.scores...), tt.out)[0]
		var places []int
		for _, g := range d.Grants {
			places = append(places, g.Place)
		}
		if !slices.Equal(places, tt.places) || d.Ranked != tt.ranked {
			t.Errorf("%s: places %v of %d ranked, want %v of %d", tt.name, places, d.Ranked, tt.places, tt.ranked)
		}
		for _, u := range tt.out {
			if !slices.ContainsFunc(d.Traces, func(x award.Trace) bool {
				return x.Work == u.Work && x.Why == "awards.trace_disqualify"
			}) {
				t.Errorf("%s: no trace of %s", tt.name, u.Work)
			}
		}
	}
}
