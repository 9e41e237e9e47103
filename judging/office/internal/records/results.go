package records

import (
	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/store"
)

// Bench tells who the judges of a round are, and the panel of each.
type Bench struct {
	rules  judging.Rules
	judges map[judging.JudgeID]*seated
}

type seated struct {
	judging.Judge
	panel int
}

// BenchIn reads the judges of a round.
func BenchIn(tx store.Tx, round judging.Round) (Bench, error) {
	rules, err := RulesIn(tx, round)
	if err != nil {
		return Bench{}, err
	}
	all, err := LoadJudges(tx)
	b := Bench{rules, make(map[judging.JudgeID]*seated, len(all))}
	for _, j := range all {
		b.judges[j.ID] = &seated{j, rules.PanelOf(j)}
	}
	return b, err
}

// Add adds to a work's tally what a judge, off the list perhaps, said of it and counts.
func (b Bench) Add(t *award.Tally, judge judging.JudgeID, said *judging.Ballot) {
	j := b.judges[judge]
	if j == nil {
		j = &seated{judging.Judge{ID: judge}, b.rules.PanelOf(judging.Judge{})}
		b.judges[judge] = j
	}
	t.Add(&j.Judge, j.panel, said)
}

// Tally gathers the scores that count, work by work in the order of identities.
func (r *Reading) Tally(round judging.Round) ([]award.Tally, error) {
	takes, err := r.takes(r.Tx, round)
	if err != nil {
		return nil, err
	}
	all, _, err := r.Works()
	if err != nil {
		return nil, err
	}
	out := make([]award.Tally, 0, len(all))
	at := make(map[judging.WorkID]int, len(all))
	for _, w := range all {
		if takes(w) {
			at[w.ID] = len(out)
			out = append(out, award.Tally{Work: w.ID, Category: w.Category, Group: w.Group})
		}
	}
	offsets, err := OffsetsIn(r.Tx, round)
	if err != nil {
		return nil, err
	}
	for i := range out {
		out[i].Offset = offsets[out[i].Work]
	}
	bench, err := BenchIn(r.Tx, round)
	if err != nil {
		return nil, err
	}
	given, err := r.countsOf(round)
	bench.gather(out, at, given)
	return out, err
}

// gather adds the scores that count to the tallies, in their order.
func (b Bench) gather(tallies []award.Tally, at map[judging.WorkID]int, given []counted) {
	of, counts := make([]int, len(given)), make([]int, len(tallies)) // the tally of each score, -1 for none
	last := -1
	for k := range given {
		s := &given[k]
		if of[k] = -1; !s.Counts() {
			continue
		}
		if last < 0 || tallies[last].Work != s.Work { // a work's scores stand together
			i, known := at[s.Work]
			if last = i; !known {
				last = -1
				continue
			}
		}
		of[k] = last
		counts[last]++
	}
	award.Reserve(tallies, counts)
	for k, i := range of {
		if i >= 0 {
			now := &given[k].Versions[len(given[k].Versions)-1]
			b.Add(&tallies[i], given[k].Judge, &judging.Ballot{Total: now.Total, Marks: now.Marks, Flags: now.Flags})
		}
	}
}
