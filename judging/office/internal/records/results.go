package records

import (
	"slices"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office/internal/counting"
	"fayi/judging/office/internal/votelists"
	"fayi/judging/store"
)

// BenchIn reads the judges of a round.
func BenchIn(tx store.Tx, round judging.Round) (*counting.Bench, error) {
	rules, err := RulesIn(tx, round)
	if err != nil {
		return nil, err
	}
	all, err := LoadJudges(tx)
	return counting.NewBench(rules, all), err
}

// Tally gathers the scores that count, work by work in the order of identities. The slice is the caller's.
func (r *Reading) Tally(round judging.Round) ([]award.Tally, error) {
	if _, known := r.tallies[round]; !known {
		all, err := r.tally(round)
		if err != nil {
			return nil, err
		}
		r.tallies[round] = all
	}
	return slices.Clone(r.tallies[round]), nil
}

func (r *Reading) tally(round judging.Round) ([]award.Tally, error) {
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
	votes, err := votelists.Counts(r.Tx)
	if err != nil {
		return nil, err
	}
	for i := range out {
		out[i].Offset, out[i].Votes = offsets[out[i].Work], votes.Of(out[i].Work)
	}
	bench, err := BenchIn(r.Tx, round)
	if err != nil {
		return nil, err
	}
	given, err := r.countsOf(round)
	if err != nil {
		return nil, err
	}
	return out, counting.Gather(out, at, given, bench.Add)
}
