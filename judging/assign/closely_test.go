package assign

import (
	"context"
	"math/rand/v2"
	"reflect"
	"testing"

	"fayi/judging/assign/flat"
)

// TestFlatMakesTheSameExchanges: a published plan is checked by solving its problem again, so that a faster way must
// end at the same panels, judge by judge.
func TestFlatMakesTheSameExchanges(t *testing.T) {
	r, met, mixed := rand.New(rand.NewPCG(5, 6)), 0, 0
	for range 60 {
		p := ring(20+r.IntN(150), 6+r.IntN(20), 2+r.IntN(4), 1+r.IntN(4))
		switch r.IntN(4) {
		case 0:
			p.Match = Force
		case 1:
			p.Max = make([]int, p.Judges)
			for j := range p.Max {
				p.Max[j] = p.Works*p.PerWork/p.Judges + 1 + r.IntN(4)
			}
		case 2:
			p.Match, p.Min = Force, make([]int, p.Judges)
			for j := range p.Min {
				p.Min[j] = r.IntN(3)
			}
		}
		seed := r.Uint64()
		draw := func() *draft {
			d := newDraft(&p, seed)
			if err := d.build(context.Background()); err != nil {
				return nil
			}
			return d
		}
		plain, laid := draw(), draw()
		if plain == nil || len(plain.seatsOf(func(int32) bool { return true }).works) < 2 {
			continue
		}
		if laid.flatten() == nil {
			continue
		}
		met++
		bound := plain.bound(quickRounds)
		if laid.bound(quickRounds) != bound {
			t.Fatal("the drafts differ before they begin")
		}
		seats := plain.seatsOf(func(int32) bool { return true })
		limits := flat.Limits{Tries: min(triesPerWork*p.Works, maxTries), Stall: min(stallPerWork*p.Works, maxStall)}
		if err := plain.refineAsItLies(context.Background(), seats, limits, bound); err != nil {
			t.Fatal(err)
		}
		if err := laid.refine(context.Background(), bound); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(plain.panels, laid.panels) || !reflect.DeepEqual(plain.lambda, laid.lambda) ||
			!reflect.DeepEqual(plain.loads, laid.loads) || plain.rng.Uint64() != laid.rng.Uint64() {
			t.Fatalf("other panels for %+v", p)
		}
		if len(plain.pool) < 2 {
			continue
		}
		mixed++
		all := plain.worksByCategory()[len(plain.pool)]
		limits = flat.Limits{Tries: mixTriesPerWork * len(all), Stall: mixStallPerWork * len(all)}
		if err := plain.mixAsItLies(context.Background(), all, shares(plain), limits); err != nil {
			t.Fatal(err)
		}
		if err := laid.mixCategories(context.Background()); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(plain.panels, laid.panels) || plain.rng.Uint64() != laid.rng.Uint64() {
			t.Fatalf("panels are mixed otherwise for %+v", p)
		}
	}
	if met < 30 || mixed < 15 {
		t.Errorf("%d problems of 60 were laid out closely, %d mixed", met, mixed)
	}
}

// shares counts the works of each judge by category.
func shares(d *draft) [][]int32 {
	out := make([][]int32, len(d.pool))
	for k := range out {
		out[k] = make([]int32, d.problem.Judges)
	}
	for w, panel := range d.panels {
		for _, j := range panel {
			out[d.category[w]][j]++
		}
	}
	return out
}

// What flat does not know of must not be laid out so.
func TestFlatLeavesAloneWhatItDoesNotKnow(t *testing.T) {
	for name, change := range map[string]func(*Problem){
		"conflicts": func(p *Problem) { p.Conflicts = []Pair{{1, 2}} },
		"fixed":     func(p *Problem) { p.Fixed = []Pair{{1, 2}} },
		"wishes":    func(p *Problem) { p.Wishes = []Wish{{Pair{1, 2}, 3}} },
		"need":      func(p *Problem) { p.Need = []int{2} },
		"units":     func(p *Problem) { p.NoTwoOfOneUnit, p.Unit = true, make([]int, p.Judges) },
		"seniors":   func(p *Problem) { p.NeedSenior, p.Senior = true, []bool{true, true, true, true} },
	} {
		p := Problem{Works: 30, Judges: 10, PerWork: 3}
		change(&p)
		for len(p.Need) > 0 && len(p.Need) < p.Works {
			p.Need = append(p.Need, 3)
		}
		for len(p.Senior) > 0 && len(p.Senior) < p.Judges {
			p.Senior = append(p.Senior, true)
		}
		d := newDraft(&p, 1)
		if err := d.build(context.Background()); err != nil {
			t.Fatal(name, err)
		}
		if d.flatten() != nil {
			t.Errorf("laid out closely with %s", name)
		}
	}
}
