package assignment

import (
	"context"

	"fayi/judging"
	"fayi/judging/assign"
	"fayi/judging/office/internal/records"
)

// PlanMove is one work that changes hands; To or From is "" where it only comes or goes.
type PlanMove struct {
	Work judging.WorkID  `json:"work"`
	From judging.JudgeID `json:"from"`
	To   judging.JudgeID `json:"to"`
}

// AdjustPlan makes a draft from the published plan after a judge left or came, a conflict was declared, or a work
// was withdrawn: as few open works as possible change hands, and none that is scored or begun. Works that a judge
// abstained or was recused from, or whose score is void, get another judge. Errors: Closed when no plan is
// published, *Shortages, those of PlanAssignment.
func (o Stage) AdjustPlan(
	ctx context.Context, seed *uint64, progress func(done, total int),
) (judging.Plan, []PlanMove, error) {
	r, err := records.View(ctx, o.rec.DB, LoadRevision)
	if err != nil {
		return judging.Plan{}, nil, err
	}
	chosen, err := records.Seed(o.rec.Random, seed)
	if err != nil {
		return judging.Plan{}, nil, err
	}
	solved, moved, err := assign.Adjust(ctx, r.Problem(), r.Open, chosen, progress)
	if err != nil {
		return judging.Plan{}, nil, r.Explain(err)
	}
	moves := make([]PlanMove, len(moved))
	for i, m := range moved {
		moves[i] = PlanMove{r.Works[m.Work].ID, r.name(m.From), r.name(m.To)}
	}
	plan, err := StoreRevision(ctx, o.rec, r, solved, chosen)
	return plan, moves, err
}

// TopUpPlan makes a draft in which each work has perWork judges where the published plan gave it fewer; nothing
// changes hands. Errors: as AdjustPlan, and Invalid when perWork adds nothing.
func (o Stage) TopUpPlan(
	ctx context.Context, perWork int, seed *uint64, progress func(done, total int),
) (judging.Plan, error) {
	r, err := records.View(ctx, o.rec.DB, LoadRevision)
	if err != nil {
		return judging.Plan{}, err
	}
	r.options.PerWork = perWork
	p := r.Problem()
	if len(r.Open)+len(r.fixed) >= perWork*len(r.Works) {
		return judging.Plan{}, judging.Fail(judging.Invalid, "assign.nothing_to_add", judging.Args{"PerWork": perWork})
	}
	chosen, err := records.Seed(o.rec.Random, seed)
	if err != nil {
		return judging.Plan{}, err
	}
	solved, err := assign.TopUp(ctx, p, r.Open, chosen, progress)
	if err != nil {
		return judging.Plan{}, r.Explain(err)
	}
	return StoreRevision(ctx, o.rec, r, solved, chosen)
}

// Recusal is a judge taken off a work, and who takes over.
type Recusal struct {
	Plan        judging.Plan      `json:"plan"`
	Substitute  judging.JudgeID   `json:"substitute"`
	Substitutes []judging.JudgeID `json:"substitutes"` // others who could, best first
}
