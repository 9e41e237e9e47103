package bolt

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"fayi/internal/atomicfile"
	"fayi/judging"
	"fayi/judging/store"
)

// Create makes a contest's folder: contest.db for the store, media/ for files, backups/. Errors: Clash when dir
// exists and is not an empty folder, Unavailable.
func Create(dir string) (*DB, *store.Blobs, error) {
	if names, err := os.ReadDir(dir); err == nil && len(names) > 0 {
		return nil, nil, judging.Fail(judging.Clash, "store.folder_taken", judging.Args{"File": filepath.Base(dir)})
	}
	if err := os.MkdirAll(filepath.Join(dir, "backups"), 0o700); err != nil {
		return nil, nil, store.Translate(dir, err)
	}
	return openFolder(dir, Options{})
}

// OpenFolder opens a contest's folder made by Create. Errors: NotFound when dir holds no contest, and those of Open.
func OpenFolder(dir string) (*DB, *store.Blobs, error) {
	if _, err := os.Stat(filepath.Join(dir, "contest.db")); err != nil {
		return nil, nil, judging.Fail(judging.NotFound, "store.no_contest", judging.Args{
			"File": filepath.Base(dir),
		}).Because(err)
	}
	return openFolder(dir, Options{NoCreate: true})
}

// OpenCopy opens a copy of a contest's database to be read. Errors: those of Open.
func OpenCopy(path string) (store.DB, error) {
	db, err := Open(path, Options{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	return db, nil
}

func openFolder(dir string, opt Options) (*DB, *store.Blobs, error) {
	db, err := Open(filepath.Join(dir, "contest.db"), opt)
	if err != nil {
		return nil, nil, err
	}
	blobs, err := store.OpenBlobs(filepath.Join(dir, "media"))
	if err != nil {
		db.Close()
		return nil, nil, err
	}
	return db, blobs, nil
}

// Restore puts the backup file in place of the contest.db of dir, which must not be open, and returns the path of
// the database that was there, which stays next to it under a name ending in kept. The backup is checked first and
// only copied. Errors: NotFound, Corrupt for a backup that is no whole store, Busy, Unavailable; on any error the
// contest is unchanged.
func Restore(ctx context.Context, dir, backup, kept string) (string, error) {
	if err := checkBackup(ctx, backup); err != nil {
		return "", err
	}
	current := filepath.Join(dir, "contest.db")
	db, err := Open(current, Options{NoCreate: true}) // proves that no other program has it open
	switch judging.CodeOf(err) {
	case "":
		if err := db.Close(); err != nil {
			return "", err
		}
	case judging.Corrupt: // the reason to restore
	default:
		return "", err
	}
	old := filepath.Join(dir, "backups", kept)
	if err := keepOld(old, current); err != nil {
		return "", store.Translate(old, err)
	}
	if err := copyFile(current, backup); err != nil {
		return "", errors.Join(store.Translate(current, err), os.Remove(old))
	}
	return old, nil
}

// keepOld gives the file at current a second name, so that there is a contest at every moment; where the file
// system knows no second names, it is copied.
func keepOld(old, current string) error {
	if os.Link(current, old) == nil {
		atomicfile.SyncDir(filepath.Dir(old))
		return nil
	}
	return copyFile(old, current)
}

// checkBackup reads a whole backup.
func checkBackup(ctx context.Context, path string) error {
	db, err := Open(path, Options{ReadOnly: true})
	if err != nil {
		return err
	}
	return errors.Join(db.Check(ctx), db.Close())
}

// copyFile copies from to the file at to, whole or not at all.
func copyFile(to, from string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	return atomicfile.Write(to, fileMode, func(out io.Writer) error {
		_, err := io.Copy(out, in)
		return err
	})
}
