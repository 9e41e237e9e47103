package sealing

import (
	"context"
	"errors"
	"io"
	"path/filepath"

	"fayi/internal/atomicfile"
	"fayi/judging/office"
	"fayi/judging/store"
	"fayi/judging/store/bolt"
	"fayi/judging/store/replica"
	"fayi/judging/store/seal"
)

// Difference is what restoring a copy changes.
type Difference = replica.Difference

// Differs tells what restoring a copy would change on all computers that share the closed contest in dir. Errors: those
// of Restore.
func (d *Door) Differs(ctx context.Context, dir, path string, how seal.Unlock) (is Difference, err error) {
	err = d.withCopy(ctx, dir, path, d.Known(how), func(f Followed, backup *bolt.DB) error {
		is, err = replica.Differs(ctx, f.DB, backup)
		return err
	})
	return is, err
}

// Differs is that of a door, for a contest that this program has open. Errors: those of bolt.
func (f Followed) Differs(ctx context.Context, path string, how seal.Unlock) (is Difference, err error) {
	backup, err := bolt.Open(path, bolt.Options{ReadOnly: true, Unlock: how})
	if err != nil {
		return is, err
	}
	is, err = replica.Differs(ctx, f.DB, backup)
	return is, errors.Join(err, backup.Close())
}

// restoreShared appends what differs between a shared contest and a copy. What the contest was stays among the copies.
func (d *Door) restoreShared(ctx context.Context, dir, path, kept string, how seal.Unlock) (string, error) {
	old := filepath.Join(dir, "backups", kept)
	err := d.withCopy(ctx, dir, path, how, func(f Followed, backup *bolt.DB) error {
		err := atomicfile.Write(old, 0o600, func(w io.Writer) error { return f.DB.Snapshot(ctx, w) })
		if err != nil {
			return store.Translate(old, err)
		}
		return replica.Become(ctx, f.DB, backup)
	})
	if err != nil {
		return "", err
	}
	return old, nil
}

// withCopy opens a shared contest that can be written and a copy of it that is whole. Errors: Unavailable where the log
// is away; those of bolt, of the log and of office.SameContest.
func (d *Door) withCopy(
	ctx context.Context, dir, path string, how seal.Unlock, do func(f Followed, backup *bolt.DB) error,
) error {
	backup, err := bolt.Open(path, bolt.Options{ReadOnly: true, Unlock: how})
	if err != nil {
		return err
	}
	if err := backup.Check(ctx); err != nil {
		return errors.Join(err, backup.Close())
	}
	f, err := d.Follow(ctx, dir, how)
	if err != nil {
		return errors.Join(err, backup.Close())
	}
	err = office.SameContest(ctx, backup, f.DB)
	if s := f.DB.Status(); err == nil && s.Err != nil {
		err = s.Err
	} else if err == nil && s.Away {
		err = s.Why
	}
	if err == nil {
		err = do(f, backup)
	}
	return errors.Join(err, f.DB.Close(), backup.Close())
}
