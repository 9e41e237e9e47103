package anyrules

import (
	"maps"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"fayi/judging"
	"fayi/judging/award"
)

// tallies are the scores as the program gathers them, works and judges in an order of chance.
func (d drawn) tallies(r *rand.Rand) (out []award.Tally) {
	rules := d.sheet.In(1)
	for _, i := range r.Perm(len(d.works)) {
		p := d.works[i]
		t := award.Tally{Work: p.id, Category: p.category, Group: p.group, Offset: judging.Exact(p.offset),
			Votes: p.votes}
		for _, k := range r.Perm(len(p.said)) {
			s := p.said[k]
			j := judging.Judge{ID: judging.JudgeID("j" + string(rune('a'+s.judge))), Senior: d.senior[s.judge]}
			b := judging.Ballot{Total: s.total, Marks: map[string]float64{}}
			for c, mark := range s.marks {
				b.Marks[rules.RubricOf(p.category).Criteria[c].Name] = mark
			}
			if s.flag != "" {
				b.Flags = []judging.Flag{s.flag}
			}
			t.Add(j, d.panels[s.judge], b)
		}
		out = append(out, t)
	}
	return out
}

// field are the placed works with what caps look at.
func (d drawn) field(placings []judging.Placing) (out []award.Candidate) {
	for _, p := range placings {
		i := slices.IndexFunc(d.works, func(w piece) bool { return w.id == p.Work })
		w := d.works[i]
		out = append(out, award.Candidate{Placing: p, Unit: w.unit, Home: w.unit, Authors: []string{w.author}})
	}
	return out
}

// seeds is how many contests are drawn: a part where the tests are to be quick. Each test asks for itself whether it
// is: by that scripts/long finds it.
func seeds(quick bool, short, long uint64) uint64 {
	if quick {
		return short
	}
	return long
}

func wonOf(decided []award.Decision) map[judging.WorkID]string {
	out := map[judging.WorkID]string{}
	for _, d := range decided {
		for _, g := range d.Grants {
			out[g.Work] = g.Award
		}
	}
	return out
}

// TestAnyRulesPlaceAndAwardAsAPlainModelDoes draws rules and scores, and compares official scores, places, awards and
// who is next with the model; the order in which works and judges come changes nothing.
func TestAnyRulesPlaceAndAwardAsAPlainModelDoes(t *testing.T) {
	for seed := range seeds(testing.Short(), 200, 2500) {
		d := draw(seed)
		for _, err := range d.sheet.Check() {
			t.Fatalf("seed %d draws what can't be meant: %v", seed, err)
		}
		r := rand.New(rand.NewPCG(seed, 1))
		rules := d.sheet.In(1)
		placings := award.Rank(rules, d.tallies(r))
		if again := award.Rank(rules, d.tallies(r)); !slices.Equal(placings, again) {
			t.Fatalf("seed %d: another order gives\n%+v\nnot\n%+v", seed, again, placings)
		}
		decided := award.DecideAll(rules, d.field(placings), nil)
		d.compare(t, seed, placings, wonOf(decided))
		for _, x := range decided {
			for _, l := range d.lists() {
				if listed(l, x) {
					if _, next := l.awards(l.stand()); !slices.Equal(next, x.Alternates) {
						t.Errorf("seed %d, %s: next are %v, not %v", seed, x.ID(), x.Alternates, next)
					}
				}
			}
		}
		if t.Failed() {
			t.Fatalf("seed %d: %+v", seed, d.sheet)
		}
	}
}

// listed tells whether a decision is of the list.
func listed(l list, x award.Decision) bool {
	c, _ := l.d.sheet.Category(l.works[0].category)
	own := ""
	if slices.Contains(c.Groups, l.works[0].group) {
		own = l.works[0].group
	}
	return x.Category == c.Name && x.Group == own
}

// compare compares what the program made of the contest with the model.
func (d drawn) compare(
	t *testing.T, seed uint64, placings []judging.Placing, won map[judging.WorkID]string,
) {
	t.Helper()
	at := map[judging.WorkID]judging.Placing{}
	for _, p := range placings {
		at[p.Work] = p
	}
	want := map[judging.WorkID]string{}
	for _, l := range d.lists() {
		all := l.stand()
		own, _ := l.awards(all)
		maps.Copy(want, own)
		for _, s := range all {
			got := at[s.id]
			official := big.NewRat(int64(judging.Exact(got.Official)), 10000)
			if got.Place != s.place || s.place > 0 && official.Cmp(s.official) != 0 {
				t.Errorf("seed %d, %s: place %d with %v, the model has %d with %s", seed, s.id, got.Place, got.Official,
					s.place, s.official.FloatString(5))
			}
		}
	}
	if !maps.Equal(won, want) {
		t.Errorf("seed %d: awards %v, the model has %v", seed, won, want)
	}
}
