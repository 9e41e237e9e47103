package scoring

import (
	"context"

	"fayi/judging"
	"fayi/judging/office/internal/journal"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// EnterScore saves one ballot typed for a judge and, with submit, hands the judge's list in when it is complete. What
// the ballot leaves blank stays as it was. A typed score follows one that was typed here before; over one that came
// another way it is kept next to it and asked about, unless take says which holds. The journal names who types under
// ctx, the organiser without a word. Errors: Invalid for a ballot that
// says nothing, a total of 0 without marks, an abstention without a reason, or marks that won't do; Forbidden when
// the work is not the judge's; Closed when the list is handed in; Clash when it is to be decided which score holds.
func (o Stage) EnterScore(
	ctx context.Context, judge judging.JudgeID, work string, b judging.Ballot, take Take, submit bool,
) (Outcome, error) {
	var out Outcome
	if err := take.Check(); err != nil {
		return out, err
	}
	if b.Blank() {
		return out, judging.Fail(judging.Invalid, "scores.nothing_said", nil)
	}
	acting := journal.ActingIn(ctx)
	draw, err := o.draw()
	if err != nil {
		return out, err
	}
	err = o.rec.Change(ctx, records.Scoring, func(tx store.Tx) error {
		in, err := LoadDeskDuty(tx, judge)
		if err != nil {
			return err
		}
		said := b
		if said.Code, err = codeOf(tx, work); err != nil {
			return err
		}
		incoming := Incoming{Ballot: said, Source: judging.CLI, Take: take, Draw: draw, Acting: acting}
		out, err = Accept(o.rec, tx, in, incoming)
		if err != nil || out.Fate == Refused {
			return records.FirstError(err, out.Reason)
		}
		if !submit || out.Fate == Clashing {
			return nil
		}
		in.Trial = nil // the organiser's hand-in asks for what counts
		return Submit(o.rec, tx, in, journal.DeedOf(judge, judging.CLI, acting))
	})
	if err == nil && out.Fate == Clashing {
		err = out.asked()
	}
	return out, err
}

// codeOf returns the code of a work named by identity or code; that of a calibration work stands for itself.
func codeOf(tx store.Tx, work string) (judging.WorkCode, error) {
	if code := judging.WorkCode(work); isTrial(code) {
		return code, nil
	}
	id, err := records.FindWork(tx, work)
	if err != nil {
		return "", err
	}
	w, err := records.LoadWork(tx, id)
	return w.Code, err
}

// VoidScore takes a judge's score of a work out of the ranking, with a reason; the score itself stays in the
// history. Errors: Invalid without a reason, NotFound when there is no score.
func (o Stage) VoidScore(ctx context.Context, judge judging.JudgeID, work, reason string) error {
	if reason = judging.Tidy(reason); reason == "" {
		return judging.Fail(judging.Invalid, "scores.needs_reason", nil)
	}
	return o.rec.Change(ctx, records.Scoring, func(tx store.Tx) error {
		c, err := records.LoadContest(tx)
		if err != nil {
			return err
		}
		id, err := records.FindWork(tx, work)
		if err != nil {
			return err
		}
		s, err := records.LoadScore(tx, c.Round, id, judge)
		if err != nil {
			return err
		}
		if len(s.Versions) == 0 {
			return judging.Fail(judging.NotFound, "scores.none", judging.Args{"Work": work, "Judge": judge})
		}
		return o.void(tx, s, reason)
	})
}

// void takes a score out of the ranking, in a transaction that may write scores.
func (o Stage) void(tx store.Tx, s judging.Score, reason string) error {
	before := s.Void
	s.Void = reason
	if err := records.Scores.Put(tx, s); err != nil {
		return err
	}
	was, is := map[string]any{"void": before}, map[string]any{"void": reason}
	return o.rec.Log(tx, "scores.void", records.ScoreID(&s), was, is)
}

// ScoreHistory returns every score of a work in the round, with all older values, by judge.
func (o Stage) ScoreHistory(ctx context.Context, work string) ([]judging.Score, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]judging.Score, error) {
		c, err := records.LoadContest(tx)
		if err != nil {
			return nil, err
		}
		id, err := records.FindWork(tx, work)
		if err != nil {
			return nil, err
		}
		if _, err := records.LoadWork(tx, id); err != nil {
			return nil, err
		}
		prefix := judging.Serial("r", 2, int(c.Round)) + "/" + string(id) + "/"
		return records.Collect(func(fn func(judging.Score) error) error {
			return records.Scores.EachPrefix(tx, prefix, fn)
		})
	})
}

// ScoresStatus returns the progress of the published plan, judge by judge. Errors: Closed when none is published.
func (o Stage) ScoresStatus(ctx context.Context) (records.Status, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) (records.Status, error) {
		c, err := records.LoadContest(tx)
		if err != nil {
			return records.Status{}, err
		}
		plan, err := records.PublishedPlan(tx, c.Round)
		if err != nil {
			return records.Status{}, err
		}
		if plan == nil {
			return records.Status{}, judging.Fail(judging.Closed, "scores.no_plan", nil)
		}
		return records.PlanStatus(tx, *plan)
	})
}
