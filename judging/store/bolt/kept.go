package bolt

import (
	"sync"

	"fayi/judging/store"
)

// keeping holds what was decoded of the newest state that was viewed.
type keeping struct {
	mu   sync.Mutex
	at   int // the number of the commit that made the state
	kept *store.Kept
}

// of returns what is kept of the state that a commit made, nil for one that is past: a View that began before others
// is soon over.
func (k *keeping) of(commit int) *store.Kept {
	k.mu.Lock()
	defer k.mu.Unlock()
	switch {
	case commit < 0 || k.kept != nil && commit < k.at: // over already, or past
		return nil
	case k.kept == nil || commit > k.at:
		k.at, k.kept = commit, &store.Kept{}
	}
	return k.kept
}

// Kept implements store.Keeper.
func (t *tx) Kept() *store.Kept {
	if t.group != nil {
		return nil // its own writes are in no commit yet
	}
	return t.db.kept.of(t.btx.ID())
}
