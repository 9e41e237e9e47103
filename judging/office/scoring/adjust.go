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
// substitute named (or the best one) in their place, and publishes. A refusal changes nothing. Errors: NotFound,
// Invalid without a reason, Forbidden when the work is not the judge's or the substitute can't take it, Closed when the
// stage is locked.
func (o Stage) RecuseJudge(
	ctx context.Context, judge judging.JudgeID, work, reason string, substitute judging.JudgeID,
) (assignment.Recusal, error) {
	w, err := o.rec.Work(ctx, work)
	if err != nil {
		return assignment.Recusal{}, err
	}
	if judging.Tidy(reason) == "" {
		return assignment.Recusal{}, judging.Fail(judging.Invalid, "conflicts.incomplete", nil)
	}
	err = o.rec.DB.View(ctx, func(tx store.Tx) error {
		in, err := LoadDuty(tx, judge)
		if err != nil {
			return err
		}
		if _, err := in.find(w.Code); err != nil {
			return err
		}
		return records.FirstError(records.MayWrite(ctx, tx, records.Scoring), records.MayWrite(ctx, tx,
			records.Assigning))
	})
	if err != nil {
		return assignment.Recusal{}, err
	}
	if _, _, err := o.findSubstitute(ctx, judge, w, substitute); err != nil {
		return assignment.Recusal{}, err
	}
	if err := assignment.Of(o.rec).DeclareConflict(ctx, judging.Conflict{
		Judge:  judge,
		Work:   w.ID,
		Reason: reason,
	}); err != nil {
		return assignment.Recusal{}, err
	}
	if err := o.voidIfScored(ctx, judge, w.ID, reason); err != nil {
		return assignment.Recusal{}, err
	}
	return o.replace(ctx, judge, w, substitute)
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

// chair is a judge's place at a work that somebody else is to take.
type chair struct {
	revision assignment.PlanRevision
	problem  assign.Problem
	work     int // in the revision
	judge    int // who takes it
}

// findSubstitute finds who takes a judge's place at a work, as things stand; it changes nothing.
func (o Stage) findSubstitute(
	ctx context.Context, judge judging.JudgeID, w judging.Work, substitute judging.JudgeID,
) (chair, assignment.Recusal, error) {
	r, err := records.View(ctx, o.rec.DB, assignment.LoadRevision)
	if err != nil {
		return chair{}, assignment.Recusal{}, err
	}
	at := slices.IndexFunc(r.Works, func(x judging.Work) bool { return x.ID == w.ID })
	gone := slices.IndexFunc(r.Judges, func(j judging.Judge) bool { return j.ID == judge })
	p := r.Problem()
	now := assign.Plan{Panels: r.Standing()}
	if !slices.Contains(now.Panels[at], gone) {
		now.Panels[at] = append(now.Panels[at], gone)
		slices.Sort(now.Panels[at])
	}
	able, err := assign.Substitutes(p, now, at, gone, 10)
	if err != nil {
		return chair{}, assignment.Recusal{}, err
	}
	out := assignment.Recusal{Substitutes: make([]judging.JudgeID, len(able))}
	chosen := 0
	for i, j := range able {
		out.Substitutes[i] = r.Judges[j].ID
		if out.Substitutes[i] == substitute {
			chosen = i
		}
	}
	if len(able) == 0 || substitute != "" && out.Substitutes[chosen] != substitute {
		return chair{}, out, judging.Fail(judging.Forbidden, "assign.no_substitute", judging.Args{"Work": w.Code,
			"Judge": string(substitute)})
	}
	out.Substitute = out.Substitutes[chosen]
	return chair{r, p, at, able[chosen]}, out, nil
}

// replace puts a substitute in the judge's place in a new plan and publishes it.
func (o Stage) replace(
	ctx context.Context, judge judging.JudgeID, w judging.Work, substitute judging.JudgeID,
) (assignment.Recusal, error) {
	c, out, err := o.findSubstitute(ctx, judge, w, substitute)
	if err != nil {
		return out, err
	}
	r := c.revision
	r.Open = append(r.Open, assign.Pair{Work: c.work, Judge: c.judge})
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
