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
// substitute named (or the best one) in their place, and publishes. Errors: NotFound, Invalid without a reason,
// Forbidden when the work is not the judge's or the substitute can't take it.
func (o Stage) RecuseJudge(
	ctx context.Context, judge judging.JudgeID, work, reason string, substitute judging.JudgeID,
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

// replace puts a substitute in the judge's place in a new plan and publishes it.
func (o Stage) replace(
	ctx context.Context, judge judging.JudgeID, w judging.Work, substitute judging.JudgeID,
) (assignment.Recusal, error) {
	r, err := records.View(ctx, o.rec.DB, assignment.LoadRevision)
	if err != nil {
		return assignment.Recusal{}, err
	}
	at := slices.IndexFunc(r.Works, func(x judging.Work) bool { return x.ID == w.ID })
	gone := slices.IndexFunc(r.Judges, func(j judging.Judge) bool { return j.ID == judge })
	p := r.Problem()
	now := assign.Plan{Panels: r.Standing()}
	now.Panels[at] = append(now.Panels[at], gone)
	slices.Sort(now.Panels[at])
	able, err := assign.Substitutes(p, now, at, gone, 10)
	if err != nil {
		return assignment.Recusal{}, err
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
		return out, judging.Fail(judging.Forbidden, "assign.no_substitute", judging.Args{
			"Work":  w.Code,
			"Judge": string(substitute),
		})
	}
	out.Substitute = out.Substitutes[chosen]
	r.Open = append(r.Open, assign.Pair{Work: at, Judge: able[chosen]})
	solved, _, err := assign.Adjust(ctx, p, r.Open, r.Base.Seed, nil)
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
