// Package revisions keeps what was changed of works, and says what may still be corrected and which documents that
// would overtake.
package revisions

import (
	"maps"
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
	"fayi/judging/superior"
)

// Table holds the histories of works' data, by work and act. Those of an import count once it is live.
var Table = store.NewTable("revision", 1, func(r *judging.Revision) string { return string(r.Work) + "/" + r.Act },
	store.Index[judging.Revision]{Name: "act", Values: func(r *judging.Revision) []string { return []string{r.Act} }})

// Of lists what was changed of a work, oldest first. Imports that were undone or never ended are left out.
func Of(tx store.Tx, work judging.WorkID) ([]judging.Revision, error) {
	live, err := records.LoadLive(tx)
	if err != nil {
		return nil, err
	}
	out := []judging.Revision{}
	err = Table.EachPrefix(tx, string(work)+"/", func(r judging.Revision) error {
		if isCorrection(r) || live[judging.IntakeID(r.Act)] {
			out = append(out, r)
		}
		return nil
	})
	slices.SortStableFunc(out, func(a, b judging.Revision) int { return a.At.Compare(b.At) })
	return out, err
}

// isCorrection tells acts of correcting from imports by their serials.
func isCorrection(r judging.Revision) bool { return len(r.Act) > 0 && r.Act[0] == 'k' }

// CorrectedAfter reports whether a correction that holds touched a work after an import.
func CorrectedAfter(tx store.Tx, work judging.WorkID, i judging.Intake) (bool, error) {
	found := false
	err := Table.EachPrefix(tx, string(work)+"/k", func(r judging.Revision) error {
		found = found || r.Undone == "" && r.Undoes == "" && !r.At.Before(i.At)
		return nil
	})
	return found, err
}

// Progress says how far the contest has come, for all works alike and for each.
type Progress struct {
	Round  judging.Round
	Final  bool
	Shown  bool
	Over   bool // scoring of the round is over: every list handed in, or the round closed
	Plan   *judging.Plan
	Judged map[judging.WorkID]bool // works that the published plan gives to judges
}

// LoadProgress reads how far the contest has come.
func LoadProgress(tx store.Tx) (Progress, error) {
	s := Progress{Judged: map[judging.WorkID]bool{}}
	c, err := records.LoadContest(tx)
	if err != nil {
		return s, err
	}
	s.Round = c.Round
	notice, err := records.Standing(tx)
	if err != nil {
		return s, err
	}
	s.Shown = notice != nil
	s.Final = notice != nil && notice.State == judging.Final
	if s.Plan, err = records.PublishedPlan(tx, c.Round); err != nil || s.Plan == nil {
		return s, err
	}
	status, err := records.PlanStatus(tx, *s.Plan)
	if err != nil {
		return s, err
	}
	s.Over = status.Finished()
	lists, err := records.PlanRosters(tx, s.Plan.ID)
	for _, l := range lists {
		for _, w := range l.Works {
			s.Judged[w] = true
		}
	}
	return s, err
}

// Begun reports whether judges have had works at all: from then on an import is a late one.
func (s Progress) Begun() bool { return s.Plan != nil || s.Round > 1 }

// NeedsReason reports whether a correction must say why: judges have had works, or the awards were shown.
func (s Progress) NeedsReason() bool { return s.Begun() || s.Shown }

// RefuseLate says why no new work can come in any more, "" while one can: a key of the catalogue. It is the same
// answer at every moment after the same event.
func (s Progress) RefuseLate() string {
	switch {
	case s.Round > 1:
		return "import.late_round"
	case s.Over || s.Shown:
		return "import.late_over"
	}
	return ""
}

// Of is the stage of one work, for corrections.
func (s Progress) Of(tx store.Tx, w judging.Work) (judging.CorrectionStage, error) {
	out := judging.CorrectionStage{
		Final:    s.Final,
		Shown:    s.Shown,
		Planned:  s.Judged[w.ID] || s.Round > 1,
		HasGroup: w.Group != "",
	}
	for round := judging.Round(1); round <= s.Round && !out.Scored; round++ {
		prefix := judging.Serial("r", 2, int(round)) + "/" + string(w.ID) + "/"
		err := records.Scores.EachPrefix(tx, prefix, func(x judging.Score) error {
			out.Scored = out.Scored || len(x.Versions) > 0
			return nil
		})
		if err != nil {
			return out, err
		}
	}
	return out, nil
}

