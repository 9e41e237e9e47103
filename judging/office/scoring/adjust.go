package scoring

import (
	"context"
	"slices"

	"fayi/judging"
	"fayi/judging/assign"
	"fayi/judging/office/assignment"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// RecuseJudge takes a judge off one work of the published plan for a reason, voids a score already given, puts the
// substitute named (or the best one) in their place, and publishes. Without a substitute nothing is changed. Errors:
// NotFound, Invalid without a reason, Forbidden when the work is not the judge's or the substitute can't take it,
// Closed when the stage is locked.
func (o Stage) RecuseJudge(
	ctx context.Context,
	judge judging.JudgeID,
	work, reason string,
	substitute judging.JudgeID,
) (assignment.Recusal, error) {
	w, err := o.rec.Work(ctx, work)
	if err != nil {
		return assignment.Recusal{}, err
	}
	in, err := records.View(ctx, o.rec.DB, func(tx store.Tx) (Duty, error) { return LoadDuty(tx, judge) })
	if err != nil {
		return assignment.Recusal{}, err
	}
	if _, err := in.find(w.Code); err != nil {
		return assignment.Recusal{}, err
	}
	if err := o.mayRecuse(ctx, in, w, reason, substitute); err != nil {
		return assignment.Recusal{}, err
	}
	said := judging.Conflict{Judge: judge, Work: w.ID, Reason: reason}
	if err := assignment.Of(o.rec).DeclareConflict(ctx, said); err != nil {
		return assignment.Recusal{}, err
	}
	if err := o.voidIfScored(ctx, judge, w.ID, reason); err != nil {
		return assignment.Recusal{}, err
	}
	return o.replace(ctx, judge, w, substitute)
}

// mayRecuse refuses before anything is written: a recusal that fails half-way would leave a score void and nobody in
// the judge's place.
func (o Stage) mayRecuse(
	ctx context.Context,
	in Duty,
	w judging.Work,
	reason string,
	substitute judging.JudgeID,
) error {
	if judging.Tidy(reason) == "" {
		return judging.Fail(judging.Invalid, "conflicts.incomplete", nil)
	}
	return o.rec.DB.View(ctx, func(tx store.Tx) error {
		for _, stage := range []records.Stage{records.Scoring, records.Assigning} {
			if err := records.MayWrite(ctx, tx, stage); err != nil {
				return err
			}
		}
		if closed, err := records.IsClosed(tx, in.Plan.Round); err != nil || closed {
			return records.FirstError(err, judging.Fail(judging.Closed, "closing.closed", nil))
		}
		r, err := assignment.LoadRevision(tx)
		if err != nil {
			return err
		}
		_, err = choose(r, in.Judge.ID, w, substitute)
		return err
	})
}

// chosen is who could take a judge's place at a work, best first, and who will.
type chosen struct {
	problem assign.Problem
	at      int   // of the work
	able    []int // judges
	judge   int   // index in able
}

// choose finds the substitute named, or the best. Errors: Forbidden when there is not one.
func choose(
	r assignment.PlanRevision,
	judge judging.JudgeID,
	w judging.Work,
	substitute judging.JudgeID,
) (chosen, error) {
	c := chosen{problem: r.Problem(), at: slices.IndexFunc(r.Works, func(x judging.Work) bool { return x.ID == w.ID })}
	gone := slices.IndexFunc(r.Judges, func(j judging.Judge) bool { return j.ID == judge })
	none := judging.Fail(
		judging.Forbidden,
		"assign.no_substitute",
		judging.Args{"Work": w.Code, "Judge": string(substitute)},
	)
	if c.at < 0 || gone < 0 {
		return c, none
	}
	now := assign.Plan{Panels: r.Standing()}
	if !slices.Contains(now.Panels[c.at], gone) {
		now.Panels[c.at] = append(now.Panels[c.at], gone)
		slices.Sort(now.Panels[c.at])
	}
	var err error
	if c.able, err = assign.Substitutes(c.problem, now, c.at, gone, 10); err != nil {
		return c, err
	}
	if substitute != "" {
		c.judge = slices.IndexFunc(c.able, func(j int) bool { return r.Judges[j].ID == substitute })
	}
	if len(c.able) == 0 || c.judge < 0 {
		return c, none
	}
	return c, nil
}

func (o Stage) voidIfScored(ctx context.Context, judge judging.JudgeID, work judging.WorkID, reason string) error {
	history, err := o.ScoreHistory(ctx, string(work))
	if err != nil {
		return err
	}
	for _, s := range history {
		if s.Judge == judge && s.Counts() {
			return o.VoidScore(ctx, judge, string(work), reason)
		}
	}
	return nil
}

// replace puts a substitute in the judge's place in a new plan and publishes it.
func (o Stage) replace(
	ctx context.Context, judge judging.JudgeID, w judging.Work, substitute judging.JudgeID,
) (assignment.Recusal, error) {
	r, err := records.View(ctx, o.rec.DB, assignment.LoadRevision)
	if err != nil {
		return assignment.Recusal{}, err
	}
	c, err := choose(r, judge, w, substitute)
	out := assignment.Recusal{Substitutes: make([]judging.JudgeID, len(c.able))}
	for i, j := range c.able {
		out.Substitutes[i] = r.Judges[j].ID
	}
	if err != nil {
		return out, err
	}
	out.Substitute = out.Substitutes[c.judge]
	r.Open = append(r.Open, assign.Pair{Work: c.at, Judge: c.able[c.judge]})
	solved, _, err := assign.Adjust(ctx, c.problem, r.Open, r.Base.Seed, nil)
	if err != nil {
		return out, r.Explain(err)
	}
	draft, err := assignment.StoreRevision(ctx, o.rec, r, solved, r.Base.Seed)
	if err != nil {
		return out, err
	}
	out.Plan, err = assignment.Of(o.rec).PublishPlan(ctx, draft.ID)
	return out, err
}
