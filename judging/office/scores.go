package office

import (
	"context"
	"errors"
	"maps"
	"slices"

	"fayi/judging"
	"fayi/judging/store"
)

func loadScore(tx store.Tx, round judging.Round, work judging.WorkID, judge judging.JudgeID) (judging.Score, error) {
	s := judging.Score{Round: round, Work: work, Judge: judge}
	kept, err := scores.Get(tx, scoreID(&s))
	if errors.Is(err, judging.ErrNotFound) {
		return s, nil
	}
	return kept, err
}

func loadSeat(tx store.Tx, round judging.Round, judge judging.JudgeID) (seat, error) {
	s, err := seats.Get(tx, seatID(round, judge))
	if errors.Is(err, judging.ErrNotFound) {
		return seat{Round: round, Judge: judge}, nil
	}
	return s, err
}

// putBallot adds a version to a judge's score: the one way by which scores are written. It answers with the ballot as kept and whether anything changed.
func (o *Office) putBallot(tx store.Tx, in duty, b judging.Ballot, source judging.Source, file string) (judging.Ballot, bool, error) {
	w, err := in.find(b.Code)
	if err != nil {
		return b, false, err
	}
	b, err = b.Complete(in.rules.RubricOf(w.Category), in.rules.TotalOnly)
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
	next := judging.ScoreVersion{Ballot: b, At: o.now().UTC(), By: string(in.judge.ID), Source: source, File: file}
	s.Versions = append(s.Versions, next)
	if err := scoresOf(w.Code).Put(tx, s); err != nil {
		return b, false, err
	}
	if isTrial(w.Code) {
		return b, true, o.log(tx, "scores.trial", scoreID(&s), scoreGist(before.Ballot), scoreGist(b))
	}
	return b, true, o.log(tx, "scores.save", scoreID(&s), scoreGist(before.Ballot), scoreGist(b))
}

// writable refuses changes to the score of a work when the list is handed in, the round closed or the result final. Errors: Closed.
func (d *duty) writable(tx store.Tx, w judging.Work) error {
	again, err := reopened(tx, d.plan.Round, w.ID)
	if err != nil {
		return err
	}
	if err := notFinal(tx); err != nil {
		return err
	}
	if d.seat.Submitted && !again {
		return judging.Fail(judging.Closed, "scores.submitted", judging.Args{"Judge": d.judge.ID})
	}
	if d.closed && !again {
		return judging.Fail(judging.Closed, "closing.closed", nil)
	}
	return nil
}

// confirms reports whether saving the same ballot once more says something: that its judge, asked to look at the work again, stays by it.
func (d *duty) confirms(tx store.Tx, w judging.Work, before judging.ScoreVersion) (bool, error) {
	r, err := loadReopening(tx, d.plan.Round, w.ID)
	return r.Open && r.Exit != judging.Third && finished(before.State) && !before.At.After(r.At), err
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
	return a.State == b.State && a.Total == b.Total && a.Confidence == b.Confidence && a.Comment == b.Comment && a.Reason == b.Reason &&
		a.FlagNote == b.FlagNote && slices.Equal(a.Flags, b.Flags) && maps.Equal(a.Marks, b.Marks)
}

// EnterScore saves one ballot for a judge and, with submit, hands the judge's list in when it is complete.
func (o *Office) EnterScore(ctx context.Context, judge judging.JudgeID, work string, b judging.Ballot, submit bool) (judging.Ballot, error) {
	err := o.change(ctx, func(tx store.Tx) error {
		in, err := loadDeskDuty(tx, judge)
		if err != nil {
			return err
		}
		if b.Code, err = codeOf(tx, work); err != nil {
			return err
		}
		if b, _, err = o.putBallot(tx, in, b, judging.CLI, ""); err != nil || !submit {
			return err
		}
		in.trial = nil // the organiser's hand-in asks for what counts
		return o.submit(tx, in)
	})
	return b, err
}

// codeOf returns the code of a work named by identity or code; that of a calibration work stands for itself.
func codeOf(tx store.Tx, work string) (judging.WorkCode, error) {
	if code := judging.WorkCode(work); isTrial(code) {
		return code, nil
	}
	id, err := findWork(tx, work)
	if err != nil {
		return "", err
	}
	w, err := loadWork(tx, id)
	return w.Code, err
}

