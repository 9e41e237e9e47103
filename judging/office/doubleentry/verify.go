package doubleentry

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/tally"
	"fayi/judging/store"
)

// VerifyState says how far the second typing of a score is.
type VerifyState string

// The states of a second typing. Equal and Confirmed need nothing more.
const (
	VerifyWaiting   VerifyState = "waiting"
	VerifyEqual     VerifyState = "equal"
	VerifyDiffers   VerifyState = "differs"
	VerifyConfirmed VerifyState = "confirmed" // differs, and somebody looked it up: the first one is right
)

// Verification 核对 is a score that came typed in a judge's sheet next to the total that a second person typed from
// the paper. While it waits it holds no total: who types again is not to see the first one.
type Verification struct {
	Judge    judging.JudgeID  `json:"judge"`
	Name     string           `json:"name"`
	Work     judging.WorkID   `json:"work"`
	Code     judging.WorkCode `json:"code"`
	Title    string           `json:"title"`
	Category string           `json:"category"`
	State    VerifyState      `json:"state"`
	First    float64          `json:"first,omitempty"`  // of the sheet
	Second   float64          `json:"second,omitempty"` // typed again
	By       string           `json:"by,omitempty"`     // who typed it again
	At       time.Time        `json:"at,omitzero"`
	Reason   string           `json:"reason,omitempty"` // of a confirmation
}

// secondTotal is what a second person typed.
type secondTotal struct {
	ID       string    `json:"id"`       // of the score
	Versions int       `json:"versions"` // that the score had then
	Total    float64   `json:"total"`
	By       string    `json:"by"`
	At       time.Time `json:"at"`
	Reason   string    `json:"reason,omitempty"` // why the first one is right
}

var secondTotals = store.NewTable("second_total", 1, func(s *secondTotal) string { return s.ID })

// state says what t, which is nil before anything was typed, says of a score as it is now. A sheet collected again
// corrects a difference, or asks for another typing.
func (t *secondTotal) state(s judging.Score) VerifyState {
	switch {
	case t == nil:
		return VerifyWaiting
	case judging.Exact(t.Total) == judging.Exact(s.Now().Total):
		return VerifyEqual
	case t.Versions != len(s.Versions):
		return VerifyWaiting
	case t.Reason != "":
		return VerifyConfirmed
	}
	return VerifyDiffers
}

// typed reports whether a score is one that came typed in a sheet and counts.
func typed(s judging.Score) bool { return s.Now().Source == judging.Sheet && s.Counts() }

func loadSecond(tx store.Tx, s judging.Score) (*secondTotal, error) {
	t, err := secondTotals.Get(tx, records.ScoreID(&s))
	if errors.Is(err, judging.ErrNotFound) {
		return nil, nil
	}
	return &t, err
}

// Verifications lists the round's scores that came typed in sheets: differences first, then those that wait, by
// judge and code. Errors: NotFound without a contest.
func (o Stage) Verifications(ctx context.Context) ([]Verification, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]Verification, error) {
		c, err := records.LoadContest(tx)
		if err != nil {
			return nil, err
		}
		return listVerifications(tx, c.Round)
	})
}

func listVerifications(tx store.Tx, round judging.Round) ([]Verification, error) {
	names, err := records.JudgeNames(tx)
	if err != nil {
		return nil, err
	}
	out := []Verification{}
	err = records.EachScore(tx, round, func(s judging.Score) error {
		if !typed(s) {
			return nil
		}
		v, err := verification(tx, s)
		v.Name = names[s.Judge]
		out = append(out, v)
		return err
	})
	order := []VerifyState{VerifyDiffers, VerifyWaiting, VerifyConfirmed, VerifyEqual}
	slices.SortFunc(out, func(a, b Verification) int {
		return cmp.Or(
			cmp.Compare(slices.Index(order, a.State), slices.Index(order, b.State)), cmp.Compare(a.Judge, b.Judge),
			cmp.Compare(a.Code, b.Code),
		)
	})
	return out, err
}

func verification(tx store.Tx, s judging.Score) (Verification, error) {
	v := Verification{Judge: s.Judge, Work: s.Work, State: VerifyWaiting}
	w, err := records.LoadWork(tx, s.Work)
	if err != nil {
		return v, err
	}
	v.Code, v.Title, v.Category = w.Code, w.Title, w.Category
	t, err := loadSecond(tx, s)
	if v.State = t.state(s); err != nil || v.State == VerifyWaiting {
		return v, err
	}
	v.First, v.Second, v.By, v.At = s.Now().Total, t.Total, t.By, t.At
	if v.State == VerifyConfirmed {
		v.Reason = t.Reason
	}
	return v, nil
}

