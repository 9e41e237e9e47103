package office

import (
	"context"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/scoring"
	"fayi/judging/store"
	"fayi/judging/voting"
)

// simVotes gives the votes, places or points that a judge has left in each list to the first works of it that nothing
// is said of; none where nothing is counted.
func (o *Office) simVotes(ctx context.Context, in scoring.Duty) (map[judging.WorkCode]float64, error) {
	list, err := records.View(ctx, o.rec.DB, func(tx store.Tx) (judging.Duties, error) { return in.Duties(tx) })
	counts := map[string]voting.Count{}
	for _, c := range list.Votes() {
		counts[c.List] = c
	}
	out := map[judging.WorkCode]float64{}
	for _, w := range list.Works {
		c, counted := counts[w.List]
		if !counted || records.Finished(w.State) {
			continue
		}
		if out[w.Code] = voting.Against; c.Left() <= 0 {
			continue
		}
		switch c.Kind {
		case voting.Points:
			out[w.Code] = float64(c.Left())
			c.Given = c.Most
		case voting.Ranking:
			c.Given++
			out[w.Code] = float64(c.Given)
		default:
			c.Given++
			out[w.Code] = voting.For
		}
		counts[w.List] = c
	}
	return out, err
}
