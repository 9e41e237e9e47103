package hints

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// Apart is how long after a change another one still belongs to it.
const Apart = 30 * time.Minute

// leastChanged is the number of marks changed one after another from which they are looked at.
const leastChanged = 3

// Change is a mark that took the place of another one by the same judge.
type Change struct {
	Work, Judge   int
	At            time.Time
	Before, After float64         // totals, points
	Others        map[int]float64 // by judge: the total that stood of the work at that time
}

// Approach is a judge who changed marks, one soon after the other, to those of another judge.
type Approach struct {
	Judge, Other  int
	Works         []int // in the order of their changes
	First, Last   time.Time
	Before, After float64 // points by which the two marks of a work differed on average
	Alone         float64 // chance of that with these changes and these two judges
	Chance        float64 // of anything as unusual in the whole round
}

// Changes returns the judges who changed marks towards those of another judge, the most unusual first.
func (r Round) Changes(all []Change) []Approach {
	if len(all) == 0 { // which is most rounds, and pairs take long
		return nil
	}
	p := r.view().pairs()
	var found []Approach
	looked := 0
	for _, run := range runsOf(all) {
		for other := range r.Table.Judges {
			a, enough := p.approach(run, other)
			if !enough {
				continue
			}
			if looked++; a.nearer() {
				found = append(found, a)
			}
		}
	}
	for i := range found {
		found[i].Chance = min(1, found[i].Alone*float64(looked))
	}
	found = slices.DeleteFunc(found, func(a Approach) bool { return !said(a.Chance) })
	slices.SortStableFunc(found, func(a, b Approach) int { return cmp.Compare(a.Chance, b.Chance) })
	return found
}

// nearer reports whether the changes brought the marks to less than half of what they were apart.
func (a Approach) nearer() bool { return a.After < a.Before/2 }

// runsOf parts changes into those of one judge that follow each other soon.
func runsOf(all []Change) (runs [][]Change) {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b Change) int {
		return cmp.Or(cmp.Compare(a.Judge, b.Judge), a.At.Compare(b.At), cmp.Compare(a.Work, b.Work))
	})
	from := 0
	for i := range all {
		if i+1 == len(all) || all[i+1].Judge != all[i].Judge || all[i+1].At.Sub(all[i].At) > Apart {
			runs, from = append(runs, all[from:i+1]), i+1
		}
	}
	return runs
}

// approach weighs how near a run of changes came to another judge; false where too few of their marks stood.
func (p *pairs) approach(run []Change, other int) (a Approach, enough bool) {
	a = Approach{Judge: run[0].Judge, Other: other}
	key := coupleOf(a.Judge, other)
	w := p.scales(key)
	for _, c := range last(run) {
		stood, did := c.Others[other]
		if !did {
			continue
		}
		a.Works = append(a.Works, c.Work)
		a.Before += math.Abs(c.Before - stood)
		a.After += math.Abs(c.After - stood)
		first, second := c.After, stood
		if key.a != a.Judge {
			first, second = second, first
		}
		w.add(c.Work, first, second, math.Sqrt2)
		if a.First.IsZero() {
			a.First = c.At
		}
		a.Last = c.At
	}
	n := len(a.Works)
	if n < leastChanged {
		return a, false
	}
	a.Before, a.After = a.Before/float64(n), a.After/float64(n)
	a.Alone = w.chance()
	return a, true
}

// last keeps one change of each work, from what stood before the first to what stands after the last.
func last(run []Change) (out []Change) {
	at := map[int]int{}
	for _, c := range run {
		if i, met := at[c.Work]; met {
			out[i].After, out[i].At, out[i].Others = c.After, c.At, c.Others
			continue
		}
		at[c.Work] = len(out)
		out = append(out, c)
	}
	slices.SortStableFunc(out, func(a, b Change) int { return a.At.Compare(b.At) })
	return out
}
