package scoring

import (
	"context"
	"maps"
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// putBallot adds a version to a judge's score: the one way by which scores are written. It answers with the ballot
// as kept and whether anything changed.
func PutBallot(
	rec *records.Records, tx store.Tx, in Duty, b judging.Ballot, source judging.Source, file string,
) (judging.Ballot, bool, error) {
	o := Stage{rec}
	w, err := in.find(b.Code)
	if err != nil {
		return b, false, err
	}
	b, err = b.Complete(in.Rules.RubricOf(w.Category), in.Rules.TotalOnly)
	if err != nil {
		return b, false, err
	}
	s, err := in.loadScore(tx, w)
	if err != nil {
		return b, false, err
	}
	before := s.Now()
	if sameBallot(before.Ballot, b) {
		if confirms, err := in.confirms(tx, w, before); err != nil || !confirms {
			return b, false, err
		}
	}
	if err := in.writable(tx, w); err != nil {
		return b, false, err
	}
	next := judging.ScoreVersion{Ballot: b, At: o.rec.Now().UTC(), By: string(in.Judge.ID), Source: source, File: file}
	s.Versions = append(s.Versions, next)
	if err := scoresOf(w.Code).Put(tx, s); err != nil {
		return b, false, err
	}
	if isTrial(w.Code) {
		return b, true, o.rec.Log(tx, "scores.trial", records.ScoreID(&s), scoreGist(before.Ballot), scoreGist(b))
	}
	return b, true, o.rec.Log(tx, "scores.save", records.ScoreID(&s), scoreGist(before.Ballot), scoreGist(b))
}

// writable refuses changes to the score of a work when the list is handed in, the round closed or the result final.
// Errors: Closed.
func (d *Duty) writable(tx store.Tx, w judging.Work) error {
	again, err := records.Reopened(tx, d.Plan.Round, w.ID)
	if err != nil {
		return err
	}
	if d.seat.Submitted && !again {
		return judging.Fail(judging.Closed, "scores.submitted", judging.Args{"Judge": d.Judge.ID})
	}
	if d.closed && !again {
		return judging.Fail(judging.Closed, "closing.closed", nil)
	}
	return nil
}

// confirms reports whether saving the same ballot once more says something: that its judge, asked to look at the
// work again, stays by it.
func (d *Duty) confirms(tx store.Tx, w judging.Work, before judging.ScoreVersion) (bool, error) {
	r, err := records.LoadReopening(tx, d.Plan.Round, w.ID)
	return r.Open && r.Exit != judging.Third && records.Finished(before.State) && !before.At.After(r.At), err
}

// scoreGist is what the journal keeps of a ballot: comments stay with the score.
func scoreGist(b judging.Ballot) map[string]any {
	out := map[string]any{"state": b.State, "total": b.Total, "marks": b.Marks}
	if len(b.Flags) > 0 {
		out["flags"] = b.Flags
	}
	return out
}

func sameBallot(a, b judging.Ballot) bool {
	return a.State == b.State && a.Total == b.Total && a.Confidence == b.Confidence && a.Comment == b.Comment &&
		a.Reason == b.Reason &&
		a.FlagNote == b.FlagNote && slices.Equal(a.Flags, b.Flags) && maps.Equal(a.Marks, b.Marks)
}

// EnterScore saves one ballot for a judge and, with submit, hands the judge's list in when it is complete.
func (o Stage) EnterScore(
	ctx context.Context, judge judging.JudgeID, work string, b judging.Ballot, submit bool,
) (judging.Ballot, error) {
	err := o.rec.Change(ctx, records.Scoring, func(tx store.Tx) error {
		in, err := loadDeskDuty(tx, judge)
		if err != nil {
			return err
		}
		if b.Code, err = codeOf(tx, work); err != nil {
			return err
		}
		if b, _, err = PutBallot(o.rec, tx, in, b, judging.CLI, ""); err != nil || !submit {
			return err
		}
		in.trial = nil // the organiser's hand-in asks for what counts
		return Submit(o.rec, tx, in)
	})
	return b, err
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
		before := s.Void
		s.Void = reason
		if err := records.Scores.Put(tx, s); err != nil {
			return err
		}
		return o.rec.Log(tx, "scores.void", records.ScoreID(&s), map[string]any{
			"void": before,
		}, map[string]any{
			"void": reason,
		})
	})
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
