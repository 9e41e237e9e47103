package office

import (
	"context"

	"fayi/judging"
	"fayi/judging/office/access"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// State is the moment of a contest that a paper was made from, or that a restore took away.
type State = records.State

// MayRestore refuses to put an older copy in place of a contest whose awards are final, unless the organiser's password
// proves that the organiser wants it: a restore is the one act that leads around every lock. It answers with the moment
// that a restore would take away, for NoteRestored. Errors: Forbidden without the right password, or where none is set.
func (o *Office) MayRestore(ctx context.Context, password string) (State, error) {
	var final bool
	state, err := records.View(ctx, o.rec.DB, func(tx store.Tx) (st State, err error) {
		if final, err = records.IsFinal(tx); err != nil {
			return st, err
		}
		return records.StateOf(tx)
	})
	if err != nil || !final {
		return state, err
	}
	switch has, err := o.Secrets().HasPassword(ctx); {
	case err != nil:
		return state, err
	case !has:
		return state, judging.Fail(judging.Forbidden, "lock.restore_no_password", nil)
	}
	return state, o.Secrets().CheckPassword(ctx, password)
}

// SameContest refuses a copy of another contest than current, which is nil when it can't be read any more. A copy
// without a contest is refused, too. Errors: NotFound, Corrupt, Clash.
func SameContest(ctx context.Context, backup, current store.DB) error {
	of := func(db store.DB) (judging.Contest, error) { return records.View(ctx, db, records.LoadContest) }
	copied, err := of(backup)
	if err != nil || current == nil {
		return err
	}
	c, err := of(current)
	if judging.CodeOf(err) == judging.Corrupt || judging.CodeOf(err) == judging.NotFound {
		return nil
	}
	if err == nil && c.ID != copied.ID {
		err = judging.Fail(judging.Clash, "contest.other_backup", judging.Args{"Backup": copied.Name, "Name": c.Name})
	}
	return err
}

// NoteRestored writes into the journal of a contest that was just restored what it replaced.
func (o *Office) NoteRestored(ctx context.Context, was State) error {
	return o.rec.Change(ctx, records.Settings, func(tx store.Tx) error {
		return o.rec.Log(tx, "contest.restore", "", was, nil)
	})
}

// NoteFiles has keep write where the files of a shared contest are kept for all, and writes into the journal of its
// store, in the same step, that they were kept at one place, "" for each computer's own, and are at another.
func NoteFiles(ctx context.Context, c Config, from, to string, keep func(store.Tx) error) error {
	rec := newOffice(c).rec
	return rec.Change(ctx, records.Settings, func(tx store.Tx) error {
		if err := keep(tx); err != nil {
			return err
		}
		return rec.Log(tx, "contest.depot", "", map[string]any{"at": from}, map[string]any{"at": to})
	})
}

// NoteSwept has choose say, in the step that writes it into the journal of a shared contest, which files nobody refers
// to any more and are removed from where all keep them: how many, of how many bytes, after how many days. It may run
// twice; of none nothing is written.
func NoteSwept(
	ctx context.Context, c Config, choose func(store.Tx) (files int, bytes int64, days int, err error),
) error {
	rec := newOffice(c).rec
	return rec.Change(ctx, records.Settings, func(tx store.Tx) error {
		files, bytes, days, err := choose(tx)
		if err != nil || files == 0 {
			return err
		}
		return rec.Log(tx, "contest.sweep", "", nil, map[string]any{"files": files, "bytes": bytes, "days": days})
	})
}

// Ready makes a store that was opened without an Office ready for changes: its journal keeps what opening it found, and
// vouches for all records. Open does so itself, and the first change of an older program's contest.
func Ready(ctx context.Context, c Config, db store.DB) error {
	c.DB = db
	return records.Ready(ctx, newOffice(c).rec)
}

// NoteLock writes into the journal of a store what is done with its password (access.LockSet and so on), in the step
// that does it.
func NoteLock(c Config, did string) func(ctx context.Context, db store.DB) error {
	return func(ctx context.Context, db store.DB) error {
		c.DB = db
		return access.NoteLock(ctx, newOffice(c).rec, did)
	}
}
