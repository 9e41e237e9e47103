package records

import (
	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/store"
)

// PanelsIn tells the panel of each judge in a round, by its place among those of the rules; nil where they have none.
func PanelsIn(tx store.Tx, round judging.Round) (map[judging.JudgeID]int, error) {
	rules, err := RulesIn(tx, round)
	if err != nil || len(rules.Panels) == 0 {
		return nil, err
	}
	all, err := LoadJudges(tx)
	if err != nil {
		return nil, err
	}
	out := make(map[judging.JudgeID]int, len(all))
	for _, j := range all {
		out[j.ID] = rules.PanelOf(j)
	}
	return out, nil
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
	panels, err := PanelsIn(r.Tx, round)
	if err != nil {
		return nil, err
	}
	given, err := r.countsOf(round)
	for k := range given {
		s := &given[k]
		if i, ok := at[s.Work]; ok && s.Counts() {
			now := &s.Versions[len(s.Versions)-1]
			out[i].Totals = append(out[i].Totals, now.Total)
			out[i].Marks = append(out[i].Marks, now.Marks)
			if panels != nil {
				out[i].Panels = append(out[i].Panels, panels[s.Judge])
			}
		}
	}
	return out, err
}
