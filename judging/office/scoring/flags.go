package scoring

import (
	"context"
	"errors"
	"slices"
	"time"

	"fayi/judging"
	"fayi/judging/assign"
	"fayi/judging/office/assignment"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/tally"
	"fayi/judging/store"
)

// Raised is what a judge reported to the organiser about a work: flags, or that they do not score it.
type Raised struct {
	Work     judging.WorkID      `json:"work"`
	Code     judging.WorkCode    `json:"code"`
	Title    string              `json:"title"`
	Judge    judging.JudgeID     `json:"judge"`
	Name     string              `json:"name"`
	State    judging.BallotState `json:"state"`
	Flags    []judging.Flag      `json:"flags"`
	Note     string              `json:"note,omitempty"`
	Reason   string              `json:"reason,omitempty"` // of a recusal or abstention
	At       time.Time           `json:"at"`
	Replaced bool                `json:"replaced,omitempty"` // the work is off the judge's list already
	Handled  *Handling           `json:"handled,omitempty"`
}

// Open reports whether the organiser still has to do something about it.
func (r Raised) Open() bool { return r.Handled == nil && !r.Replaced }

// Handling is what the organiser did about something raised. It holds for what it was done about: raised again, it
// is open again.
type Handling struct {
	ID     string              `json:"id"`
	At     time.Time           `json:"at"`
	Reason string              `json:"reason"`
	State  judging.BallotState `json:"state"`
	Flags  []judging.Flag      `json:"flags,omitempty"`
	Note   string              `json:"note,omitempty"`
}

var handlings = store.NewTable("handling", 1, func(h *Handling) string { return h.ID })

// handlingID says what was raised in a score from what was raised in calibration.
func handlingID(s judging.Score, code judging.WorkCode) string {
	if isTrial(code) {
		return records.ScoreID(&s) + TrialMark
	}
	return records.ScoreID(&s)
}

// raises reports whether a ballot holds something for the organiser.
func raises(b judging.Ballot) bool {
	return tally.Raises(b.State, b.Flags)
}

// Flags lists the flags, recusals and abstentions of the round: those to be handled first, the newest first.
// Errors: Closed when no plan is published.
func (o Stage) Flags(ctx context.Context) ([]Raised, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]Raised, error) {
		c, err := records.LoadContest(tx)
		if err != nil {
			return nil, err
		}
		plan, err := records.PublishedPlan(tx, c.Round)
		if err != nil {
			return nil, err
		}
		if plan == nil {
			return nil, judging.Fail(judging.Closed, "scores.no_plan", nil)
		}
		return ListRaised(tx, *plan)
	})
}

// eachRaised calls fn with the scores of a round that may raise something, in the order of their identities.
func eachRaised(tx store.Tx, round judging.Round, fn func(judging.Score) error) error {
	ids, ok, err := tally.Raised(tx, round)
	if err != nil {
		return err
	}
	if !ok {
		return records.EachScore(tx, round, fn)
	}
	for _, id := range ids {
		s, err := records.Scores.Get(tx, id)
		if err != nil {
			return err
		}
		if err := fn(s); err != nil {
			return err
		}
	}
	return nil
}

func ListRaised(tx store.Tx, plan judging.Plan) ([]Raised, error) {
	names, err := records.JudgeNames(tx)
	if err != nil {
		return nil, err
	}
	out := []Raised{}
	add := func(mark judging.WorkCode) func(judging.Score) error {
		return func(s judging.Score) error {
			if !raises(s.Now().Ballot) {
				return nil
			}
			w, err := records.LoadWork(tx, s.Work)
			if err != nil {
				return err
			}
			w.Code += mark
			r, err := raised(tx, s, w)
			if err != nil {
				return err
			}
			on, err := tally.OnList(tx, plan.ID, s.Judge, s.Work)
			r.Name, r.Replaced = names[s.Judge], mark == "" && !on
			out = append(out, r)
			return err
		}
	}
	prefix := judging.Serial("r", 2, int(plan.Round)) + "/"
	if err := records.FirstError(
		eachRaised(tx, plan.Round, add("")), Trials.EachPrefix(tx, prefix, add(TrialMark)),
	); err != nil {
		return nil, err
	}
	slices.SortStableFunc(out, func(a, b Raised) int {
		if a.Open() != b.Open() {
			if a.Open() {
				return -1
			}
			return 1
		}
		return b.At.Compare(a.At)
	})
	return out, nil
}

