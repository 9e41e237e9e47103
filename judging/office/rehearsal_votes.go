package office

import (
	"context"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/scoring"
	"fayi/judging/store"
	"fayi/judging/voting"
)

// simVotes gives the votes that a judge has left in each list to the first works of it that nothing is said of; none
// where votes are not counted.
func (o *Office) simVotes(ctx context.Context, in scoring.Duty) (map[judging.WorkCode]float64, error) {
	list, err := records.View(ctx, o.rec.DB, func(tx store.Tx) (judging.Duties, error) { return in.Duties(tx) })
	left := map[string]int{}
	for _, c := range list.Votes() {
		left[c.List] = c.Left()
	}
	out := map[judging.WorkCode]float64{}
	for _, w := range list.Works {
		n, counted := left[w.List]
		if !counted || records.Finished(w.State) {
			continue
		}
		out[w.Code] = voting.Against
		if n > 0 {
			out[w.Code], left[w.List] = voting.For, n-1
		}
	}
	return out, err
}
