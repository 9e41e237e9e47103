// Package drafts keeps on disk what people wrote into forms and did not save, until they come back for it.
package drafts

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"time"

	"fayi/app/kit/draft"
	"fayi/internal/atomicfile"
	"fayi/internal/regular"
)

var _ draft.Drafts = (*Store)(nil)

// A draft that nobody came back for is forgotten after so long; one larger than mostDraft bytes is not kept.
const (
	draftLife = 30 * 24 * time.Hour
	mostDraft = 4 << 20
)

// Store keeps what is written in forms and not saved. Until KeepDrafts names its folder it keeps nothing.
type Store struct {
	folder string        // "" keeps nothing
	whose  func() string // the open contest's folder; nil: all share them
}

// New returns a store that keeps the drafts of each contest apart; whose names the open contest's folder. With nil all
// share their drafts.
func New(whose func() string) *Store { return &Store{whose: whose} }

// file is where a draft lies: in the program's own folder of this user, under a name that tells nothing.
func (d *Store) file(key string) string {
	scope := ""
	if d.whose != nil {
		scope = d.whose()
	}
	sum := sha256.Sum256([]byte(scope + "\x00" + key))
	return filepath.Join(d.folder, hex.EncodeToString(sum[:12])+".json")
}

// Draft returns what is kept under key for the open contest, nil if nothing is.
func (d *Store) Draft(key string) []byte {
	path := d.file(key)
	if d.folder == "" {
		return nil
	}
	data, err := regular.ReadFile(path, mostDraft)
	if err != nil {
		return nil
	}
	return data
}

// KeepDraft keeps data under key for the open contest; nil forgets it. A disk that is full or locked only means
// that there is no draft.
func (d *Store) KeepDraft(key string, data []byte) {
	if d.folder == "" {
		return
	}
	path := d.file(key)
	if data == nil || len(data) > mostDraft {
		_ = os.Remove(path)
		return
	}
	if os.MkdirAll(filepath.Dir(path), 0o700) != nil {
		return
	}
	_ = atomicfile.Write(path, 0o600, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// KeepDrafts keeps from now on in folder what is written in forms and not saved, and removes what nobody came back
// for.
func (d *Store) KeepDrafts(folder string, now time.Time) {
	d.folder = folder
	files, _ := os.ReadDir(folder) // where there is none nothing is old
	for _, f := range files {
		if info, err := f.Info(); err == nil && now.Sub(info.ModTime()) > draftLife {
			_ = os.Remove(filepath.Join(folder, f.Name()))
		}
	}
}
