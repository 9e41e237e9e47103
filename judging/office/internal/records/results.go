package records

import (
	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/store"
)

// Bench tells who the judges of a round are, and the panel of each.
type Bench struct {
	rules  judging.Rules
	judges map[judging.JudgeID]judging.Judge
}

// BenchIn reads the judges of a round.
func BenchIn(tx store.Tx, round judging.Round) (Bench, error) {
	rules, err := RulesIn(tx, round)
	if err != nil {
		return Bench{}, err
	}
	all, err := LoadJudges(tx)
	b := Bench{rules, make(map[judging.JudgeID]judging.Judge, len(all))}
	for _, j := range all {
		b.judges[j.ID] = j
	}
	return b, err
}

// Add adds to a work's tally what a judge, off the list perhaps, said of it and counts.
func (b Bench) Add(t *award.Tally, judge judging.JudgeID, said judging.Ballot) {
	j := b.judges[judge]
	j.ID = judge
	t.Add(j, b.rules.PanelOf(j), said)
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
	for k := range given {
		s := &given[k]
		if i, ok := at[s.Work]; ok && s.Counts() {
			now := &s.Versions[len(s.Versions)-1]
			bench.Add(&out[i], s.Judge, judging.Ballot{Total: now.Total, Marks: now.Marks, Flags: now.Flags})
		}
	}
	return out, err
}
