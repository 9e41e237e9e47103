// Package tally keeps running counts of a round's scoring: how far each judge is, by category, what waits to be looked
// at, how many scores each work has and how far apart they are. They are written in the transaction of each change, by
// what it wrote and what was there before, so that the overview of 100,000 works costs no more than that of ten.
// Recount counts the same from the records themselves: it builds the tallies of contests that have none, stands in
// where they can't be trusted, and is what a check compares with.
//
// The package lies below package records and reads its tables in part; it writes none but its own.
package tally

import (
	"errors"
	"time"

	"fayi/judging"
	"fayi/judging/store"
)

// Judge is how far a judge is with the works that the published plan of a round gives them.
type Judge struct {
	Round   judging.Round   `json:"round"`
	Judge   judging.JudgeID `json:"judge"`
	Plan    judging.PlanID  `json:"plan"`
	Total   int             `json:"total"`
	Done    int             `json:"done"` // need nothing more
	Skipped int             `json:"skipped,omitempty"`
	Cells   map[string]Part `json:"cells,omitempty"` // by category
	Last    time.Time       `json:"last,omitzero"`   // when a score that holds was given last
}

// Part is how many of some works need nothing more.
type Part struct {
	Done  int `json:"done"`
	Total int `json:"total"`
}

// Round counts the scores of a round that came typed in sheets, and those of them that a second typing settled.
type Round struct {
	Round    judging.Round `json:"round"`
	Typed    int           `json:"typed"`
	Verified int           `json:"verified"`
}

// raising is a score in which something is raised for the organiser.
type raising struct {
	Score string `json:"score"`
}

// mark says up to where the tallies were kept. One that is not where the journal stands was left behind by a program
// that knows no tallies.
type mark struct {
	State

	Journal int    `json:"journal"` // entries
	Form    int    `json:"form"`    // of the tallies: those of a program that counts less are not read
	Decided *State `json:"decided"` // right after awards were decided
}

// form is raised when something more is tallied.
const form = 3

var (
	judges   = store.NewTable("tally_judge", 1, func(j *Judge) string { return seatID(j.Round, j.Judge) })
	rounds   = store.NewTable("tally_round", 1, func(r *Round) string { return roundID(r.Round) })
	raisings = store.NewTable("tally_raised", 1, func(r *raising) string { return r.Score })
	marks    = store.NewTable("tally_mark", 1, func(*mark) string { return "mark" })
)

// What is read of the records.
type (
	score struct {
		Round    judging.Round   `json:"round"`
		Work     judging.WorkID  `json:"work"`
		Judge    judging.JudgeID `json:"judge"`
		Versions []said          `json:"versions"`
		Void     string          `json:"void"`
	}
	said struct {
		State  judging.BallotState `json:"state"`
		Total  float64             `json:"total"`
		Flags  []judging.Flag      `json:"flags"`
		At     time.Time           `json:"at"`
		Source judging.Source      `json:"source"`
	}
	second struct {
		Versions int     `json:"versions"`
		Total    float64 `json:"total"`
		Reason   string  `json:"reason"`
	}
	work struct {
		Versions []struct {
			Intake judging.IntakeID `json:"intake"`
			Work   struct {
				Category string `json:"category"`
			} `json:"work"`
		} `json:"versions"`
	}
	intake struct {
		ID    judging.IntakeID    `json:"id"`
		State judging.IntakeState `json:"state"`
	}
	counter struct {
		Last int `json:"last"`
	}
)

// The tables of package records, to be read only.
var (
	scores = store.NewTable("score", 1, func(*score) string { return "" },
		store.Index[score]{Name: "judge", Values: func(*score) []string { return nil }})
	seconds  = store.NewTable("second_total", 1, func(*second) string { return "" })
	works    = store.NewTable("work", 1, func(*work) string { return "" })
	intakes  = store.NewTable("intake", 1, func(*intake) string { return "" })
	plans    = store.NewTable("plan", 1, func(p *judging.Plan) string { return string(p.ID) })
	rosters  = store.NewTable("roster", 1, func(r *judging.Roster) string { return r.ID() })
	counters = store.NewTable("counter", 1, func(*counter) string { return "" })
)

