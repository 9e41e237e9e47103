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
// substitute named (or the best one) in their place, and publishes: all of it, or nothing. Errors: NotFound, Invalid
// without a reason, Forbidden when the work is not the judge's or the substitute can't take it, *assignment.Shortages
// when the plan can't be made with the judges there are, Closed when the stage is locked.
func (o Stage) RecuseJudge(
	ctx context.Context, judge judging.JudgeID, work, reason string, substitute judging.JudgeID,
) (assignment.Recusal, error) {
	said := judging.Conflict{Judge: judge, Work: judging.WorkID(work), Reason: reason}
	w, r, err := o.mayRecuse(ctx, &said)
	if err != nil {
		return assignment.Recusal{}, err
	}
	out, solved, err := replace(ctx, &r, judge, w, substitute)
	if err != nil {
		return out, err
	}
	if err := o.rec.AutoBackup(ctx, "publish"); err != nil {
		return out, err
	}
	draft, err := assignment.StoreRevision(ctx, o.rec, r, solved, r.Base.Seed)
	if err != nil {
		return out, err
	}
	return out, o.rec.Change(ctx, records.Assigning, func(tx store.Tx) error {
		if err := assignment.DeclareIn(o.rec, tx, said); err != nil {
			return err
		}
		s, err := records.LoadScore(tx, draft.Round, w.ID, judge)
		if err != nil {
			return err
		}
		if s.Counts() {
			if err := o.void(tx, s, said.Reason); err != nil {
				return err
			}
		}
		out.Plan, err = assignment.PublishIn(ctx, o.rec, tx, draft.ID)
		return err
	})
}

// mayRecuse refuses before anything is written, and answers with the plan as it is once the pair is off.
func (o Stage) mayRecuse(
	ctx context.Context, said *judging.Conflict,
) (w judging.Work, r assignment.PlanRevision, err error) {
	err = o.rec.DB.View(ctx, func(tx store.Tx) error {
		id, err := records.FindWork(tx, string(said.Work))
		if err != nil {
			return err
		}
		if w, err = records.LoadWork(tx, id); err != nil {
			return err
		}
		in, err := LoadDuty(tx, said.Judge)
		if err != nil {
			return err
		}
		if _, err := in.Find(w.Code); err != nil {
			return err
		}
		said.Work = w.ID
		if *said, err = assignment.CheckConflict(*said); err != nil {
			return err
		}
		for _, stage := range []records.Stage{records.Declaring, records.Scoring, records.Assigning} {
			if err := records.MayWrite(ctx, tx, stage); err != nil {
				return err
			}
		}
		if in.Closed {
			return judging.Fail(judging.Closed, "closing.closed", nil)
		}
		if r, err = assignment.LoadRevision(tx); err == nil {
			r.TakeOff(*said)
		}
		return err
	})
	return w, r, err
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
	r *assignment.PlanRevision, judge judging.JudgeID, w judging.Work, substitute judging.JudgeID,
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

// replace finds a plan with a substitute in the judge's place.
func replace(
	ctx context.Context, r *assignment.PlanRevision, judge judging.JudgeID, w judging.Work, substitute judging.JudgeID,
) (assignment.Recusal, assign.Plan, error) {
	c, err := choose(r, judge, w, substitute)
	out := assignment.Recusal{Substitutes: make([]judging.JudgeID, len(c.able))}
	for i, j := range c.able {
		out.Substitutes[i] = r.Judges[j].ID
	}
	if err != nil {
		return out, assign.Plan{}, err
	}
	out.Substitute = out.Substitutes[c.judge]
	r.Open = append(r.Open, assign.Pair{Work: c.at, Judge: c.able[c.judge]})
	solved, _, err := assign.Adjust(ctx, c.problem, r.Open, r.Base.Seed, nil)
	if err != nil {
		err = r.Explain(err)
	}
	return out, solved, err
}
