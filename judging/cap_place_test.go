package judging_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"fayi/judging"
	"fayi/judging/award"
)

// parted makes one list whose places are as given, equal scores or not.
func parted(places ...int) []award.Candidate {
	out := make([]award.Candidate, len(places))
	for i, place := range places {
		out[i].Placing = judging.Placing{
			Work: judging.WorkID(fmt.Sprintf("w%d", i+1)), Category: "书法", Group: "小学组", Place: place,
			Official: 90, Scores: 3,
		}
	}
	return out
}

func TestWhatTheTieChainPartedStaysPartedUnderACap(t *testing.T) {
	f := parted(1, 2)
	f[0].Work, f[1].Work = "w9", "w1" // the worse one came in first
	f[0].Unit, f[1].Unit = "甲", "甲"
	if d := capped(2, 0, judging.Caps{PerUnit: 1}, f); given(d) != "一 w9" {
		t.Errorf("%s, want the better place to keep its award", given(d))
	}
}

// Of two works of one author the better is out by its unit's cap, so that the other one is the author's only award.
func TestAWorkThatOneCapKeepsOutUsesUpNoOtherCap(t *testing.T) {
	f := parted(1, 2, 3, 4)
	for i, unit := range []string{"甲", "甲", "乙", "丙"} {
		f[i].Unit, f[i].Authors = unit, []string{fmt.Sprint("作者", i)}
	}
	f[1].Authors, f[2].Authors = []string{"齐"}, []string{"齐"}
	d := capped(2, 1, judging.Caps{PerUnit: 1, PerAuthor: 1}, f)
	if want := "一 w1 w3; 二 w4"; given(d) != want {
		t.Errorf("%s, want %s", given(d), want)
	}
	if want := []noted{{"", 1, 0, "awards.sender_cap"}}; !slices.Equal(noting(d.Notes), want) {
		t.Errorf("%+v", d.Notes)
	}
}

// Two works tied at the first award's cut of their list are out by their author's cap; the one behind them, alone now,
// would get that award and so a higher one than the work that filled the cap.
func TestAWorkThatMovesUpTakesNoPlaceUnderAFullCap(t *testing.T) {
	rules := twoAwards(1, 2)
	rules.TieAtCut, rules.Caps = judging.TieEmpty, judging.Caps{PerAuthor: 1, Enforce: true}
	first, second := parted(1, 1), parted(1, 1, 3)
	for i := range second {
		second[i].Work, second[i].Category = judging.WorkID(fmt.Sprintf("x%d", i+1)), "绘画"
	}
	field := slices.Concat(first, second)
	for i := range field {
		field[i].Authors = []string{"齐"}
	}
	field[1].Authors = []string{"尤"}
	made := award.DecideAll(rules, field, nil)
	if got := given(made[0]) + " | " + given(made[1]); got != "二 w1 w2 | " {
		t.Errorf("%s, want the cap to stay with the work that filled it", got)
	}
}

func TestATieAtACapIsTold(t *testing.T) {
	f := parted(1, 1, 3)
	f[0].Unit, f[1].Unit, f[2].Unit = "甲", "甲", "甲"
	d := capped(2, 1, judging.Caps{PerUnit: 1, Unit: judging.AuthorUnit}, f)
	want := []noted{{"一", 2, 1, "awards.too_few"}, {"二", 1, 0, "awards.too_few"}, {"", 2, 0, "awards.unit_cap"},
		{"", 2, 1, "awards.cap_tied"}}
	if given(d) != "一 w1" || !slices.Equal(noting(d.Notes), want) {
		t.Errorf("%s, %+v", given(d), noting(d.Notes))
	}
	if last := d.Notes[len(d.Notes)-1]; !slices.Equal(last.Works, []judging.WorkID{"w2", "w1"}) {
		t.Errorf("%v", last.Works)
	}
	over := capped(2, 1, judging.Caps{PerUnit: 1}, f, give("u1", "w1", "一"))
	if slices.ContainsFunc(over.Notes, func(n award.Note) bool { return n.Why == "awards.cap_tied" }) {
		t.Errorf("an award that a person gave is told as a tie: %+v", over.Notes)
	}
}

func TestUnitsAreCountedAsTheRulesMeanThem(t *testing.T) {
	both := judging.Work{Unit: "第三小学", Sender: "教育局", Authors: []string{"齐"}}
	for _, tt := range []struct {
		kind judging.CapUnit
		work judging.Work
		want string
	}{
		{judging.AuthorUnit, both, "第三小学"},
		{judging.SenderUnit, both, "教育局"},
		{"", both, "教育局"},
		{judging.AuthorUnit, judging.Work{Sender: "教育局"}, "教育局"},
		{judging.SenderUnit, judging.Work{Unit: "第三小学"}, "第三小学"},
	} {
		rules := judging.Rules{Caps: judging.Caps{Unit: tt.kind}}
		c := award.CandidateOf(rules, tt.work, judging.Placing{Work: "w1"})
		if c.Unit != tt.want || c.Work != "w1" || c.Home != tt.work.ShownUnit() {
			t.Errorf("%q of %+v: %+v", tt.kind, tt.work, c)
		}
	}
	if c := award.CandidateOf(judging.Rules{}, both, judging.Placing{}); c.Home != "第三小学" || c.Authors[0] != "齐" {
		t.Errorf("an author is known by the sender: %+v", c)
	}
}

