package compared

import (
	"slices"

	"fayi/judging"
)

// Agreement is how far judges said the same of the same pairs. It is counted, not fitted.
type Agreement struct {
	Shared int `json:"shared"` // pairs on which two judges or more answered
	Same   int `json:"same"`   // of these, on which all of them said the same; neither is an answer, too
}

// Agreement counts the answers that count.
func (o *Order) Agreement() (out Agreement) {
	said := map[[2]judging.WorkID][]judging.WorkID{}
	for _, a := range o.Counted {
		pair := [2]judging.WorkID{min(a.Left, a.Right), max(a.Left, a.Right)}
		said[pair] = append(said[pair], a.Better)
	}
	for _, all := range said {
		if len(all) < 2 {
			continue
		}
		out.Shared++
		if !slices.ContainsFunc(all, func(w judging.WorkID) bool { return w != all[0] }) {
			out.Same++
		}
	}
	return out
}

// Consistency is how far one judge's answers fit together, and fit the order of all answers.
type Consistency struct {
	Sided   int `json:"sided"`   // answers that name a side
	With    int `json:"with"`    // of these, on the side of the order
	Triples int `json:"triples"` // three works of which all three pairs have an answer with a side
	Circles int `json:"circles"` // of these, in which each is better than one and worse than the other
}

// ConsistencyOf counts the answers of a judge that count.
func (o *Order) ConsistencyOf(judge judging.JudgeID) (out Consistency) {
	number := map[judging.WorkID]int{}
	for i, id := range o.WorkIDs {
		number[id] = i
	}
	beats := map[[2]int]bool{}
	for _, a := range o.Counted {
		if a.Judge != judge || a.Better == "" {
			continue
		}
		won, lost := number[a.Better], number[a.Left]
		if a.Better == a.Left {
			lost = number[a.Right]
		}
		beats[[2]int{won, lost}] = true
		out.Sided++
		if o.Fit.Works[won].Value > o.Fit.Works[lost].Value {
			out.With++
		}
	}
	compared := func(i, k int) bool { return beats[[2]int{i, k}] || beats[[2]int{k, i}] }
	for i := range o.WorkIDs {
		for k := range i {
			for l := range k {
				if !compared(i, k) || !compared(k, l) || !compared(i, l) {
					continue
				}
				out.Triples++
				if up := beats[[2]int{i, k}]; up == beats[[2]int{k, l}] && up == beats[[2]int{l, i}] {
					out.Circles++
				}
			}
		}
	}
	return out
}
