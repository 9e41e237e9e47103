package bolt

import (
	"os"
	"path/filepath"

	"fayi/judging"
	"fayi/judging/store"
)

// Create makes a contest's folder: contest.db for the store, media/ for files, backups/. Errors: Clash when dir exists and is not an empty folder, Unavailable.
func Create(dir string) (*DB, *store.Blobs, error) {
	if names, err := os.ReadDir(dir); err == nil && len(names) > 0 {
		return nil, nil, judging.Fail(judging.Clash, "store.folder_taken", judging.Args{"File": filepath.Base(dir)})
	}
	if err := os.MkdirAll(filepath.Join(dir, "backups"), 0o755); err != nil {
		return nil, nil, store.Translate(dir, err)
	}
	return openFolder(dir, Options{})
}

// OpenFolder opens a contest's folder made by Create. Errors: NotFound when dir holds no contest, and those of Open.
func OpenFolder(dir string) (*DB, *store.Blobs, error) {
	if _, err := os.Stat(filepath.Join(dir, "contest.db")); err != nil {
		return nil, nil, judging.Fail(judging.NotFound, "store.no_contest", judging.Args{"File": filepath.Base(dir)}).Because(err)
	}
	return openFolder(dir, Options{NoCreate: true})
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
