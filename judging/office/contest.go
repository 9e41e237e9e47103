package office

import (
	"context"
	"encoding/hex"
	"errors"
	"io"
	"maps"
	"unicode/utf8"

	"fayi/judging"
	"fayi/judging/day"
	"fayi/judging/office/assignment"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/tally"
	"fayi/judging/store"
)

// Summary is a contest at a glance.
type Summary struct {
	judging.Contest
	WorksSummary
	Judges   int           `json:"judges"`
	Plan     *judging.Plan `json:"plan,omitempty"` // the round's published plan, else its newest draft
	Scored   int           `json:"scored"`         // scores given of Plan.Pairs
	Decided  int           `json:"decided"`        // lists whose awards are decided
	Granted  int           `json:"granted"`        // works with an award
	Rules    int           `json:"rules"`          // version
	Finished bool          `json:"finished"`       // every list handed in, or the round closed without

	Flags      int             `json:"flags"`            // flags and recusals that nobody has handled
	Notice     *judging.Notice `json:"notice,omitempty"` // the public notice that stands or is final
	NoticeOver bool            `json:"notice_over"`      // its last day has passed
	Objections int             `json:"objections"`       // without an answer
	Batches    int             `json:"batches"`          // reported upward and not withdrawn
	Missing    int             `json:"missing_judges"`   // lists that were not handed in when the round was closed
}

// Beginning is what is said of a contest when it is made.
type Beginning struct {
	Name     string
	Host     string // 主办单位
	Year     int    // of the season, 1900-2999; 0: not said
	Template string // the key of the template whose rules it has
}

func (b Beginning) contest() (judging.Contest, error) {
	name := judging.Tidy(b.Name)
	if name == "" || utf8.RuneCountInString(name) > 60 {
		return judging.Contest{}, judging.Fail(judging.Invalid, "contest.name", judging.Args{"Max": 60})
	}
	if b.Year != 0 && (b.Year < 1900 || b.Year > 2999) {
		return judging.Contest{}, judging.Fail(judging.Invalid, "contest.year", judging.Args{"Year": b.Year})
	}
	return judging.Contest{
		Name: name, Host: judging.Tidy(b.Host), Year: b.Year, Template: b.Template, Round: 1,
	}, nil
}

// create makes the contest and lets more, which may be nil, write what it begins with.
func (o *Office) create(ctx context.Context, b Beginning, rules judging.Rules, more func(store.Tx) error) error {
	c, err := b.contest()
	if err != nil {
		return err
	}
	if problems := rules.Check(); len(problems) > 0 {
		return errors.Join(problems...)
	}
	c.Created = o.rec.Now().UTC()
	if err := o.draw(&c); err != nil {
		return err
	}
	rules.Version = 1
	return o.rec.Change(ctx, records.Settings, func(tx store.Tx) error {
		if _, err := records.Contests.Get(tx, "contest"); err == nil {
			return judging.Fail(judging.Clash, "contest.exists", nil)
		} else if !errors.Is(err, judging.ErrNotFound) {
			return err
		}
		if err := records.FirstError(
			records.Contests.Put(tx, c), records.PutRules(tx, rules),
			records.Counters.Put(tx, records.Counter{Name: "rules", Last: 1}),
			o.rec.Log(tx, "contest.new", string(c.ID), nil, map[string]any{"name": c.Name, "host": c.Host}),
			tally.Begin(tx),
		); err != nil || more == nil {
			return err
		}
		return more(tx)
	})
}

// draw gives c a random identity and key.
func (o *Office) draw(c *judging.Contest) error {
	random := make([]byte, 24)
	if _, err := io.ReadFull(o.rec.Random, random); err != nil {
		return judging.Fail(judging.Unavailable, "contest.no_random", nil).Because(err)
	}
	c.ID, c.Key = judging.ContestID(hex.EncodeToString(random[:8])), random[8:]
	return nil
}

// ShowContest counts where the contest stands. What it counts of works it keeps until one of them changes, of few works
// in memory only: the window asks at each of its pages. That is no change of the contest and rings for nobody.
func (o *Office) ShowContest(ctx context.Context) (Summary, error) {
	var state int
	var kept bool
	s, err := records.View(ctx, o.rec.DB, func(tx store.Tx) (Summary, error) {
		s := Summary{}
		var err error
		if s.Contest, err = records.LoadContest(tx); err != nil {
			return s, err
		}
		rules, err := records.LoadRules(tx)
		if err != nil {
			return s, err
		}
		s.Rules = rules.Version
		var works WorksSummary
		if kept, state, err = tally.Recall(tx, "summary", &works); err != nil {
			return s, err
		}
		if then := o.counted.Load(); !kept && state > 0 && then != nil && then.state == state {
			works, kept = then.works, true
		}
		if !kept {
			if works, err = countWorks(tx, s.Round); err != nil {
				return s, err
			}
		}
		s.WorksSummary = works
		s.Works = maps.Clone(works.Works)
		if s.Judges, err = records.Judges.Count(tx); err != nil {
			return s, err
		}
		err = records.FirstError(s.progress(tx), s.outcome(tx))
		if s.Notice != nil && o.rec.Now != nil { // a copy that is only looked at has no clock
			s.NoticeOver = o.rec.Now().Format(day.Form) > s.Notice.Until
		}
		return s, err
	})
	if err != nil || kept || state == 0 {
		return s, err
	}
	const worth = 1000 // works; fewer are counted faster than a write takes
	if s.all() >= worth && !o.ReadOnly() {
		_ = tally.Remember(ctx, o.rec.DB, "summary", state, s.WorksSummary) // else it is counted again
		return s, nil
	}
	works := s.WorksSummary
	works.Works = maps.Clone(works.Works)
	o.counted.Store(&worksThen{state, works})
	return s, nil
}

// worksThen is what was counted of works, and at which state of them.
type worksThen struct {
	state int
	works WorksSummary
}

func (s *Summary) progress(tx store.Tx) error {
	plan, err := assignment.CurrentPlan(tx, s.Round)
	if err != nil || plan == nil {
		return err
	}
	s.Plan = plan
	if plan.State == judging.Published {
		status, err := records.PlanStatus(tx, *plan)
		if err != nil {
			return err
		}
		s.Scored, s.Finished = status.Done, status.Finished()
		if status.Closed != nil {
			s.Missing = len(status.Closed.Missing)
		}
	}
	decided, err := records.LoadDecisions(tx)
	for _, d := range decided {
		s.Decided++
		s.Granted += len(d.Grants)
	}
	return err
}

// Journal returns the journal, oldest entry first.
func (o *Office) Journal(ctx context.Context) ([]judging.Entry, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]judging.Entry, error) {
		return records.Collect(func(fn func(judging.Entry) error) error { return records.Journal.Each(tx, fn) })
	})
}
