package scoredjudges

import (
	"context"
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/pledged"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/revisions"
	"fayi/judging/office/scoring"
	"fayi/judging/store"
)

// Sides of a clash between two entries of one judge.
const (
	TakeFrom = "from" // the score under the entry that goes
	TakeInto = "into" // the score under the entry that stays
)

// MergeClash is a work that both entries of one judge have scored.
type MergeClash struct {
	Round judging.Round    `json:"round"`
	Work  judging.WorkID   `json:"work"`
	Code  judging.WorkCode `json:"code"`
	From  float64          `json:"from"` // total under the entry that goes
	Into  float64          `json:"into"` // total under the entry that stays
}

// Merged says what the merging of two entries did, or, with an error of code Clash, what it must be asked about first.
type Merged struct {
	Judge   judging.JudgeID `json:"judge"`
	Scores  int             `json:"scores"` // that moved
	Works   int             `json:"works"`  // of the present plan that moved
	Clashes []MergeClash    `json:"clashes"`
}

// MergeJudges makes one judge of two entries of the same person: scores, duties, conflicts and what was handed in go
// from from to into, and from is gone. Where both have scored a work, take says which score counts, TakeFrom or
// TakeInto; the other stays in the history. Errors: NotFound, Invalid without a reason or for one judge twice, Clash
// with the works that both scored, Closed when the awards are final.
func (o Stage) MergeJudges(ctx context.Context, from, into judging.JudgeID, take, reason string) (Merged, error) {
	out := Merged{Judge: into, Clashes: []MergeClash{}}
	if reason = judging.Tidy(reason); reason == "" {
		return out, judging.Fail(judging.Invalid, "awards.needs_reason", nil)
	}
	if from == into || !slices.Contains([]string{"", TakeFrom, TakeInto}, take) {
		return out, judging.Fail(judging.Invalid, "judges.bad_merge", nil)
	}
	err := o.rec.Change(ctx, records.Seating, func(tx store.Tx) (err error) {
		var gone judging.Judge
		if out, gone, err = mergeIn(tx, from, into, take); err != nil {
			return err
		}
		before := map[string]any{"judge": from, "name": gone.Name, "unit": gone.Unit}
		return o.rec.Log(tx, "judges.merge", string(into), before, map[string]any{
			"reason":  reason,
			"scores":  out.Scores,
			"clashes": len(out.Clashes),
			"take":    take,
		})
	})
	return out, err
}

// mergeIn makes one judge of two and returns the entry that is gone.
func mergeIn(tx store.Tx, from, into judging.JudgeID, take string) (Merged, judging.Judge, error) {
	out := Merged{Judge: into, Clashes: []MergeClash{}}
	gone, err := records.LoadJudge(tx, from)
	if err != nil {
		return out, gone, err
	}
	stays, err := records.LoadJudge(tx, into)
	if err != nil {
		return out, gone, err
	}
	if err := out.moveScores(tx, from, into, take); err != nil {
		return out, gone, err
	}
	if err := scoring.MoveClashes(tx, from, into); err != nil {
		return out, gone, err
	}
	if err := pledged.Move(tx, from, into); err != nil {
		return out, gone, err
	}
	if err := out.moveDuties(tx, from, into); err != nil {
		return out, gone, err
	}
	if err := moveConflicts(tx, from, into); err != nil {
		return out, gone, err
	}
	if err := records.ForgetJudge(tx, from); err != nil {
		return out, gone, err
	}
	return out, gone, records.Judges.Put(tx, filledUp(stays, gone))
}

// filledUp is a judge with what only the other entry says of them.
func filledUp(j, other judging.Judge) judging.Judge {
	if j.Unit == "" {
		j.Unit = other.Unit
	}
	if j.Post == "" {
		j.Post = other.Post
	}
	if j.Phone == "" {
		j.Phone = other.Phone
	}
	return j
}