// capCase is a contest of some lists with ties, units, shared authors and enforced caps.
type capCase struct {
	rules judging.Rules
	field []award.Candidate
}

func drawCapCase(t *rapid.T) capCase {
	var c capCase
	c.rules = twoAwards(rapid.IntRange(0, 3).Draw(t, "first"), rapid.IntRange(0, 3).Draw(t, "second"))
	c.rules.TieAtCut = rapid.SampledFrom([]judging.TieAtCut{judging.TieShare, judging.TieHold, judging.TieEmpty}).
		Draw(t, "ties")
	c.rules.TieTakesNext = rapid.Bool().Draw(t, "takes next")
	c.rules.Caps = judging.Caps{
		PerUnit:   rapid.IntRange(0, 2).Draw(t, "unit cap"),
		PerAuthor: rapid.IntRange(0, 2).Draw(t, "author cap"),
		Enforce:   true,
	}
	ids := rapid.Permutation([]int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19}).Draw(t, "ids")
	for list := range rapid.IntRange(1, 2).Draw(t, "lists") {
		place := 1
		for i := range rapid.IntRange(1, 10).Draw(t, "works") {
			if i > 0 && rapid.IntRange(0, 3).Draw(t, "tied") > 0 {
				place = i + 1
			}
			p := judging.Placing{
				Work:     judging.WorkID(fmt.Sprintf("w%02d", ids[list*10+i])),
				Category: []string{"书法", "绘画"}[list], Place: place, Official: 90, Scores: 3,
			}
			c.field = append(c.field, award.Candidate{
				Placing: p, Unit: rapid.SampledFrom([]string{"甲", "乙", ""}).Draw(t, "unit"), Home: "校",
				Authors: rapid.SampledFrom([][]string{{"张"}, {"李"}, {"张", "李"}, {"王"}}).Draw(t, "authors"),
			})
		}
	}
	return c
}

// standing is a grant as the oracle sees it.
type standing struct {
	award.Candidate
	rank int
}

func (c capCase) standing(made []award.Decision) (out []standing) {
	for _, d := range made {
		for _, g := range d.Grants {
			i := slices.IndexFunc(c.field, func(x award.Candidate) bool { return x.Work == g.Work })
			out = append(out, standing{c.field[i], map[string]int{"一": 0, "二": 1}[g.Award]})
		}
	}
	return out
}

func (c capCase) barred(made []award.Decision) map[judging.WorkID]string {
	out := map[judging.WorkID]string{}
	for _, d := range made {
		for _, n := range d.Notes {
			if n.Why == "awards.sender_cap" || n.Why == "awards.author_cap" {
				for _, w := range n.Works {
					out[w] = n.Why
				}
			}
		}
	}
	return out
}

// The oracle knows nothing of the order in which caps are applied: it looks at what came out. No cap is broken; no
// barred work is beaten by a worse-placed one of its list under the same cap; and a barred work, were it let in,
// would stand behind as many awards of its cap as there may be.
func TestNoBarredWorkIsBeatenByAWorseOneUnderTheSameCap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCapCase(t)
		made := award.DecideAll(c.rules, c.field, nil)
		all, barred := c.standing(made), c.barred(made)
		for _, s := range all {
			same := c.under(all, s.Candidate, "awards.sender_cap")
			if most := c.rules.Caps.PerUnit; most > 0 && s.Unit != "" && len(same) > most {
				t.Fatalf("%d awards for unit %s", len(same), s.Unit)
			}
			for _, a := range s.Authors {
				one := s.Candidate
				one.Authors = []string{a}
				if most := c.rules.Caps.PerAuthor; most > 0 && len(c.under(all, one, "awards.author_cap")) > most {
					t.Fatalf("too many awards for %s", a)
				}
			}
		}
		for _, b := range c.field {
			why, out := barred[b.Work]
			if !out {
				continue
			}
			if !c.deserved(all, b, why) {
				t.Fatalf("%s at place %d is out by %s for nothing: %+v", b.Work, b.Place, why, made)
			}
		}
	})
}

// under lists the awards that count for the same cap as a work.
func (c capCase) under(all []standing, b award.Candidate, why string) (out []standing) {
	for _, s := range all {
		if why == "awards.sender_cap" && s.Category == b.Category && s.Unit == b.Unit ||
			why == "awards.author_cap" && slices.ContainsFunc(s.Authors, func(a string) bool {
				return slices.Contains(b.Authors, a)
			}) {
			out = append(out, s)
		}
	}
	return out
}

