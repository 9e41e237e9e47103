package sealing

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/sharing"
	"fayi/judging/store"
	"fayi/judging/store/bolt"
	"fayi/judging/store/replica"
	"fayi/judging/store/seal"
)

// Share shares the contest in dir, which must not be open, at the address to; writer names this program to the others.
// The invitation that it returns lets whoever has it read and write everything. Errors: those of bolt, sharing and
// replica.Begin; the contest is then as it was.
func (d *Door) Share(
	ctx context.Context, dir, to, writer string, how seal.Unlock, progress replica.Progress,
) (invitation string, err error) {
	db, blobs, err := bolt.OpenFolderWith(dir, d.Known(how))
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, blobs.Close(), db.Close()) }()
	if sharing.Marked(dir) {
		return "", judging.Fail(judging.Clash, "share.already", nil)
	}
	if err := replica.Leave(ctx, db); err != nil && !errors.Is(err, replica.ErrNotShared) {
		return "", err // what a copy of a shared contest knows
	}
	if err := errors.Join(sharing.SetAside(dir), sharing.ForgetPlace(ctx, db)); err != nil {
		return "", err // the place of a copy is another log's
	}
	random := d.Config(dir).Random
	log, address, err := sharing.Start(ctx, dir, to, random)
	if err != nil {
		return "", err
	}
	s, err := replica.Begin(ctx, db, log, replica.Share{
		Address: address, Writer: writer, Sealed: db.Sealed(),
	}, random, progress)
	if err = errors.Join(err, log.Close()); err == nil {
		err = sharing.Mark(dir)
	}
	if err != nil {
		return "", errors.Join(err, sharing.Forget(dir))
	}
	return s.Invitation(), nil
}

// Joining is a contest that is to be joined.
type Joining struct {
	Invitation string
	Dir        string // to be made
	Writer     string // names this program to the others
	// Password asks for the one that is to seal this computer's copy, where the contest was sealed when it was shared.
	Password func() (string, error)
}

// Join makes a copy of the contest that an invitation is for. The recovery code of a copy that is sealed is returned.
// Errors: those of bolt, sharing, replica.Join and Password; nothing is left of the folder then.
func (d *Door) Join(ctx context.Context, j Joining, progress replica.Progress) (code string, err error) {
	s, err := replica.Invited(j.Invitation, j.Writer)
	if err != nil {
		return "", err
	}
	log, err := sharing.Dial(j.Dir, s)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	db, blobs, err := bolt.Create(j.Dir)
	if err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(j.Dir)) // bolt.Create takes none with anything in it
		}
	}()
	if err = errors.Join(blobs.Close(), db.Close()); err != nil {
		return "", err
	}
	var key *seal.Key
	if s.Sealed {
		if key, code, err = d.sealBlank(ctx, j); err != nil {
			return "", err
		}
	}
	if db, blobs, err = bolt.OpenFolderWith(j.Dir, seal.By(key)); err != nil {
		return "", err
	}
	if err = errors.Join(replica.Join(ctx, db, log, s, progress), blobs.Close(), db.Close()); err != nil {
		return "", err
	}
	return code, sharing.Mark(j.Dir)
}

// sealBlank seals the empty store of a copy under a password of its own.
func (d *Door) sealBlank(ctx context.Context, j Joining) (*seal.Key, string, error) {
	password, err := j.Password()
	if err != nil {
		return nil, "", err
	}
	c := d.Config(j.Dir)
	key, lock, code, err := seal.New(c.Random, d.cost(c), password)
	if err != nil {
		return nil, "", err
	}
	s := &bolt.Seal{Key: key, Lock: lock}
	if err := bolt.Rewrite(ctx, database(j.Dir), nil, s, nil); err != nil {
		return nil, "", err
	}
	d.keep(j.Dir, s)
	return key, code, nil
}

// Shared reports whether several computers share the contest in dir.
func Shared(dir string) bool { return sharing.Marked(dir) }

// alone refuses what would change this computer's copy of a shared contest only. Errors: Closed, "share.leave_first".
func alone(dir string) error {
	if sharing.Marked(dir) {
		return judging.Fail(judging.Closed, "share.leave_first", nil)
	}
	return nil
}

