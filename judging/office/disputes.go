package office

import (
	"context"
	"errors"
	"slices"
	"time"

	"fayi/judging"
	"fayi/judging/assign"
	"fayi/judging/store"
)

// reopening lets the judges of one work score it again though their lists are handed in, until the dispute is settled.
type reopening struct {
	Round  judging.Round       `json:"round"`
	Work   judging.WorkID      `json:"work"`
	Exit   judging.DisputeExit `json:"exit"`
	Reason string              `json:"reason"`
	Open   bool                `json:"open"`
	At     time.Time           `json:"at"` // what judges save later is their second word
}

var reopenings = store.NewTable("reopening", 1, func(r *reopening) string { return reopeningID(r.Round, r.Work) })

func reopeningID(round judging.Round, work judging.WorkID) string {
	return judging.Serial("r", 2, int(round)) + "/" + string(work)
}

func loadReopening(tx store.Tx, round judging.Round, work judging.WorkID) (reopening, error) {
	r, err := reopenings.Get(tx, reopeningID(round, work))
	if errors.Is(err, judging.ErrNotFound) {
		return reopening{}, nil
	}
	return r, err
}

// reopened reports whether the judges of a work may score it again in a round though their lists are handed in.
func reopened(tx store.Tx, round judging.Round, work judging.WorkID) (bool, error) {
	r, err := loadReopening(tx, round, work)
	return r.Open, err
}

// openAgain lists the works of a round that are open again.
func openAgain(tx store.Tx, round judging.Round) (map[judging.WorkID]bool, error) {
	out := map[judging.WorkID]bool{}
	return out, reopenings.EachPrefix(tx, judging.Serial("r", 2, int(round))+"/", func(r reopening) error {
		if r.Open {
			out[r.Work] = true
		}
		return nil
	})
}

func (o *Office) reopenWork(tx store.Tx, work judging.WorkID, exit judging.DisputeExit, reason string) error {
	c, err := loadContest(tx)
	if err != nil {
		return err
	}
	r := reopening{Round: c.Round, Work: work, Exit: exit, Reason: reason, Open: true, At: o.now().UTC()}
	if err := reopenings.Put(tx, r); err != nil {
		return err
	}
	return o.log(tx, "disputes.reopen", string(work), nil, map[string]any{"exit": exit, "reason": reason})
}

// DisputeState says how far a disputed work is.
type DisputeState string

// A dispute is open until something is done, under way while judges score, settled when all were heard again and the range is below the limit, when the judge who was
// added has scored, or when a person accepted it.
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

// Disputes lists the works whose judges' totals are apart by the rules' limit or more, or that were settled or opened again, widest range first. It is empty where the rules set
// no limit and nothing was opened again.
func (o *Office) Disputes(ctx context.Context) ([]DisputedWork, error) {
	s, err := o.loadScoring(ctx, 0)
	if err != nil {
		return nil, err
	}
	return view(ctx, o.db, func(tx store.Tx) ([]DisputedWork, error) {
		out := []DisputedWork{}
		for _, p := range s.placings {
			r, err := loadReopening(tx, s.round, p.Work)
			if err != nil {
				return nil, err
			}
			if p.Work != r.Work && !s.rules.Dispute.Disputed(p) {
				continue
			}
			out = append(out, disputed(s, p, r))
		}
		slices.SortStableFunc(out, func(a, b DisputedWork) int { return -int(judging.Exact(a.Range) - judging.Exact(b.Range)) })
		return out, nil
	})
}

func disputed(s scoring, p judging.Placing, r reopening) DisputedWork {
	w := s.works[p.Work]
	d := DisputedWork{Placing: p, Code: w.Code, Title: w.Title, State: DisputeOpen, Exit: s.rules.Dispute.Exit, Totals: highestFirst(s.tally(p.Work).Totals)}
	if d.Exit == "" {
		d.Exit = judging.Third
	}
	if r.Work == "" {
		return d
	}
	d.Exit, d.Reason, d.State = r.Exit, r.Reason, DisputeUnderway
	d.compare(s.scores, r.At)
	switch {
	case !r.Open:
		d.State = DisputeSettled
	case r.Exit == judging.Third:
		if len(d.Totals) > len(d.Before) {
			d.State = DisputeSettled
		}
	case d.Waiting == 0 && !s.rules.Dispute.Disputed(p):
		d.State = DisputeSettled
	}
	return d
}

