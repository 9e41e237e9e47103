package bolt

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	"fayi/internal/atomicfile"
	"fayi/internal/regular"
	"fayi/judging"
	"fayi/judging/store"
	"fayi/judging/store/seal"
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

// newestCopy returns the name of the copy in backups/ that was written last, "" for no copy.
func newestCopy(dir string) (name string) {
	files, _ := os.ReadDir(filepath.Join(dir, "backups"))
	var at time.Time
	for _, f := range files {
		info, err := f.Info()
		if err == nil && info.Mode().IsRegular() && filepath.Ext(f.Name()) == ".db" && info.ModTime().After(at) {
			name, at = f.Name(), info.ModTime()
		}
	}
	return name
}

// OpenFolder opens a contest's folder made by Create. Errors: NotFound when dir holds no contest, Corrupt when it holds
// copies but no database, and those of Open: a sealed one is opened by OpenFolderWith.
func OpenFolder(dir string) (*DB, *store.Blobs, error) { return OpenFolderWith(dir, nil) }

// OpenFolderWith is OpenFolder where how finds the key of a sealed database.
func OpenFolderWith(dir string, how seal.Unlock) (*DB, *store.Blobs, error) {
	if _, err := os.Stat(filepath.Join(dir, "contest.db")); err != nil {
		if errors.Is(err, os.ErrNotExist) && newestCopy(dir) != "" {
			return nil, nil, judging.Fail(judging.Corrupt, "store.database_gone", judging.Args{
				"File": filepath.Base(dir), "Copy": filepath.Join("backups", newestCopy(dir)),
			}).Because(err)
		}
		return nil, nil, judging.Fail(judging.NotFound, "store.no_contest", judging.Args{
			"File": filepath.Base(dir),
		}).Because(err)
	}
	db, blobs, err := openFolder(dir, Options{NoCreate: true, Unlock: how})
	if store.IsReadOnly(err) {
		return lookAtFolder(dir, how)
	}
	return db, blobs, err
}

// OpenCopy opens a copy of a contest's database to be read; one that is sealed stays shut, whatever is typed. Errors:
// those of Open.
func OpenCopy(path, _ string) (store.DB, error) { return OpenCopyWith(path, nil) }

// OpenCopyWith is OpenCopy where how finds the key of a sealed copy.
func OpenCopyWith(path string, how seal.Unlock) (store.DB, error) {
	db, err := Open(path, Options{ReadOnly: true, Unlock: how})
	if err != nil {
		return nil, err
	}
	return db, nil
}

// lookAtFolder opens the contest of a medium that can't be written.
func lookAtFolder(dir string, how seal.Unlock) (*DB, *store.Blobs, error) {
	db, err := Open(filepath.Join(dir, "contest.db"), Options{ReadOnly: true, Unlock: how})
	if err != nil {
		return nil, nil, err
	}
	blobs, err := store.LookAtBlobs(filepath.Join(dir, "media"))
	if err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	return db, blobs, nil
}

func openFolder(dir string, opt Options) (*DB, *store.Blobs, error) {
	db, err := Open(filepath.Join(dir, "contest.db"), opt)
	if err != nil {
		return nil, nil, err
	}
	if err := db.lookBack(); err != nil {
		db.Close()
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
// the database that was there, which stays next to it under a name ending in kept; "" when it is gone. The backup is
// checked first and only copied; same may refuse it after a look at it and at what is there. Errors: NotFound, Corrupt
// for a backup that is no whole store, Forbidden for a sealed one, Busy, Unavailable, those of same; on any error the
// contest is unchanged.
func Restore(ctx context.Context, dir, backup, kept string, same SameFunc) (string, error) {
	return RestoreWith(ctx, nil, dir, backup, kept, same)
}

// SameFunc compares a backup with the database that it is to replace; nil when that can't be read.
type SameFunc func(ctx context.Context, backup, current store.DB) error

// RestoreWith is Restore where how finds the keys of a sealed backup and of a sealed contest.
func RestoreWith(ctx context.Context, how seal.Unlock, dir, backup, kept string, same SameFunc) (string, error) {
	copied, err := Open(backup, Options{ReadOnly: true, Unlock: how})
	if err != nil {
		return "", err
	}
	current := filepath.Join(dir, "contest.db")
	there, err := mayReplace(ctx, how, dir, copied, same)
	if err = errors.Join(err, copied.Close()); err != nil {
		return "", err
	}
	old := ""
	if there {
		old = filepath.Join(dir, "backups", kept)
		if err := keepOld(old, current); err != nil {
			return "", store.Translate(old, err)
		}
	}
	if err := copyFile(current, backup); err != nil {
		if there {
			err = errors.Join(store.Translate(current, err), os.Remove(old))
		}
		return "", err
	}
	return old, forget(current)
}

// mayReplace checks a backup, and that no other program has the database open, which may be damaged or gone: the
// reasons to restore. there tells whether a file is there.
func mayReplace(
	ctx context.Context, how seal.Unlock, dir string, copied *DB, same SameFunc,
) (there bool, err error) {
	if err := copied.Check(ctx); err != nil {
		return false, err
	}
	db, err := Open(filepath.Join(dir, "contest.db"), Options{NoCreate: true, Unlock: how})
	switch judging.CodeOf(err) {
	case "":
		return true, errors.Join(same(ctx, copied, db), db.Close())
	case judging.Corrupt:
		return true, same(ctx, copied, nil)
	case judging.NotFound:
		if info, gone := os.Stat(filepath.Join(dir, "backups")); gone != nil || !info.IsDir() {
			return false, err
		}
		return false, same(ctx, copied, nil)
	}
	return false, err
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

// copyFile copies from to the file at to, whole or not at all.
func copyFile(to, from string) error {
	in, err := regular.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	return atomicfile.Write(to, fileMode, func(out io.Writer) error {
		_, err := io.Copy(out, in)
		return err
	})
}
