package award

import (
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/terms"
)

// Listed is a list with how many of its works have a place.
type Listed struct {
	Category, Group string
	Ranked          int
}

// Part tells how a list came to its places where they are counted over the whole contest.
type Part struct {
	Whole  int `json:"whole"`  // places that were spread
	Works  int `json:"works"`  // ranked works of this list
	Over   int `json:"over"`   // of all lists over which they were spread
	Places int `json:"places"` // of this list
}

// Exact is the list's share of the places, which is rarely whole, with two decimals: 3.27.
func (p Part) Exact() string {
	return terms.Decimal(float64(p.Whole)*float64(p.Works)/float64(max(1, p.Over)), 2)
}

// Args gives the texts that tell the part what they need; list is the name of the category and group.
func (p Part) Args(award, list string) judging.Args {
	return judging.Args{
		"Award": award, "List": list, "Whole": p.Whole, "Works": p.Works, "Over": p.Over, "Exact": p.Exact(),
		"Places": p.Places,
	}
}

// Open are places that stay open: lists have equal claims to them, and there are fewer places than such lists.
type Open struct {
	Award  string   `json:"award"` // or those of a total, with plus signs
	Places int      `json:"places"`
	Lists  []string `json:"lists"`
}

// Args gives the text awards.spread_even what it tells.
func (o Open) Args() judging.Args {
	return Note{Award: o.Award, Places: o.Places, Lists: o.Lists}.Args("")
}

// Spread is rules whose places over the whole contest are spread over its lists.
type Spread struct {
	rules judging.Rules
	lists map[[2]string]listRules // nil where nothing is counted over the whole contest

	Open []Open // in the order of the rules' awards and totals
}

// listRules are rules as they hold in one list: all places are counted within it.
type listRules struct {
	rules judging.Rules
	parts map[string]Part // award -> how it came to its places
	open  []Open
}

// SpreadOver spreads the places that rules count over the whole contest over all of its lists by terms.Apportion, by
// the number of ranked works. Lists with places of their own keep these, which are taken off first.
func SpreadOver(rules judging.Rules, lists []Listed) Spread {
	s := Spread{rules: rules}
	if !rules.Whole() {
		return s
	}
	s.lists = map[[2]string]listRules{}
	for _, l := range lists {
		own := listRules{rules, map[string]Part{}, nil}
		own.rules.Awards, own.rules.Totals = slices.Clone(rules.Awards), slices.Clone(rules.Totals)
		s.lists[[2]string{l.Category, l.Group}] = own
	}
	for k, a := range rules.Awards {
		if !a.Whole {
			continue
		}
		places := a.PlacesOf(rankedIn(lists))
		var share []Listed
		for _, l := range lists {
			if own, has := rules.OwnShare(a.Name, l.Category, l.Group); has {
				places -= own.PlacesOf(l.Ranked)
			} else {
				share = append(share, l)
			}
		}
		s.over(a.Name, max(0, places), share, func(l listRules, p Part) {
			l.rules.Awards[k].Share = judging.Share{Count: p.Places, MinScore: a.MinScore}
			l.parts[a.Name] = p
		})
	}
	for k, t := range rules.Totals {
		if t.Whole {
			s.over(t.Where(), t.Bound().PlacesOf(rankedIn(lists)), lists, func(l listRules, p Part) {
				l.rules.Totals[k].Share = judging.Share{Count: p.Places}
			})
		}
	}
	return s
}

// over spreads places over lists and gives each its part.
func (s *Spread) over(name string, places int, lists []Listed, give func(listRules, Part)) {
	works := make([]int, len(lists))
	for i, l := range lists {
		works[i] = l.Ranked
	}
	parts, even, left := terms.Apportion(places, works)
	for i, l := range lists {
		give(s.lists[[2]string{l.Category, l.Group}], Part{places, l.Ranked, rankedIn(lists), parts[i]})
	}
	if left == 0 {
		return
	}
	o := Open{Award: name, Places: left}
	for _, i := range slices.Sorted(slices.Values(even)) {
		o.Lists = append(o.Lists, strings.TrimSpace(lists[i].Category+" "+lists[i].Group))
	}
	s.Open = append(s.Open, o)
	for _, i := range even {
		key := [2]string{lists[i].Category, lists[i].Group}
		l := s.lists[key]
		l.open = append(l.open, o)
		s.lists[key] = l
	}
}

func rankedIn(lists []Listed) (n int) {
	for _, l := range lists {
		n += l.Ranked
	}
	return n
}

// In returns the rules as they hold in a list: none of its places are counted over the whole contest. A list that was
// not among those spread over has no work with a place.
func (s Spread) In(category, group string) judging.Rules {
	if s.lists == nil {
		return s.rules
	}
	if l, ok := s.lists[[2]string{category, group}]; ok {
		return l.rules
	}
	return SpreadOver(s.rules, []Listed{{Category: category, Group: group}}).In(category, group)
}

// PlacesOf returns how many places each award of the rules has in a list of n ranked works where nobody is tied and
// no least score leaves any empty.
func (s Spread) PlacesOf(category, group string, n int) (out []int) {
	rules, given := s.In(category, group), map[string]int{}
	for _, a := range rules.Awards {
		places := rules.ShareOf(a, category, group).PlacesOf(n)
		places = min(places, terms.RoomOf(rules.Totals, a.Name, n, func(a string) int { return given[a] }))
		given[a.Name] = places
		out = append(out, places)
	}
	return out
}

// Slots are the places of a list as PlacesOf counts them, with how they came to it.
func (s Spread) Slots(l Listed) []Slot {
	out, parts := []Slot{}, s.lists[[2]string{l.Category, l.Group}].parts
	for i, places := range s.PlacesOf(l.Category, l.Group, l.Ranked) {
		slot := Slot{Award: s.rules.Awards[i].Name, Places: places}
		if part, ok := parts[slot.Award]; ok {
			slot.Part = &part
		}
		out = append(out, slot)
	}
	return out
}

// SpreadOf is SpreadOver over the lists of placings in the order of Rank.
func SpreadOf(rules judging.Rules, placings []judging.Placing) Spread {
	if !rules.Whole() {
		return Spread{rules: rules}
	}
	var lists []Listed
	for _, p := range placings {
		n := len(lists) - 1
		if n < 0 || lists[n].Category != p.Category || lists[n].Group != p.Group {
			lists, n = append(lists, Listed{Category: p.Category, Group: p.Group}), n+1
		}
		if p.Place > 0 {
			lists[n].Ranked++
		}
	}
	return SpreadOver(rules, lists)
}
