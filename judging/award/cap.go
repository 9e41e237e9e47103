package award

import (
	"cmp"
	"slices"
	"strconv"

	"fayi/judging"
)

// won is a grant with what caps look at. units and authors name what it counts for, empty where no cap holds.
type won struct {
	Grant
	list    int
	rank    int // of the award, best 0
	score   judging.Points
	units   []string
	authors []string
}

// capWalk is what one walk over all grants, best first, finds against the caps.
type capWalk struct {
	beyond map[judging.WorkID]string           // works beyond a cap, and which
	tied   map[judging.WorkID][]judging.WorkID // of them, those that share their place with a work that keeps its award
}

// walkCaps goes through all grants, best first: awards that people gave, those that earlier walks settled, then the
// higher award, then the better place, so that what the tie chain parted stays parted. Each grant counts for its unit
// and its authors; the first one beyond a cap ends the counting, and with it go all later ones that count for what is
// full by then. With that only awards that stand are counted: a work that its unit's cap keeps out can't use up its
// author's.
// Awards that people gave count but are never beyond. Where caps are only noted, all grants stand and all count.
func (r dealer) walkCaps(lists [][]Candidate, made []Decision) capWalk {
	out := capWalk{map[judging.WorkID]string{}, map[judging.WorkID][]judging.WorkID{}}
	caps := r.rules.Caps
	if max(caps.PerUnit, caps.PerAuthor) == 0 {
		return out
	}
	all := r.allWon(lists, made)
	held := map[string][]won{}
	full := func(keys []string, most int) string {
		for _, k := range keys {
			if len(held[k]) >= most {
				return k
			}
		}
		return ""
	}
	for _, w := range all {
		why, key := unitReason(caps), full(w.units, caps.PerUnit)
		if k := full(w.authors, caps.PerAuthor); k != "" {
			why, key = "awards.author_cap", k
		}
		own := w.DecidedBy == "override"
		if key != "" && !own {
			out.bar(w, why, held[key])
		}
		if caps.Enforce && len(out.beyond) > 0 {
			continue // what follows may move up once these are out: it is counted in the next walk
		}
		r.settled[w.Work] = true
		for _, k := range slices.Concat(w.units, w.authors) {
			held[k] = append(held[k], w)
		}
	}
	return out
}

// unitReason names the unit as the rules do.
func unitReason(c judging.Caps) string {
	if c.UnitKind() == judging.AuthorUnit {
		return "awards.unit_cap"
	}
	return "awards.sender_cap"
}

// bar puts a work beyond a cap that held has filled, and keeps in mind with whom it shares its place.
func (c capWalk) bar(w won, why string, held []won) {
	c.beyond[w.Work] = why
	for _, h := range held {
		if h.list == w.list && h.Place == w.Place && h.DecidedBy != "override" {
			c.tied[w.Work] = append(c.tied[w.Work], h.Work)
		}
	}
}

// allWon lists all grants, best first.
func (r dealer) allWon(lists [][]Candidate, made []Decision) []won {
	var all []won
	for i, d := range made {
		candidates := make(map[judging.WorkID]Candidate, len(lists[i]))
		for _, c := range lists[i] {
			candidates[c.Work] = c
		}
		for _, g := range d.Grants {
			c := candidates[g.Work]
			w := won{Grant: g, list: i, rank: r.rankOf(g.Award), score: judging.Exact(c.Official)}
			if w.Place = c.Place; r.rules.Combine.Method == judging.RankSum { // the smaller is the better
				w.score = -w.score
			}
			if unit := judging.Fold(c.Unit); unit != "" && r.rules.Caps.PerUnit > 0 {
				w.units = []string{"unit\x1f" + strconv.Itoa(i) + "\x1f" + unit}
			}
			for _, a := range c.Authors {
				if judging.Fold(a) != "" && r.rules.Caps.PerAuthor > 0 {
					w.authors = append(w.authors, "author\x1f"+judging.Fold(a)+"\x1f"+judging.Fold(c.Home))
				}
			}
			all = append(all, w)
		}
	}
	slices.SortFunc(all, func(a, b won) int {
		return cmp.Or(
			cmp.Compare(r.turn(a), r.turn(b)), cmp.Compare(a.rank, b.rank), cmp.Compare(a.Place, b.Place),
			-cmp.Compare(a.score, b.score), cmp.Compare(a.list, b.list), cmp.Compare(a.Work, b.Work),
		)
	})
	return all
}

func (r dealer) rankOf(award string) int {
	i, _ := r.awardNamed(award)
	return i
}

// awardNamed finds an award of the rules.
func (r dealer) awardNamed(name string) (int, bool) {
	i := slices.IndexFunc(r.rules.Awards, func(a judging.Award) bool { return a.Name == name })
	return i, i >= 0
}

// turn puts awards that people gave first and then those that are settled. Works that are barred may free a tie at a
// cut, and who was behind them then gets a higher award than what stands: were it counted first, it could push out
// what has filled a cap, and works barred for that would be out for nothing.
func (r dealer) turn(w won) int {
	switch {
	case w.DecidedBy == "override":
		return 0
	case r.settled[w.Work]:
		return 1
	}
	return 2
}

// bar keeps works from all awards and reports whether there was any.
func (r dealer) bar(found capWalk) bool {
	for w, why := range found.beyond {
		r.bars[w] = why
	}
	for w, with := range found.tied {
		r.even[w] = with
	}
	return len(found.beyond) > 0
}

// tellCaps notes in each list which works a cap kept out, or would, and which of them stood no worse than a work
// that kept its award.
func (r dealer) tellCaps(lists [][]Candidate, made []Decision, found capWalk) {
	for i := range made {
		for _, why := range capReasons {
			var barred, over []judging.WorkID
			for _, c := range lists[i] {
				if r.bars[c.Work] == why {
					barred = append(barred, c.Work)
				}
				if found.beyond[c.Work] == why {
					over = append(over, c.Work)
				}
			}
			if len(barred) > 0 {
				made[i].note("", len(barred), 0, why, barred...)
			}
			if len(over) > 0 {
				made[i].note("", len(over), len(over), capWarnings[why], over...)
			}
		}
		for _, c := range lists[i] {
			if with := r.even[c.Work]; len(with) > 0 {
				all := append([]judging.WorkID{c.Work}, with...)
				made[i].note("", len(all), len(with), "awards.cap_tied", all...)
			}
		}
	}
}

var capReasons = []string{"awards.unit_cap", "awards.sender_cap", "awards.author_cap"}

var capWarnings = map[string]string{
	"awards.unit_cap":   "awards.over_unit_cap",
	"awards.sender_cap": "awards.over_sender_cap",
	"awards.author_cap": "awards.over_author_cap",
}
