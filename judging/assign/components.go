package assign

import (
	"slices"

	"fayi/internal/unionfind"
)

// groupsOf returns the judges as the panels of works connect them, and how many groups the judges on those works are.
func (d *draft) groupsOf(works []int32) (u unionfind.Sets, groups int) {
	u = unionfind.New(d.problem.Judges)
	seen := make([]bool, d.problem.Judges)
	for _, w := range works {
		panel := d.panels[w]
		for _, j := range panel {
			if !seen[j] {
				seen[j] = true
				groups++
			}
			if u.Union(int(panel[0]), int(j)) {
				groups--
			}
		}
	}
	return u, groups
}

// components returns the groups of judges that the works of one category connect (category < 0: all works). Each
// group is ascending; groups are ordered by their first judge.
func (d *draft) components(category int) Link {
	l := Link{Category: category}
	u := unionfind.New(d.problem.Judges)
	seen := make([]bool, d.problem.Judges)
	for w, panel := range d.panels {
		if category >= 0 && d.category[w] != int32(category) || len(panel) == 0 {
			continue
		}
		l.Works++
		for _, j := range panel {
			seen[j] = true
			u.Union(int(panel[0]), int(j))
		}
	}
	at := map[int]int{}
	for j, scores := range seen {
		if !scores {
			continue
		}
		l.Judges++
		r := u.Find(j)
		if _, ok := at[r]; !ok {
			at[r] = len(l.Groups)
			l.Groups = append(l.Groups, nil)
		}
		l.Groups[at[r]] = append(l.Groups[at[r]], j)
	}
	return l
}

// splitCategories returns the categories whose works lie in more than one component of the graph of all works,
// ascending. No method can compare the scores of such a category.
func (d *draft) splitCategories() (categories []int) {
	u := unionfind.New(d.problem.Judges)
	for _, panel := range d.panels {
		for _, j := range panel {
			u.Union(int(panel[0]), int(j))
		}
	}
	home := make([]int, len(d.pool)) // component of each category, from 1
	for w, panel := range d.panels {
		if len(panel) == 0 {
			continue
		}
		k, r := d.category[w], u.Find(int(panel[0]))+1
		if home[k] != 0 && home[k] != r && !slices.Contains(categories, int(k)) {
			categories = append(categories, int(k))
		}
		home[k] = r
	}
	slices.Sort(categories)
	return categories
}

// splitIsForced reports whether the data alone keep the judges of a category apart: no work could link them, there
// are too few works for so many judges, or no panel that could link them may change.
func (d *draft) splitIsForced(category int) bool {
	u := d.possibleLinks()
	home := -1
	for w, k := range d.category {
		for _, j := range d.panels[w] {
			if int(k) == category && home >= 0 && u.Find(int(j)) != home {
				return true
			}
			if int(k) == category {
				home = u.Find(int(j))
			}
		}
	}
	links, judges, movable := 0, 0, 0
	for w, panel := range d.panels {
		if len(panel) > 0 && u.Find(int(panel[0])) == home {
			links += len(panel) - 1
			movable += len(d.movable(int32(w)))
		}
	}
	for j, l := range d.loads {
		if l > 0 && u.Find(j) == home {
			judges++
		}
	}
	return movable == 0 || links < judges-1
}

// possibleLinks returns the judges as they would be connected if everyone scored all they may.
func (d *draft) possibleLinks() unionfind.Sets {
	u := unionfind.New(d.problem.Judges)
	// Works of one category without conflicts and fixed judges link the same judges, so one of them is enough.
	done := make([]bool, len(d.pool))
	for w, k := range d.category {
		if d.need[w] < 2 || done[k] && len(d.conflicts[w]) == 0 && d.fixed[w] == 0 {
			continue
		}
		done[k] = done[k] || len(d.conflicts[w]) == 0
		for j := range int32(d.problem.Judges) {
			if d.allows(int32(w), j) || contains(d.panels[w], j) {
				u.Union(int(d.panels[w][0]), int(j))
			}
		}
	}
	return u
}
