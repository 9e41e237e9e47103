package award

import (
	"cmp"
	"math"
	"slices"

	"fayi/judging"
)

// Entrants picks the works that go on from placings, which must be in the order of Rank: so many of each list, and
// all that are tied with the last of them.
func Entrants(rule judging.RoundRule, placings []judging.Placing) (out []judging.WorkID) {
	for from := 0; from < len(placings); {
		to, ranked := from+1, 0
		for to < len(placings) && placings[to].Category == placings[from].Category &&
			placings[to].Group == placings[from].Group {
			to++
		}
		for _, p := range placings[from:to] {
			if p.Place > 0 {
				ranked++
			}
		}
		end := from + rule.Take.PlacesOf(ranked)
		for end > from && judging.Exact(placings[end-1].Official) < judging.Exact(rule.Take.MinScore) {
			end--
		}
		for end > from && end < from+ranked && placings[end].Place == placings[end-1].Place {
			end++
		}
		for _, p := range placings[from:end] {
			out = append(out, p.Work)
		}
		from = to
	}
	return out
}

// Above puts the works that went on, as placed in this round, above the others of their list as placed before. Both
// must be in the order of Rank.
func Above(now, before []judging.Placing) (out []judging.Placing) {
	on := map[judging.WorkID]bool{}
	for _, p := range now {
		on[p.Work] = true
	}
	at := 0
	for from := 0; from < len(before); {
		to := from + 1
		for to < len(before) && before[to].Category == before[from].Category && before[to].Group == before[from].Group {
			to++
		}
		first := len(out)
		for at < len(now) && now[at].Category == before[from].Category && now[at].Group == before[from].Group {
			out = append(out, now[at])
			at++
		}
		shift, passed := 0, 0
		for _, p := range out[first:] {
			if p.Place > 0 {
				shift++
			}
		}
		for _, p := range before[from:to] {
			if on[p.Work] {
				passed++
				continue
			}
			if p.Place > 0 {
				p.Place += shift - passed
			}
			out = append(out, p)
		}
		from = to
	}
	return out
}

// TiedAtCut picks the works that are tied where the places of an award end, from placings in the order of Rank: those
// of a round that is to part them. Where all of a list have an award, or none, there is no such line.
func TiedAtCut(rules judging.Rules, placings []judging.Placing) (out []judging.WorkID) {
	spread := SpreadOf(rules, placings)
	for from := 0; from < len(placings); {
		to, ranked := from+1, 0
		for to < len(placings) && placings[to].Category == placings[from].Category &&
			placings[to].Group == placings[from].Group {
			to++
		}
		list := placings[from:to]
		for _, p := range list {
			if p.Place > 0 {
				ranked++
			}
		}
		cut, lines := 0, map[int]bool{} // places on both sides of a line
		own := spread.In(list[0].Category, list[0].Group)
		for _, a := range own.Awards {
			cut = min(ranked, cut+own.ShareOf(a, list[0].Category, list[0].Group).PlacesOf(ranked))
			if cut > 0 && cut < ranked && list[cut].Place == list[cut-1].Place {
				lines[list[cut].Place] = true
			}
		}
		for _, p := range list {
			if lines[p.Place] {
				out = append(out, p.Work)
			}
		}
		from = to
	}
	return out
}

// Within parts works that are tied by how they are placed among each other in another round, and leaves all others
// where they are. Both must be in the order of Rank. Tied works without a place in that round come last of theirs.
func Within(now, before []judging.Placing) []judging.Placing {
	by := map[judging.WorkID]judging.Placing{}
	for _, p := range now {
		by[p.Work] = p
	}
	out := slices.Clone(before)
	for from := 0; from < len(out); {
		to := from + 1
		for to < len(out) && out[to].Category == out[from].Category && out[to].Group == out[from].Group &&
			out[to].Place == out[from].Place {
			to++
		}
		if out[from].Place > 0 {
			part(out[from:to], by)
		}
		from = to
	}
	return out
}

// part orders works that share a place by their places in by, where at least two of them have one.
func part(tied []judging.Placing, by map[judging.WorkID]judging.Placing) {
	rank := func(p judging.Placing) int {
		if q, ok := by[p.Work]; ok && q.Place > 0 {
			return q.Place
		}
		return math.MaxInt
	}
	many := 0
	for _, p := range tied {
		if _, ok := by[p.Work]; ok {
			many++
		}
	}
	if many < 2 {
		return
	}
	slices.SortStableFunc(tied, func(a, b judging.Placing) int { return cmp.Compare(rank(a), rank(b)) })
	ranks, first := make([]int, len(tied)), tied[0].Place
	for i, p := range tied {
		ranks[i] = rank(p)
	}
	for i, p := range tied {
		if q, ok := by[p.Work]; ok {
			tied[i] = q
		}
		at := slices.Index(ranks, ranks[i])
		tied[i].Place = first + at
		tied[i].Tied = at < i || i+1 < len(ranks) && ranks[i+1] == ranks[i]
	}
}
