package terms

import (
	"cmp"
	"slices"
	"strings"
)

// AwardTotal 合计名额 bounds how many works of a list, or of the whole contest, get one of several awards together,
// whatever the places of each: 一、二、三等奖合计不超过参评作品的 30%. The better awards are given first.
type AwardTotal struct {
	Awards []string `toml:"awards" json:"awards"` // two or more
	// a count, or a percentage of the works ranked in the list; its empty rounding is Down
	Share
}

// Bound is the share with its rounding said.
func (t AwardTotal) Bound() Share {
	out := t.Share
	out.Rounding = cmp.Or(out.Rounding, Down)
	return out
}

// Holds reports whether an award is one of those counted together.
func (t AwardTotal) Holds(award string) bool { return slices.Contains(t.Awards, award) }

// Where names the total by its awards, for what is said of it.
func (t AwardTotal) Where() string { return strings.Join(t.Awards, " + ") }

// RoomOf is how many works an award may still have in a list of n ranked works where had works have each award so far.
func RoomOf(totals []AwardTotal, award string, n int, had func(award string) int) int {
	room := n
	for _, t := range totals {
		if !t.Holds(award) {
			continue
		}
		left := t.Bound().PlacesOf(n)
		for _, a := range t.Awards {
			left -= had(a)
		}
		room = max(0, min(room, left))
	}
	return room
}

// TotalFaults lists what makes totals over awards unusable; awards are those of the rules, best first, share tells an
// award's own.
func TotalFaults(all []AwardTotal, awards []string, share func(award string) Share) (out []Fault) {
	for i, t := range all {
		bad := func(key string) { out = append(out, Fault{key, map[string]any{"Where": t.Where()}}) }
		known := slices.DeleteFunc(slices.Clone(awards), func(a string) bool { return !t.Holds(a) })
		same := func(o AwardTotal) bool { return o.Whole == t.Whole && sameWords(o.Awards, t.Awards) }
		switch {
		case len(t.Awards) < 2 || len(known) != len(t.Awards):
			bad("rules.total_awards")
		case slices.ContainsFunc(all[:i], same):
			bad("rules.total_twice")
		case (t.Count > 0) == (t.Percent > 0) || t.MinScore != 0 || t.Passed:
			bad("rules.total_share")
		case slices.ContainsFunc(known, func(a string) bool { return share(a).Passed }):
			bad("rules.total_passed")
		case t.starves(known, share):
			bad("rules.total_starves")
		}
	}
	return out
}

// starves reports whether the awards before the last fill the total whatever the number of works, so that the last one
// is never given.
func (t AwardTotal) starves(awards []string, share func(award string) Share) bool {
	var count int
	var percent Points
	for _, a := range awards[:len(awards)-1] {
		s := share(a)
		if s.Whole == t.Whole { // else how many lists there are decides
			count += s.Count
		}
		percent += Exact(s.Percent)
	}
	return t.Count > 0 && count >= t.Count || t.Percent > 0 && percent >= Exact(t.Percent)
}

func sameWords(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}
