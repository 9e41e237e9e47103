package award

import (
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
		out = append(out, workIDs(placings[from:end])...)
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
