package sealing

import (
	"context"
	"errors"
	"path/filepath"
	"sync"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/sharing"
	"fayi/judging/store"
	"fayi/judging/store/depot"
	"fayi/judging/store/replica"
	"fayi/judging/store/seal"
)

// Files is where a shared contest that is open keeps its files for all.
type Files struct {
	Depot   *depot.Depot // nil where the place can't be used on this computer
	Address string       // without a secret
	Trouble error        // why it can't
}

// Status tells how the place and this computer stand.
func (f Files) Status() depot.Status {
	if f.Depot == nil {
		return depot.Status{Trouble: f.Trouble}
	}
	return f.Depot.Status()
}

// Files returns where the open contest in dir keeps its files; false where each computer keeps its own.
func (d *Door) Files(dir string) (Files, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	f, there := d.files[filepath.Clean(dir)]
	return f, there
}

// behind lays the place of a contest's files behind its folder, and another when somebody says so.
type behind struct {
	door    *Door
	dir     string
	db      *replica.DB
	key     []byte
	blobs   *store.Blobs
	place   sharing.Place
	there   bool
	depot   *depot.Depot
	news    chan struct{} // something arrived
	leave   func()
	stop    chan struct{}
	working sync.WaitGroup
}

// layBehind lays the place behind the folder, if there is one.
func (d *Door) layBehind(ctx context.Context, f Followed) (*behind, error) {
	b := &behind{
		door: d, dir: filepath.Clean(f.dir), db: f.DB, key: f.Share.Key, blobs: f.blobs,
		news: make(chan struct{}, 1), stop: make(chan struct{}),
	}
	if _, err := b.look(ctx); err != nil {
		return nil, err
	}
	b.leave = f.DB.OnForeign(func() {
		select {
		case b.news <- struct{}{}:
		default: // it is looked at soon
		}
	})
	b.working.Go(b.watch)
	if d.Serves { // it stays open for long
		b.working.Go(b.say)
	}
	return b, nil
}

// watch looks whenever something arrived.
func (b *behind) watch() {
	for {
		select {
		case <-b.stop:
			return
		case <-b.news:
		}
		changed, err := b.look(context.Background())
		if err == nil && changed && b.depot != nil { // what else reads the store reports that it can't be read
			b.depot.Late() // what was put before this computer knew
		}
	}
}

// look puts what is behind the folder in order with what the contest says. A place that can't be used here, as a folder
// that this computer calls otherwise, leaves the contest to be worked with: the trouble is in its Status.
func (b *behind) look(ctx context.Context) (changed bool, err error) {
	p, there, err := sharing.PlaceOf(ctx, b.db)
	if err != nil || there == b.there && p == b.place {
		return false, err
	}
	b.drop()
	if b.place, b.there = p, there; !there {
		return true, nil
	}
	f := Files{Address: p.Shown()}
	f.Depot, f.Trouble = p.Depot(b.dir, b.key, b.blobs, b.door.Config(b.dir).Random, b.refers, b.db.Ring)
	b.door.mu.Lock()
	defer b.door.mu.Unlock()
	b.depot = f.Depot
	if b.door.files == nil {
		b.door.files = map[string]Files{}
	}
	b.door.files[b.dir] = f
	return true, nil
}

// drop ends what is behind the folder.
func (b *behind) drop() {
	b.door.mu.Lock()
	delete(b.door.files, b.dir)
	b.door.mu.Unlock()
	if b.depot != nil {
		b.depot.Close() // an engine that can't be left has nothing of ours
		b.depot = nil
	}
}

// end ends the looking, too.
func (b *behind) end() error {
	b.leave()
	close(b.stop)
	b.working.Wait()
	ctx, cancel := context.WithTimeout(context.Background(), sayAtEnd)
	defer cancel()
	_ = b.sayIfDue(ctx) // said at the next opening otherwise
	b.drop()
	return nil
}

// KeepFiles has the shared contest in dir, which must not be open, keep its files at p for all; those that are here are
// on the list of what is to be sent. At the zero place each computer keeps its files itself again, and what is in the
// place before stays there. Errors: those of Follow, of the place and of its engine; nothing was changed then.
func (d *Door) KeepFiles(ctx context.Context, dir string, p sharing.Place, how seal.Unlock) error {
	if err := sharing.CallFolder(dir, ""); err != nil {
		return err
	}
	if p == (sharing.Place{}) {
		f, err := d.Follow(ctx, dir, how)
		if err != nil {
			return err
		}
		return errors.Join(d.keepPlace(ctx, f, p), f.DB.Close())
	}
	return d.placed(ctx, dir, p, how, func(f Followed, at *depot.Depot) error {
		if err := at.Attach(ctx); err != nil {
			return err
		}
		return d.keepPlace(ctx, f, p)
	})
}

