package sealing

import (
	"context"

	"fayi/internal/regular"
	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/store"
	"fayi/judging/store/archive"
	"fayi/judging/store/bolt"
	"fayi/judging/store/seal"
	"fayi/judging/tries"
)

// What is typed to open a file comes through here, so that wrong tries are counted wherever they are made.

// counter counts wrong tries at files.
func (d *Door) counter() *tries.Counter {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.count == nil {
		c := d.Config("")
		d.count = &tries.Counter{Dir: c.TriesDir, Now: c.Now}
	}
	return d.count
}

// Typed unlocks with what somebody typed: a password or a recovery code. Of several the first that opens is taken, and
// all of them are one try. Errors of what it returns: Forbidden (seal.ErrWrong, seal.ErrMistyped, tries.ErrWait),
// Corrupt.
func (d *Door) Typed(typed ...string) seal.Unlock {
	return func(l seal.Lock) (key *seal.Key, err error) {
		err = d.counter().Try(l.Identity(), "password", func() (err error) {
			for _, one := range typed {
				if key, err = l.Open(one); judging.CodeOf(err) != judging.Forbidden {
					break
				}
			}
			return err
		})
		return key, err
	}
}

// openCopy opens a copy of a database by the keys that are known, or by what somebody typed, "" for nothing.
func (d *Door) openCopy(path, typed string) (store.DB, error) {
	var how seal.Unlock
	if typed != "" {
		how = d.Typed(typed)
	}
	return bolt.OpenCopyWith(path, d.Known(how))
}

// Unarchive restores the archive at path as the contest's folder dir; phrase opens it if it is sealed. Errors: those of
// bolt.Unarchive, tries.ErrWait.
func (d *Door) Unarchive(
	ctx context.Context, path, dir, phrase string, progress archive.Progress,
) (archive.Report, error) {
	f, err := regular.Open(path)
	if err != nil {
		return archive.Report{}, store.Translate(path, err)
	}
	err = archive.Try(d.counter(), f, phrase)
	f.Close()
	if err != nil {
		return archive.Report{}, err
	}
	return bolt.Unarchive(ctx, path, dir, phrase, office.HoldsContest, progress)
}

// OpenPacket lets open open the packet of an identity, see packet.Identity, with what somebody typed. Errors: those of
// open, tries.ErrWait.
func (d *Door) OpenPacket(identity string, open func() error) error {
	return d.counter().Try(identity, "phrase", open)
}
