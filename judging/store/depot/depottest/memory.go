package depottest

import (
	"bytes"
	"context"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"fayi/judging/store/depot"
)

// Memory is an engine in memory, and its faults.
type Memory struct {
	mu      sync.Mutex
	objects map[string][]byte
	times   map[string]time.Time
	puts    map[string]int
	halves  map[string]depot.Object

	// Clock, if set, is the engine's; its days begin with the Unix epoch otherwise, and stand still.
	Clock func() time.Time

	// Before, if set, is asked before each act ("put", "get", "stat", "list", "remove", "prepare"); its error is the
	// answer.
	Before func(ctx context.Context, op, name string) error

	// Given, if set, changes what a get gives.
	Given func(name string, content []byte) []byte
}

// Open returns it as an engine.
func (m *Memory) Open() depot.Engine { return (*memory)(m) }

// Objects are what is there.
func (m *Memory) Objects() map[string][]byte {
	m.mu.Lock()
	defer m.mu.Unlock()
	return maps.Clone(m.objects)
}

// Puts is how often an object was put.
func (m *Memory) Puts(name string) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.puts[name]
}

// Change has fn change what is there.
func (m *Memory) Change(fn func(map[string][]byte)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	fn(m.objects)
}

// Leave has a writer die that has put so much of something.
func (m *Memory) Leave(name string, size int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.halves == nil {
		m.halves = map[string]depot.Object{}
	}
	m.halves[name] = depot.Object{Name: name, Size: size, At: m.Clock()}
}

// Halves are the names of what writers left that died.
func (m *Memory) Halves() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Sorted(maps.Keys(m.halves))
}

type memory Memory

func (m *memory) ask(ctx context.Context, op, name string) error {
	if err := ctx.Err(); err != nil || m.Before == nil {
		return err
	}
	return m.Before(ctx, op, name)
}

func (m *memory) Prepare(ctx context.Context, prefix string) error {
	return m.ask(ctx, "prepare", prefix)
}

func (m *memory) Put(ctx context.Context, name string, size int64, r io.Reader) error {
	if err := m.ask(ctx, "put", name); err != nil {
		return err
	}
	content, err := io.ReadAll(io.LimitReader(r, size))
	if err == nil && int64(len(content)) < size {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.objects == nil {
		m.objects, m.puts, m.times = map[string][]byte{}, map[string]int{}, map[string]time.Time{}
	}
	m.objects[name] = content
	if m.times[name] = time.Unix(0, 0); m.Clock != nil {
		m.times[name] = m.Clock()
	}
	m.puts[name]++
	return nil
}

func (m *memory) Get(ctx context.Context, name string) (io.ReadCloser, error) {
	if err := m.ask(ctx, "get", name); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	content, there := m.objects[name]
	if !there {
		return nil, depot.NoFile(nil)
	}
	if m.Given != nil {
		content = m.Given(name, bytes.Clone(content))
	}
	return io.NopCloser(bytes.NewReader(content)), nil
}

func (m *memory) Stat(ctx context.Context, name string) (depot.Object, error) {
	if err := m.ask(ctx, "stat", name); err != nil {
		return depot.Object{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	content, there := m.objects[name]
	if !there {
		return depot.Object{}, depot.NoFile(nil)
	}
	return depot.Object{Name: name, Size: int64(len(content)), At: m.times[name]}, nil
}

func (m *memory) List(ctx context.Context, prefix string, fn func(depot.Object) error) error {
	if err := m.ask(ctx, "list", prefix); err != nil {
		return err
	}
	m.mu.Lock()
	all, times := maps.Clone(m.objects), maps.Clone(m.times)
	m.mu.Unlock()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if !strings.HasPrefix(name, prefix+"/") {
			continue
		}
		if err := fn(depot.Object{Name: name, Size: int64(len(all[name])), At: times[name]}); err != nil {
			return err
		}
	}
	return nil
}

func (m *memory) Remove(ctx context.Context, name string) error {
	if err := m.ask(ctx, "remove", name); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.objects, name)
	return nil
}

func (m *memory) Unfinished(ctx context.Context, prefix string, fn func(depot.Object) error) error {
	if err := m.ask(ctx, "unfinished", prefix); err != nil {
		return err
	}
	m.mu.Lock()
	all := maps.Clone(m.halves)
	m.mu.Unlock()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if strings.HasPrefix(name, prefix+"/") {
			if err := fn(all[name]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (m *memory) Discard(ctx context.Context, name string) error {
	if err := m.ask(ctx, "discard", name); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.halves, name)
	return nil
}

func (m *memory) Close() error { return nil }
