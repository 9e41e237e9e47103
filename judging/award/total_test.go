package award_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/terms"
)

// totalled decides a list of works with these scores, best first, by shares and totals, and tells what each award has.
func totalled(r judging.Rules, rulings []award.Ruling, scores ...float64) (string, award.Decision) {
	var field []award.Candidate
	for i, s := range scores {
		place := i + 1
		if at := slices.Index(scores, s); at < i {
			place = at + 1
		}
		field = append(field, award.Candidate{Placing: judging.Placing{
			Work: judging.WorkID(fmt.Sprint("w", i+1)), Category: "书法", Place: place, Official: s,
		}})
	}
	d := award.DecideAll(r, field, rulings)[0]
	var out []string
	for _, a := range r.Awards {
		n := 0
		for _, g := range d.Grants {
			if g.Award == a.Name {
				n++
			}
		}
		out = append(out, fmt.Sprint(n))
	}
	return strings.Join(out, " "), d
}

func TestATotalGivesTheHigherAwardsFirst(t *testing.T) {
	rules := judging.Rules{TieAtCut: judging.TieShare, Categories: []judging.Category{{Name: "书法"}}}
	for i, n := range []int{2, 3, 4} {
		name := []string{"一等奖", "二等奖", "三等奖"}[i]
		rules.Awards = append(rules.Awards, judging.Award{Name: name, Share: judging.Share{Count: n}})
	}
	total := func(n int, awards ...string) []terms.AwardTotal {
		return []terms.AwardTotal{{Awards: awards, Share: judging.Share{Count: n}}}
	}
	all := []string{"一等奖", "二等奖", "三等奖"}
	plain := []float64{99, 98, 97, 96, 95, 94, 93, 92, 91, 90}
	tied := []float64{99, 98, 98, 96, 95, 94, 93, 92, 91, 90}
	next := rules
	next.TieTakesNext = true
	give := award.Ruling{ID: "u1", Kind: award.RuleGive, Work: "w10", Award: "三等奖", Reason: "因"}
	for name, c := range map[string]struct {
		rules   judging.Rules
		totals  []terms.AwardTotal
		rulings []award.Ruling
		scores  []float64
		want    string
	}{
		"no total":                       {rules, nil, nil, plain, "2 3 4"},
		"of all":                         {rules, total(7, all...), nil, plain, "2 3 2"},
		"as many as there are":           {rules, total(9, all...), nil, plain, "2 3 4"},
		"one fewer":                      {rules, total(8, all...), nil, plain, "2 3 3"},
		"of two":                         {rules, total(4, all[:2]...), nil, plain, "2 2 4"},
		"a tie takes from later ones":    {rules, total(7, all...), nil, tied, "3 3 1"},
		"a tie is taken off once":        {next, total(7, all...), nil, tied, "3 2 2"},
		"what a person gave counts":      {rules, total(6, all...), []award.Ruling{give}, plain, "2 3 1"},
		"and leaves less to higher ones": {rules, total(5, all...), []award.Ruling{give}, plain, "2 2 1"},
	} {
		c.rules.Totals = c.totals
		got, d := totalled(c.rules, c.rulings, c.scores...)
		if got != c.want {
			t.Errorf("%s: %s, want %s; %+v", name, got, c.want, d.Notes)
		}
	}
	rules.Totals = total(7, all...)
	_, d := totalled(rules, nil, plain...)
	i := slices.IndexFunc(d.Notes, func(n award.Note) bool { return n.Why == "awards.total_full" })
	if i < 0 || d.Notes[i].Places != 4 || d.Notes[i].Given != 2 || d.Slots[2].Places != 2 ||
		!slices.Equal(d.Notes[i].Works, []judging.WorkID{"w8", "w9"}) || d.Alternates[0] != "w8" {
		t.Errorf("%+v %+v", d.Notes, d.Slots)
	}
	rules.Totals = total(6, all...)
	_, d = totalled(rules, []award.Ruling{give}, plain...) // the one that a person gave is among what is left
	i = slices.IndexFunc(d.Notes, func(n award.Note) bool { return n.Why == "awards.total_full" })
	if i < 0 || d.Notes[i].Places != 4 || d.Notes[i].Given != 1 || d.Slots[2].Places != 1 ||
		!slices.Equal(d.Notes[i].Works, []judging.WorkID{"w6", "w7", "w8"}) {
		t.Errorf("%+v %+v", d.Notes, d.Slots)
	}
	rules.Totals = total(7, all...)
	spread := award.SpreadOver(rules, nil)
	got := fmt.Sprint(spread.PlacesOf("书法", "", 10), spread.PlacesOf("书法", "", 3))
	if got != "[2 3 2] [2 1 0]" {
		t.Error("planned:", got)
	}
}
