package voting_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"fayi/judging/terms"
	"fayi/judging/voting"
)

// wrong is what a plain model finds wrong with what a judge said: of places, the list as it would be read out aloud;
// of points, their sum.
func wrong(r voting.Rule, all []voting.Said) string {
	for _, list := range []string{all[0].List, map[string]string{"书法": "绘画", "绘画": "书法"}[all[0].List]} {
		holders, works, sum, most := map[int]int{}, 0, 0, 0
		for _, s := range all {
			if s.List != list || s.Apart {
				continue
			}
			works++
			if s.Given && s.Mark > 0 {
				holders[int(s.Mark)]++
				sum += int(s.Mark)
				most = max(most, int(s.Mark))
			}
		}
		if r.Kind == voting.Points {
			switch {
			case works > 0 && sum > r.Points:
				return "voting.points_too_many"
			case r.Exactly && works > 0 && sum < r.Points:
				return "voting.points_too_few"
			}
			continue
		}
		for place := 1; place <= most; place++ {
			if holders[place] > 1 {
				return "voting.ranking_twice"
			}
		}
		for place := 1; place <= most; place++ {
			if holders[place] == 0 {
				return "voting.ranking_missing"
			}
		}
		if r.Exactly && len(holders) < r.Places && len(holders) < works {
			return "voting.ranking_too_few"
		}
	}
	return ""
}

func saidAtRandom(random *rand.Rand, most int) (all []voting.Said) {
	for range 1 + random.IntN(7) {
		all = append(all, voting.Said{
			List: []string{"书法", "绘画"}[random.IntN(2)], Mark: float64(random.IntN(most + 1)),
			Given: random.IntN(8) > 0, Apart: random.IntN(8) == 0,
		})
	}
	return all
}

func TestPlacesAndPointsKeepToTheirRule(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	seen := map[string]int{}
	for range 60000 {
		r := voting.Rule{Kind: voting.Ranking, Places: 1 + random.IntN(4), Exactly: random.IntN(2) == 0}
		if random.IntN(2) == 0 {
			r = voting.Rule{Kind: voting.Points, Points: 1 + random.IntN(6), Exactly: random.IntN(2) == 0}
		}
		all := saidAtRandom(random, r.N())
		got := ""
		if f := voting.Broken(r.Counts(all)); f != nil {
			got = f.Text
		}
		if want := wrong(r, all); got != want {
			t.Fatalf("%+v of %+v: %q, not %q", r, all, got, want)
		}
		seen[got]++
	}
	if len(seen) != 6 || slices.Min(slices.Collect(maps.Values(seen))) < 500 {
		t.Error("not all were tried:", seen)
	}
}

// TestWhatIsSaidOfAListNamesTheBestPlace looks at the numbers that people read.
func TestWhatIsSaidOfAListNamesTheBestPlace(t *testing.T) {
	r := voting.Rule{Kind: voting.Ranking, Places: 9}
	var all []voting.Said
	for _, place := range []float64{5, 2, 7, 5, 2} {
		all = append(all, voting.Said{Mark: place, Given: true})
	}
	if c := r.Counts(all)[0]; c.Twice != 2 || c.Missing != 1 || c.Given != 5 || c.Most != 5 || c.Left() != 0 {
		t.Errorf("%+v", c)
	}
	points := voting.Rule{Kind: voting.Points, Points: 12}
	c := points.Counts([]voting.Said{{Mark: 5, Given: true}, {Mark: 9}, {Mark: 3, Given: true, Apart: true}})[0]
	if c.Left() != 7 || c.Works != 2 || c.Twice+c.Missing != 0 {
		t.Errorf("%+v", c)
	}
}

