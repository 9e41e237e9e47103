package judgetest

import (
	"context"
	"errors"
	"io"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"fayi/judging"
	"fayi/judging/store"
)

// ErrFault is the cause of an error that a Faulty store returned on purpose.
var ErrFault = errors.New("judgetest: the disk gives an error")

// Site is a way through the code that led to the store: the calls, from the access outwards, until the test's own.
type Site string

// Faulty wraps a store so that a test can have any one access to it fail, as a failing disk does, or do something
// else at that moment. It tells accesses apart by their Site, so that one in a loop is met once and a test need not
// try them all. It serves many goroutines.
type Faulty struct {
	store.DB
	mu    sync.Mutex
	order []Site
	known map[Site]bool
	at    Site
	then  func() error
}

// NewFaulty wraps db, which must be a Snapshotter and a Checker. Nothing fails yet.
func NewFaulty(db store.DB) *Faulty { return &Faulty{DB: db, known: map[Site]bool{}} }

// Sites returns the places that accessed the store so far, in the order in which they did first, and forgets them.
func (f *Faulty) Sites() []Site {
	f.mu.Lock()
	defer f.mu.Unlock()
	out := f.order
	f.order, f.known = nil, map[Site]bool{}
	return out
}

// FailAt lets the next access at a site fail with an Unavailable that matches ErrFault, and no other.
func (f *Faulty) FailAt(at Site) {
	f.At(at, func() error {
		return judging.Fail(judging.Unavailable, "store.unavailable", judging.Args{
			"File": "contest.db",
		}).Because(ErrFault)
	})
}

// At calls do at the next access at a site, which fails with its error, if that is one.
func (f *Faulty) At(at Site, do func() error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.at, f.then = at, do
}

// Missed reports whether the access that was to fail has not come, and gives it up.
func (f *Faulty) Missed() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	missed := f.then != nil
	f.at, f.then = "", nil
	return missed
}

// meet records an access.
func (f *Faulty) meet(what string) error {
	at := siteOf(what)
	f.mu.Lock()
	if !f.known[at] {
		f.known[at] = true
		f.order = append(f.order, at)
	}
	var do func() error
	if f.then != nil && f.at == at {
		do, f.then = f.then, nil
	}
	f.mu.Unlock()
	if do == nil {
		return nil
	}
	return do()
}

// siteOf names the calls of this project above the store.
func siteOf(what string) Site {
	var pcs [64]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs[:])])
	var b strings.Builder
	b.WriteString(what)
	for {
		frame, more := frames.Next()
		if strings.Contains(frame.File, "_test.go") {
			break
		}
		if _, name, ok := strings.Cut(frame.Function, "fayi/judging/"); ok && !strings.HasPrefix(name, "store") &&
			!strings.HasPrefix(name, "judgetest") {
			b.WriteString(" " + name + ":" + strconv.Itoa(frame.Line))
		}
		if !more {
			break
		}
	}
	return Site(b.String())
}

func (f *Faulty) View(ctx context.Context, fn func(store.Tx) error) error {
	return f.DB.View(ctx, func(tx store.Tx) error { return fn(&faultyTx{tx, f}) })
}

// Update counts the commit as an access too: one that fails leaves nothing written.
func (f *Faulty) Update(ctx context.Context, fn func(store.Tx) error) error {
	return f.DB.Update(ctx, func(tx store.Tx) error {
		if err := fn(&faultyTx{tx, f}); err != nil {
			return err
		}
		return f.meet("commit")
	})
}

func (f *Faulty) Snapshot(ctx context.Context, w io.Writer) error {
	if err := f.meet("snapshot"); err != nil {
		return err
	}
	return f.DB.(store.Snapshotter).Snapshot(ctx, w)
}

func (f *Faulty) Check(ctx context.Context) error {
	if err := f.meet("check"); err != nil {
		return err
	}
	return f.DB.(store.Checker).Check(ctx)
}

type faultyTx struct {
	store.Tx
	f *Faulty
}

func (x *faultyTx) Get(key []byte) ([]byte, error) {
	if err := x.f.meet("get"); err != nil {
		return nil, err
	}
	return x.Tx.Get(key)
}

func (x *faultyTx) Put(key, value []byte) error {
	if err := x.f.meet("put"); err != nil {
		return err
	}
	return x.Tx.Put(key, value)
}

func (x *faultyTx) Delete(key []byte) error {
	if err := x.f.meet("delete"); err != nil {
		return err
	}
	return x.Tx.Delete(key)
}

func (x *faultyTx) Scan(prefix []byte, fn func(key, value []byte) error) error {
	if err := x.f.meet("scan"); err != nil {
		return err
	}
	return x.Tx.Scan(prefix, fn)
}

// Dump returns all keys and values of a store.
func Dump(ctx context.Context, db store.DB) (map[string]string, error) {
	var all map[string]string
	err := db.View(ctx, func(tx store.Tx) error {
		all = map[string]string{}
		return tx.Scan(nil, func(k, v []byte) error { all[string(k)] = string(v); return nil })
	})
	return all, err
}

// Differences returns the keys that two dumps do not hold alike, in order.
func Differences(a, b map[string]string) []string {
	var out []string
	for k := range a {
		if w, ok := b[k]; !ok || w != a[k] {
			out = append(out, k)
		}
	}
	for k := range b {
		if _, ok := a[k]; !ok {
			out = append(out, k)
		}
	}
	slices.Sort(out)
	return out
}