// Leave makes the contest in dir, which must not be open, one of its own again. Files that all keep together are
// fetched first, see settleFiles. Where this computer keeps the log, it takes over first what others have written, and
// the log ends: kept says so. Errors: NotFound for one that is not shared, and for files that nobody has sent; what
// stops the copy from reading its log.
func (d *Door) Leave(
	ctx context.Context, dir string, how seal.Unlock, progress func(done, total int),
) (kept bool, err error) {
	if !sharing.Marked(dir) {
		return false, replica.NotShared()
	}
	if err := d.settleFiles(ctx, dir, how, progress); err != nil {
		return false, err
	}
	if err := d.unsay(ctx, dir, how); err != nil {
		return false, err
	}
	if kept = sharing.Keeps(dir); kept {
		f, err := d.Follow(ctx, dir, how)
		if err != nil {
			return kept, err
		}
		stands := f.DB.Status()
		if err := errors.Join(stands.Err, f.DB.Close()); err != nil {
			return kept, err
		}
		if stands.Away {
			return kept, store.ErrAway
		}
	}
	db, blobs, err := bolt.OpenFolderWith(dir, d.Known(how))
	if err != nil {
		return kept, err
	}
	if err := errors.Join(replica.Leave(ctx, db), sharing.ForgetPlace(ctx, db), blobs.Close(), db.Close()); err != nil {
		return kept, err
	}
	return kept, sharing.Forget(dir)
}

// Followed is a shared contest with its log.
type Followed struct {
	DB      *replica.DB
	Log     replica.Log
	Address string // without a password
	Share   replica.Share

	dir   string
	blobs *store.Blobs
}

// Keeps reports whether this computer keeps the log.
func (f Followed) Keeps() bool { return sharing.Keeps(f.dir) }

// Serve lets others reach the log, where this computer keeps it, until stop is called. Errors: those of sharing.Serve.
func (f Followed) Serve(ctx context.Context) (stop func() error, err error) {
	return sharing.Serve(ctx, f.dir, f.Log, f.Share)
}

// Follow opens the contest in dir as Open does, without an office.
func (d *Door) Follow(ctx context.Context, dir string, how seal.Unlock) (f Followed, err error) {
	db, blobs, err := bolt.OpenFolderWith(dir, d.Known(how))
	if err != nil {
		return f, err
	}
	f, shared, err := d.follow(ctx, dir, db, blobs, blobs.Close)
	if err == nil && !shared {
		return f, errors.Join(replica.NotShared(), blobs.Close(), db.Close())
	}
	return f, err
}

// follow has a shared contest follow its log, and its files come from where they are kept; one that is not shared stays
// as it is. then is called after the store is closed. On an error db is closed.
func (d *Door) follow(
	ctx context.Context, dir string, db *bolt.DB, blobs *store.Blobs, then func() error,
) (f Followed, shared bool, err error) {
	f.dir, f.blobs = dir, blobs
	f.Share, err = replica.Of(ctx, db)
	if errors.Is(err, replica.ErrNotShared) || err == nil && !sharing.Marked(dir) {
		return f, false, nil
	}
	if err != nil {
		return f, false, errors.Join(err, then(), db.Close())
	}
	f.Address = sharing.Shown(f.Share.Address)
	if f.Log, err = sharing.Dial(dir, f.Share); err != nil {
		return f, false, errors.Join(err, then(), db.Close())
	}
	served := &serving{Log: f.Log, then: []func() error{then}}
	c := d.Config(dir)
	if f.DB, err = replica.Open(ctx, db, served, c.Random); err != nil {
		return f, true, err
	}
	files, err := d.layBehind(ctx, f)
	if err != nil {
		return f, true, errors.Join(err, f.DB.Close())
	}
	if served.then = append(served.then, files.end); !d.Serves {
		return f, true, nil
	}
	f.DB.Tend(c.Now)
	stop, refused := f.Serve(ctx)
	if refused != nil { // the contest opens all the same: others can't reach it
		f.DB.Tell(store.LogNotServed)
	} else {
		served.then = append(served.then, stop)
	}
	return f, true, nil
}

// serving is a log that ends more than itself when it is closed: the last first.
type serving struct {
	replica.Log
	then []func() error
}

// Close implements replica.Log.
func (s *serving) Close() (err error) {
	for _, end := range slices.Backward(s.then) {
		err = errors.Join(err, end())
	}
	return errors.Join(err, s.Log.Close())
}

// with has the store of a config be the copy that follows, under an owner's name of its own.
func (f Followed) with(c office.Config) office.Config {
	c.DB = f.DB
	c.Owner = f.DB.Owner()
	return c
}

// goes keeps how the contest in dir is shared that was just opened.
func (d *Door) goes(dir string, f Followed, shared bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.along == nil {
		d.along = map[string]Followed{}
	}
	if delete(d.along, filepath.Clean(dir)); shared {
		d.along[filepath.Clean(dir)] = f
	}
}

// Standing returns how the contest in dir is shared that is open, false where it is not.
func (d *Door) Standing(dir string) (f Followed, shared bool) {
	if d == nil { // a window in a test that has none
		return f, false
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	f, shared = d.along[filepath.Clean(dir)]
	return f, shared
}
