package scoring

import (
	"context"
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/journal"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// Submit hands a judge's list in; one that is handed in stays so. Errors: Closed when the round is, Clash when works
// are still open or scores wait for a decision.
func Submit(rec *records.Records, tx store.Tx, in Duty, by journal.Deed) error {
	if in.Seat.Submitted {
		return nil
	}
	if err := in.Complete(tx); err != nil {
		return err
	}
	in.Seat.Submitted, in.Seat.Returned = true, ""
	if err := records.Seats.Put(tx, in.Seat); err != nil {
		return err
	}
	return records.ByWhom(rec, by).Log(tx, "scores.submit", in.Seat.Id(), nil,
		by.Notes(map[string]any{"works": len(in.Works)}))
}

// Complete reports why a list can't be handed in yet, or any more. Errors: as Submit.
func (d *Duty) Complete(tx store.Tx) error {
	if d.Closed {
		return judging.Fail(judging.Closed, "closing.closed", nil)
	}
	open, lacking := 0, 0
	for _, w := range slices.Concat(d.Works, d.Trial) {
		s, err := d.LoadScore(tx, w)
		if err != nil {
			return err
		}
		if now := s.Now(); !records.Finished(now.State) {
			open++
			if d.Rules.RubricOf(w.Category).Asked(now.Ballot) {
				lacking++
			}
		}
	}
	if open > 0 {
		return judging.Fail(judging.Clash, "scores.still_open", judging.Args{"Count": open, "Lacking": lacking})
	}
	if err := checkVotes(tx, d.Judge.ID, nil); err != nil {
		return err
	}
	waiting, err := PendingOf(tx, *d)
	if err != nil {
		return err
	}
	if waiting > 0 { // once handed in, nobody could decide any more
		return judging.Fail(judging.Clash, "scores.clashes_open", judging.Args{"Count": waiting})
	}
	return nil
}

// SubmitScores hands a judge's list in for them, without PIN and calibration works: for lists that came on paper or
// as sheets. The journal names who does it under ctx, the organiser without a word. Errors: as Ballots.Submit.
func (o Stage) SubmitScores(ctx context.Context, judge judging.JudgeID) error {
	return o.rec.Change(ctx, records.Scoring, func(tx store.Tx) error {
		in, err := LoadDuty(tx, judge)
		if err != nil {
			return err
		}
		return Submit(o.rec, tx, in, journal.DeedOf(judge, "", journal.ActingIn(ctx)))
	})
}

// ReopenScores gives a list that is handed in back to its judge, with a reason. Errors: NotFound, Invalid without a
// reason, Closed when the list is not handed in or the round is closed.
func (o Stage) ReopenScores(ctx context.Context, judge judging.JudgeID, reason string) error {
	if reason = judging.Tidy(reason); reason == "" {
		return judging.Fail(judging.Invalid, "closing.needs_reason", nil)
	}
	return o.rec.Change(ctx, records.Scoring, func(tx store.Tx) error {
		in, err := loadSeating(tx, judge)
		if err != nil {
			return err
		}
		if in.Closed {
			return judging.Fail(judging.Closed, "closing.closed", nil)
		}
		if !in.Seat.Submitted {
			return judging.Fail(judging.Closed, "closing.not_submitted", judging.Args{"Judge": judge})
		}
		in.Seat.Submitted, in.Seat.Returned = false, reason
		if err := records.Seats.Put(tx, in.Seat); err != nil {
			return err
		}
		return o.rec.Log(tx, "scores.reopen", in.Seat.Id(), nil, map[string]any{"reason": reason})
	})
}
