package scoring

import (
	"context"
	"errors"
	"io"
	"slices"
	"sync"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/review"
	"fayi/judging/store"
)

// Desk is one judge's place at this machine: the maker of judging.Ballots over the contest's own store.
type Desk struct {
	office Stage
	judge  judging.JudgeID

	mu   sync.Mutex
	last map[judging.WorkCode]string // mark of what this desk saved last of a work
}

var _ judging.Ballots = (*Desk)(nil)

// Desk seats a judge. Nothing is checked until a method is called.
func (o Stage) Desk(judge judging.JudgeID) *Desk {
	return &Desk{office: o, judge: judge, last: map[judging.WorkCode]string{}}
}

// Duty is all that one transaction needs to know of a judge's work.
type Duty struct {
	contest judging.Contest
	Rules   judging.Rules // as they hold in the plan's round
	Plan    judging.Plan
	Judge   judging.Judge
	Works   []judging.Work // in the roster's order; for a single ballot only its work
	trial   []judging.Work // at the desk: to be scored first and not counted, under codes of their own
	seat    records.Seat
	closed  bool // the round is closed, handed in or not

	pretend map[judging.WorkCode]merge // what a preview has weighed already and not written
}

// LoadDuty reads a judge's list in the published plan. Errors: NotFound for the judge, Closed when no plan is
// published.
func LoadDuty(tx store.Tx, judge judging.JudgeID) (Duty, error) {
	d, err := loadSeating(tx, judge)
	if err != nil {
		return d, err
	}
	list, err := d.roster(tx)
	if err != nil {
		return d, err
	}
	d.Works, err = stillIn(tx, list)
	return d, err
}

// loadDeskDuty reads a judge's list with the calibration works, which only the desk knows. Errors: as LoadDuty.
func loadDeskDuty(tx store.Tx, judge judging.JudgeID) (Duty, error) {
	d, err := LoadDuty(tx, judge)
	if err != nil {
		return d, err
	}
	d.trial, err = d.loadTrial(tx)
	return d, err
}

// loadSeating reads all of a duty but its works. Errors: as LoadDuty.
func loadSeating(tx store.Tx, judge judging.JudgeID) (Duty, error) {
	var d Duty
	var err error
	if d.contest, err = records.LoadContest(tx); err != nil {
		return d, err
	}
	if d.Judge, err = records.LoadJudge(tx, judge); err != nil {
		return d, err
	}
	plan, err := records.PublishedPlan(tx, d.contest.Round)
	if err != nil {
		return d, err
	}
	if plan == nil {
		return d, judging.Fail(judging.Closed, "scores.no_plan", nil)
	}
	d.Plan = *plan
	rules, err := records.LoadRules(tx)
	if err != nil {
		return d, err
	}
	d.Rules = rules.In(plan.Round)
	if d.closed, err = records.IsClosed(tx, plan.Round); err != nil {
		return d, err
	}
	d.seat, err = records.LoadSeat(tx, plan.Round, judge)
	return d, err
}

// roster lists the works of the judge; none for a judge who came after the plan.
func (d *Duty) roster(tx store.Tx) ([]judging.WorkID, error) {
	r, err := records.Rosters.Get(tx, (&judging.Roster{Plan: d.Plan.ID, Judge: d.Judge.ID}).ID())
	if errors.Is(err, judging.ErrNotFound) {
		err = nil
	}
	return r.Works, err
}

// stillIn returns those of ids that are in the contest, in their order.
func stillIn(tx store.Tx, ids []judging.WorkID) ([]judging.Work, error) {
	counts, err := records.InContest(tx)
	if err != nil {
		return nil, err
	}
	return pickWorks(tx, ids, counts)
}

// pickWorks returns those of ids that count and that keep keeps, in their order.
func pickWorks(tx store.Tx, ids []judging.WorkID, keep func(judging.Work) bool) ([]judging.Work, error) {
	live, err := records.LoadLive(tx)
	if err != nil {
		return nil, err
	}
	var out []judging.Work
	for _, id := range ids {
		rec, err := records.Works.Get(tx, string(id))
		if err != nil {
			return nil, err
		}
		if w, ok := live.Now(rec); ok && keep(w) {
			out = append(out, w)
		}
	}
	return out, nil
}