// moveScores puts all scores of from under into. The score that counts comes last in its history.
func (m *Merged) moveScores(tx store.Tx, from, into judging.JudgeID, take string) error {
	given, err := records.ScoresOfJudge(tx, from)
	if err != nil {
		return err
	}
	for _, s := range given {
		mine, err := records.LoadScore(tx, s.Round, s.Work, into)
		if err != nil {
			return err
		}
		if s.Counts() && mine.Counts() {
			w, err := records.LoadWork(tx, s.Work)
			if err != nil {
				return err
			}
			m.Clashes = append(m.Clashes, MergeClash{s.Round, s.Work, w.Code, s.Now().Total, mine.Now().Total})
			if take == "" {
				continue // the rest is looked at so that all clashes can be shown at once
			}
		}
		stays := records.Worth(mine) > records.Worth(s) || mine.Counts() && s.Counts() && take == TakeInto
		if err := records.MoveScore(tx, s, mine, stays); err != nil {
			return err
		}
		m.Scores++
	}
	if len(m.Clashes) > 0 && take == "" {
		return judging.Fail(judging.Clash, "judges.merge_asks", judging.Args{"Count": len(m.Clashes)})
	}
	return nil
}

// moveDuties puts the lists of from behind those of into in every plan, and takes a list back that was handed in when
// it grew by works that are open.
func (m *Merged) moveDuties(tx store.Tx, from, into judging.JudgeID) error {
	stage, err := revisions.LoadProgress(tx)
	if err != nil {
		return err
	}
	lists, err := records.RostersOfJudge(tx, from)
	if err != nil {
		return err
	}
	mine, err := records.RostersOfJudge(tx, into)
	if err != nil {
		return err
	}
	for _, l := range lists {
		to := judging.Roster{Plan: l.Plan, Judge: into}
		if i := slices.IndexFunc(mine, func(r judging.Roster) bool { return r.Plan == l.Plan }); i >= 0 {
			to = mine[i]
		}
		moved := 0
		for _, w := range l.Works {
			if !slices.Contains(to.Works, w) {
				to.Works = append(slices.Clone(to.Works), w)
				moved++
			}
		}
		if err := records.Rosters.Put(tx, to); err != nil {
			return err
		}
		if stage.Plan != nil && l.Plan == stage.Plan.ID {
			m.Works = moved
			own := len(to.Works) - moved
			if err := moveSeat(tx, stage.Round, l, own, to); err != nil {
				return err
			}
		}
	}
	return nil
}

// moveSeat keeps a list handed in only where each of the two that has works was, every work on it is done, and nothing
// on it waits for a decision. own is how many works were on the list that stays.
func moveSeat(tx store.Tx, round judging.Round, gone judging.Roster, own int, list judging.Roster) error {
	mine, err := records.LoadSeat(tx, round, list.Judge)
	if err != nil {
		return err
	}
	other, err := records.LoadSeat(tx, round, gone.Judge)
	if err != nil {
		return err
	}
	done := (mine.Submitted || own == 0) && (other.Submitted || len(gone.Works) == 0) &&
		(mine.Submitted || other.Submitted)
	for _, w := range list.Works {
		s, err := records.LoadScore(tx, round, w, list.Judge)
		if err != nil {
			return err
		}
		done = done && (records.Finished(s.Now().State) || s.Void != "")
	}
	if done {
		d, err := scoring.LoadDuty(tx, list.Judge)
		if err != nil {
			return err
		}
		waiting, err := scoring.PendingOf(tx, d)
		if err != nil {
			return err
		}
		done = waiting == 0
	}
	if done == mine.Submitted {
		return nil
	}
	mine.Submitted = done
	return records.Seats.Put(tx, mine)
}

// moveConflicts keeps whom either entry was kept from; what both say of a work or unit stays as into has it, unless it
// was only cleared there.
func moveConflicts(tx store.Tx, from, into judging.JudgeID) error {
	said, err := records.ConflictsOfJudge(tx, from)
	if err != nil {
		return err
	}
	mine, err := records.ConflictsOfJudge(tx, into)
	if err != nil {
		return err
	}
	for _, c := range said {
		c.Judge = into
		i := slices.IndexFunc(mine, func(x judging.Conflict) bool { return x.ID() == c.ID() })
		if i >= 0 && (mine[i].Kind != judging.NoConflict || c.Kind == judging.NoConflict) {
			continue
		}
		if err := records.Conflicts.Put(tx, c); err != nil {
			return err
		}
	}
	return nil
}
