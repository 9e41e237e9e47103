package award

import (
	"cmp"
	"maps"
	"slices"

	"fayi/judging"
)

// Formula is how a work's totals became its official score: of how many scores, and how many of them were dropped
// as highest and lowest.
type Formula struct {
	Scores  int `json:"scores"`
	Dropped int `json:"dropped"`
}

// Other is a work that goes by another formula than most of its list.
type Other struct {
	Work    judging.WorkID `json:"work"`
	Formula                // its own
	Usual   Formula        `json:"usual"` // of most works of the list
}

// Trims reports whether the two formulas differ in more than the number of scores: one drops the highest and the
// lowest, the other averages all.
func (o Other) Trims() bool { return (o.Dropped > 0) != (o.Usual.Dropped > 0) }

// OtherFormulas names the works of a list that go by another formula than most of it, in the order of placings,
// which must be one list as Rank returns it. Works without a place are left out; those that went on to a later round
// are compared with each other only. Of formulas that hold for as many works the one of more scores is the usual.
func OtherFormulas(placings []judging.Placing) (out []Other) {
	counts := map[judging.Round]map[Formula]int{}
	for _, p := range placings {
		if p.Place == 0 {
			continue
		}
		if counts[p.Round] == nil {
			counts[p.Round] = map[Formula]int{}
		}
		counts[p.Round][formulaOf(p)]++
	}
	usual := map[judging.Round]Formula{}
	for round, of := range counts {
		usual[round] = slices.MaxFunc(slices.Collect(maps.Keys(of)), func(a, b Formula) int {
			return cmp.Or(of[a]-of[b], a.Scores-b.Scores, a.Dropped-b.Dropped)
		})
	}
	for _, p := range placings {
		if f := formulaOf(p); p.Place > 0 && f != usual[p.Round] {
			out = append(out, Other{p.Work, f, usual[p.Round]})
		}
	}
	return out
}

func formulaOf(p judging.Placing) Formula { return Formula{p.Scores, p.Dropped} }

// OtherFormulasOf names such works of all lists by the scores there are, before any is decided.
func OtherFormulasOf(rules judging.Rules, tallies []Tally) (out []Other) {
	if rules.Official != judging.ByRules {
		rules.Combine.Method = judging.Mean // what the method does with the scores does not go by their number
	}
	placings := Rank(rules, tallies)
	for from := 0; from < len(placings); {
		to := from + 1
		for to < len(placings) && sameList(placings[from], placings[to]) {
			to++
		}
		out = append(out, OtherFormulas(placings[from:to])...)
		from = to
	}
	return out
}

// DroppedOf returns how many totals Rank leaves out of a work as highest and lowest, by how many scores it has, in a
// list whose works have these numbers of scores. Numbers too small for a place are missing.
func DroppedOf(rules judging.Rules, numbers []int) map[int]int {
	c, out, mean := rules.Combine, map[int]int{}, false
	for _, n := range numbers {
		if n >= rules.LeastScores() {
			out[n] = 0
			mean = mean || c.Uniform && c.Method == judging.Trimmed && n < c.From()
		}
	}
	for n := range out {
		if !mean {
			low, high := c.Drops(n)
			out[n] = low + high
		}
	}
	return out
}

func sameList(a, b judging.Placing) bool { return a.Category == b.Category && a.Group == b.Group }

// tellFormulas notes in each list which works go by another formula than most.
func (r dealer) tellFormulas(lists [][]Candidate, made []Decision) {
	for i := range made {
		placings := make([]judging.Placing, len(lists[i]))
		for k, c := range lists[i] {
			placings[k] = c.Placing
		}
		var trims, counts []judging.WorkID
		for _, o := range OtherFormulas(placings) {
			if o.Trims() {
				trims = append(trims, o.Work)
			} else {
				counts = append(counts, o.Work)
			}
		}
		if len(trims) > 0 {
			made[i].note("", len(trims), 0, "awards.other_formula", trims...)
		}
		if len(counts) > 0 {
			made[i].note("", len(counts), 0, "awards.other_count", slices.Clip(counts)...)
		}
	}
}
