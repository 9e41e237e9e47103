package sealing

import (
	"context"
	"os"
	"path/filepath"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/access"
	"fayi/judging/store/bolt"
	"fayi/judging/store/seal"
)

// Done is what setting a password did.
type Done struct {
	Code   string   `json:"recovery_code"` // as it is to be printed; it is kept nowhere else
	Copies int      `json:"copies_sealed"` // copies of the database below backups/
	Left   []string `json:"copies_left"`   // names of those that could not be sealed: anyone can read them
}

// CheckPassword refuses a password that is too short or too long. Errors: Invalid.
func CheckPassword(password string) error { return seal.CheckPassword(password) }

// Set seals the closed contest in dir under a password, and the copies of its database. Errors: Invalid, Clash when it
// is sealed already, those of Open; then nothing was changed.
func (d *Door) Set(ctx context.Context, dir, password string) (Done, error) {
	if err := alone(dir); err != nil {
		return Done{}, err
	}
	if err := seal.CheckPassword(password); err != nil {
		return Done{}, err
	}
	if is, err := Sealed(dir); err != nil || is {
		if err == nil {
			err = judging.Fail(judging.Clash, "seal.already", nil)
		}
		return Done{}, err
	}
	c := d.Config(dir)
	key, lock, code, err := seal.New(c.Random, d.cost(c), password)
	if err != nil {
		return Done{}, err
	}
	s := &bolt.Seal{Key: key, Lock: lock}
	if err := bolt.Rewrite(ctx, database(dir), nil, s, office.NoteLock(c, access.LockSet)); err != nil {
		return Done{}, err
	}
	d.keep(dir, s)
	done := Done{Code: code}
	done.Copies, done.Left = sealCopies(ctx, dir, s)
	return done, nil
}

// SealCopies seals the copies below backups/ that anyone can read, of a contest that is sealed, open by this door or
// closed: those from before it was. Errors: NotFound when it is not sealed, those of how.
func (d *Door) SealCopies(ctx context.Context, dir string, how seal.Unlock) (Done, error) {
	s, err := d.sealHere(dir, how)
	if err != nil {
		return Done{}, err
	}
	var done Done
	done.Copies, done.Left = sealCopies(ctx, dir, s)
	return done, ctx.Err()
}

// sealCopies seals what it can: a copy that is damaged stays as it is.
func sealCopies(ctx context.Context, dir string, s *bolt.Seal) (n int, left []string) {
	left = []string{}
	for _, path := range copies(dir) {
		switch is, err := Sealed(path); {
		case err == nil && is:
		case err == nil && bolt.Rewrite(ctx, path, nil, s, nil) == nil:
			n++
		default:
			left = append(left, filepath.Base(path))
		}
	}
	return n, left
}

// copies lists the copies of the database.
func copies(dir string) (out []string) {
	files, _ := os.ReadDir(filepath.Join(dir, "backups")) // no folder, no copies
	for _, f := range files {
		if f.Type().IsRegular() && filepath.Ext(f.Name()) == ".db" {
			out = append(out, filepath.Join(dir, "backups", f.Name()))
		}
	}
	return out
}

// sealHere is sealWith that also knows a contest which this door has open, so that its file can't be read now.
func (d *Door) sealHere(dir string, how seal.Unlock) (*bolt.Seal, error) {
	s, err := d.sealWith(dir, how)
	if judging.CodeOf(err) != judging.Busy {
		return s, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if s := d.here[filepath.Clean(dir)]; s != nil {
		return s, nil
	}
	return nil, err
}

// PlainCopies lists the names of the copies below backups/ that anyone can read.
func PlainCopies(dir string) (names []string) {
	for _, path := range copies(dir) {
		if is, err := Sealed(path); err == nil && !is {
			names = append(names, filepath.Base(path))
		}
	}
	return names
}

// sealWith is how the contest in dir is sealed, opened by what is known or by how.
func (d *Door) sealWith(dir string, how seal.Unlock) (*bolt.Seal, error) {
	lock, err := bolt.ReadLock(database(dir))
	if err != nil {
		return nil, err
	}
	if lock == nil {
		return nil, notSealed()
	}
	key, err := d.Known(how)(*lock)
	if err != nil {
		return nil, err
	}
	return &bolt.Seal{Key: key, Lock: *lock}, nil
}

// Clear takes the password of the closed contest in dir away: its database becomes one that anyone can read; copies
// stay sealed. Errors: NotFound when it is not sealed, those of how and Open.
func (d *Door) Clear(ctx context.Context, dir string, how seal.Unlock) error {
	if err := alone(dir); err != nil {
		return err
	}
	s, err := d.sealWith(dir, how)
	if err != nil {
		return err
	}
	note := office.NoteLock(d.Config(dir), access.LockCleared)
	return bolt.Rewrite(ctx, database(dir), seal.By(s.Key), nil, note)
}

// Change gives the closed contest in dir another password. Copies from before keep the one that they were made under,
// and the recovery code stays. Errors: Invalid, NotFound when it is not sealed, those of how and Open.
func (d *Door) Change(ctx context.Context, dir string, how seal.Unlock, password string) error {
	if err := alone(dir); err != nil {
		return err
	}
	if err := seal.CheckPassword(password); err != nil {
		return err
	}
	s, err := d.sealWith(dir, how)
	if err != nil {
		return err
	}
	c := d.Config(dir)
	lock, err := s.Key.Repassworded(c.Random, d.cost(c), s.Lock, password)
	if err != nil {
		return err
	}
	return d.relock(ctx, dir, s.Key, lock, office.NoteLock(c, access.LockChanged))
}

// Recode draws another recovery code for the closed contest in dir and returns it; the one before opens only copies
// from before. Errors: NotFound when the contest is not sealed, those of how and Open.
func (d *Door) Recode(ctx context.Context, dir string, how seal.Unlock) (string, error) {
	if err := alone(dir); err != nil {
		return "", err
	}
	s, err := d.sealWith(dir, how)
	if err != nil {
		return "", err
	}
	c := d.Config(dir)
	lock, code, err := s.Key.Recoded(c.Random, d.cost(c), s.Lock)
	if err != nil {
		return "", err
	}
	return code, d.relock(ctx, dir, s.Key, lock, office.NoteLock(c, access.LockCode))
}
