package award

import (
	"cmp"
	"slices"

	"fayi/judging"
)

// won is a grant with what caps look at.
type won struct {
	Grant
	list  int
	rank  int // of the award, best 0
	score judging.Points
}

// beyondCaps lists the works beyond a cap, and which. Awards that people gave count but are never beyond.
func (r dealer) beyondCaps(lists [][]Candidate, made []Decision) map[judging.WorkID]string {
	caps := r.rules.Caps
	out := map[judging.WorkID]string{}
	if caps.PerUnit <= 0 && caps.PerAuthor <= 0 {
		return out
	}
	byUnit, byAuthor := map[[3]string][]won{}, map[string][]won{}
	for i, d := range made {
		has := d.awards()
		for _, c := range lists[i] {
			if has[c.Work] == "" {
				continue
			}
			w := won{Grant: d.grant(c.Work), list: i, rank: r.rankOf(has[c.Work]), score: judging.Exact(c.Official)}
			if unit := judging.Fold(c.Unit); unit != "" && caps.PerUnit > 0 {
				key := [3]string{d.Category, d.Group, unit}
				byUnit[key] = append(byUnit[key], w)
			}
			for _, a := range c.Authors {
				if key := judging.Fold(a) + "\x1f" + judging.Fold(c.Unit); judging.Fold(a) != "" && caps.PerAuthor > 0 {
					byAuthor[key] = append(byAuthor[key], w)
				}
			}
		}
	}
	for _, all := range byUnit {
		overCap(out, all, caps.PerUnit, "awards.unit_cap")
	}
	for _, all := range byAuthor {
		overCap(out, all, caps.PerAuthor, "awards.author_cap")
	}
	return out
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

func (d *Decision) grant(w judging.WorkID) Grant {
	i := slices.IndexFunc(d.Grants, func(g Grant) bool { return g.Work == w })
	return d.Grants[i]
}

// overCap adds the worst of all that are beyond a cap of 1 or more to out: the lower award goes first, of equal
// awards the lower score. Of two reasons for one work the later stands, which is the author's.
func overCap(out map[judging.WorkID]string, all []won, most int, why string) {
	slices.SortFunc(all, func(a, b won) int {
		return cmp.Or(
			cmp.Compare(own(a), own(b)), cmp.Compare(a.rank, b.rank), -cmp.Compare(a.score, b.score),
			cmp.Compare(a.list, b.list),
			cmp.Compare(a.Work, b.Work),
		)
	})
	for _, w := range all[min(most, len(all)):] {
		if w.DecidedBy != "override" {
			out[w.Work] = why
		}
	}
}

// own puts awards that people gave first.
func own(w won) int {
	if w.DecidedBy == "override" {
		return 0
	}
	return 1
}

// bar keeps works from all awards and reports whether any was not barred before.
func (r dealer) bar(beyond map[judging.WorkID]string) bool {
	for w, why := range beyond {
		r.bars[w] = why
	}
	return len(beyond) > 0
}

// tellCaps notes in each list which works a cap kept out, or would.
func (r dealer) tellCaps(lists [][]Candidate, made []Decision, beyond map[judging.WorkID]string) {
	for i := range made {
		for _, why := range []string{"awards.unit_cap", "awards.author_cap"} {
			var barred, over []judging.WorkID
			for _, c := range lists[i] {
				if r.bars[c.Work] == why {
					barred = append(barred, c.Work)
				}
				if beyond[c.Work] == why {
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
	}
}

var capWarnings = map[string]string{
	"awards.unit_cap":   "awards.over_unit_cap",
	"awards.author_cap": "awards.over_author_cap",
}
