package sending

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"sync"
	"time"

	"github.com/tus/tusd/v2/pkg/handler"

	"fayi/internal/atomicfile"
	"fayi/internal/regular"
	"fayi/judging"
	"fayi/judging/store"
)

// How it stands with what is sent.
const (
	receiving = "receiving"
	checking  = "checking" // all bytes are there
	kept      = "kept"     // the contest has it
	refused   = "refused"
)

// note is what is known of a file that is being sent, or was. It lies next to the bytes.
type note struct {
	ID       string        `json:"id"`
	Unit     string        `json:"unit"`
	Name     string        `json:"name"` // legal
	Size     int64         `json:"size"`
	Sum      string        `json:"sha256"` // as the page says
	Began    time.Time     `json:"began"`
	Seen     time.Time     `json:"seen"` // when bytes came last
	State    string        `json:"state"`
	Delivery string        `json:"delivery,omitempty"` // what it became
	Code     judging.Code  `json:"code,omitempty"`     // why it was refused
	Key      string        `json:"key,omitempty"`
	Args     judging.Args  `json:"args,omitempty"`
	offset   int64         // bytes that are there
	writing  chan struct{} // held by who writes
}

// shelf keeps halves in a folder, one folder a half, until they are whole. It implements the store of the protocol.
type shelf struct {
	dir    string
	now    func() time.Time
	random io.Reader
	free   func(string) (int64, error)

	mu    sync.Mutex
	notes map[string]*note
}

var isHalf = regexp.MustCompile(`^[0-9a-f]{32}$`)

const (
	noteName = "note.json"
	mostNote = 64 << 10 // bytes
)

// openShelf reads what lies in a folder. What can't be read is left alone. Errors: Unavailable.
func openShelf(
	dir string, now func() time.Time, random io.Reader, free func(string) (int64, error),
) (*shelf, error) {
	if err := store.MakeWithin(dir); err != nil {
		return nil, err
	}
	list, err := os.ReadDir(dir)
	if err != nil {
		return nil, store.Translate(dir, err)
	}
	s := &shelf{dir: dir, now: now, random: random, free: free, notes: map[string]*note{}}
	for _, e := range list {
		if !e.IsDir() || !isHalf.MatchString(e.Name()) {
			continue
		}
		raw, err := regular.ReadFile(filepath.Join(dir, e.Name(), noteName), mostNote)
		n := &note{writing: make(chan struct{}, 1)}
		if err != nil || json.Unmarshal(raw, n) != nil || n.ID != e.Name() {
			continue
		}
		if info, err := os.Stat(s.path(n)); err == nil {
			n.offset, n.Seen = info.Size(), info.ModTime().UTC()
		}
		if n.State == receiving && n.offset == n.Size { // it ended between the last byte and the note of it
			n.State = checking
		}
		s.notes[n.ID] = n
	}
	return s, nil
}

// path is where the bytes of a half lie: under the name that the unit gave them, for what reads and speaks of them.
func (s *shelf) path(n *note) string { return filepath.Join(s.dir, n.ID, n.Name) }

// write writes the note of a half; the caller holds mu or is the only one who knows n.
func (s *shelf) write(n *note) error {
	raw, err := json.Marshal(n)
	if err != nil {
		return err
	}
	path := filepath.Join(s.dir, n.ID, noteName)
	err = atomicfile.Write(path, 0o600, func(w io.Writer) error {
		_, err := w.Write(raw)
		return err
	})
	if err != nil {
		return store.Translate(path, err)
	}
	return nil
}

// all returns copies of the notes.
func (s *shelf) all() []note {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]note, 0, len(s.notes))
	for _, n := range s.notes {
		out = append(out, *n)
	}
	return out
}

// get returns a copy of a unit's note; false for another unit's, as if there were none.
func (s *shelf) get(id, unit string) (note, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := s.notes[id]
	if n == nil || unit != "" && n.Unit != unit {
		return note{}, false
	}
	return *n, true
}

// settle notes what became of a half; its bytes go once the contest has them or nobody will.
func (s *shelf) settle(id string, change func(n *note)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := s.notes[id]
	if n == nil {
		return nil
	}
	change(n)
	if err := s.write(n); err != nil {
		return err
	}
	if n.State == kept || n.State == refused {
		if err := os.Remove(s.path(n)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return store.Translate(s.path(n), err)
		}
	}
	return nil
}

// missing is how many bytes are still to come, of all units, and how many are there that the contest does not have yet.
func (s *shelf) missing() (to, here int64) {
	for _, n := range s.all() {
		if n.State == receiving || n.State == checking {
			to += n.Size - n.offset
			here += n.Size
		}
	}
	return to, here
}

// sweep removes halves with which nobody went on, and notes of what is settled, after a while.
func (s *shelf) sweep() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, n := range s.notes {
		select {
		case n.writing <- struct{}{}: // nobody writes
		default:
			continue
		}
		if n.State != checking && s.now().Sub(n.Seen) > keptHalf && os.RemoveAll(filepath.Join(s.dir, id)) == nil {
			delete(s.notes, id)
		}
		<-n.writing
	}
}

// unitKey is under what the unit of a request stands in its context.
type unitKey struct{}

// NewUpload implements handler.DataStore. What may be begun was decided before, by Server.mayBegin.
func (s *shelf) NewUpload(_ context.Context, info handler.FileInfo) (handler.Upload, error) {
	id := make([]byte, 16)
	if _, err := io.ReadFull(s.random, id); err != nil {
		return nil, err
	}
	now := s.now().UTC()
	n := &note{ID: hex.EncodeToString(id), Unit: info.MetaData["unit"], Name: info.MetaData["filename"],
		Sum: info.MetaData["sha256"], Size: info.Size, Began: now, Seen: now, State: receiving,
		writing: make(chan struct{}, 1)}
	if err := os.Mkdir(filepath.Join(s.dir, n.ID), 0o700); err != nil {
		return nil, err
	}
	err := s.write(n)
	if err == nil {
		var f *os.File
		if f, err = os.OpenFile(s.path(n), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600); err == nil {
			err = f.Close()
		}
	}
	if err != nil {
		_ = os.RemoveAll(filepath.Join(s.dir, n.ID)) // nobody knows of it
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.notes[n.ID] = n
	return half{s, n}, nil
}

// GetUpload implements handler.DataStore: of the unit that asks only.
func (s *shelf) GetUpload(ctx context.Context, id string) (handler.Upload, error) {
	unit, _ := ctx.Value(unitKey{}).(string)
	s.mu.Lock()
	defer s.mu.Unlock()
	n := s.notes[id]
	if n == nil || unit == "" || n.Unit != unit || n.State == refused {
		return nil, handler.ErrNotFound
	}
	return half{s, n}, nil
}

// AsTerminatableUpload implements handler.TerminaterDataStore.
func (s *shelf) AsTerminatableUpload(u handler.Upload) handler.TerminatableUpload { return u.(half) }