// TestMovingIsThatOfAPileOfPaper moves works in a list that keeps to its rule as one does with papers in a pile: taken
// out, put in at its place, and all numbered again.
func TestMovingIsThatOfAPileOfPaper(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for range 20000 {
		r := voting.Rule{Kind: voting.Ranking, Places: 1 + random.IntN(4)}
		var all []voting.Said
		var piles [2][]int
		for i := range 2 + random.IntN(7) {
			all = append(all, voting.Said{List: []string{"书法", "绘画"}[i%2], Apart: random.IntN(9) == 0})
			if s := &all[i]; random.IntN(3) > 0 {
				s.Given = true
				if !s.Apart && len(piles[i%2]) < r.Places {
					piles[i%2] = append(piles[i%2], i)
					s.Mark = float64(len(piles[i%2]))
				}
			}
		}
		i, to := random.IntN(len(all)), random.IntN(6)
		if all[i].Apart {
			continue
		}
		pile := slices.DeleteFunc(slices.Clone(piles[i%2]), func(k int) bool { return k == i })
		if to > 0 {
			pile = slices.Insert(pile, min(to-1, len(pile)), i)
		}
		after := slices.Clone(all)
		for k, mark := range r.Move(all, i, to) {
			if after[k].Given && after[k].Mark == mark {
				t.Fatalf("%d of %+v is said again", k, all)
			}
			after[k].Mark, after[k].Given = mark, true
		}
		for k := range all {
			want := fmt.Sprint(all[k])
			if at := slices.Index(pile, k); at >= 0 || k == i {
				s := voting.Said{List: all[k].List, Given: true, Mark: float64(at + 1)}
				if at >= r.Places {
					s.Mark = 0
				}
				want = fmt.Sprint(s)
			}
			if got := fmt.Sprint(after[k]); got != want {
				t.Fatalf("%d to %d with %d places in %+v: %d is %s, not %s", i, to, r.Places, all, k, got, want)
			}
		}
		if f := voting.Broken(r.Counts(after)); f != nil {
			t.Fatalf("%+v, moved to %+v: %+v", all, after, f)
		}
	}
}

func TestTheNumbersOfKindsHaveBounds(t *testing.T) {
	if f := (voting.Rule{Kind: voting.Approval}).Faults(""); len(f) > 0 {
		t.Errorf("an approval that only places works: %+v", f)
	}
	for _, kind := range voting.Kinds {
		r := voting.Usual(kind)
		if f := r.Faults(""); len(f) > 0 || r.Kind != kind {
			t.Errorf("the usual %s: %+v", kind, f)
		}
		n, most := r.Number()
		if n == nil {
			continue
		}
		bounds := map[voting.Kind]int{voting.Votes: 100, voting.Ranking: 100, voting.Points: 1000}
		if most != bounds[kind] {
			t.Errorf("%s has up to %d", kind, most)
		}
		for value, right := range map[int]bool{-1: false, 0: false, 1: true, most: true, most + 1: false} {
			*n = value
			f := r.Faults("终评")
			if (len(f) == 0) != right || !right && (f[0].Text != "rules.voting_votes" || f[0].Args["Where"] != "终评") {
				t.Errorf("%s with %d: %+v", kind, value, f)
			}
		}
	}
	all := voting.Rule{Kind: voting.Ranking, Places: 3, Pass: "1/2", Votes: 1, Points: 1}
	if f := all.Faults(""); len(f) != 1 || f[0].Args["Name"] != "pass, votes, points" {
		t.Errorf("%+v", f)
	}
	for _, kind := range []voting.Kind{voting.Votes, voting.Points} {
		r := voting.Usual(kind)
		r.Places = 1
		if f := r.Faults(""); len(f) != 1 || f[0].Args["Name"] != "places" {
			t.Errorf("%+v", f)
		}
	}
}

func TestMarksMeanWhatTheirKindSays(t *testing.T) {
	for _, c := range []struct {
		rule        voting.Rule
		scale, step float64
		name        string
		method      terms.CombineMethod
		typed       bool
		said        map[float64]string
	}{
		{voting.Rule{Kind: voting.Approval}, 1, .5, "赞成", terms.InFavour, false,
			map[float64]string{1: "approval_for", .5: "approval_unsure", 0: "approval_against"}},
		{voting.Rule{Kind: voting.Votes, Votes: 4}, 1, 1, "投票", terms.Sum, false,
			map[float64]string{1: "votes_for", 0: "votes_against"}},
		{voting.Rule{Kind: voting.Ranking, Places: 4}, 4, 1, "名次", terms.Places, true,
			map[float64]string{1: "ranking_for", 4: "ranking_for", 0: "ranking_against"}},
		{voting.Rule{Kind: voting.Points, Points: 12}, 12, 1, "点数", terms.Sum, true,
			map[float64]string{12: "points_for", .5: "points_for", 0: "points_against"}},
	} {
		r := c.rule
		if r.Scale() != c.scale || r.Step() != c.step || r.Name() != c.name || r.Combine().Method != c.method ||
			r.Typed() != c.typed || r.Combine().Best != r.Places || (len(r.Bands()) == 0) != c.typed {
			t.Errorf("%+v: %v, %v, %s, %+v", r, r.Scale(), r.Step(), r.Name(), r.Combine())
		}
		reach := map[voting.Kind]int{voting.Approval: 100, voting.Votes: 5, voting.Ranking: 20, voting.Points: 60}
		if got := r.Reach(5); got != reach[r.Kind] {
			t.Errorf("five judges reach %d by %s", got, r.Kind)
		}
		for mark, want := range c.said {
			if got := r.Said(mark); got != want {
				t.Errorf("%v says %s, not %s", mark, got, want)
			}
		}
	}
}
