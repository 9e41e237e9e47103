package award_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/terms"
)

// wide is a field of three lists of so many works, each with a score of its own, best first.
func wide(sizes ...int) (field []award.Candidate) {
	for l, n := range sizes {
		for i := range n {
			field = append(field, award.Candidate{Placing: judging.Placing{
				Work:     judging.WorkID(fmt.Sprintf("%c%02d", 'a'+l, i+1)),
				Category: []string{"书法", "绘画", "摄影"}[l], Place: i + 1, Official: float64(99 - i),
			}})
		}
	}
	return field
}

func wholeRules(shares ...judging.Share) judging.Rules {
	r := judging.Rules{TieAtCut: judging.TieShare}
	for _, c := range []string{"书法", "绘画", "摄影"} {
		r.Categories = append(r.Categories, judging.Category{Name: c})
	}
	for i, s := range shares {
		r.Awards = append(r.Awards, judging.Award{Name: []string{"一等奖", "二等奖"}[i], Share: s})
	}
	return r
}

// countIn tells how many works of each list got an award.
func countIn(all []award.Decision, name string) string {
	var out []string
	for _, d := range all {
		n := 0
		for _, g := range d.Grants {
			if g.Award == name {
				n++
			}
		}
		out = append(out, fmt.Sprint(n))
	}
	return strings.Join(out, " ")
}

func TestPlacesOverTheWholeContestAreDealtToItsLists(t *testing.T) {
	ten := judging.Share{Count: 10, Whole: true}
	own := wholeRules(ten)
	own.Quotas = []judging.Quota{{Award: "一等奖", Category: "绘画", Share: judging.Share{Count: 5}}}
	total := wholeRules(judging.Share{Count: 3}, judging.Share{Count: 9})
	total.Totals = []terms.AwardTotal{{
		Awards: []string{"一等奖", "二等奖"}, Share: judging.Share{Count: 12, Whole: true},
	}}
	part := judging.Share{Percent: 20, Whole: true}
	up := judging.Share{Percent: 21, Whole: true, Rounding: judging.Up}
	both := wholeRules(judging.Share{Count: 4, Whole: true}, judging.Share{Count: 8, Whole: true})
	least := ten
	least.MinScore = 97
	for name, c := range map[string]struct {
		rules judging.Rules
		field []award.Candidate
		want  string
	}{
		"by works":             {wholeRules(ten), wide(20, 13, 7), "5 3 2 | 0 0 0"},
		"per cent":             {wholeRules(part), wide(21, 12, 7), "4 2 1 | 0 0 0"},
		"per cent, rounded up": {wholeRules(up), wide(21, 12, 7), "5 3 1 | 0 0 0"},
		"a list has its own":   {own, wide(20, 13, 5), "4 5 1 | 0 0 0"},
		"its own is too many":  {own, wide(20, 2, 5), "6 2 2 | 0 0 0"},
		"below the least":      {wholeRules(least), wide(20, 13, 7), "3 3 2 | 0 0 0"},
		"more than works":      {wholeRules(ten), wide(3, 2, 1), "3 2 1 | 0 0 0"},
		"even claims":          {wholeRules(ten), wide(8, 8, 8), "3 3 3 | 0 0 0"},
		"a total":              {total, wide(20, 13, 7), "3 3 2 | 3 1 0"},
		"both":                 {both, wide(20, 13, 7), "2 1 1 | 4 3 1"},
	} {
		all := award.DecideAll(c.rules, c.field, nil)
		if got := countIn(all, "一等奖") + " | " + countIn(all, "二等奖"); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
		var lists []award.Listed // what is shown beforehand is what comes
		for _, d := range all {
			lists = append(lists, award.Listed{Category: d.Category, Ranked: d.Ranked})
		}
		for i, d := range all {
			slots := award.SpreadOver(c.rules, lists).Slots(lists[i])
			for k, s := range d.Slots {
				same := (slots[k].Part == nil) == (s.Part == nil) && (s.Part == nil || *s.Part == *slots[k].Part)
				if slots[k].Award != s.Award || slots[k].Places != min(s.Places, d.Ranked) || !same {
					t.Errorf("%s: %+v shown, %+v dealt", name, slots[k], s)
				}
			}
		}
	}
}

