package bolt

import (
	"context"
	"errors"
	"io"

	"fayi/internal/regular"
	"fayi/judging/store"
	"fayi/judging/store/archive"
	"fayi/judging/store/seal"
)

// Unarchive restores the archive at path as the contest's folder dir, which must not exist or be empty. The database is
// checked before the folder gets its name, and look, if not nil, may refuse it; one that is sealed by a password is
// only compared with its sum. progress, if not nil, is called with how many bytes of the archive were read. When ctx
// ends nothing has the name dir; what was restored waits next to it for the next time. Errors: those of archive.Read,
// Corrupt for a database that is not whole, NotFound, those of look.
func Unarchive(
	ctx context.Context, path, dir, phrase string, look func(context.Context, store.DB) error,
	progress archive.Progress,
) (archive.Report, error) {
	f, err := regular.Open(path)
	if err != nil {
		return archive.Report{}, store.Translate(path, err)
	}
	defer f.Close()
	from := &counted{r: f, progress: progress}
	if info, err := f.Stat(); err == nil {
		from.total = info.Size()
	}
	r, err := archive.Read(ctx, from, dir, phrase, func(dir string) error { return checkFolder(ctx, dir, look) })
	r.File = path
	return r, err
}

// counted tells how much was read.
type counted struct {
	r           io.Reader
	done, total int64
	progress    archive.Progress
}

// Read implements io.Reader.
func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	if c.done += int64(n); c.progress != nil && n > 0 {
		c.progress(c.done, c.total)
	}
	return n, err
}

func checkFolder(ctx context.Context, dir string, look func(context.Context, store.DB) error) error {
	db, blobs, err := OpenFolder(dir)
	if errors.Is(err, seal.Locked) {
		return nil // only its password opens it; the archive has a sum of it
	} else if err != nil {
		return err
	}
	defer blobs.Close()
	err = db.Check(ctx)
	if err == nil && look != nil {
		err = look(ctx, db)
	}
	return errors.Join(err, db.Close())
}