func roundID(r judging.Round) string { return judging.Serial("r", 2, int(r)) }

func seatID(r judging.Round, j judging.JudgeID) string { return roundID(r) + "/" + string(j) }

// now is what holds of a score; the zero value for none.
func (s *score) now() said {
	if s == nil || len(s.Versions) == 0 {
		return said{}
	}
	return s.Versions[len(s.Versions)-1]
}

func (s said) finished() bool {
	return s.State == judging.Scored || s.State == judging.Abstained || s.State == judging.Recused
}

// Raises reports whether what a judge said holds something for the organiser.
func Raises(state judging.BallotState, flags []judging.Flag) bool {
	return len(flags) > 0 || state == judging.Recused || state == judging.Abstained
}

// typed is doubleentry's: the score came typed in a sheet and counts.
func (s *score) typed() bool {
	return s.now().Source == judging.Sheet && s.Void == "" && s.now().State == judging.Scored
}

// settles is doubleentry's: the second typing needs nothing more.
func (t *second) settles(s *score) bool {
	switch {
	case t == nil:
		return false
	case judging.Exact(t.Total) == judging.Exact(s.now().Total):
		return true
	}
	return t.Versions == len(s.Versions) && t.Reason != ""
}

// get returns nil for what is not there.
func get[T any](table *store.Table[T], tx store.Tx, id string) (*T, error) {
	v, err := table.Get(tx, id)
	if errors.Is(err, judging.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &v, nil
}

// standing returns the mark if the tallies can be trusted, nil if not.
func standing(tx store.Tx) (*mark, error) {
	m, err := get(marks, tx, "mark")
	if err != nil || m == nil {
		return nil, err
	}
	at, err := journal(tx)
	if err != nil || at != m.Journal || m.Form != form {
		return nil, err
	}
	return m, nil
}

// journal is how many entries the journal has.
func journal(tx store.Tx) (int, error) {
	c, err := get(counters, tx, "journal")
	if err != nil || c == nil {
		return 0, err
	}
	return c.Last, nil
}

// published returns the plan in force in a round, nil for none.
func published(tx store.Tx, round judging.Round) (*judging.Plan, error) {
	var found *judging.Plan
	err := plans.Each(tx, func(p judging.Plan) error {
		if p.Round == round && p.State == judging.Published {
			found = &p
		}
		return nil
	})
	return found, err
}

// JudgesOf returns the tallies of a plan in the order of its judges; ok is false where there are none to be trusted.
func JudgesOf(tx store.Tx, plan judging.Plan) (out []Judge, ok bool, err error) {
	m, err := standing(tx)
	if err != nil || m == nil {
		return nil, false, err
	}
	out, err = judges.List(tx, roundID(plan.Round)+"/")
	for _, j := range out {
		if j.Plan != plan.ID {
			return nil, false, err
		}
	}
	return out, err == nil && len(out) > 0, err
}

// RoundOf returns the counts of a round; ok is false where there are none to be trusted.
func RoundOf(tx store.Tx, round judging.Round) (out Round, ok bool, err error) {
	m, err := standing(tx)
	if err != nil || m == nil {
		return out, false, err
	}
	r, err := get(rounds, tx, roundID(round))
	if err != nil || r == nil {
		return Round{Round: round}, err == nil, err
	}
	return *r, true, nil
}

// Raised lists the identities of a round's scores in which something is raised; ok is false where they are not known.
func Raised(tx store.Tx, round judging.Round) (ids []string, ok bool, err error) {
	m, err := standing(tx)
	if err != nil || m == nil {
		return nil, false, err
	}
	err = raisings.EachPrefix(tx, roundID(round)+"/", func(r raising) error { ids = append(ids, r.Score); return nil })
	return ids, err == nil, err
}
