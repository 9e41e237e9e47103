package tries

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"time"

	"fayi/internal/atomicfile"
	"fayi/internal/filelock"
	"fayi/internal/regular"
)

// longest bounds how long one has to wait after wrong tries.
const longest = 5 * time.Minute

// Delay is how long one has to wait after so many wrong tries: 1 s, 2 s, 4 s and so on.
func Delay(wrong int) time.Duration {
	if wrong < 1 {
		return 0
	}
	return min(time.Second<<min(wrong-1, 20), longest)
}

// Count is the wrong tries of one secret since the last right one.
type Count struct {
	Wrong int       `json:"wrong"`
	At    time.Time `json:"at"` // of the last
}

// Left is how much of the wait is left. A clock set back makes it no longer than the wait itself.
func (c Count) Left(now time.Time) time.Duration {
	full := Delay(c.Wrong)
	return max(0, full-max(0, now.Sub(c.At)))
}

const (
	mostKept = 1 << 20         // bytes of the file of one identity
	lockFor  = 2 * time.Second // waiting for who counts at the same time
	lockName = "lock"
)

// file is where the tries at what has an identity are counted; its name does not tell which one it is. "" where
// nothing is kept.
func file(dir, identity string) string {
	if dir == "" || identity == "" {
		return ""
	}
	sum := sha256.Sum256([]byte("tries of " + identity))
	return filepath.Join(dir, hex.EncodeToString(sum[:8])+".json")
}

// Kept reads how often a secret of what has an identity was tried wrongly; a file that is gone or damaged counts none.
func Kept(dir, identity, secret string) Count { return read(file(dir, identity))[secret] }

func read(path string) map[string]Count {
	all := map[string]Count{}
	if path == "" {
		return all
	}
	if raw, err := regular.ReadFile(path, mostKept); err != nil || json.Unmarshal(raw, &all) != nil {
		return map[string]Count{}
	}
	return all
}

// Keep keeps the count of a secret, none for zero. It does what it can: see the package.
func Keep(dir, identity, secret string, c Count) {
	change(dir, identity, secret, func(Count) Count { return c })
}

// change replaces the count of a secret by what next makes of it, while no other program does.
func change(dir, identity, secret string, next func(Count) Count) {
	path := file(dir, identity)
	if path == "" || os.MkdirAll(dir, 0o700) != nil {
		next(Count{})
		return
	}
	// without a lock, as on a file system that has none, two that count at once may count one
	if lock, err := filelock.Wait(filepath.Join(dir, lockName), lockFor); err == nil {
		defer lock.Close()
	}
	all := read(path)
	before, had := all[secret]
	after := next(before)
	if after == before || !had && after.Wrong == 0 {
		return
	}
	delete(all, secret)
	if after.Wrong > 0 {
		all[secret] = Count{after.Wrong, after.At.UTC().Round(0)}
	}
	raw, err := json.Marshal(all)
	if err != nil {
		return
	}
	_ = atomicfile.Write(path, 0o600, func(w io.Writer) error {
		_, err := w.Write(raw)
		return err
	})
}
