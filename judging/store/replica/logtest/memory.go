// Package logtest tests makers of replica.Log against its promise, and has one in memory for tests of what stands
// above.
package logtest

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"slices"
	"sync"

	"fayi/judging/store/replica"
)

// Memory is a log in memory, and its faults. Several handles share one: each Open returns another.
type Memory struct {
	mu      sync.Mutex
	entries [][]byte
	cut     int // how many of them were cut off
	notes   map[string][]byte
	wishes  []replica.Wish // the oldest first
	changed chan struct{}  // closed at the next Append

	// Before, if set, is asked before each Append, Read, Cut and call for notes ("append", "read", "cut", "note"); its
	// error is the answer. After is asked behind an Append, a Note and a Cut that were done: its error says that the
	// answer was lost.
	Before, After func(op string) error

	Careless bool // an Append takes the place of what stands there: an engine that is not to be trusted
}

// Copy returns a log that holds the same, as a backup of an engine does.
func (m *Memory) Copy() *Memory {
	m.mu.Lock()
	defer m.mu.Unlock()
	return &Memory{entries: slices.Clone(m.entries), cut: m.cut, notes: maps.Clone(m.notes)}
}

// Open returns a handle.
func (m *Memory) Open() replica.Log { return &handle{m: m, done: make(chan struct{})} }

// Cut drops all entries behind the first n, as an engine does that was put back to an older state.
func (m *Memory) Cut(n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.entries = m.entries[:n:n]
}

// Entries returns what stands in the log.
func (m *Memory) Entries() [][]byte {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append([][]byte(nil), m.entries...)
}

var errClosed = errors.New("closed")

type handle struct {
	m     *Memory
	done  chan struct{}
	close sync.Once
}

func (h *handle) ask(f func(string) error, op string) error {
	select {
	case <-h.done:
		return errClosed
	default:
	}
	if f != nil {
		return f(op)
	}
	return nil
}

func (h *handle) Append(ctx context.Context, at uint64, entry []byte) error {
	if err := errors.Join(ctx.Err(), h.ask(h.m.Before, "append")); err != nil {
		return err
	}
	h.m.mu.Lock()
	defer h.m.mu.Unlock()
	return h.append(at, entry)
}

func (h *handle) Try(ctx context.Context, at uint64, entry []byte, wish string) (a replica.Answer, err error) {
	if err := errors.Join(ctx.Err(), h.ask(h.m.Before, "append")); err != nil {
		return a, err
	}
	h.m.mu.Lock()
	defer h.m.mu.Unlock()
	turn := len(h.m.wishes) == 0 || h.m.wishes[0].Name == wish
	if turn || at != uint64(len(h.m.entries))+1 {
		err = h.append(at, entry)
	} else {
		err = replica.ErrTurn
	}
	switch {
	case errors.Is(err, replica.ErrTaken), errors.Is(err, replica.ErrTurn):
		h.m.lay(wish)
		if at > uint64(h.m.cut) && at <= uint64(len(h.m.entries)) {
			a.Next = slices.Clone(h.m.entries[at-1:])
		}
		a.Waiting = slices.Clone(h.m.wishes)
	default:
		h.m.withdraw(wish)
	}
	return a, err
}

func (m *Memory) lay(wish string) {
	for i, w := range m.wishes {
		if w.Name == wish {
			m.wishes[i].Mark += "+"
			return
		}
	}
	if wish != "" {
		m.wishes = append(m.wishes, replica.Wish{Name: wish})
	}
}

func (m *Memory) withdraw(wish string) {
	m.wishes = slices.DeleteFunc(m.wishes, func(w replica.Wish) bool { return w.Name == wish })
}

func (h *handle) Withdraw(ctx context.Context, wish string) error {
	if err := errors.Join(ctx.Err(), h.ask(h.m.Before, "append")); err != nil {
		return err
	}
	h.m.mu.Lock()
	defer h.m.mu.Unlock()
	h.m.withdraw(wish)
	return h.ask(h.m.After, "append")
}

