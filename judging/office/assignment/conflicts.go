package assignment

import (
	"cmp"
	"context"
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// Suspicion is a pair kept apart, with what an organiser needs to settle it.
type Suspicion struct {
	judging.Conflict
	JudgeName string           `json:"judge_name"`
	Code      judging.WorkCode `json:"code"`
	Title     string           `json:"title"`
}

// DeclareConflict keeps a judge from a work, or from all works of a unit or of a person, or (kind NoConflict) clears a
// suspicion.
// Errors: NotFound, Invalid without a reason, Closed when the pair stands in the published plan.
func (o Stage) DeclareConflict(ctx context.Context, c judging.Conflict) error {
	c, err := CheckConflict(c)
	if err != nil {
		return err
	}
	return o.rec.Change(ctx, records.Declaring, func(tx store.Tx) error { return DeclareIn(o.rec, tx, c) })
}

// CheckConflict returns what was said of a conflict as it is stored. Errors: Invalid.
func CheckConflict(c judging.Conflict) (judging.Conflict, error) {
	c.Unit, c.Person, c.Reason = judging.Tidy(c.Unit), judging.Tidy(c.Person), judging.Tidy(c.Reason)
	from := 0
	for _, what := range []string{string(c.Work), c.Unit, c.Person} {
		if what != "" {
			from++
		}
	}
	if c.Reason == "" || from != 1 {
		return c, judging.Fail(judging.Invalid, "conflicts.incomplete", nil)
	}
	if c.Kind == "" {
		c.Kind = declaredKind(c)
	}
	return c, nil
}

// DeclareIn is DeclareConflict within a transaction that may write, for what CheckConflict let through.
func DeclareIn(o *records.Records, tx store.Tx, c judging.Conflict) error {
	if _, err := records.LoadJudge(tx, c.Judge); err != nil {
		return err
	}
	if c.Work != "" {
		id, err := records.FindWork(tx, string(c.Work))
		if err != nil {
			return err
		}
		if _, err = records.LoadWork(tx, id); err != nil {
			return err
		}
		c.Work = id
	}
	if err := records.Conflicts.Put(tx, c); err != nil {
		return err
	}
	return o.Log(tx, "conflicts.declare", c.ID(), nil, c)
}

// declaredKind is the kind of a conflict that somebody declares.
func declaredKind(c judging.Conflict) judging.ConflictKind {
	switch {
	case c.Person != "":
		return judging.OfPerson
	case c.Work == "":
		return judging.WholeUnit
	}
	return judging.Declared
}

// Conflicts lists the conflicts that people declared or cleared.
func (o Stage) Conflicts(ctx context.Context) ([]judging.Conflict, error) {
	return records.View(ctx, o.rec.DB, records.LoadConflicts)
}

// SuspectConflicts lists every pair that is kept apart, declared or suspected from names and units, by judge then
// work; behind them, without a work, what was declared of units and people whom no work names: it may be a slip.
func (o Stage) SuspectConflicts(ctx context.Context) ([]Suspicion, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]Suspicion, error) {
		field, err := loadField(tx)
		if err != nil {
			return nil, err
		}
		titles := map[judging.WorkID]judging.Work{}
		for _, w := range field.Works {
			titles[w.ID] = w
		}
		names, err := records.JudgeNames(tx)
		if err != nil {
			return nil, err
		}
		out := []Suspicion{}
		for _, c := range judging.Conflicts(field.Works, field.Judges, field.Said) {
			w := titles[c.Work]
			out = append(out, Suspicion{Conflict: c, JudgeName: names[c.Judge], Code: w.Code, Title: w.Title})
		}
		for _, c := range field.idle() {
			if name, known := names[c.Judge]; known {
				out = append(out, Suspicion{Conflict: c, JudgeName: name})
			}
		}
		return out, nil
	})
}

// field is who is in: the accepted works of the present round, judges, and what was said of conflicts.
type field struct {
	Works  []judging.Work
	Judges []judging.Judge
	Said   []judging.Conflict
}

// idle lists what was declared of units and people whom no work names.
func (f field) idle() []judging.Conflict {
	named := map[string]bool{}
	for _, w := range f.Works {
		for _, name := range slices.Concat([]string{w.Unit, w.Sender}, w.Authors, w.Teachers) {
			named[judging.Fold(name)] = true
		}
	}
	var out []judging.Conflict
	for _, c := range f.Said {
		of := cmp.Or(c.Person, c.Unit)
		if c.Work == "" && c.Kind != judging.NoConflict && !named[judging.Fold(of)] {
			out = append(out, c)
		}
	}
	return out
}

func loadField(tx store.Tx) (field, error) {
	var f field
	c, err := records.LoadContest(tx)
	if err != nil {
		return f, err
	}
	takes, err := records.InRound(tx, c.Round)
	if err != nil {
		return f, err
	}
	if f.Works, err = records.AllWorks(tx, takes); err != nil {
		return f, err
	}
	if f.Judges, err = records.LoadJudges(tx); err != nil {
		return f, err
	}
	if f.Said, err = records.LoadConflicts(tx); err != nil {
		return f, err
	}
	return f, records.RenameUnits(tx, f.Judges, f.Said)
}
