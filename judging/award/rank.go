package award

import (
	"cmp"
	"math/big"
	"slices"

	"fayi/judging"
)

// Sum is the sum of the ranks that the judges of a work gave it within its list, exactly; nil where not every judge of
// the list scored every work of it, for then ranks of different judges can't be added up.
func (t Tally) Sum() *big.Rat {
	if len(t.Ranks) == 0 {
		return nil
	}
	return new(big.Rat).Mul(meanOf(t.Ranks), big.NewRat(int64(len(t.Ranks)), 1))
}

// WithRanks returns tallies with what each judge's totals say of a work next to the others of its list: its rank with
// the judge, works of equal totals sharing the mean of their ranks, and how many judges gave it their highest total.
// What the office added or took off moves a work with each of its judges. Works without scores are in no list.
func WithRanks(rules judging.Rules, tallies []Tally) []Tally {
	lists := map[[2]string][]int{}
	out := slices.Clone(tallies)
	for i, t := range out {
		out[i].Ranks, out[i].Firsts = nil, 0
		if len(t.Judges) > 0 && len(t.Judges) == len(t.Totals) {
			key := listOf(&rules, &t)
			lists[key] = append(lists[key], i)
		}
	}
	for _, list := range lists {
		rankList(rules, out, list)
	}
	return out
}

// given is one total of a judge's list.
type given struct {
	tally, at int // which of the tallies, and which of its scores
	points    judging.Points
	exact     *big.Rat // where a criterion does not apply; else nil: points are
}

// compare is negative where g is the lower total.
func (g given) compare(o given) int {
	if g.exact == nil && o.exact == nil {
		return cmp.Compare(g.points, o.points)
	}
	return g.rat().Cmp(o.rat())
}

func (g given) rat() *big.Rat {
	if g.exact != nil {
		return g.exact
	}
	return big.NewRat(int64(g.points), pointParts)
}

// rankList fills in the tallies of one list, which all have scores.
func rankList(rules judging.Rules, tallies []Tally, list []int) {
	by := map[judging.JudgeID][]given{}
	for _, i := range list {
		t := tallies[i]
		exact := t.exactly(rules.RubricOf(t.Category))
		for k, j := range t.Judges {
			g := given{tally: i, at: k, points: judging.Exact(t.Totals[k]) + t.Offset}
			if exact != nil {
				g.exact = exact[k].Add(exact[k], big.NewRat(int64(t.Offset), pointParts))
			}
			by[j] = append(by[j], g)
		}
	}
	whole := true
	for _, all := range by {
		whole = whole && len(all) == len(list)
		slices.SortFunc(all, func(a, b given) int {
			return cmp.Or(-a.compare(b), cmp.Compare(a.tally, b.tally))
		})
	}
	if whole {
		for _, i := range list {
			tallies[i].Ranks = make([]float64, len(tallies[i].Totals))
		}
	}
	for _, all := range by {
		for from := 0; from < len(all); {
			to := from + 1
			for to < len(all) && all[to].compare(all[from]) == 0 {
				to++
			}
			for _, g := range all[from:to] {
				if whole {
					tallies[g.tally].Ranks[g.at] = float64(from+1+to) / 2
				}
				if from == 0 {
					tallies[g.tally].Firsts++
				}
			}
			from = to
		}
	}
}

// looksAtLists reports whether the rules compare works of a list before they place them.
func looksAtLists(rules judging.Rules) bool {
	return rules.Combine.Method == judging.RankSum || slices.ContainsFunc(rules.Ties, judging.TieStep.LooksAtList)
}

// NeedsEachScore reports whether it takes more than the number of a work's scores to know whether it has a place: who
// gave them, what they raised, or whether an audience spoke.
func NeedsEachScore(rules judging.Rules) bool {
	return len(rules.Panels) > 0 || rules.Combine.Method == judging.RankSum || rules.Audience != nil ||
		slices.ContainsFunc(rules.Rubrics, func(n judging.NamedRubric) bool { return len(n.Vetoes) > 0 })
}

// Add adds a score that counts, as a judge of the panel gave it.
func (t *Tally) Add(j judging.Judge, panel int, b judging.Ballot) {
	t.Totals, t.Marks = append(t.Totals, b.Total), append(t.Marks, b.Marks)
	t.Panels, t.Judges = append(t.Panels, panel), append(t.Judges, j.ID)
	t.Seniors, t.Flags = append(t.Seniors, j.Senior), append(t.Flags, b.Flags)
}

// Without returns tallies without what a judge gave.
func Without(judge judging.JudgeID, tallies []Tally) []Tally {
	out, scores := make([]Tally, len(tallies)), make([]int, len(tallies))
	for i := range tallies {
		t := &tallies[i]
		o := *t
		o.Totals, o.Marks, o.Panels, o.Judges, o.Seniors, o.Flags = nil, nil, nil, nil, nil, nil
		out[i] = o
		for _, j := range t.Judges {
			if j != judge {
				scores[i]++
			}
		}
	}
	Reserve(out, scores)
	for i := range out {
		t, o := &tallies[i], &out[i]
		for k, j := range t.Judges {
			if j != judge {
				o.Totals, o.Marks = append(o.Totals, t.Totals[k]), append(o.Marks, t.Marks[k])
				o.Panels, o.Judges = append(o.Panels, t.Panels[k]), append(o.Judges, j)
				o.Seniors, o.Flags = append(o.Seniors, t.Seniors[k]), append(o.Flags, t.Flags[k])
			}
		}
	}
	return out
}

// LacksRanks reports whether the rules add up ranks and those of the work can't be, since not every judge of its list
// scored every work of it.
func LacksRanks(rules judging.Rules, t Tally) bool {
	return rules.Combine.Method == judging.RankSum && len(t.Totals) > 0 && t.Sum() == nil
}

// NotRanked names the first list, by category and group, that LacksRanks; false where there is none.
func NotRanked(rules judging.Rules, tallies []Tally) (category, group string, lacks bool) {
	if rules.Combine.Method != judging.RankSum {
		return "", "", false
	}
	for _, t := range WithRanks(rules, tallies) {
		if LacksRanks(rules, t) {
			key := listOf(&rules, &t)
			return key[0], key[1], true
		}
	}
	return "", "", false
}

// Reserve makes room in tallies for so many scores each: for many works it costs a small part of growing them.
func Reserve(tallies []Tally, scores []int) {
	n := 0
	for _, k := range scores {
		n += k
	}
	totals, marks := make([]float64, n), make([]map[string]float64, n)
	panels, judges := make([]int, n), make([]judging.JudgeID, n)
	seniors, flags := make([]bool, n), make([][]judging.Flag, n)
	from := 0
	for i, k := range scores {
		if k == 0 {
			continue
		}
		t, to := &tallies[i], from+k
		t.Totals, t.Marks = totals[from:from:to], marks[from:from:to]
		t.Panels, t.Judges = panels[from:from:to], judges[from:from:to]
		t.Seniors, t.Flags = seniors[from:from:to], flags[from:from:to]
		from = to
	}
}
