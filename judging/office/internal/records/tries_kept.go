package records

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"time"

	"fayi/internal/atomicfile"
	"fayi/internal/regular"
	"fayi/judging"
	"fayi/judging/store"
)

// Wrong tries are counted apart from the contest as well, in the user's own folder: whoever puts an older contest.db
// back does not begin to count again. Whoever may write in that folder can remove the count; it is no protection from
// the person whose account it is.

// keptTry is what is kept of the wrong tries of one secret.
type keptTry struct {
	Wrong int       `json:"wrong"`
	At    time.Time `json:"at"`
}

// mostKept bounds the file of a contest, in bytes.
const mostKept = 1 << 20

// triesFile is the file of a contest; its name does not tell which one it is of. "" where nothing is kept.
func (o *Records) triesFile(id judging.ContestID) string {
	if o.TriesDir == "" || id == "" {
		return ""
	}
	sum := sha256.Sum256([]byte("tries of " + id))
	return filepath.Join(o.TriesDir, hex.EncodeToString(sum[:8])+".json")
}

// keptTries reads what is kept; a file that is gone or damaged counts nothing.
func keptTries(path string) map[string]keptTry {
	all := map[string]keptTry{}
	if path == "" {
		return all
	}
	if raw, err := regular.ReadFile(path, mostKept); err != nil || json.Unmarshal(raw, &all) != nil {
		return map[string]keptTry{}
	}
	return all
}

// keepTries keeps the count of a secret, none for zero. A folder that can't be written only means that an older
// contest.db begins to count again.
func (o *Records) keepTries(path, of string, t tries) {
	if path == "" {
		return
	}
	o.proving.keeping.Lock()
	defer o.proving.keeping.Unlock()
	all := keptTries(path)
	if _, has := all[of]; !has && t.wrong == 0 {
		return
	}
	delete(all, of)
	if t.wrong > 0 {
		all[of] = keptTry{t.wrong, t.at.UTC().Round(0)}
	}
	raw, err := json.Marshal(all)
	if err != nil || os.MkdirAll(filepath.Dir(path), 0o700) != nil {
		return
	}
	_ = atomicfile.Write(path, 0o600, func(w io.Writer) error {
		_, err := w.Write(raw)
		return err
	})
}

// more is the secret with the wrong tries that were counted apart, where those are more.
func (s *Secret) more(k keptTry) {
	if k.Wrong > s.Wrong {
		s.Wrong = k.Wrong
	}
	if k.Wrong > 0 && k.At.After(s.Tried) {
		s.Tried = k.At
	}
}

// contestOf is the contest whose tries are counted; "" where there is none, as in stores of tests.
func contestOf(tx store.Tx) judging.ContestID {
	c, err := LoadContest(tx)
	if err != nil {
		return ""
	}
	return c.ID
}
