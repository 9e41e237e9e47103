package awards

import (
	"context"
	"errors"
	"time"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// AnswerPlan says what an answer to an objection would do.
type AnswerPlan struct {
	Objection string                 `json:"objection"`
	Work      judging.WorkID         `json:"work"`
	Code      judging.WorkCode       `json:"code"`
	State     judging.ObjectionState `json:"state"`            // the objection's after it
	Award     string                 `json:"award,omitempty"`  // of the work, as last decided
	Recalls   bool                   `json:"recalls"`          // the notice ends: awards are decided and shown again
	Judges    []judging.JudgeID      `json:"judges,omitempty"` // whose lists are open again for this work
	Rule      bool                   `json:"rule"`             // a ruling on the work is to follow
}

// Lines are the keys of the sentences that tell the plan.
func (p AnswerPlan) Lines() []string {
	switch {
	case p.State == judging.Dismissed:
		return []string{"notice.plan_dismiss"}
	case p.Rule:
		return []string{p.end(), "notice.plan_rule"}
	}
	return []string{p.end(), "notice.plan_reopen"}
}

func (p AnswerPlan) end() string {
	if p.Recalls {
		return "notice.plan_recall"
	}
	return "notice.plan_uphold"
}

// Args gives the sentences of Lines what they tell.
func (p AnswerPlan) Args() judging.Args {
	return judging.Args{"Work": p.Code, "Award": orDash(p.Award), "Count": len(p.Judges)}
}

// PlanAnswer says what AnswerObjection would do now, and changes nothing. Errors: as AnswerObjection, but for the
// words of the answer.
func (o Notices) PlanAnswer(ctx context.Context, id string, uphold, reopen bool) (AnswerPlan, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) (AnswerPlan, error) {
		out := AnswerPlan{Objection: id, State: judging.Dismissed}
		x, err := openObjection(tx, id)
		if err != nil {
			return out, err
		}
		w, err := records.LoadWork(tx, x.Work)
		if err != nil {
			return out, err
		}
		out.Work, out.Code = w.ID, w.Code
		decided, err := records.LoadDecisions(tx)
		if err != nil {
			return out, err
		}
		for _, d := range decided {
			if a := d.AwardOf(w.ID); a != "" {
				out.Award = a
			}
		}
		if !uphold {
			return out, nil
		}
		out.State, out.Rule = judging.Upheld, !reopen
		now, err := records.Standing(tx)
		if err != nil {
			return out, err
		}
		out.Recalls = now != nil && now.ID == x.Notice
		if reopen {
			out.Judges, err = judgesOf(tx, w.ID)
		}
		return out, err
	})
}

// judgesOf lists the judges whose scores of a work stand in the present round.
func judgesOf(tx store.Tx, work judging.WorkID) ([]judging.JudgeID, error) {
	scores, err := scoresOfWork(tx, work)
	var out []judging.JudgeID
	for _, s := range scores {
		if s.Void == "" && !s.Now().Blank() {
			out = append(out, s.Judge)
		}
	}
	return out, err
}

func scoresOfWork(tx store.Tx, work judging.WorkID) (out []judging.Score, err error) {
	c, err := records.LoadContest(tx)
	if err != nil {
		return nil, err
	}
	return out, records.EachScore(tx, c.Round, func(s judging.Score) error {
		if s.Work == work {
			out = append(out, s)
		}
		return nil
	})
}

// openObjection loads an objection that waits for its answer. Errors: NotFound, Closed when it was answered already.
func openObjection(tx store.Tx, id string) (judging.Objection, error) {
	x, err := loadObjection(tx, id)
	if err == nil && x.State != judging.Objected {
		err = judging.Fail(judging.Closed, "notice.answered", judging.Args{"Objection": id})
	}
	return x, err
}

func loadObjection(tx store.Tx, id string) (judging.Objection, error) {
	x, err := records.Objections.Get(tx, id)
	if errors.Is(err, judging.ErrNotFound) {
		err = judging.Fail(judging.NotFound, "notice.no_objection", judging.Args{"Objection": id})
	}
	return x, err
}

