// Package pledged keeps which judges accepted the pledge that the rules ask for before the first score.
package pledged

import (
	"context"
	"errors"
	"time"

	"fayi/judging"
	"fayi/judging/office/internal/journal"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// Pledge is a judge's acceptance of one wording. It holds for all rounds while the rules keep that wording.
type Pledge struct {
	Judge  judging.JudgeID `json:"judge"`
	Sum    string          `json:"sum"`  // of the wording, as terms.Pledge.Sum
	Text   string          `json:"text"` // as it was read
	At     time.Time       `json:"at"`
	Source judging.Source  `json:"source"` // Sheet: signed on paper and noted by the organiser
}

var pledges = store.NewTable("pledge", 1, func(p *Pledge) string { return pledgeID(p.Judge, p.Sum) })

func pledgeID(j judging.JudgeID, sum string) string { return string(j) + "/" + sum }

// Of returns the judge's acceptance of the pledge that rules ask for now; the zero one where there is none.
func Of(tx store.Tx, rules judging.Rules, judge judging.JudgeID) (Pledge, error) {
	if rules.Pledge == "" {
		return Pledge{}, nil
	}
	p, err := pledges.Get(tx, pledgeID(judge, rules.Pledge.Sum()))
	if errors.Is(err, judging.ErrNotFound) {
		err = nil
	}
	return p, err
}

// Owed refuses a score of a judge who has not accepted the pledge. Errors: Closed.
func Owed(tx store.Tx, rules judging.Rules, judge judging.Judge) error {
	if rules.Pledge == "" {
		return nil
	}
	p, err := Of(tx, rules, judge.ID)
	if err == nil && p.At.IsZero() {
		return judging.Fail(judging.Closed, "pledge.first", judging.Args{"Called": judge.Name})
	}
	return err
}

// Take keeps that a judge accepted the wording named sum, at a time of theirs; the zero time is now. What is accepted
// already stays as it was. Errors: NotFound for the judge; Clash when the rules ask for another wording, or for none.
func Take(rec *records.Records, tx store.Tx, deed journal.Deed, judge judging.JudgeID, sum string, at time.Time) error {
	c, err := records.LoadContest(tx)
	if err != nil {
		return err
	}
	j, err := records.LoadJudge(tx, judge)
	if err != nil {
		return err
	}
	rules, err := records.RuleSheet(tx)
	if err != nil {
		return err
	}
	if sum == "" || sum != rules.Pledge.Sum() {
		return judging.Fail(judging.Clash, "pledge.other", nil)
	}
	had, err := Of(tx, rules, judge)
	if err != nil || !had.At.IsZero() {
		return err
	}
	if at.IsZero() {
		at = rec.Now().UTC()
	}
	p := Pledge{Judge: judge, Sum: sum, Text: rules.Pledge.For(c.Title(), j.Name), At: at, Source: deed.Via}
	if deed.By == "" {
		deed.Via = "" // paper is no way to the desk
	}
	after := deed.Notes(map[string]any{"sum": sum, "at": at})
	return records.FirstError(
		pledges.Put(tx, p), records.ByWhom(rec, deed).Log(tx, "judges.pledge", string(judge), nil, after),
	)
}

// Accept is Take by a judge themself, in a transaction of its own.
func Accept(
	ctx context.Context, rec *records.Records, judge judging.JudgeID, via judging.Source, sum string,
) error {
	return rec.Change(ctx, records.Scoring, func(tx store.Tx) error {
		return Take(rec, tx, journal.DeedOf(judge, via, journal.Acting{}), judge, sum, time.Time{})
	})
}

// Recall takes an acceptance of the wording in force back. Errors: NotFound where there is none.
func Recall(rec *records.Records, tx store.Tx, judge judging.JudgeID, reason string) error {
	rules, err := records.RuleSheet(tx)
	if err != nil {
		return err
	}
	p, err := Of(tx, rules, judge)
	if err != nil {
		return err
	}
	if p.At.IsZero() {
		return judging.Fail(judging.NotFound, "pledge.none", judging.Args{"Judge": judge})
	}
	return records.FirstError(
		pledges.Delete(tx, pledgeID(p.Judge, p.Sum)),
		rec.Log(tx, "judges.unpledge", string(judge), p, map[string]any{"reason": reason}),
	)
}

// Move lets what one entry of a judge accepted be the other's, where that one did not accept the same.
func Move(tx store.Tx, from, into judging.JudgeID) error {
	var all []Pledge
	err := pledges.EachPrefix(tx, pledgeID(from, ""), func(p Pledge) error {
		all = append(all, p)
		return nil
	})
	if err != nil {
		return err
	}
	for _, p := range all {
		id := pledgeID(into, p.Sum)
		_, err := pledges.Get(tx, id)
		if errors.Is(err, judging.ErrNotFound) {
			moved := p
			moved.Judge = into
			err = pledges.Put(tx, moved)
		}
		if err := records.FirstError(err, pledges.Delete(tx, pledgeID(from, p.Sum))); err != nil {
			return err
		}
	}
	return nil
}
