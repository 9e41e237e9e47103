package hall

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"fayi/internal/atomicfile"
	"fayi/internal/filelock"
	"fayi/internal/regular"
	"fayi/judging"
	"fayi/judging/room/sign"
)

const (
	stateDir  = ".hall"
	lockFile  = "lock"
	keyFile   = "key"
	tokenFile = "token"
	shutFile  = "closed.json"
	mostState = 1 << 20 // bytes of a file
)

// state is what a hall keeps next to the contests: what their addresses are made from, the organiser's token, and which
// rooms the organiser has closed.
type state struct {
	dir   string
	lock  *os.File
	key   []byte
	token string

	mu   sync.Mutex
	shut map[string]bool // by name of folder
}

// openState takes the folder. Errors: Busy, NotFound, Unavailable, Corrupt.
func openState(folder string, random io.Reader) (*state, error) {
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return nil, judging.Fail(judging.NotFound, "hall.no_folder", judging.Args{"Dir": folder}).Because(err)
	}
	s := &state{dir: filepath.Join(folder, stateDir), shut: map[string]bool{}}
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return nil, s.unwritable(err)
	}
	var err error
	if s.lock, err = filelock.Try(s.path(lockFile)); errors.Is(err, filelock.ErrHeld) {
		return nil, judging.Fail(judging.Busy, "hall.taken", judging.Args{"Dir": folder})
	} else if err != nil {
		return nil, s.unwritable(err)
	}
	if err := s.read(random); err != nil {
		return nil, firstError(err, s.lock.Close())
	}
	return s, nil
}

func (s *state) path(name string) string { return filepath.Join(s.dir, name) }

func (s *state) unwritable(err error) error {
	return judging.Fail(judging.Unavailable, "hall.unwritable", judging.Args{"Dir": s.dir}).Because(err)
}

// read reads what is kept, and makes what is not there yet.
func (s *state) read(random io.Reader) error {
	key, err := s.once(keyFile, func() (string, error) {
		raw := make([]byte, sha256.Size)
		_, err := io.ReadFull(random, raw)
		return hex.EncodeToString(raw), err
	})
	if err != nil {
		return err
	}
	if s.key, err = hex.DecodeString(key); err != nil || len(s.key) != sha256.Size {
		return s.corrupt(keyFile, err)
	}
	if s.token, err = s.once(tokenFile, func() (string, error) { return sign.NewToken(random) }); err != nil {
		return err
	}
	if _, err := sign.KeyOf(s.token); err != nil {
		return s.corrupt(tokenFile, err)
	}
	doc, err := regular.ReadFile(s.path(shutFile), mostState)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var names []string
	if err != nil || json.Unmarshal(doc, &names) != nil {
		return s.corrupt(shutFile, err)
	}
	for _, n := range names {
		s.shut[n] = true
	}
	return nil
}

func (s *state) corrupt(name string, err error) error {
	return judging.Fail(judging.Corrupt, "hall.corrupt", judging.Args{"Path": s.path(name)}).Because(err)
}

// once reads a file that only the hall's user may read, and makes it where there is none.
func (s *state) once(name string, fresh func() (string, error)) (string, error) {
	raw, err := regular.ReadFile(s.path(name), mostState)
	if err == nil {
		return strings.TrimSpace(string(raw)), nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return "", s.corrupt(name, err)
	}
	text, err := fresh()
	if err != nil {
		return "", judging.Fail(judging.Unavailable, "contest.no_random", nil).Because(err)
	}
	return text, s.write(name, text+"\n")
}

func (s *state) write(name, text string) error {
	err := atomicfile.Write(s.path(name), 0o600, func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})
	if err != nil {
		return s.unwritable(err)
	}
	return nil
}

func (s *state) isShut(name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.shut[name]
}

// setShut keeps that the organiser has closed a room, or opened it. Errors: Unavailable, and nothing is otherwise.
func (s *state) setShut(name string, shut bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.shut[name] == shut {
		return nil
	}
	var names []string
	for n := range s.shut {
		if n != name {
			names = append(names, n)
		}
	}
	if shut {
		names = append(names, name)
	}
	slices.Sort(names)
	doc, err := json.Marshal(names)
	if err != nil {
		return err
	}
	if err := s.write(shutFile, string(doc)+"\n"); err != nil {
		return err
	}
	if delete(s.shut, name); shut {
		s.shut[name] = true
	}
	return nil
}

// derive makes bytes for one purpose that nobody finds without the hall's key.
func (s *state) derive(purpose, of string) []byte {
	mac := hmac.New(sha256.New, s.key)
	mac.Write([]byte("fayi hall\x00" + purpose + "\x00" + of))
	return mac.Sum(nil)
}

// slug is the part of an address that stands for a contest: 60 bits that can't be guessed, so that nobody tries names.
func (s *state) slug(name string) string {
	return strings.ToLower(base32.StdEncoding.EncodeToString(s.derive("address", name))[:12])
}

// tag stands for a contest in the log. It is no address.
func (s *state) tag(name string) string { return hex.EncodeToString(s.derive("log", name)[:4]) }

func (s *state) close() error { return s.lock.Close() }