// loadDutyOf reads a judge's duty for one work only: reading the whole list at each key would keep the desk
// waiting. Errors: as LoadDuty, and Forbidden when the work is not the judge's.
func (o Stage) loadDutyOf(tx store.Tx, judge judging.JudgeID, code judging.WorkCode) (Duty, error) {
	d, err := loadSeating(tx, judge)
	if err != nil {
		return d, err
	}
	if isTrial(code) {
		if d.trial, err = d.loadTrial(tx); err == nil {
			_, err = d.find(code)
		}
		return d, err
	}
	list, err := d.roster(tx)
	if err != nil {
		return d, err
	}
	id, known := o.rec.Codes.Load(code)
	if work, _ := id.(judging.WorkID); known && slices.Contains(list, work) {
		d.Works, err = stillIn(tx, []judging.WorkID{work})
		if err != nil || len(d.Works) == 1 && d.Works[0].Code == code {
			return d, err
		}
	}
	if d, err = LoadDuty(tx, judge); err != nil {
		return d, err
	}
	for _, w := range d.Works {
		o.rec.Codes.Store(w.Code, w.ID)
	}
	_, err = d.find(code)
	return d, err
}

func (d *Duty) find(code judging.WorkCode) (judging.Work, error) {
	for _, w := range slices.Concat(d.Works, d.trial) {
		if w.Code == code {
			return w, nil
		}
	}
	return judging.Work{}, judging.Fail(judging.Forbidden, "scores.not_yours", judging.Args{"Work": code})
}

// Duties implements judging.Ballots.
func (d *Desk) Duties(ctx context.Context) (judging.Duties, error) {
	return records.View(ctx, d.office.rec.DB, func(tx store.Tx) (judging.Duties, error) {
		in, err := loadDeskDuty(tx, d.judge)
		if err != nil {
			return judging.Duties{}, err
		}
		return in.duties(tx)
	})
}

func (d *Duty) duties(tx store.Tx) (judging.Duties, error) {
	out := judging.Duties{
		Contest:       d.contest.Title(),
		Judge:         d.Judge.ID,
		Name:          d.Judge.Name,
		Round:         d.Plan.Round,
		Plan:          d.Plan.Version,
		Submitted:     d.seat.Submitted || d.closed,
		TotalOnly:     d.Rules.TotalOnly,
		AskConfidence: d.Rules.Confidence,
		Rubrics:       map[string]judging.Rubric{},
		Phrases:       map[string][]string{},
	}
	again, err := records.OpenAgain(tx, d.Plan.Round)
	if err != nil {
		return out, err
	}
	for _, w := range slices.Concat(d.trial, d.Works) {
		s, err := d.loadScore(tx, w)
		if err != nil {
			return out, err
		}
		now := s.Now()
		one := judging.Duty{
			BlindWork:   w.Blind(),
			State:       now.State,
			Total:       now.Total,
			Confidence:  now.Confidence,
			Flags:       now.Flags,
			Calibration: isTrial(w.Code),
		}
		one.Reopened = out.Submitted && again[w.ID] && !one.Calibration
		out.Works = append(out.Works, one)
		rubric := d.Rules.RubricOf(w.Category)
		out.Rubrics[w.Category], out.Phrases[w.Category] = rubric, rubric.Phrases
	}
	if out.Calibrations, err = d.spreads(tx); err != nil {
		return out, err
	}
	pin, err := records.LoadSecret(tx, string(d.Judge.ID))
	out.Secret = pin != nil
	return out, err
}

// OpenFile implements judging.Ballots.
func (d *Desk) OpenFile(ctx context.Context, code judging.WorkCode, n int) (io.ReadSeekCloser, error) {
	w, err := records.View(ctx, d.office.rec.DB, func(tx store.Tx) (judging.Work, error) {
		in, err := d.office.loadDutyOf(tx, d.judge, code)
		if err != nil {
			return judging.Work{}, err
		}
		return in.find(code)
	})
	if err != nil {
		return nil, err
	}
	return review.JudgeFile(ctx, d.office.rec, w, n)
}

// Load implements judging.Ballots.
func (d *Desk) Load(ctx context.Context, code judging.WorkCode) (judging.Ballot, error) {
	return records.View(ctx, d.office.rec.DB, func(tx store.Tx) (judging.Ballot, error) {
		in, err := d.office.loadDutyOf(tx, d.judge, code)
		if err != nil {
			return judging.Ballot{}, err
		}
		w, err := in.find(code)
		if err != nil {
			return judging.Ballot{}, err
		}
		s, err := in.loadScore(tx, w)
		b := s.Editable()
		b.Code = code
		return b, err
	})
}

