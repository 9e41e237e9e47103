package office

import (
	"context"
	"errors"
	"io"

	"fayi/judging"
	"fayi/judging/store"
)

// Desk is one judge's place at this machine: the maker of judging.Ballots over the contest's own store.
type Desk struct {
	office *Office
	judge  judging.JudgeID
	source judging.Source
}

var _ judging.Ballots = (*Desk)(nil)

// Desk seats a judge. Nothing is checked until a method is called.
func (o *Office) Desk(judge judging.JudgeID) *Desk {
	return &Desk{office: o, judge: judge, source: judging.Desk}
}

// duty is all that one transaction needs to know of a judge's work.
type duty struct {
	contest judging.Contest
	rules   judging.Rules
	plan    judging.Plan
	judge   judging.Judge
	works   []judging.Work // in the roster's order
	seat    seat
}

// loadDuty reads a judge's list in the published plan. Errors: NotFound for the judge, Closed when no plan is published.
func loadDuty(tx store.Tx, judge judging.JudgeID) (duty, error) {
	var d duty
	var err error
	if d.contest, err = loadContest(tx); err != nil {
		return d, err
	}
	if d.rules, err = loadRules(tx); err != nil {
		return d, err
	}
	if d.judge, err = loadJudge(tx, judge); err != nil {
		return d, err
	}
	plan, err := publishedPlan(tx, d.contest.Round)
	if err != nil {
		return d, err
	}
	if plan == nil {
		return d, judging.Fail(judging.Closed, "scores.no_plan", nil)
	}
	d.plan = *plan
	if d.seat, err = loadSeat(tx, plan.Round, judge); err != nil {
		return d, err
	}
	return d, d.loadWorks(tx)
}

func (d *duty) loadWorks(tx store.Tx) error {
	live, err := loadLive(tx)
	if err != nil {
		return err
	}
	r, err := rosters.Get(tx, (&judging.Roster{Plan: d.plan.ID, Judge: d.judge.ID}).ID())
	if errors.Is(err, judging.ErrNotFound) {
		return nil // a judge who came after the plan has no works
	}
	if err != nil {
		return err
	}
	for _, id := range r.Works {
		rec, err := works.Get(tx, string(id))
		if err != nil {
			return err
		}
		if w, ok := live.now(rec); ok && accepted(w) {
			d.works = append(d.works, w)
		}
	}
	return nil
}

func (d *duty) find(code judging.WorkCode) (judging.Work, error) {
	for _, w := range d.works {
		if w.Code == code {
			return w, nil
		}
	}
	return judging.Work{}, judging.Fail(judging.Forbidden, "scores.not_yours", judging.Args{"Work": code})
}

// Duties implements judging.Ballots.
func (d *Desk) Duties(ctx context.Context) (judging.Duties, error) {
	return view(ctx, d.office.db, func(tx store.Tx) (judging.Duties, error) {
		in, err := loadDuty(tx, d.judge)
		if err != nil {
			return judging.Duties{}, err
		}
		return in.duties(tx)
	})
}

func (d *duty) duties(tx store.Tx) (judging.Duties, error) {
	out := judging.Duties{Contest: d.contest.Title(), Judge: d.judge.ID, Name: d.judge.Name, Round: d.plan.Round, Plan: d.plan.Version,
		Submitted: d.seat.Submitted, TotalOnly: d.rules.TotalOnly, AskConfidence: d.rules.Confidence,
		Rubrics: map[string]judging.Rubric{}, Phrases: map[string][]string{}}
	for _, w := range d.works {
		s, err := loadScore(tx, d.plan.Round, w.ID, d.judge.ID)
		if err != nil {
			return out, err
		}
		now := s.Now()
		out.Works = append(out.Works, judging.Duty{BlindWork: w.Blind(), State: now.State, Total: now.Total, Confidence: now.Confidence, Flags: now.Flags})
		rubric := d.rules.RubricOf(w.Category)
		out.Rubrics[w.Category], out.Phrases[w.Category] = rubric, rubric.Phrases
	}
	pin, err := loadSecret(tx, string(d.judge.ID))
	out.Secret = pin != nil
	return out, err
}

// OpenFile implements judging.Ballots.
func (d *Desk) OpenFile(ctx context.Context, code judging.WorkCode, n int) (io.ReadSeekCloser, error) {
	w, err := view(ctx, d.office.db, func(tx store.Tx) (judging.Work, error) {
		in, err := loadDuty(tx, d.judge)
		if err != nil {
			return judging.Work{}, err
		}
		return in.find(code)
	})
	if err != nil {
		return nil, err
	}
	w.Files = w.Judged()
	return d.office.openFile(w, n)
}

// Load implements judging.Ballots.
func (d *Desk) Load(ctx context.Context, code judging.WorkCode) (judging.Ballot, error) {
	return view(ctx, d.office.db, func(tx store.Tx) (judging.Ballot, error) {
		in, err := loadDuty(tx, d.judge)
		if err != nil {
			return judging.Ballot{}, err
		}
		w, err := in.find(code)
		if err != nil {
			return judging.Ballot{}, err
		}
		s, err := loadScore(tx, in.plan.Round, w.ID, d.judge)
		b := s.Now().Ballot
		b.Code = code
		return b, err
	})
}

// History implements judging.Ballots.
func (d *Desk) History(ctx context.Context, code judging.WorkCode) ([]judging.ScoreVersion, error) {
	return view(ctx, d.office.db, func(tx store.Tx) ([]judging.ScoreVersion, error) {
		in, err := loadDuty(tx, d.judge)
		if err != nil {
			return nil, err
		}
		w, err := in.find(code)
		if err != nil {
			return nil, err
		}
		s, err := loadScore(tx, in.plan.Round, w.ID, d.judge)
		return s.Versions, err
	})
}

// Save implements judging.Ballots. What is kept already is not written again.
func (d *Desk) Save(ctx context.Context, b judging.Ballot) (judging.Ballot, error) {
	err := d.office.change(ctx, func(tx store.Tx) error {
		in, err := loadDuty(tx, d.judge)
		if err != nil {
			return err
		}
		kept, _, err := d.office.putBallot(tx, in, b, d.source, "")
		if err == nil {
			b = kept
		}
		return err
	})
	return b, err
}

// Submit implements judging.Ballots. The secret is the judge's PIN.
func (d *Desk) Submit(ctx context.Context, secret string) error {
	if err := d.office.CheckPIN(ctx, d.judge, secret); err != nil {
		return err
	}
	return d.office.change(ctx, func(tx store.Tx) error {
		in, err := loadDuty(tx, d.judge)
		if err != nil {
			return err
		}
		return d.office.submit(tx, in)
	})
}

func (o *Office) submit(tx store.Tx, in duty) error {
	if in.seat.Submitted {
		return nil
	}
	open := 0
	for _, w := range in.works {
		s, err := loadScore(tx, in.plan.Round, w.ID, in.judge.ID)
		if err != nil {
			return err
		}
		if !finished(s.Now().State) {
			open++
		}
	}
	if open > 0 {
		return judging.Fail(judging.Clash, "scores.still_open", judging.Args{"Count": open})
	}
	in.seat.Submitted = true
	if err := seats.Put(tx, in.seat); err != nil {
		return err
	}
	return o.log(tx, "scores.submit", in.seat.id(), nil, map[string]any{"works": len(in.works)})
}

// finished reports whether a ballot in this state needs nothing more from its judge.
func finished(s judging.BallotState) bool {
	return s == judging.Scored || s == judging.Abstained || s == judging.Recused
}