// Verified counts the typed scores of a round: those that need nothing more, and all of them.
func Verified(tx store.Tx, round judging.Round) (done, total int, err error) {
	kept, ok, err := tally.RoundOf(tx, round)
	if err != nil || ok {
		return kept.Verified, kept.Typed, err
	}
	err = records.EachScore(tx, round, func(s judging.Score) error {
		if !typed(s) {
			return nil
		}
		total++
		t, err := loadSecond(tx, s)
		if state := t.state(s); state == VerifyEqual || state == VerifyConfirmed {
			done++
		}
		return err
	})
	return done, total, err
}

// VerifyScore keeps the total that a second person typed for a score that came in a sheet, and reports whether it
// is the same. It is typed once: what was typed is not typed over. by is who typed. Errors: Invalid without by or
// for an impossible total, NotFound where no such score came in a sheet, Clash when another total was typed
// already.
func (o Stage) VerifyScore(
	ctx context.Context, judge judging.JudgeID, work string, total float64, by string,
) (Verification, error) {
	var out Verification
	if by = judging.Tidy(by); by == "" {
		return out, judging.Fail(judging.Invalid, "verify.needs_name", nil)
	}
	err := o.rec.Change(ctx, records.Scoring, func(tx store.Tx) (err error) {
		out, err = o.keepSecond(tx, judge, work, secondTotal{Total: total, By: by})
		return err
	})
	return out, err
}

func (o Stage) keepSecond(tx store.Tx, judge judging.JudgeID, work string, t secondTotal) (Verification, error) {
	s, w, err := loadTyped(tx, judge, work)
	if err != nil {
		return Verification{}, err
	}
	rules, err := records.LoadRules(tx)
	if err != nil {
		return Verification{}, err
	}
	if most := rules.In(s.Round).RubricOf(w.Category).Scale; t.Total < 0 || t.Total > most {
		return Verification{}, judging.Fail(judging.Invalid, "verify.impossible", judging.Args{
			"Value": judging.Exact(t.Total).String(),
			"Most":  judging.Exact(most).String(),
		})
	}
	before, err := loadSecond(tx, s)
	switch {
	case err != nil:
		return Verification{}, err
	case before.state(s) == VerifyWaiting:
	case judging.Exact(before.Total) == judging.Exact(t.Total):
		return verification(tx, s)
	default:
		return Verification{}, judging.Fail(judging.Clash, "verify.typed", judging.Args{"Work": w.Code, "Judge": judge})
	}
	t.ID, t.Versions, t.At = records.ScoreID(&s), len(s.Versions), o.rec.Now().UTC()
	if err := secondTotals.Put(tx, t); err != nil {
		return Verification{}, err
	}
	if err := o.rec.Log(tx, "scores.verify", t.ID, nil, map[string]any{
		"total": t.Total,
		"equal": t.state(s) == VerifyEqual,
		"by":    t.By,
	}); err != nil {
		return Verification{}, err
	}
	return verification(tx, s)
}

// loadTyped reads a judge's score of a work that came in a sheet, and the work.
func loadTyped(tx store.Tx, judge judging.JudgeID, work string) (judging.Score, judging.Work, error) {
	c, err := records.LoadContest(tx)
	if err != nil {
		return judging.Score{}, judging.Work{}, err
	}
	id, err := records.FindWork(tx, work)
	if err != nil {
		return judging.Score{}, judging.Work{}, err
	}
	w, err := records.LoadWork(tx, id)
	if err != nil {
		return judging.Score{}, w, err
	}
	s, err := records.LoadScore(tx, c.Round, id, judge)
	if err == nil && !typed(s) {
		err = judging.Fail(judging.NotFound, "verify.none", judging.Args{"Work": w.Code, "Judge": judge})
	}
	return s, w, err
}

// ConfirmScore settles a difference: the sheet's total was looked up and is right, for a reason. by is who looked.
// Where the sheet is wrong, it is corrected and collected again. Errors: Invalid without by or reason, NotFound
// where no such score came in a sheet, Clash when there is no difference.
func (o Stage) ConfirmScore(ctx context.Context, judge judging.JudgeID, work, by, reason string) error {
	by, reason = judging.Tidy(by), judging.Tidy(reason)
	switch {
	case by == "":
		return judging.Fail(judging.Invalid, "verify.needs_name", nil)
	case reason == "":
		return judging.Fail(judging.Invalid, "closing.needs_reason", nil)
	}
	return o.rec.Change(ctx, records.Scoring, func(tx store.Tx) error {
		s, w, err := loadTyped(tx, judge, work)
		if err != nil {
			return err
		}
		t, err := loadSecond(tx, s)
		if err != nil {
			return err
		}
		if t.state(s) != VerifyDiffers {
			return judging.Fail(judging.Clash, "verify.no_difference", judging.Args{"Work": w.Code, "Judge": judge})
		}
		t.Reason = reason
		if err := secondTotals.Put(tx, *t); err != nil {
			return err
		}
		return o.rec.Log(tx, "scores.confirm", t.ID, map[string]any{
			"total": t.Total,
		}, map[string]any{
			"total":  s.Now().Total,
			"by":     by,
			"reason": reason,
		})
	})
}