func raised(tx store.Tx, s judging.Score, w judging.Work) (Raised, error) {
	now := s.Now()
	r := Raised{
		Work:   w.ID,
		Code:   w.Code,
		Title:  w.Title,
		Judge:  s.Judge,
		State:  now.State,
		Flags:  now.Flags,
		Note:   now.FlagNote,
		Reason: now.Reason,
		At:     now.At,
	}
	if r.Flags == nil {
		r.Flags = []judging.Flag{}
	}
	h, err := handlings.Get(tx, handlingID(s, w.Code))
	if errors.Is(err, judging.ErrNotFound) {
		return r, nil
	}
	if putsAside(r.State) == putsAside(h.State) && slices.Equal(h.Flags, now.Flags) && h.Note == r.Note {
		r.Handled = &h
	}
	return r, err
}

// putsAside is the state where the work was given back unscored, else "": marks may change without anything being
// raised again.
func putsAside(s judging.BallotState) judging.BallotState {
	if s == judging.Recused || s == judging.Abstained {
		return s
	}
	return ""
}

// HandleFlag notes what was done about what a judge raised of a work. Errors: Invalid without a reason, Forbidden
// when the work is not the judge's, NotFound when nothing is raised.
func (o Stage) HandleFlag(ctx context.Context, judge judging.JudgeID, work, reason string) error {
	if reason = judging.Tidy(reason); reason == "" {
		return judging.Fail(judging.Invalid, "closing.needs_reason", nil)
	}
	return o.rec.Change(ctx, records.Scoring, func(tx store.Tx) error {
		in, err := LoadDeskDuty(tx, judge)
		if err != nil {
			return err
		}
		code, err := codeOf(tx, work)
		if err != nil {
			return err
		}
		w, err := in.Find(code)
		if err != nil {
			return err
		}
		s, err := in.LoadScore(tx, w)
		if err != nil {
			return err
		}
		now := s.Now()
		if !raises(now.Ballot) {
			return judging.Fail(judging.NotFound, "flags.none", judging.Args{"Work": work, "Judge": judge})
		}
		h := Handling{
			ID:     handlingID(s, code),
			At:     o.rec.Now().UTC(),
			Reason: reason,
			State:  now.State,
			Flags:  now.Flags,
			Note:   now.FlagNote,
		}
		if err := handlings.Put(tx, h); err != nil {
			return err
		}
		return o.rec.Log(tx, "scores.handle", h.ID, nil, map[string]any{
			"state":  h.State,
			"flags":  h.Flags,
			"reason": reason,
		})
	})
}

// Substitute is a judge who could take a work over.
type Substitute struct {
	Judge judging.JudgeID `json:"judge"`
	Name  string          `json:"name"`
	Works int             `json:"works"` // on the list now
}

// Substitutes lists up to ten judges who could take the judge's place at a work, best first. Errors: Closed when no
// plan is published, NotFound, Forbidden when the work is not the judge's.
func (o Stage) Substitutes(ctx context.Context, judge judging.JudgeID, work string) ([]Substitute, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]Substitute, error) {
		r, err := assignment.LoadRevision(tx)
		if err != nil {
			return nil, err
		}
		id, err := records.FindWork(tx, work)
		if err != nil {
			return nil, err
		}
		at := slices.IndexFunc(r.Works, func(w judging.Work) bool { return w.ID == id })
		gone := slices.IndexFunc(r.Judges, func(j judging.Judge) bool { return j.ID == judge })
		if at < 0 || !slices.Contains(r.OrderOf(judge), id) {
			return nil, judging.Fail(judging.Forbidden, "scores.not_yours", judging.Args{"Work": work})
		}
		p := r.Problem()
		now := assign.Plan{Panels: r.Standing()}
		if !slices.Contains(now.Panels[at], gone) {
			now.Panels[at] = append(now.Panels[at], gone)
			slices.Sort(now.Panels[at])
		}
		able, err := assign.Substitutes(p, now, at, gone, 10)
		if err != nil {
			return nil, err
		}
		called, err := records.JudgeNames(tx)
		if err != nil {
			return nil, err
		}
		out := []Substitute{}
		for _, j := range able {
			out = append(out, Substitute{r.Judges[j].ID, called[r.Judges[j].ID], len(r.OrderOf(r.Judges[j].ID))})
		}
		return out, nil
	})
}
