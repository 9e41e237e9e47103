package office

import (
	"context"

	"fayi/judging"
	"fayi/judging/store"
)

// Suspicion is a pair kept apart, with what an organiser needs to settle it.
type Suspicion struct {
	judging.Conflict
	JudgeName string           `json:"judge_name"`
	Code      judging.WorkCode `json:"code"`
	Title     string           `json:"title"`
}

// DeclareConflict keeps a judge from a work, or from all works of a unit, or (kind NoConflict) clears a suspicion. Errors: NotFound, Invalid without a
// reason, Closed when the pair stands in the published plan.
func (o *Office) DeclareConflict(ctx context.Context, c judging.Conflict) error {
	c.Unit, c.Reason = judging.Tidy(c.Unit), judging.Tidy(c.Reason)
	if c.Reason == "" || (c.Work == "") == (c.Unit == "") {
		return judging.Fail(judging.Invalid, "conflicts.incomplete", nil)
	}
	if c.Kind == "" {
		c.Kind = judging.Declared
		if c.Work == "" {
			c.Kind = judging.WholeUnit
		}
	}
	return o.change(ctx, func(tx store.Tx) error {
		if _, err := loadJudge(tx, c.Judge); err != nil {
			return err
		}
		if c.Work != "" {
			id, err := findWork(tx, string(c.Work))
			if err != nil {
				return err
			}
			if _, err = loadWork(tx, id); err != nil {
				return err
			}
			c.Work = id
		}
		if err := conflicts.Put(tx, c); err != nil {
			return err
		}
		return o.log(tx, "conflicts.declare", c.ID(), nil, c)
	})
}

// Conflicts lists the conflicts that people declared or cleared.
func (o *Office) Conflicts(ctx context.Context) ([]judging.Conflict, error) {
	return view(ctx, o.db, loadConflicts)
}

func loadConflicts(tx store.Tx) ([]judging.Conflict, error) {
	return collect(func(fn func(judging.Conflict) error) error { return conflicts.Each(tx, fn) })
}

// SuspectConflicts lists every pair that is kept apart, declared or suspected from names and units, by judge then work.
func (o *Office) SuspectConflicts(ctx context.Context) ([]Suspicion, error) {
	return view(ctx, o.db, func(tx store.Tx) ([]Suspicion, error) {
		field, err := loadField(tx)
		if err != nil {
			return nil, err
		}
		titles := map[judging.WorkID]judging.Work{}
		for _, w := range field.works {
			titles[w.ID] = w
		}
		names := map[judging.JudgeID]string{}
		for _, j := range field.judges {
			names[j.ID] = j.Name
		}
		out := []Suspicion{}
		for _, c := range judging.Conflicts(field.works, field.judges, field.said) {
			w := titles[c.Work]
			out = append(out, Suspicion{Conflict: c, JudgeName: names[c.Judge], Code: w.Code, Title: w.Title})
		}
		return out, nil
	})
}

// field is who is in: the accepted works of the present round, judges, and what was said of conflicts.
type field struct {
	works  []judging.Work
	judges []judging.Judge
	said   []judging.Conflict
}

func loadField(tx store.Tx) (field, error) {
	var f field
	c, err := loadContest(tx)
	if err != nil {
		return f, err
	}
	takes, err := inRound(tx, c.Round)
	if err != nil {
		return f, err
	}
	if f.works, err = allWorks(tx, takes); err != nil {
		return f, err
	}
	if f.judges, err = loadJudges(tx); err != nil {
		return f, err
	}
	f.said, err = loadConflicts(tx)
	return f, err
}
