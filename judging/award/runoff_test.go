package award_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"fayi/judging"
	"fayi/judging/award"
)

// listed is a list placed by marks: the higher comes first, equals share a place.
func listed(marks map[judging.WorkID]float64) (out []judging.Placing) {
	for w, m := range marks {
		out = append(out, judging.Placing{Work: w, Category: "书法", Official: m})
	}
	slices.SortFunc(out, func(a, b judging.Placing) int {
		return cmp.Or(-cmp.Compare(a.Official, b.Official), cmp.Compare(a.Work, b.Work))
	})
	for i := range out {
		out[i].Place = 1
		for _, o := range out {
			if o.Official > out[i].Official {
				out[i].Place++
			}
			out[i].Tied = out[i].Tied || o.Work != out[i].Work && o.Official == out[i].Official
		}
	}
	return out
}

// TestARunOffPartsTiedWorksOnly compares who is judged again, and all places after it, with a plain model: a work is
// judged again if as many works as have the award could be made up with it or without it; after that, works stand by
// their first result, and those judged again by the second one too.
func TestARunOffPartsTiedWorksOnly(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 2))
	parted := 0
	for range 20000 {
		first := map[judging.WorkID]float64{}
		for n := range 1 + random.IntN(9) {
			first[judging.WorkID(fmt.Sprintf("w%d", n))] = float64(random.IntN(4))
		}
		rules := judging.Rules{Awards: []judging.Award{
			{Name: "一等奖", Share: judging.Share{Count: 1 + random.IntN(3)}},
			{Name: "二等奖", Share: judging.Share{Count: random.IntN(4)}},
		}}
		placings := listed(first)
		again := award.TiedAtCut(rules, placings)
		one := rules.Awards[0].Count
		for w, m := range first {
			want := false
			for _, line := range []int{one, one + rules.Awards[1].Count} {
				higher, level := 0, 0
				for _, o := range first {
					switch {
					case o > m:
						higher++
					case o == m:
						level++
					}
				}
				want = want || higher < line && line < higher+level
			}
			if got := slices.Contains(again, w); got != want {
				t.Fatalf("%v with %+v: %s is judged again: %v", first, rules.Awards, w, got)
			}
		}
		second := map[judging.WorkID]float64{}
		for _, w := range again {
			second[w] = float64(random.IntN(3))
		}
		for i, p := range award.Within(listed(second), placings) {
			place, tied := 1, false
			for o := range first {
				switch {
				case first[o] > first[p.Work], first[o] == first[p.Work] && second[o] > second[p.Work]:
					place++
				case o != p.Work && first[o] == first[p.Work] && second[o] == second[p.Work]:
					tied = true
				}
			}
			if p.Place != place || p.Tied != tied || i > 0 && p.Place < 1 {
				t.Fatalf("%v, again %v: %s has %d, %v; want %d, %v",
					first, second, p.Work, p.Place, p.Tied, place, tied)
			}
		}
		parted += min(len(again), 1)
	}
	if parted < 5000 {
		t.Error("only so many had a tie at a line:", parted)
	}
}

// TestWhoIsNotJudgedAgainComesLastOfTheTied looks at a list in which one of three tied works got no vote, and at a work
// that was put in by hand without being tied.
func TestWhoIsNotJudgedAgainComesLastOfTheTied(t *testing.T) {
	before := listed(map[judging.WorkID]float64{"a": 9, "b": 5, "c": 5, "d": 5, "e": 1})
	now := listed(map[judging.WorkID]float64{"d": 2, "c": 1, "e": 3})
	got := ""
	for _, p := range award.Within(now, before) {
		got += fmt.Sprintf("%s%d %v,", p.Work, p.Place, p.Official)
	}
	if want := "a1 9,d2 2,c3 1,b4 5,e5 1,"; got != want {
		t.Errorf("%s, not %s", got, want)
	}
}

// TestWorksWithoutAPlaceAreNotTied keeps works that have no place where they are, though all of them have the same
// number for it, and puts a tied work that has none in the other round last of the tied.
func TestWorksWithoutAPlaceAreNotTied(t *testing.T) {
	out := func(places ...int) (list []judging.Placing) {
		for i, place := range places {
			list = append(list, judging.Placing{Work: judging.WorkID(fmt.Sprint("w", i)), Category: "书法", Place: place})
		}
		return list
	}
	rules := judging.Rules{Awards: []judging.Award{
		{Name: "特等奖"}, {Name: "一等奖", Share: judging.Share{Count: 3}},
	}}
	if got := award.TiedAtCut(rules, out(1, 1, 0, 0)); got != nil {
		t.Errorf("%v are tied", got)
	}
	now := out(3, 0, 1, 2, 4)
	got := ""
	for _, p := range award.Within([]judging.Placing{now[2], now[3], now[0], now[4], now[1]}, out(1, 1, 1, 0, 0)) {
		got += fmt.Sprintf("%s %d %v; ", p.Work, p.Place, p.Tied)
	}
	if want := "w2 1 false; w0 2 false; w1 3 false; w3 0 false; w4 0 false; "; got != want {
		t.Errorf("%s, not %s", got, want)
	}
}
