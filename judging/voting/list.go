package voting

import (
	"cmp"
	"slices"

	"fayi/judging/terms"
)

// Said is what a judge says of one work.
type Said struct {
	List  string  // the works that are placed together
	Mark  float64 // For, Unsure or Against, a place or points; of a work that nothing is said of, any
	Given bool    // it is said
	Apart bool    // the judge does not speak of it at all: recused, abstained, or a trial
}

// Count is how a judge stands in one list.
type Count struct {
	List  string
	Kind  Kind
	Works int // that the judge may speak of
	Given int // votes, places or points
	Most  int // that may be given
	Least int // that must be given

	Twice   int // with Ranking: the best place that several works have; 0 for none
	Missing int // with Ranking: the best place that no work has, though a later one is given; 0 for none
}

// Left is how many may still be given; below 0 where there are too many.
func (c Count) Left() int { return c.Most - c.Given }

// Counts tells how a judge stands in each list, in the order in which all names them; none where nothing is counted.
func (r Rule) Counts(all []Said) (out []Count) {
	if r.N() == 0 {
		return nil
	}
	var places [][]int
	at := map[string]int{}
	for _, s := range all {
		i, known := at[s.List]
		if !known {
			i = len(out)
			at[s.List], out, places = i, append(out, Count{List: s.List, Kind: r.Kind}), append(places, nil)
		}
		c := &out[i]
		if s.Apart {
			continue
		}
		c.Works++
		c.Most = r.most(c.Works)
		if r.Exactly {
			c.Least = c.Most
		}
		if !s.Given || s.Mark <= Against {
			continue
		}
		switch r.Kind {
		case Points:
			c.Given += int(s.Mark)
		default:
			c.Given++
			places[i] = append(places[i], int(s.Mark))
		}
	}
	if r.Kind == Ranking {
		for i := range out {
			out[i].Twice, out[i].Missing = uneven(places[i])
		}
	}
	return out
}

// most is how many votes, places or points may be given in a list of so many works.
func (r Rule) most(works int) int {
	if r.Kind == Points {
		return r.Points
	}
	return min(r.N(), works)
}

// uneven finds the best place that several works have, and the best that none has before the last one; 0 for none.
func uneven(places []int) (twice, missing int) {
	slices.Sort(places)
	want := 1
	for _, p := range places {
		switch {
		case p < want && twice == 0:
			twice = p
		case p > want && missing == 0:
			missing = want
		}
		want = max(want, p+1)
	}
	return twice, missing
}

// Broken says what a judge's list, all of it said, does that its rule does not allow; nil for nothing.
func Broken(all []Count) *terms.Fault {
	for _, c := range all {
		key := ""
		switch {
		case c.Twice > 0:
			key = "twice"
		case c.Missing > 0:
			key = "missing"
		case c.Left() < 0:
			key = "too_many"
		case c.Given < c.Least:
			key = "too_few"
		default:
			continue
		}
		return &terms.Fault{Text: "voting." + string(c.Kind) + "_" + key, Args: map[string]any{
			"List": c.List, "Given": c.Given, "Most": c.Most, "Over": -c.Left(), "Left": c.Left(),
			"Twice": c.Twice, "Missing": c.Missing,
		}}
	}
	return nil
}

// Move puts the work at i of a judge's list on a place, from 1, or takes its place away with 0; the works of its list
// that have places close up or move down by one, and who is moved below the last place has none any more. It returns
// the marks that change, by their place in all.
func (r Rule) Move(all []Said, i, to int) map[int]float64 {
	var order []int
	for k, s := range all {
		if k != i && s.List == all[i].List && s.Given && !s.Apart && s.Mark > Against {
			order = append(order, k)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(all[a].Mark, all[b].Mark) })
	if to > 0 {
		order = slices.Insert(order, min(to-1, len(order)), i)
	}
	out := map[int]float64{i: Against}
	for n, k := range order {
		if out[k] = float64(n + 1); n >= r.Places {
			out[k] = Against
		}
	}
	for k, mark := range out {
		if all[k].Given && all[k].Mark == mark {
			delete(out, k)
		}
	}
	return out
}
