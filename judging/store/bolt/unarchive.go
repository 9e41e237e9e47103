package bolt

import (
	"context"
	"errors"

	"fayi/internal/regular"
	"fayi/judging/store"
	"fayi/judging/store/archive"
	"fayi/judging/store/seal"
)

// Unarchive restores the archive at path as the contest's folder dir, which must not exist or be empty. The database is
// checked before the folder gets its name, and look, if not nil, may refuse it; one that is sealed by a password is
// only compared with its sum. Errors: those of archive.Read, Corrupt
// for a database that is not whole, NotFound, those of look.
func Unarchive(
	ctx context.Context, path, dir, phrase string, look func(context.Context, store.DB) error,
) (archive.Report, error) {
	f, err := regular.Open(path)
	if err != nil {
		return archive.Report{}, store.Translate(path, err)
	}
	defer f.Close()
	r, err := archive.Read(ctx, f, dir, phrase, func(dir string) error { return checkFolder(ctx, dir, look) })
	r.File = path
	return r, err
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
