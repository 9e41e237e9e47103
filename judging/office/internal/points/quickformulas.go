package points

import (
	"encoding/binary"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/tally"
)

// formula is what tells how the scores of a work are combined: their number, and whether they are pooled with those of
// earlier rounds, of which nothing is left out.
type formula struct {
	scores int
	pooled bool
}

// quickFormulas is twoFormulas by the formulas of works.
func quickFormulas(q *quick) (found, error) {
	if q.rules.Official != judging.ByRules {
		return found{}, nil
	}
	before, err := q.before()
	if err != nil {
		return found{}, err
	}
	of := func(place int) formula { return formula{q.works[place].Scores, before != nil && before[place]} }
	list, counts := make([]uint64, len(q.ids)), []map[formula]int{} // works by formula, of each list
	packed := q.steady.Lists
	for place := range q.ids {
		n, size := binary.Uvarint(packed)
		packed, list[place] = packed[max(size, 0):], n
		for uint64(len(counts)) <= n {
			counts = append(counts, map[formula]int{})
		}
		counts[n][of(place)]++
	}
	told := make([]map[formula]bool, len(counts)) // the formulas of the fewer
	for i, by := range counts {
		told[i] = fewer(q.rules, by)
	}
	return q.worksThat(func(place int) bool { return told[list[place]][of(place)] }), nil
}

// fewer returns the formulas of works of a list that go as the fewer of them do, with or without their highest and
// lowest scores; none where all go one way.
func fewer(rules judging.Rules, works map[formula]int) map[formula]bool {
	var numbers []int
	for f := range works {
		numbers = append(numbers, f.scores)
	}
	dropped := award.DroppedOf(rules, numbers)
	way := func(f formula) (int, bool) {
		d, placed := dropped[f.scores]
		if f.pooled {
			d = 0
		}
		return min(d, 1), placed
	}
	var by [2]int
	for f, n := range works {
		if w, placed := way(f); placed {
			by[w] += n
		}
	}
	rare := 0 // of equals, that which drops none
	if by[1] < by[0] {
		rare = 1
	}
	out := map[formula]bool{}
	for f := range works {
		if w, placed := way(f); placed && w == rare && by[0] > 0 && by[1] > 0 {
			out[f] = true
		}
	}
	return out
}

// before tells which works of the present round have scores of earlier ones with which theirs are pooled; nil where no
// round pools.
func (q *quick) before() ([]bool, error) {
	sheet, err := records.RuleSheet(q.tx)
	if err != nil {
		return nil, err
	}
	if rule, later := sheet.RoundOf(q.round); !later || rule.Carry != judging.Pooled {
		return nil, nil
	}
	out := make([]bool, len(q.ids))
	for round := judging.Round(1); round < q.round; round++ {
		part, err := records.TakesPart(q.tx, round)
		if err != nil {
			return nil, err
		}
		_, err = q.scored(round, func(place int, _ tally.Work) {
			out[place] = out[place] || part == nil || part[q.id(place)]
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