// History implements judging.Ballots.
func (d *Desk) History(ctx context.Context, code judging.WorkCode) ([]judging.ScoreVersion, error) {
	return records.View(ctx, d.office.rec.DB, func(tx store.Tx) ([]judging.ScoreVersion, error) {
		in, err := d.office.loadDutyOf(tx, d.judge, code)
		if err != nil {
			return nil, err
		}
		w, err := in.find(code)
		if err != nil {
			return nil, err
		}
		s, err := in.loadScore(tx, w)
		return s.Versions, err
	})
}

// Save implements judging.Ballots. What is kept already is not written again. A ballot on an older base than the
// score that holds, where that did not come from this very desk, is kept next to it for the organiser to decide: Clash
// says so.
func (d *Desk) Save(ctx context.Context, b judging.Ballot) (judging.Ballot, error) {
	draw, err := d.office.draw()
	if err != nil {
		return b, err
	}
	d.mu.Lock()
	last := d.last[b.Code]
	d.mu.Unlock()
	var out Outcome
	err = d.office.rec.Change(ctx, records.Scoring, func(tx store.Tx) error {
		in, err := d.office.loadDutyOf(tx, d.judge, b.Code)
		if err != nil {
			return err
		}
		out, err = Accept(d.office.rec, tx, in, Incoming{Ballot: b, Source: judging.Desk, Last: last, Draw: draw})
		if err == nil && out.Fate == Refused {
			err = out.Reason
		}
		return err
	})
	switch {
	case err != nil:
		return b, err
	case out.Fate == Clashing:
		return b, out.asked()
	case out.Fate == Taken:
		d.mu.Lock()
		d.last[b.Code] = out.Kept.Base
		d.mu.Unlock()
	}
	return out.Kept, nil
}

// Submit implements judging.Ballots. The secret is the judge's PIN.
func (d *Desk) Submit(ctx context.Context, secret string) error {
	if err := d.office.rec.CheckPIN(ctx, d.judge, secret); err != nil {
		return err
	}
	return d.office.rec.Change(ctx, records.Scoring, func(tx store.Tx) error {
		in, err := loadDeskDuty(tx, d.judge)
		if err != nil {
			return err
		}
		return Submit(d.office.rec, tx, in)
	})
}

func Submit(rec *records.Records, tx store.Tx, in Duty) error {
	o := Stage{rec}
	if in.seat.Submitted {
		return nil
	}
	if in.closed {
		return judging.Fail(judging.Closed, "closing.closed", nil)
	}
	open := 0
	for _, w := range slices.Concat(in.Works, in.trial) {
		s, err := in.loadScore(tx, w)
		if err != nil {
			return err
		}
		if !records.Finished(s.Now().State) {
			open++
		}
	}
	if open > 0 {
		return judging.Fail(judging.Clash, "scores.still_open", judging.Args{"Count": open})
	}
	waiting, err := pendingOf(tx, in)
	if err != nil {
		return err
	}
	if waiting > 0 { // once handed in, nobody could decide any more
		return judging.Fail(judging.Clash, "scores.clashes_open", judging.Args{"Count": waiting})
	}
	in.seat.Submitted = true
	if err := records.Seats.Put(tx, in.seat); err != nil {
		return err
	}
	return o.rec.Log(tx, "scores.submit", in.seat.Id(), nil, map[string]any{"works": len(in.Works)})
}

// SubmitScores hands a judge's list in for them, without PIN and calibration works: for lists that came on paper or
// as sheets. Errors: as Ballots.Submit.
func (o Stage) SubmitScores(ctx context.Context, judge judging.JudgeID) error {
	return o.rec.Change(ctx, records.Scoring, func(tx store.Tx) error {
		in, err := LoadDuty(tx, judge)
		if err != nil {
			return err
		}
		return Submit(o.rec, tx, in)
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
		if in.closed {
			return judging.Fail(judging.Closed, "closing.closed", nil)
		}
		if !in.seat.Submitted {
			return judging.Fail(judging.Closed, "closing.not_submitted", judging.Args{"Judge": judge})
		}
		in.seat.Submitted = false
		if err := records.Seats.Put(tx, in.seat); err != nil {
			return err
		}
		return o.rec.Log(tx, "scores.reopen", in.seat.Id(), nil, map[string]any{"reason": reason})
	})
}