// append is Append, once it may: its answer can get lost.
func (h *handle) append(at uint64, entry []byte) error {
	switch n := uint64(len(h.m.entries)); {
	case at <= n && h.m.Careless:
		h.m.entries[at-1] = bytes.Clone(entry)
	case at <= n:
		return replica.ErrTaken
	case at > n+1:
		return replica.ErrGap
	default:
		h.m.entries = append(h.m.entries, bytes.Clone(entry))
	}
	if h.m.changed != nil {
		close(h.m.changed)
		h.m.changed = nil
	}
	return h.ask(h.m.After, "append")
}

func (h *handle) Read(ctx context.Context, from uint64) ([][]byte, error) {
	if err := errors.Join(ctx.Err(), h.ask(h.m.Before, "read")); err != nil {
		return nil, err
	}
	h.m.mu.Lock()
	defer h.m.mu.Unlock()
	if from == 0 || from > uint64(len(h.m.entries)) {
		return nil, nil
	}
	if from <= uint64(h.m.cut) {
		return nil, replica.ErrCut
	}
	return append([][]byte(nil), h.m.entries[from-1:]...), nil
}

func (h *handle) Wait(ctx context.Context, at uint64) error {
	for {
		h.m.mu.Lock()
		if uint64(len(h.m.entries)) >= at {
			h.m.mu.Unlock()
			return h.ask(h.m.Before, "wait")
		}
		if h.m.changed == nil {
			h.m.changed = make(chan struct{})
		}
		changed := h.m.changed
		h.m.mu.Unlock()
		select {
		case <-changed:
		case <-h.done:
			return errClosed
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (h *handle) Cut(ctx context.Context, before uint64) error {
	if err := errors.Join(ctx.Err(), h.ask(h.m.Before, "cut")); err != nil {
		return err
	}
	h.m.mu.Lock()
	defer h.m.mu.Unlock()
	if before <= uint64(h.m.cut) || before > uint64(len(h.m.entries)) {
		return replica.ErrGap
	}
	for h.m.cut < int(before)-1 {
		h.m.entries[h.m.cut] = nil
		h.m.cut++
	}
	return h.ask(h.m.After, "cut")
}

func (h *handle) Note(ctx context.Context, name string, old, value []byte) error {
	if err := errors.Join(ctx.Err(), h.ask(h.m.Before, "note")); err != nil {
		return err
	}
	h.m.mu.Lock()
	defer h.m.mu.Unlock()
	if !bytes.Equal(h.m.notes[name], old) {
		return replica.ErrTaken
	}
	if h.m.notes == nil {
		h.m.notes = map[string][]byte{}
	}
	h.m.notes[name] = bytes.Clone(value)
	return h.ask(h.m.After, "note")
}

func (h *handle) Noted(ctx context.Context, name string) ([]byte, error) {
	if err := errors.Join(ctx.Err(), h.ask(h.m.Before, "note")); err != nil {
		return nil, err
	}
	h.m.mu.Lock()
	defer h.m.mu.Unlock()
	return h.m.notes[name], nil
}

func (h *handle) Names(ctx context.Context) ([]string, error) {
	if err := errors.Join(ctx.Err(), h.ask(h.m.Before, "note")); err != nil {
		return nil, err
	}
	h.m.mu.Lock()
	defer h.m.mu.Unlock()
	return slices.Sorted(maps.Keys(h.m.notes)), nil
}

func (h *handle) Drop(ctx context.Context, name string) error {
	if err := errors.Join(ctx.Err(), h.ask(h.m.Before, "note")); err != nil {
		return err
	}
	h.m.mu.Lock()
	defer h.m.mu.Unlock()
	delete(h.m.notes, name)
	return nil
}

func (h *handle) Most() int { return 1 << 20 }

func (h *handle) Close() error {
	h.close.Do(func() { close(h.done) })
	return nil
}
