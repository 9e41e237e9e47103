package app

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"

	"fayi/app/organizer/page"
	"fayi/app/seats"
	"fayi/judging/office"
	"fayi/judging/store"
	"fayi/judging/store/bolt"
)

// counted is a contest's file that counts how often all its works are read.
type counted struct {
	*bolt.DB

	read *atomic.Int64
}

// View implements store.DB.
func (c counted) View(ctx context.Context, fn func(store.Tx) error) error {
	return c.DB.View(ctx, func(tx store.Tx) error { return fn(countedTx{tx, c.read}) })
}

type countedTx struct {
	store.Tx

	read *atomic.Int64
}

// Kept implements store.Keeper.
func (c countedTx) Kept() *store.Kept { return store.KeptOf(c.Tx) }

// Scan implements store.Tx.
func (c countedTx) Scan(prefix []byte, fn func(key, value []byte) error) error {
	if bytes.Equal(prefix, []byte("work\x00")) {
		c.read.Add(1)
	}
	return c.Tx.Scan(prefix, fn)
}

// A page is opened by many questions to the office, each of which reads works. All of them together decode the works
// once, and not at all where nothing was written since the page before.
func TestEveryPageReadsTheWorksOnce(t *testing.T) {
	s := sit(t, Inline{})
	dir := filepath.Join(s.home, "数.fayi")
	if err := os.CopyFS(dir, os.DirFS(s.whole(t).Dir())); err != nil {
		t.Fatal(err)
	}
	db, blobs, err := bolt.OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	read := new(atomic.Int64)
	o, err := office.Open(t.Context(), office.Config{
		DB: counted{db, read}, Blobs: blobs, Dir: dir, Now: s.files.Now, Random: &rolling{}, Actor: "organiser",
		Cache: t.TempDir(),
	})
	if err != nil {
		t.Fatal(err)
	}
	s.enter(o)
	if read.Load() == 0 {
		t.Fatal("nothing is counted")
	}
	for _, r := range routes {
		if slices.Contains([]string{lostKind, archiveKind, seats.Kind, page.Desk}, r.Kind) {
			continue // of no contest that is open, or a judge's
		}
		r = filled(t, o, r)
		s.app.Restart(r) // it may write: small pictures, measures
		err := db.Update(t.Context(), func(tx store.Tx) error { return tx.Put([]byte("other"), []byte(name(r))) })
		if err != nil {
			t.Fatal(err)
		}
		for _, most := range []int64{1, 0} {
			read.Store(0)
			s.app.Restart(r)
			if n := read.Load(); n > most {
				t.Errorf("%s reads the works %d times, at most %d were expected", name(r), n, most)
			}
		}
	}
}