func TestWhatStaysOpenIsSaidOfEachListWithAnEqualClaim(t *testing.T) {
	r := wholeRules(judging.Share{Count: 5, Whole: true})
	r.Totals = nil
	all := award.DecideAll(r, wide(8, 8, 4), nil) // 2, 2 and 1
	if got := countIn(all, "一等奖"); got != "2 2 1" {
		t.Fatal(got)
	}
	r.Awards[0].Count = 6 // 2.4, 2.4 and 1.2
	all = award.DecideAll(r, wide(8, 8, 4), nil)
	if got := countIn(all, "一等奖"); got != "2 2 1" {
		t.Fatal(got)
	}
	for i, d := range all {
		at := slices.IndexFunc(d.Notes, func(n award.Note) bool { return n.Why == "awards.spread_even" })
		if (at >= 0) != (i < 2) {
			t.Fatalf("%s: %+v", d.Category, d.Notes)
		}
		if at >= 0 {
			args := d.Notes[at].Args(d.Category)
			if args["Places"] != 1 || args["Lists"] != "书法、绘画" || args["Award"] != "一等奖" {
				t.Errorf("%+v", args)
			}
		}
	}
	part := all[0].Slots[0].Part
	if part == nil || *part != (award.Part{Whole: 6, Works: 8, Over: 20, Places: 2}) || part.Exact() != "2.4" {
		t.Errorf("%+v", part)
	}
	r.Awards[0].Share = judging.Share{Count: 8}
	r.Totals = []terms.AwardTotal{{Awards: []string{"一等奖", "二等奖"}, Share: judging.Share{Count: 6, Whole: true}}}
	all = award.DecideAll(r, wide(8, 8, 4), nil)
	if got := countIn(all, "一等奖"); got != "2 2 1" || all[1].Notes[len(all[1].Notes)-1].Award != "一等奖 + 二等奖" {
		t.Errorf("%s, %+v", got, all[1].Notes)
	}
}

// Who is out counts no more: the places come to the lists by the works that are left.
func TestADisqualifiedWorkMovesPlacesBetweenLists(t *testing.T) {
	r := wholeRules(judging.Share{Count: 4, Whole: true})
	field := wide(9, 7, 0)
	if got := countIn(award.DecideAll(r, field, nil), "一等奖"); got != "2 2" { // 2.25 and 1.75
		t.Error(got)
	}
	gone := []award.Ruling{
		{ID: "u1", Kind: award.RuleDisqualify, Work: "b01", Reason: "抄袭"},
		{ID: "u2", Kind: award.RuleDisqualify, Work: "b02", Reason: "抄袭"},
		{ID: "u3", Kind: award.RuleDisqualify, Work: "b03", Reason: "抄袭"},
	}
	all := award.DecideAfter(r, field, field, gone)
	if got := countIn(all, "一等奖"); got != "3 1" { // 2.77 and 1.23
		t.Error(got)
	}
}

// The lists of placings are counted as they stand, by category and group; a work without a place counts for none.
func TestPlacesAreSpreadByThePlacingsOfEachList(t *testing.T) {
	rules := wholeRules(judging.Share{Count: 5, Whole: true})
	var placings []judging.Placing
	var lists []award.Listed
	for _, l := range []struct {
		category, group string
		ranked, out     int
	}{{"书法", "小学组", 6, 1}, {"书法", "中学组", 3, 3}, {"绘画", "小学组", 0, 2}, {"绘画", "中学组", 4, 0}, {"摄影", "中学组", 2, 0}} {
		lists = append(lists, award.Listed{Category: l.category, Group: l.group, Ranked: l.ranked})
		for i := range l.ranked + l.out {
			p := judging.Placing{Category: l.category, Group: l.group}
			if i < l.ranked {
				p.Place = i + 1
			}
			placings = append(placings, p)
		}
	}
	got, want := award.SpreadOf(rules, placings), award.SpreadOver(rules, lists)
	for _, l := range lists {
		if a, b := got.Slots(l), want.Slots(l); !reflect.DeepEqual(a, b) {
			t.Errorf("%s %s: %+v, not %+v", l.Category, l.Group, a, b)
		}
	}
	first, lastOf := got.Slots(lists[0]), got.Slots(lists[4])
	if first[0].Places != 2 || lastOf[0].Places != 1 { // 6 and 2 of 15 works
		t.Errorf("%+v %+v", first, lastOf)
	}
}

// Works without a place, as those vetoed, give their list no claim.
func TestWorksWithoutAPlaceGiveNoClaim(t *testing.T) {
	rules := wholeRules(judging.Share{Count: 4, Whole: true})
	field := wide(6, 2)
	for i := range 6 {
		field = append(field, award.Candidate{Placing: judging.Placing{
			Work: judging.WorkID(fmt.Sprint("z", i)), Category: "绘画",
		}})
	}
	if got := countIn(award.DecideAll(rules, field, nil), "一等奖"); got != "3 1" {
		t.Error(got)
	}
}
