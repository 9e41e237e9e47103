package awards

import (
	"context"
	"slices"
	"time"

	"fayi/judging"
	"fayi/judging/assign"
	"fayi/judging/office/assignment"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/results"
	"fayi/judging/store"
)

func (o Stage) reopenWork(tx store.Tx, work judging.WorkID, exit judging.DisputeExit, reason string) error {
	c, err := records.LoadContest(tx)
	if err != nil {
		return err
	}
	r := records.Reopening{Round: c.Round, Work: work, Exit: exit, Reason: reason, Open: true, At: o.rec.Now().UTC()}
	before, err := records.LoadReopening(tx, c.Round, work)
	if err != nil {
		return err
	}
	if before.Work != "" {
		before.Before, r.Before = nil, &before
	}
	if err := records.Reopenings.Put(tx, r); err != nil {
		return err
	}
	return o.rec.Log(tx, "disputes.reopen", string(work), nil, map[string]any{"exit": exit, "reason": reason})
}

// DisputeState says how far a disputed work is.
type DisputeState string

// A dispute is open until something is done, under way while judges score, settled when all were heard again and
// the range is below the limit, when the judge who was added has scored, or when a person accepted it.
const (
	DisputeOpen     DisputeState = "open"
	DisputeUnderway DisputeState = "underway"
	DisputeSettled  DisputeState = "settled"
)

// DisputedWork is a work whose judges are, or were, too far apart.
type DisputedWork struct {
	judging.Placing
	Code   judging.WorkCode    `json:"code"`
	Title  string              `json:"title"`
	State  DisputeState        `json:"state"`
	Exit   judging.DisputeExit `json:"exit,omitempty"` // what was done, or what the rules ask for first
	Reason string              `json:"reason,omitempty"`
	Totals []float64           `json:"totals"` // that count, highest first

	Before      []float64 `json:"before,omitempty"`       // the totals when it was opened again, highest first
	RangeBefore float64   `json:"range_before,omitempty"` // between the highest and the lowest of them
	Waiting     int       `json:"waiting,omitempty"`      // judges who have not been heard again
}

// Disputes lists the works whose judges' totals are apart by the rules' limit or more, or that were settled or
// opened again, widest range first. It is empty where the rules set no limit and nothing was opened again.
func (o Stage) Disputes(ctx context.Context) ([]DisputedWork, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]DisputedWork, error) {
		s, err := results.ScoringIn(ctx, records.ReadingOf(tx), 0)
		if err != nil {
			return nil, err
		}
		return DisputesIn(tx, s)
	})
}

// DisputesIn lists the disputed works of a round that is loaded.
func DisputesIn(tx store.Tx, s results.Scoring) ([]DisputedWork, error) {
	out := []DisputedWork{}
	for _, p := range s.Placings {
		r, err := records.LoadReopening(tx, s.Round, p.Work)
		if err != nil {
			return nil, err
		}
		if p.Work != r.Work && !s.Rules.Dispute.Disputed(p) {
			continue
		}
		out = append(out, disputed(s, p, r))
	}
	slices.SortStableFunc(out, func(a,
		b DisputedWork) int {
		return -int(judging.Exact(a.Range) - judging.Exact(b.Range))
	})
	return out, nil
}

func disputed(s results.Scoring, p judging.Placing, r records.Reopening) DisputedWork {
	w := s.Works[p.Work]
	d := DisputedWork{
		Placing: p,
		Code:    w.Code,
		Title:   w.Title,
		State:   DisputeOpen,
		Exit:    s.Rules.Dispute.Exit,
		Totals:  highestFirst(s.Tally(p.Work).Totals),
	}
	if d.Exit == "" {
		d.Exit = judging.Third
	}
	if r.Work == "" {
		return d
	}
	d.Exit, d.Reason, d.State = r.Exit, r.Reason, DisputeUnderway
	d.compare(s.Scores, r.At)
	switch {
	case !r.Open:
		d.State = DisputeSettled
	case r.Exit == judging.Third:
		if len(d.Totals) > len(d.Before) {
			d.State = DisputeSettled
		}
	case d.Waiting == 0 && !s.Rules.Dispute.Disputed(p):
		d.State = DisputeSettled
	}
	return d
}

// compare says what the totals were at a moment, and how many judges have not spoken since.
func (d *DisputedWork) compare(scores []judging.Score, at time.Time) {
	if at.IsZero() {
		return // accepted as it was
	}
	for _, score := range scores {
		if score.Work != d.Work || score.Void != "" || score.Now().Blank() {
			continue
		}
		if !score.Now().At.After(at) {
			d.Waiting++
		}
		for _, v := range slices.Backward(score.Versions) {
			if v.At.After(at) {
				continue
			}
			if v.State == judging.Scored {
				d.Before = append(d.Before, v.Total)
			}
			break
		}
	}
	if d.Exit == judging.Third {
		d.Waiting = max(0, len(d.Before)+1-len(d.Totals))
	}
	if highestFirst(d.Before); len(d.Before) > 0 {
		d.RangeBefore = (judging.Exact(d.Before[0]) - judging.Exact(d.Before[len(d.Before)-1])).Float()
	}
}

func highestFirst(totals []float64) []float64 {
	slices.Sort(totals)
	slices.Reverse(totals)
	return totals
}