// WithoutJudges lists the works of the present round that its published plan gives to no judge, by identity: those
// that came in, or came back, after it. None while no plan is published.
func WithoutJudges(tx store.Tx) ([]judging.WorkID, error) {
	out := []judging.WorkID{}
	s, err := LoadProgress(tx)
	if err != nil || s.Plan == nil {
		return out, err
	}
	takes, err := records.InRound(tx, s.Round)
	if err != nil {
		return out, err
	}
	return out, records.EachWork(tx, func(w judging.Work) error {
		if takes(w) && !s.Judged[w.ID] {
			out = append(out, w.ID)
		}
		return nil
	})
}

// Document is one that left the house with a work's old data, to be issued again.
type Document struct {
	Kind string         `json:"kind"` // certificate, batch or notice
	Name string         `json:"name"` // the certificate's number, the batch "city-01", the notice "n001"
	Work judging.WorkID `json:"work"`
}

// DocumentsOf lists what was issued with the data of works: their newest certificates, batches that stand, and the
// public notice that shows them.
func DocumentsOf(tx store.Tx, works map[judging.WorkID]bool) ([]Document, error) {
	out := []Document{}
	newest := map[judging.WorkID]string{}
	err := records.Certificates.Each(tx, func(c records.Certificate) error { newest[c.Work] = c.Number; return nil })
	if err != nil {
		return nil, err
	}
	awarded, err := awardedIn(tx)
	if err != nil {
		return nil, err
	}
	notice, err := records.Standing(tx)
	if err != nil {
		return nil, err
	}
	for _, id := range slices.Sorted(maps.Keys(works)) {
		if n := newest[id]; n != "" {
			out = append(out, Document{"certificate", n, id})
		}
		err := records.Batches.Each(tx, func(b superior.Batch) error {
			if b.Withdrawn == nil && slices.Contains(b.Works, id) {
				out = append(out, Document{"batch", b.ID, id})
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		if notice != nil && awarded[id] {
			out = append(out, Document{"notice", notice.ID, id})
		}
	}
	return out, nil
}

// awardedIn lists the works with an award as last decided.
func awardedIn(tx store.Tx) (map[judging.WorkID]bool, error) {
	all, err := records.LoadDecisions(tx)
	out := map[judging.WorkID]bool{}
	for _, d := range all {
		for _, g := range d.Grants {
			out[g.Work] = true
		}
	}
	return out, err
}

// EachScoredWork calls fn with each work that has a score in any round, counting or not.
func EachScoredWork(tx store.Tx, fn func(judging.WorkID)) error {
	return scoredWorks.Each(tx, func(s scoredWork) error {
		if len(s.Versions) > 0 {
			fn(s.Work)
		}
		return nil
	})
}

// scoredWork is what EachScoredWork reads of a score.
type scoredWork struct {
	Work     judging.WorkID `json:"work"`
	Versions []struct{}     `json:"versions"`
}

// scoredWorks reads the score table as scoredWork; nothing is ever written through it.
var scoredWorks = store.NewTable("score", 1, func(*scoredWork) string { return "" })

// Known returns the rules' name of a category or group, any other field as it is. Errors: Invalid for one that the
// rules do not know.
func Known(rules judging.Rules, field, value string) (string, error) {
	switch {
	case field == "category":
		if name, ok := rules.MatchCategory(value); ok {
			return name, nil
		}
		return "", judging.Fail(judging.Invalid, "judges.unknown_category", judging.Args{"Value": value})
	case field == "group" && judging.Tidy(value) != "" && len(rules.Groups) > 0:
		if name, ok := rules.MatchGroup(value); ok {
			return name, nil
		}
		return "", judging.Fail(judging.Invalid, "correct.unknown_group", judging.Args{"Value": value})
	}
	return value, nil
}
