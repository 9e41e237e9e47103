package bolt

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"go.etcd.io/bbolt"

	"fayi/internal/regular"
	"fayi/judging"
	"fayi/judging/store"
)

// closedAt stands behind the name of a contest's database in the name of a small file that says how many commits the
// database had seen when it was last closed. Nothing depends on it but that an older database in its place is noticed.
const closedAt = ".closed"

// Found implements store.Inspected.
func (db *DB) Found() []store.Found { return slices.Clone(db.found) }

// Noted implements store.Inspected.
func (db *DB) Noted() { db.found = nil }

// lookAtHeads notes a damaged head. Errors: Unavailable.
func (db *DB) lookAtHeads() error {
	err := db.checkHeads()
	if judging.CodeOf(err) != judging.Corrupt {
		return err
	}
	db.found = append(db.found, store.HeadDamaged)
	return nil
}

// lookBack notes that the database has seen fewer commits than when it was closed here, and from now on remembers when
// it is closed. A file that says nothing sensible is as good as none.
func (db *DB) lookBack() error {
	commits, err := db.commits()
	if err != nil {
		return err
	}
	text, err := regular.ReadFile(db.path+closedAt, 64)
	if err == nil && len(text) < 32 {
		was, broken := strconv.Atoi(strings.TrimSpace(string(text)))
		if broken == nil && commits < was {
			db.found = append(db.found, store.SteppedBack)
		}
	}
	db.opened = commits
	return nil
}

// commits is how many commits the file has seen.
func (db *DB) commits() (n int, err error) {
	err = db.guard(func() error {
		return db.bolt.View(func(tx *bbolt.Tx) error {
			n = tx.ID()
			return nil
		})
	})
	return n, err
}

// remember writes down how many commits a contest's database has seen. It may fail: a database without it is whole.
func (db *DB) remember() {
	if db.opened == 0 || db.ReadOnly() {
		return
	}
	if n, err := db.commits(); err == nil && n != db.opened {
		_ = os.WriteFile(db.path+closedAt, []byte(strconv.Itoa(n)+"\n"), fileMode)
	}
}

// forget ends what is remembered of the database at path, in whose place another one was put on purpose.
func forget(path string) error {
	if err := os.Remove(path + closedAt); err != nil && !errors.Is(err, os.ErrNotExist) {
		return store.Translate(filepath.Base(path), err)
	}
	return nil
}