// closeSettled ends what judges have settled by scoring again, and returns those works: no score of theirs can be
// changed any more.
func (o Stage) closeSettled(ctx context.Context, round judging.Round) ([]judging.WorkID, error) {
	open, err := records.View(ctx, o.rec.DB, func(tx store.Tx) (map[judging.WorkID]bool, error) {
		return records.OpenAgain(tx, round)
	})
	if err != nil || len(open) == 0 {
		return nil, err
	}
	all, err := o.Disputes(ctx)
	if err != nil {
		return nil, err
	}
	var done []judging.WorkID
	for _, d := range all {
		if d.State == DisputeSettled && open[d.Work] {
			done = append(done, d.Work)
		}
	}
	cost := func(i int) (int, int) { return records.Reopenings.Cost(records.Reopening{Work: done[i]}) }
	return done, store.Bulk(ctx, o.rec.In(records.Granting), len(done), cost, func(tx store.Tx, i int) error {
		r, err := records.LoadReopening(tx, round, done[i])
		if err != nil {
			return err
		}
		r.Open = false
		return records.Reopenings.Put(tx, r)
	}, nil)
}

// SettleDispute does something about a disputed work, with a reason: Third gives it to one more judge (judge, or
// the best one when ""), Rescore and Consensus open it to its judges again, Accept ends the matter with the scores
// as they are. It answers with the judge added, "" for none. Errors: NotFound, Invalid without a reason or for an
// unknown exit, Forbidden when no judge, or not the one named, can take the work, Closed when the awards are final.
func (o Stage) SettleDispute(
	ctx context.Context, work string, exit judging.DisputeExit, judge judging.JudgeID, reason string,
) (judging.JudgeID, error) {
	if reason = judging.Tidy(reason); reason == "" {
		return "", judging.Fail(judging.Invalid, "awards.needs_reason", nil)
	}
	w, err := o.rec.Work(ctx, work)
	if err != nil {
		return "", err
	}
	err = o.rec.DB.View(ctx, func(tx store.Tx) error { return records.MayWrite(ctx, tx, records.Advancing) })
	if err != nil { // before a plan is made for one judge more
		return "", err
	}
	switch exit {
	case judging.Third:
		if judge, err = o.addJudge(ctx, w, judge); err != nil {
			return "", err
		}
	case judging.Rescore, judging.Consensus, judging.Accept:
		judge = ""
	default:
		return "", judging.Fail(judging.Invalid, "awards.unknown_exit", judging.Args{"Value": string(exit)})
	}
	return judge, o.rec.Change(ctx, records.Advancing, func(tx store.Tx) error {
		if exit == judging.Accept {
			return o.closeDispute(tx, w.ID, reason)
		}
		return o.reopenWork(tx, w.ID, exit, reason)
	})
}

func (o Stage) closeDispute(tx store.Tx, work judging.WorkID, reason string) error {
	c, err := records.LoadContest(tx)
	if err != nil {
		return err
	}
	r, err := records.LoadReopening(tx, c.Round, work)
	if err != nil {
		return err
	}
	if r.Exit == "" {
		r.Exit = judging.Accept
	}
	r.Round, r.Work, r.Open, r.Reason = c.Round, work, false, reason
	if err := records.Reopenings.Put(tx, r); err != nil {
		return err
	}
	return o.rec.Log(tx, "disputes.settle", string(work), nil, map[string]any{"reason": reason})
}

// addJudge gives a work one more judge in a new plan and publishes it.
func (o Stage) addJudge(ctx context.Context, w judging.Work, judge judging.JudgeID) (judging.JudgeID, error) {
	r, err := records.View(ctx, o.rec.DB, assignment.LoadRevision)
	if err != nil {
		return "", err
	}
	at := slices.IndexFunc(r.Works, func(x judging.Work) bool { return x.ID == w.ID })
	if at < 0 {
		return "", judging.Fail(judging.NotFound, "analysis.not_ranked", judging.Args{"Work": w.Code})
	}
	p := r.Problem()
	able, err := assign.Substitutes(p, assign.Plan{Panels: r.Standing()}, at, -1, len(r.Judges))
	if err != nil {
		return "", err
	}
	chosen := slices.IndexFunc(able, func(j int) bool { return judge == "" || r.Judges[j].ID == judge })
	if chosen < 0 {
		return "", judging.Fail(judging.Forbidden, "assign.no_substitute", judging.Args{
			"Work":  w.Code,
			"Judge": string(judge),
		})
	}
	r.Open = append(r.Open, assign.Pair{Work: at, Judge: able[chosen]})
	p.Need = pairsPerWork(&r)
	solved, _, err := assign.Adjust(ctx, p, r.Open, r.Base.Seed, nil)
	if err != nil {
		return "", r.Explain(err)
	}
	draft, err := assignment.StoreRevision(ctx, o.rec, r, solved, r.Base.Seed)
	if err != nil {
		return "", err
	}
	_, err = assignment.Of(o.rec).PublishPlan(ctx, draft.ID)
	return r.Judges[able[chosen]].ID, err
}

// pairsPerWork returns how many judges each work has as things stand: what a plan must give that changes nothing
// else.
func pairsPerWork(r *assignment.PlanRevision) []int {
	out := make([]int, len(r.Works))
	for i, panel := range r.Standing() {
		out[i] = len(panel)
	}
	return out
}
