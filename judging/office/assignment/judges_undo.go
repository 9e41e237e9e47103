package assignment

import (
	"context"
	"errors"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// JudgeList is one import of judges.
type JudgeList = records.JudgeList

// JudgeLists lists the imports of judges, oldest first.
func (o Stage) JudgeLists(ctx context.Context) ([]JudgeList, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]records.JudgeList, error) {
		return records.Collect(func(fn func(records.JudgeList) error) error { return records.JudgeLists.Each(tx, fn) })
	})
}

// UndoJudges takes the last import of judges back: judges it brought are gone, judges it changed are as before, and
// what it declared is declared no more. Errors: NotFound where there is none to take back, Clash where a judge was
// changed since or has scores, Closed when the awards are public.
func (o Stage) UndoJudges(ctx context.Context) (JudgeList, error) {
	var last JudgeList
	err := o.rec.Change(ctx, records.Seating, func(tx store.Tx) error {
		last = records.JudgeList{}
		err := records.JudgeLists.Each(tx, func(l records.JudgeList) error {
			if l.State == judging.Live {
				last = l
			}
			return nil
		})
		if err != nil {
			return err
		}
		if last.ID == "" {
			return judging.Fail(judging.NotFound, "judges.no_list", nil)
		}
		if err := takeBack(tx, last); err != nil {
			return err
		}
		before := last.State
		last.State = judging.Undone
		if err := records.JudgeLists.Put(tx, last); err != nil {
			return err
		}
		return o.rec.Log(tx, "judges.undo-import", last.ID, before, last.State)
	})
	if err == nil {
		o.rec.Changes.Ring()
	}
	return last, err
}

func takeBack(tx store.Tx, l records.JudgeList) error {
	for _, c := range l.Conflicts {
		now, err := records.Conflicts.Get(tx, c.ID())
		if errors.Is(err, judging.ErrNotFound) || err == nil && now != c {
			continue // taken back, or said otherwise, by a person
		}
		if err := records.FirstError(err, records.Conflicts.Delete(tx, c.ID())); err != nil {
			return err
		}
	}
	for _, j := range l.Added {
		if gone, err := unchangedSince(tx, j, j); gone || err != nil {
			if err != nil {
				return err
			}
			continue
		}
		scored, err := records.ScoresOfJudge(tx, j.ID)
		if err != nil {
			return err
		}
		if len(scored) > 0 {
			return judging.Fail(judging.Clash, "judges.list_scored", judging.Args{"Name": j.Name})
		}
		if err := records.ForgetJudge(tx, j.ID); err != nil {
			return err
		}
	}
	for _, c := range l.Changed {
		skip, err := unchangedSince(tx, c.After, c.Before)
		if err != nil {
			return err
		}
		if skip {
			continue
		}
		if err := records.Judges.Put(tx, c.Before); err != nil {
			return err
		}
	}
	return nil
}

// unchangedSince checks that a judge is still as an import left them. skip says that there is nothing to take back:
// they are gone, or as they were before.
func unchangedSince(tx store.Tx, left, before judging.Judge) (skip bool, err error) {
	now, err := records.Judges.Get(tx, string(left.ID))
	switch {
	case errors.Is(err, judging.ErrNotFound):
		return true, nil
	case err != nil:
		return false, err
	case sameJudge(now, left):
		return false, nil
	case sameJudge(now, before):
		return true, nil
	}
	return false, judging.Fail(judging.Clash, "judges.changed_since", judging.Args{"Name": now.Name})
}
