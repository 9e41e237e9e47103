package office

import (
	"context"
	"slices"

	"fayi/judging"
	"fayi/judging/assign"
	"fayi/judging/store"
)

// PlanMove is one work that changes hands; To or From is "" where it only comes or goes.
type PlanMove struct {
	Work judging.WorkID  `json:"work"`
	From judging.JudgeID `json:"from"`
	To   judging.JudgeID `json:"to"`
}

// AdjustPlan makes a draft from the published plan after a judge left or came, a conflict was declared, or a work was withdrawn: as few open works as possible
// change hands, and none that is scored or begun. Works that a judge abstained or was recused from, or whose score is void, get another judge.
// Errors: Closed when no plan is published, *Shortages, those of PlanAssignment.
func (o *Office) AdjustPlan(ctx context.Context, seed *uint64, progress func(done, total int)) (judging.Plan, []PlanMove, error) {
	r, err := view(ctx, o.db, loadRevision)
	if err != nil {
		return judging.Plan{}, nil, err
	}
	chosen, err := o.seed(seed)
	if err != nil {
		return judging.Plan{}, nil, err
	}
	solved, moved, err := assign.Adjust(ctx, r.problem(), r.open, chosen, progress)
	if err != nil {
		return judging.Plan{}, nil, r.explain(err)
	}
	moves := make([]PlanMove, len(moved))
	for i, m := range moved {
		moves[i] = PlanMove{r.works[m.Work].ID, r.name(m.From), r.name(m.To)}
	}
	plan, err := o.storeRevision(ctx, r, solved, chosen)
	return plan, moves, err
}

// TopUpPlan makes a draft in which each work has perWork judges where the published plan gave it fewer; nothing changes hands. Errors: as AdjustPlan, and
// Invalid when perWork adds nothing.
func (o *Office) TopUpPlan(ctx context.Context, perWork int, seed *uint64, progress func(done, total int)) (judging.Plan, error) {
	r, err := view(ctx, o.db, loadRevision)
	if err != nil {
		return judging.Plan{}, err
	}
	r.options.PerWork = perWork
	p := r.problem()
	if len(r.open)+len(r.fixed) >= perWork*len(r.works) {
		return judging.Plan{}, judging.Fail(judging.Invalid, "assign.nothing_to_add", judging.Args{"PerWork": perWork})
	}
	chosen, err := o.seed(seed)
	if err != nil {
		return judging.Plan{}, err
	}
	solved, err := assign.TopUp(ctx, p, r.open, chosen, progress)
	if err != nil {
		return judging.Plan{}, r.explain(err)
	}
	return o.storeRevision(ctx, r, solved, chosen)
}

// Recusal is a judge taken off a work, and who takes over.
type Recusal struct {
	Plan        judging.Plan      `json:"plan"`
	Substitute  judging.JudgeID   `json:"substitute"`
	Substitutes []judging.JudgeID `json:"substitutes"` // others who could, best first
}

// RecuseJudge takes a judge off one work of the published plan for a reason, voids a score already given, puts the substitute named (or the best one) in his
// place, and publishes. Errors: NotFound, Invalid without a reason, Forbidden when the work is not the judge's or the substitute can't take it.
func (o *Office) RecuseJudge(ctx context.Context, judge judging.JudgeID, work, reason string, substitute judging.JudgeID) (Recusal, error) {
	w, err := o.Work(ctx, work)
	if err != nil {
		return Recusal{}, err
	}
	in, err := view(ctx, o.db, func(tx store.Tx) (duty, error) { return loadDuty(tx, judge) })
	if err != nil {
		return Recusal{}, err
	}
	if _, err := in.find(w.Code); err != nil {
		return Recusal{}, err
	}
	if err := o.DeclareConflict(ctx, judging.Conflict{Judge: judge, Work: w.ID, Reason: reason}); err != nil {
		return Recusal{}, err
	}
	if err := o.voidIfScored(ctx, judge, w.ID, reason); err != nil {
		return Recusal{}, err
	}
	return o.replace(ctx, judge, w, substitute)
}

func (o *Office) voidIfScored(ctx context.Context, judge judging.JudgeID, work judging.WorkID, reason string) error {
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
func (o *Office) replace(ctx context.Context, judge judging.JudgeID, w judging.Work, substitute judging.JudgeID) (Recusal, error) {
	r, err := view(ctx, o.db, loadRevision)
	if err != nil {
		return Recusal{}, err
	}
	at := slices.IndexFunc(r.works, func(x judging.Work) bool { return x.ID == w.ID })
	gone := slices.IndexFunc(r.judges, func(j judging.Judge) bool { return j.ID == judge })
	p := r.problem()
	now := assign.Plan{Panels: r.standing()}
	now.Panels[at] = append(now.Panels[at], gone)
	slices.Sort(now.Panels[at])
	able, err := assign.Substitutes(p, now, at, gone, 10)
	if err != nil {
		return Recusal{}, err
	}
	out := Recusal{Substitutes: make([]judging.JudgeID, len(able))}
	chosen := 0
	for i, j := range able {
		out.Substitutes[i] = r.judges[j].ID
		if out.Substitutes[i] == substitute {
			chosen = i
		}
	}
	if len(able) == 0 || substitute != "" && out.Substitutes[chosen] != substitute {
		return out, judging.Fail(judging.Forbidden, "assign.no_substitute", judging.Args{"Work": w.Code, "Judge": string(substitute)})
	}
	out.Substitute = out.Substitutes[chosen]
	r.open = append(r.open, assign.Pair{Work: at, Judge: able[chosen]})
	solved, _, err := assign.Adjust(ctx, p, r.open, r.base.Seed, nil)
	if err != nil {
		return out, r.explain(err)
	}
	draft, err := o.storeRevision(ctx, r, solved, r.base.Seed)
	if err != nil {
		return out, err
	}
	out.Plan, err = o.PublishPlan(ctx, draft.ID)
	return out, err
}