// RetractAnswer takes the answer to an objection back, with a reason, so that it can be given again: the objection
// is open, the notice stands again where this answer ended it, and the work's judges can't score it again. Errors:
// NotFound, Invalid without a reason; Closed when it was not answered, when the awards are final, or when the answer
// has been followed: a judge has scored the work since, somebody has ruled on it, the awards were decided or shown
// again.
func (o Notices) RetractAnswer(ctx context.Context, id, reason string) (judging.Objection, error) {
	var x judging.Objection
	if reason = judging.Tidy(reason); reason == "" {
		return x, judging.Fail(judging.Invalid, "awards.needs_reason", nil)
	}
	err := o.rec.Change(ctx, records.Announcing, func(tx store.Tx) (err error) {
		if x, err = loadObjection(tx, id); err != nil {
			return err
		}
		if x.State == judging.Objected {
			return judging.Fail(judging.Closed, "notice.not_answered", judging.Args{"Objection": id})
		}
		if err := notActedUpon(tx, x); err != nil {
			return err
		}
		was := map[string]any{"state": x.State, "work": x.Work, "reopen": x.Reopen, "answer": x.Answer}
		if x.Reopen {
			if err := takeBackReopening(tx, x.Work); err != nil {
				return err
			}
		}
		upheld := x.State == judging.Upheld
		x.State, x.Answer, x.Reopen, x.Closed = judging.Objected, "", false, time.Time{}
		if err := records.Objections.Put(tx, x); err != nil {
			return err
		}
		if upheld {
			if err := restoreNotice(tx, x.Notice); err != nil {
				return err
			}
		}
		return o.rec.Log(tx, "awards.retract_answer", x.ID, was, map[string]any{"work": x.Work, "reason": reason})
	})
	return x, err
}

// notActedUpon refuses when something followed from an upheld objection. From one that was dismissed nothing does.
func notActedUpon(tx store.Tx, x judging.Objection) error {
	if x.State != judging.Upheld {
		return nil
	}
	acted := func(what string) error {
		return judging.Fail(judging.Closed, "notice.acted_"+what, judging.Args{"Objection": x.ID})
	}
	n, err := records.Notices.Get(tx, x.Notice)
	if err != nil {
		return err
	}
	version, err := records.Last(tx, "decisions")
	if err != nil {
		return err
	}
	if version != n.Version {
		return acted("decided")
	}
	words, err := records.LiveRulings(tx)
	if err != nil {
		return err
	}
	for _, u := range words {
		if u.Work == x.Work && u.At.After(x.Closed) {
			return acted("ruled")
		}
	}
	scores, err := scoresOfWork(tx, x.Work)
	for _, s := range scores {
		if s.Now().At.After(x.Closed) {
			return acted("scored")
		}
	}
	return err
}

// takeBackReopening closes a work to its judges again, as it was before the answer.
func takeBackReopening(tx store.Tx, work judging.WorkID) error {
	c, err := records.LoadContest(tx)
	if err != nil {
		return err
	}
	r, err := records.LoadReopening(tx, c.Round, work)
	if err != nil {
		return err
	}
	if r.Before != nil {
		return records.Reopenings.Put(tx, *r.Before)
	}
	return records.Reopenings.Delete(tx, records.ReopeningID(c.Round, work))
}

// restoreNotice lets a recalled notice stand again, unless another upheld objection has ended it too.
func restoreNotice(tx store.Tx, id string) error {
	n, err := records.Notices.Get(tx, id)
	if err != nil {
		return err
	}
	others := false
	err = records.Objections.Each(tx, func(x judging.Objection) error {
		others = others || x.Notice == id && x.State == judging.Upheld
		return nil
	})
	if err != nil || others || n.Why != "" { // the organiser recalled it with a reason of its own
		return err
	}
	n.State, n.Closed = judging.Standing, time.Time{}
	return records.Notices.Put(tx, n)
}