// VoidScore takes a judge's score of a work out of the ranking, with a reason; the score itself stays in the history. Errors: Invalid without a reason,
// NotFound when there is no score.
func (o *Office) VoidScore(ctx context.Context, judge judging.JudgeID, work, reason string) error {
	if reason = judging.Tidy(reason); reason == "" {
		return judging.Fail(judging.Invalid, "scores.needs_reason", nil)
	}
	return o.change(ctx, func(tx store.Tx) error {
		c, err := loadContest(tx)
		if err != nil {
			return err
		}
		id, err := findWork(tx, work)
		if err != nil {
			return err
		}
		s, err := loadScore(tx, c.Round, id, judge)
		if err != nil {
			return err
		}
		if len(s.Versions) == 0 {
			return judging.Fail(judging.NotFound, "scores.none", judging.Args{"Work": work, "Judge": judge})
		}
		before := s.Void
		s.Void = reason
		if err := scores.Put(tx, s); err != nil {
			return err
		}
		return o.log(tx, "scores.void", scoreID(&s), map[string]any{"void": before}, map[string]any{"void": reason})
	})
}

// ScoreHistory returns every score of a work in the round, with all older values, by judge.
func (o *Office) ScoreHistory(ctx context.Context, work string) ([]judging.Score, error) {
	return view(ctx, o.db, func(tx store.Tx) ([]judging.Score, error) {
		c, err := loadContest(tx)
		if err != nil {
			return nil, err
		}
		id, err := findWork(tx, work)
		if err != nil {
			return nil, err
		}
		if _, err := loadWork(tx, id); err != nil {
			return nil, err
		}
		prefix := judging.Serial("r", 2, int(c.Round)) + "/" + string(id) + "/"
		return collect(func(fn func(judging.Score) error) error { return scores.EachPrefix(tx, prefix, fn) })
	})
}

// Status is how far a round's scoring has come.
type Status struct {
	Done   int           `json:"done"`
	Total  int           `json:"total"`
	Judges []JudgeStatus `json:"judges"`
	Closed *Closing      `json:"closed,omitempty"` // the round was closed by the rule for missing judges
}

// JudgeStatus is one judge's part. Done counts works that need nothing more, so 12/45 with 2 skipped is not 14.
type JudgeStatus struct {
	Judge     judging.JudgeID `json:"judge"`
	Name      string          `json:"name"`
	Done      int             `json:"done"`
	Skipped   int             `json:"skipped"`
	Total     int             `json:"total"`
	Submitted bool            `json:"submitted"`
	PIN       bool            `json:"pin"` // sits down with a PIN
}

// finished reports whether scoring is over: every list handed in, or the round closed.
func (s Status) finished() bool {
	if s.Closed != nil {
		return true
	}
	for _, j := range s.Judges {
		if j.Total > 0 && !j.Submitted {
			return false
		}
	}
	return len(s.Judges) > 0
}

// ScoresStatus returns the progress of the published plan, judge by judge. Errors: Closed when none is published.
func (o *Office) ScoresStatus(ctx context.Context) (Status, error) {
	return view(ctx, o.db, func(tx store.Tx) (Status, error) {
		c, err := loadContest(tx)
		if err != nil {
			return Status{}, err
		}
		plan, err := publishedPlan(tx, c.Round)
		if err != nil {
			return Status{}, err
		}
		if plan == nil {
			return Status{}, judging.Fail(judging.Closed, "scores.no_plan", nil)
		}
		return planStatus(tx, *plan)
	})
}

func planStatus(tx store.Tx, plan judging.Plan) (Status, error) {
	var out Status
	states := map[judging.JudgeID]map[judging.WorkID]judging.BallotState{}
	err := eachScore(tx, plan.Round, func(s judging.Score) error {
		if states[s.Judge] == nil {
			states[s.Judge] = map[judging.WorkID]judging.BallotState{}
		}
		states[s.Judge][s.Work] = s.Now().State
		return nil
	})
	if err != nil {
		return out, err
	}
	if out.Closed, err = loadClosing(tx, plan.Round); err != nil {
		return out, err
	}
	lists, err := planRosters(tx, plan.ID)
	if err != nil {
		return out, err
	}
	for _, r := range lists {
		judge, err := loadJudge(tx, r.Judge)
		if err != nil {
			return out, err
		}
		j := JudgeStatus{Judge: r.Judge, Name: judge.Name, Total: len(r.Works)}
		for _, w := range r.Works {
			switch state := states[r.Judge][w]; {
			case finished(state):
				j.Done++
			case state == judging.Skipped:
				j.Skipped++
			}
		}
		s, err := loadSeat(tx, plan.Round, r.Judge)
		if err != nil {
			return out, err
		}
		j.Submitted = s.Submitted
		pin, err := loadSecret(tx, string(r.Judge))
		if err != nil {
			return out, err
		}
		j.PIN = pin != nil
		out.Done, out.Total = out.Done+j.Done, out.Total+j.Total
		out.Judges = append(out.Judges, j)
	}
	return out, nil
}

func eachScore(tx store.Tx, round judging.Round, fn func(judging.Score) error) error {
	return scores.EachPrefix(tx, judging.Serial("r", 2, int(round))+"/", fn)
}
