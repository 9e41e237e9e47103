package superior

import (
	"cmp"
	"slices"

	"fayi/judging"
)

// Nominee is a work that may be reported, with what the choice looks at.
type Nominee struct {
	Work     judging.WorkID `json:"work"`
	Category string         `json:"category"`
	Award    string         `json:"award"`
	Place    int            `json:"place"`
	Reported string         `json:"reported,omitempty"` // the batch it went up with
	Chosen   bool           `json:"chosen"`
}

// Room is how much of a quota is left: for one category, or for all together where Category is "".
type Room struct {
	Category string `json:"category"`
	Quota    int    `json:"quota"`
	Reported int    `json:"reported"`
	Chosen   int    `json:"chosen"`
}

// Over reports whether more are chosen than there is room for.
func (r Room) Over() bool { return r.Reported+r.Chosen > r.Quota }

// Nominate marks the works that go into the next batch: those not yet reported, best award first, then best place,
// as far as the quotas of s go. list keeps its order; awards are known by rules in theirs.
func Nominate(s Settings, rules judging.Rules, list []Nominee) []Nominee {
	out := slices.Clone(list)
	grade := func(n Nominee) int { // who has a special prize alone comes last
		i := slices.IndexFunc(rules.Awards, func(a judging.Award) bool { return a.Name == n.Award })
		return cmp.Or(i+1, len(rules.Awards)+1)
	}
	order := make([]int, len(out))
	used, all := map[string]int{}, 0
	for i := range out {
		if order[i], out[i].Chosen = i, false; out[i].Reported != "" {
			used[out[i].Category]++
			all++
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if g := grade(out[a]) - grade(out[b]); g != 0 {
			return g
		}
		return out[a].Place - out[b].Place
	})
	for _, i := range order {
		n := &out[i]
		quota, bound := s.Quotas[n.Category]
		if n.Reported != "" || bound && used[n.Category] >= quota || s.Total > 0 && all >= s.Total {
			continue
		}
		n.Chosen = true
		used[n.Category]++
		all++
	}
	return out
}

// Rooms says how far the quotas of s are used by list: each category with a quota, in the rules' order, then all
// together where there is a bound.
func Rooms(s Settings, rules judging.Rules, list []Nominee) []Room {
	count := func(category string, quota int) Room {
		r := Room{Category: category, Quota: quota}
		for _, n := range list {
			switch {
			case category != "" && n.Category != category:
			case n.Reported != "":
				r.Reported++
			case n.Chosen:
				r.Chosen++
			}
		}
		return r
	}
	out := []Room{}
	for _, c := range rules.Categories {
		if quota, bound := s.Quotas[c.Name]; bound {
			out = append(out, count(c.Name, quota))
		}
	}
	if s.Total > 0 {
		out = append(out, count("", s.Total))
	}
	return out
}