// deserved reports whether a cap of a barred work is full of awards that stand no worse.
func (c capCase) deserved(all []standing, b award.Candidate, why string) bool {
	keys := []award.Candidate{b}
	most := c.rules.Caps.PerUnit
	if why == "awards.author_cap" {
		most, keys = c.rules.Caps.PerAuthor, nil
		for _, a := range b.Authors {
			one := b
			one.Authors = []string{a}
			keys = append(keys, one)
		}
	}
	return slices.ContainsFunc(keys, func(key award.Candidate) bool {
		better := 0
		for _, s := range c.under(all, key, why) {
			if s.Category == b.Category && s.Place > b.Place {
				return false
			}
			better++
		}
		return cmp.Compare(better, most) >= 0
	})
}

func TestPlacesOfAListAreShownWithoutThoseWhoAreOut(t *testing.T) {
	list := parted(1, 2, 2, 4, 5, 0)
	var placings []judging.Placing
	for _, c := range list {
		placings = append(placings, c.Placing)
	}
	for _, tt := range []struct {
		out  []judging.WorkID
		want []int
	}{
		{nil, []int{1, 2, 2, 4, 5, 0}},
		{[]judging.WorkID{"w1"}, []int{1, 1, 1, 3, 4, 0}},
		{[]judging.WorkID{"w2"}, []int{1, 2, 2, 3, 4, 0}},
		{[]judging.WorkID{"w1", "w3", "w4"}, []int{1, 1, 1, 2, 2, 0}},
	} {
		shown := award.ShownPlaces(placings, func(w judging.WorkID) bool { return slices.Contains(tt.out, w) })
		for i, p := range placings {
			if !slices.Contains(tt.out, p.Work) && shown[p.Work] != tt.want[i] {
				t.Errorf("without %v: %s at %d, want %d", tt.out, p.Work, shown[p.Work], tt.want[i])
			}
		}
	}
	out := award.Ruling{ID: "u1", Kind: award.RuleDisqualify, Work: "w1", Reason: "抄袭"}
	d := award.DecideAll(twoAwards(1, 1), parted(1, 2, 3), []award.Ruling{out})[0]
	if d.Grants[0].Place != 1 || d.Grants[1].Place != 2 {
		t.Errorf("an exported list begins with place %d", d.Grants[0].Place)
	}
}

func TestATieMayTakeItsPlacesFromTheNextAward(t *testing.T) {
	for _, tt := range []struct {
		name          string
		next          bool
		first, second int
		places        []int
		want          string
		notes         []noted
	}{
		{"not taken", false, 1, 2, []int{1, 1, 3, 4, 5}, "一 w1 w2; 二 w3 w4", []noted{{"一", 1, 2, "awards.tie_shared"}}},
		{"taken", true, 1, 2, []int{1, 1, 3, 4, 5}, "一 w1 w2; 二 w3",
			[]noted{{"一", 1, 2, "awards.tie_taken"}, {"二", 2, 1, "awards.tie_next"}}},
		{"all taken", true, 1, 1, []int{1, 1, 3}, "一 w1 w2",
			[]noted{{"一", 1, 2, "awards.tie_taken"}, {"二", 1, 0, "awards.tie_next"}}},
		{"more than all", true, 1, 1, []int{1, 1, 1, 4}, "一 w1 w2 w3",
			[]noted{{"一", 1, 3, "awards.tie_taken"}, {"二", 1, 0, "awards.tie_next"}}},
		{"too few works are told without what was taken", true, 1, 2, []int{1, 1}, "一 w1 w2",
			[]noted{{"一", 1, 2, "awards.tie_taken"}, {"二", 2, 0, "awards.too_few"}, {"二", 2, 1, "awards.tie_next"}}},
		{"enough works with what was taken", true, 1, 2, []int{1, 1, 3}, "一 w1 w2; 二 w3",
			[]noted{{"一", 1, 2, "awards.tie_taken"}, {"二", 2, 1, "awards.tie_next"}}},
		{"no tie", true, 1, 1, []int{1, 2, 3}, "一 w1; 二 w2", []noted{}},
	} {
		rules := twoAwards(tt.first, tt.second)
		rules.TieTakesNext = tt.next
		d := award.DecideAll(rules, parted(tt.places...), nil)[0]
		if given(d) != tt.want || !slices.Equal(noting(d.Notes), tt.notes) {
			t.Errorf("%s: %s, %+v; want %s, %+v", tt.name, given(d), noting(d.Notes), tt.want, tt.notes)
		}
	}
	rules := twoAwards(1, 1)
	rules.TieTakesNext = true
	rules.Awards = append(rules.Awards, judging.Award{Name: "三", Share: judging.Share{Count: 2}})
	if d := award.DecideAll(rules, parted(1, 1, 1, 4, 5), nil)[0]; given(d) != "一 w1 w2 w3; 三 w4" {
		t.Errorf("what is left of it is not taken from the award after: %s", given(d))
	}
	pinned := award.DecideAll(rules, parted(1, 1, 1, 4, 5), []award.Ruling{give("u1", "w5", "二")})[0]
	if given(pinned) != "一 w1 w2 w3; 二 w5" {
		t.Errorf("a place that a ruling took is taken twice: %s", given(pinned))
	}
}