// compare tells what the totals were at a moment, and how many judges have not spoken since.
func (d *DisputedWork) compare(scores []judging.Score, at time.Time) {
	if at.IsZero() {
		return // accepted as it was
	}
	for _, score := range scores {
		if score.Work != d.Work || score.Void != "" {
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

// closeSettled ends what judges have settled by scoring again, and returns those works: no score of theirs can be changed any more.
func (o *Office) closeSettled(ctx context.Context, round judging.Round) ([]judging.WorkID, error) {
	open, err := view(ctx, o.db, func(tx store.Tx) (map[judging.WorkID]bool, error) { return openAgain(tx, round) })
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
	cost := func(i int) (int, int) { return reopenings.Cost(reopening{Work: done[i]}) }
	return done, store.Bulk(ctx, o.db, len(done), cost, func(tx store.Tx, i int) error {
		r, err := loadReopening(tx, round, done[i])
		if err != nil {
			return err
		}
		r.Open = false
		return reopenings.Put(tx, r)
	}, nil)
}

// SettleDispute does something about a disputed work, with a reason: Third gives it to one more judge (judge, or the best one when ""), Rescore and Consensus open it to
// its judges again, Accept ends the matter with the scores as they are. It answers with the judge added, "" for none. Errors: NotFound, Invalid without a reason or for an
// unknown exit, Forbidden when no judge, or not the one named, can take the work, Closed when the awards are final.
func (o *Office) SettleDispute(ctx context.Context, work string, exit judging.DisputeExit, judge judging.JudgeID, reason string) (judging.JudgeID, error) {
	if reason = judging.Tidy(reason); reason == "" {
		return "", judging.Fail(judging.Invalid, "awards.needs_reason", nil)
	}
	w, err := o.Work(ctx, work)
	if err != nil {
		return "", err
	}
	if err := o.db.View(ctx, notFinal); err != nil {
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
	return judge, o.change(ctx, func(tx store.Tx) error {
		if exit == judging.Accept {
			return o.closeDispute(tx, w.ID, reason)
		}
		return o.reopenWork(tx, w.ID, exit, reason)
	})
}

func (o *Office) closeDispute(tx store.Tx, work judging.WorkID, reason string) error {
	c, err := loadContest(tx)
	if err != nil {
		return err
	}
	r, err := loadReopening(tx, c.Round, work)
	if err != nil {
		return err
	}
	if r.Exit == "" {
		r.Exit = judging.Accept
	}
	r.Round, r.Work, r.Open, r.Reason = c.Round, work, false, reason
	if err := reopenings.Put(tx, r); err != nil {
		return err
	}
	return o.log(tx, "disputes.settle", string(work), nil, map[string]any{"reason": reason})
}

// addJudge gives a work one more judge in a new plan and publishes it.
func (o *Office) addJudge(ctx context.Context, w judging.Work, judge judging.JudgeID) (judging.JudgeID, error) {
	r, err := view(ctx, o.db, loadRevision)
	if err != nil {
		return "", err
	}
	at := slices.IndexFunc(r.works, func(x judging.Work) bool { return x.ID == w.ID })
	if at < 0 {
		return "", judging.Fail(judging.NotFound, "analysis.not_ranked", judging.Args{"Work": w.Code})
	}
	p := r.problem()
	able, err := assign.Substitutes(p, assign.Plan{Panels: r.standing()}, at, -1, len(r.judges))
	if err != nil {
		return "", err
	}
	chosen := slices.IndexFunc(able, func(j int) bool { return judge == "" || r.judges[j].ID == judge })
	if chosen < 0 {
		return "", judging.Fail(judging.Forbidden, "assign.no_substitute", judging.Args{"Work": w.Code, "Judge": string(judge)})
	}
	r.open = append(r.open, assign.Pair{Work: at, Judge: able[chosen]})
	p.Need = pairsPerWork(&r)
	solved, _, err := assign.Adjust(ctx, p, r.open, r.base.Seed, nil)
	if err != nil {
		return "", r.explain(err)
	}
	draft, err := o.storeRevision(ctx, r, solved, r.base.Seed)
	if err != nil {
		return "", err
	}
	_, err = o.PublishPlan(ctx, draft.ID)
	return r.judges[able[chosen]].ID, err
}

// pairsPerWork returns how many judges each work has as things stand: what a plan must give that changes nothing else.
func pairsPerWork(r *planRevision) []int {
	out := make([]int, len(r.works))
	for i, panel := range r.standing() {
		out[i] = len(panel)
	}
	return out
}
