package judgetest

import (
	"context"
	"io"
	"sync"

	"fayi/judging/store"
)

// Between wraps a store so that a test can do something between two transactions of one operation, as another hand on
// the same contest does.
type Between struct {
	store.DB
	mu   sync.Mutex
	left int
	do   func()
}

// NewBetween wraps db, which must be a Snapshotter and a Checker. Nothing is done yet.
func NewBetween(db store.DB) *Between { return &Between{DB: db} }

// BeforeUpdate has do run once, before the n-th Update from now, counting from 1. What do itself writes is not
// counted.
func (b *Between) BeforeUpdate(n int, do func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.left, b.do = n, do
}

// Missed reports whether the Update has not come, and gives it up.
func (b *Between) Missed() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	missed := b.do != nil
	b.do = nil
	return missed
}

// Update runs what a test wants done before it, then the Update.
func (b *Between) Update(ctx context.Context, fn func(store.Tx) error) error {
	b.mu.Lock()
	var do func()
	if b.do != nil {
		if b.left--; b.left == 0 {
			do, b.do = b.do, nil
		}
	}
	b.mu.Unlock()
	if do != nil {
		do()
	}
	return b.DB.Update(ctx, fn)
}

// Snapshot is the store's own.
func (b *Between) Snapshot(ctx context.Context, w io.Writer) error {
	return b.DB.(store.Snapshotter).Snapshot(ctx, w)
}

// Check is the store's own.
func (b *Between) Check(ctx context.Context) error { return b.DB.(store.Checker).Check(ctx) }