// keepPlace writes where the files are kept, and that somebody changed it.
func (d *Door) keepPlace(ctx context.Context, f Followed, p sharing.Place) error {
	was, there, err := sharing.PlaceOf(ctx, f.DB)
	if err != nil || !there && p == (sharing.Place{}) {
		return err
	}
	shown := func(p sharing.Place) string {
		if p == (sharing.Place{}) {
			return ""
		}
		return p.Shown()
	}
	return office.NoteFiles(ctx, f.with(d.Config(f.dir)), shown(was), shown(p), p.Keep)
}

// placed does something with the contest in dir and the place p.
func (d *Door) placed(
	ctx context.Context, dir string, p sharing.Place, how seal.Unlock, do func(Followed, *depot.Depot) error,
) error {
	f, err := d.Follow(ctx, dir, how)
	if err != nil {
		return err
	}
	refers := func(ctx context.Context) (depot.Sums, error) {
		sums, _, err := d.refers(ctx, dir, f.DB, how)
		return sums, err
	}
	list, err := p.Depot(dir, f.Share.Key, f.blobs, d.Config(dir).Random, refers, nil)
	if err == nil {
		err = errors.Join(do(f, list), list.Close())
	}
	return errors.Join(err, f.DB.Close())
}

// FindFiles has the shared contest in dir, which must not be open, find the folder with its files at at, on this
// computer only. Errors: NotFound, "depot.other", for a folder in which the contest has none; "depot.no_place" where it
// has no folder.
func (d *Door) FindFiles(ctx context.Context, dir, at string, how seal.Unlock) error {
	f, err := d.Follow(ctx, dir, how)
	if err != nil {
		return err
	}
	p, there, err := sharing.PlaceOf(ctx, f.DB)
	if err = errors.Join(err, f.DB.Close()); err != nil {
		return err
	}
	if !there || p.NeedsSecret() {
		return judging.Fail(judging.NotFound, "depot.no_place", nil)
	}
	if err := sharing.CallFolder(dir, at); err != nil {
		return err
	}
	err = d.placed(ctx, dir, p, how, func(_ Followed, at *depot.Depot) error { return at.Known(ctx) })
	if err != nil {
		return errors.Join(err, sharing.CallFolder(dir, ""))
	}
	return nil
}

// BringFiles brings what works of a category, "" for all, have for files, and the judges' copies of them, to this
// computer; missing counts those that did not come. Errors: those of the engine.
func (d *Door) BringFiles(
	ctx context.Context, o *office.Office, category string, progress func(done, total int),
) (missing int, err error) {
	f, there := d.Files(o.Dir())
	if !there {
		return 0, judging.Fail(judging.NotFound, "depot.no_place", nil)
	}
	if f.Depot == nil {
		return 0, f.Trouble
	}
	sums, err := o.Copies().Sums(ctx, category)
	if err != nil {
		return 0, err
	}
	gone, err := f.Depot.Prefetch(ctx, sums, progress)
	return len(gone), err
}

// settleFiles has all files of the contest in dir on this computer, and those that only this one has in the place where
// others look for them, before it keeps its own. Errors: NotFound, "depot.leave", for files that are nowhere; those of
// the place.
func (d *Door) settleFiles(ctx context.Context, dir string, how seal.Unlock, progress func(done, total int)) error {
	o, err := d.Open(ctx, dir, how)
	if err != nil {
		return err
	}
	f, there := d.Files(dir)
	switch {
	case !there:
	case f.Depot == nil:
		err = f.Trouble
	default:
		var missing int
		if err = f.Depot.List(ctx); err == nil {
			err = f.Depot.Flush(ctx, progress)
		}
		if err == nil {
			missing, err = d.BringFiles(ctx, o, "", progress)
		}
		if err == nil && missing > 0 {
			err = judging.Fail(judging.NotFound, "depot.leave", judging.Args{"N": missing})
		}
	}
	return errors.Join(err, o.Close())
}
