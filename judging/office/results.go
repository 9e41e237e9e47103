package office

import (
	"context"

	"fayi/judging"
	"fayi/judging/store"
)

// Rank places all accepted works of the round by the official score of the rules, with the scores that count now: complete, not void. Lists not yet handed
// in count too, so that an organiser can look at any time; DecideAwards asks for more.
func (o *Office) Rank(ctx context.Context) ([]judging.Placing, error) {
	return view(ctx, o.db, func(tx store.Tx) ([]judging.Placing, error) {
		c, err := loadContest(tx)
		if err != nil {
			return nil, err
		}
		return rank(tx, c.Round)
	})
}

func rank(tx store.Tx, round judging.Round) ([]judging.Placing, error) {
	rules, err := loadRules(tx)
	if err != nil {
		return nil, err
	}
	tallies, err := tally(tx, round)
	if err != nil {
		return nil, err
	}
	return judging.Rank(rules, tallies), nil
}

// tally gathers the scores that count, work by work in the order of identities. Works and scores are both read in that order, once.
func tally(tx store.Tx, round judging.Round) ([]judging.Tally, error) {
	var out []judging.Tally
	at := map[judging.WorkID]int{}
	err := eachWork(tx, func(w judging.Work) error {
		if accepted(w) {
			at[w.ID] = len(out)
			out = append(out, judging.Tally{Work: w.ID, Category: w.Category, Group: w.Group})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = eachScore(tx, round, func(s judging.Score) error {
		if i, ok := at[s.Work]; ok && s.Counts() {
			out[i].Totals = append(out[i].Totals, s.Now().Total)
			out[i].Marks = append(out[i].Marks, s.Now().Marks)
		}
		return nil
	})
	return out, err
}
