package store_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"slices"
	"sync"
	"testing"

	"fayi/judging"
	"fayi/judging/judgetest"
	"fayi/judging/store"
	"fayi/judging/store/bolt"
)

func ownPiece(p piece) piece {
	p.Tags = slices.Clone(p.Tags)
	return p
}

// decoded is a table of pieces that counts how often a record is decoded.
func decoded(most int) (table *store.Table[piece], times func() int) {
	var mu sync.Mutex
	n := 0
	table = store.NewTable("piece", 2, func(p *piece) string { return p.ID }).
		Upgrade(1, func(old []byte) ([]byte, error) {
			mu.Lock()
			defer mu.Unlock()
			n++
			return old, nil
		}).KeepDecoded(most, ownPiece)
	return table, func() int {
		mu.Lock()
		defer mu.Unlock()
		was := n
		n = 0
		return was
	}
}

// somePieces stores n pieces as an earlier program did.
func somePieces(t *testing.T, db store.DB, n int) {
	t.Helper()
	update(t, db, func(tx store.Tx) error {
		for i := range n {
			if err := pieceTable().Put(tx, piece{ID: fmt.Sprint("p", i), Tags: []string{"a"}}); err != nil {
				return err
			}
		}
		return nil
	})
}

func openBolt(t *testing.T) *bolt.DB {
	t.Helper()
	db, err := bolt.Open(filepath.Join(t.TempDir(), "a.db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func TestKeptRecordsAreDecodedOnceInEachState(t *testing.T) {
	db := openBolt(t)
	somePieces(t, db, 7)
	table, times := decoded(7)
	read := func() {
		t.Helper()
		view(t, db, func(tx store.Tx) error {
			if _, err := table.List(tx, ""); err != nil {
				return err
			}
			return table.Each(tx, func(piece) error { return nil })
		})
	}
	read()
	read()
	if n := times(); n != 7 {
		t.Errorf("7 records were decoded %d times", n)
	}
	update(t, db, func(tx store.Tx) error { return tx.Put([]byte("other"), nil) })
	read()
	if n := times(); n != 7 {
		t.Errorf("after a write 7 records were decoded %d times", n)
	}
	update(t, db, func(tx store.Tx) error { return pieceTable().Put(tx, piece{ID: "one too many"}) })
	read()
	if n := times(); n != 16 {
		t.Errorf("of a table that is too large 8 records read twice were decoded %d times", n)
	}
}

func TestAViewAmongWritesKeepsItsOwnState(t *testing.T) {
	db := openBolt(t)
	somePieces(t, db, 2)
	table, _ := decoded(100)
	count := func(tx store.Tx) int {
		all, err := table.List(tx, "")
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	view(t, db, func(old store.Tx) error {
		update(t, db, func(tx store.Tx) error {
			if err := pieceTable().Put(tx, piece{ID: "third"}); err != nil {
				return err
			}
			if n := count(tx); n != 3 {
				t.Errorf("the Update sees %d, not its own write", n)
			}
			return nil
		})
		view(t, db, func(tx store.Tx) error {
			if n := count(tx); n != 3 {
				t.Errorf("a View after the write sees %d", n)
			}
			return nil
		})
		if n := count(old); n != 2 {
			t.Errorf("a View from before the write sees %d", n)
		}
		return nil
	})
}

func TestAReadingThatFailedIsNotKept(t *testing.T) {
	db := openBolt(t)
	somePieces(t, db, 3)
	fails := true
	table := store.NewTable("piece", 2, func(p *piece) string { return p.ID }).
		Upgrade(1, func(old []byte) ([]byte, error) {
			if fails {
				return nil, errors.New("not now")
			}
			return old, nil
		}).KeepDecoded(100, ownPiece)
	read := func(tx store.Tx) error {
		all, err := table.List(tx, "")
		if err == nil && len(all) != 3 {
			t.Errorf("%d records", len(all))
		}
		return err
	}
	for range 2 {
		if err := db.View(t.Context(), read); judging.CodeOf(err) != judging.Corrupt {
			t.Fatalf("what can't be decoded was read: %v", err)
		}
	}
	fails = false
	view(t, db, read)
}

// Whatever is written, whatever a reader does to what it was given, and in whatever order Views begin and end: what is
// kept is what is stored.
func TestWhatIsKeptIsWhatIsStored(t *testing.T) {
	for seed := range uint64(8) {
		chance := rand.New(rand.NewPCG(seed, 1))
		db := store.DB(openBolt(t))
		if seed%2 == 1 {
			db = judgetest.Strict(t, db)
		}
		plain, kept := pieceTable(), pieceTable().KeepDecoded(12, ownPiece)
		for range 200 {
			if chance.IntN(2) == 0 {
				id, drop, tag := fmt.Sprint("p", chance.IntN(16)), chance.IntN(3) == 0, fmt.Sprint(chance.IntN(9))
				update(t, db, func(tx store.Tx) error {
					if drop {
						return kept.Delete(tx, id)
					}
					return kept.Put(tx, piece{ID: id, Tags: []string{tag}})
				})
			}
			view(t, db, func(tx store.Tx) error {
				want, err := plain.List(tx, "")
				if err != nil {
					return err
				}
				got, err := kept.List(tx, "")
				if err != nil {
					return err
				}
				each := []piece(nil)
				err = kept.Each(tx, func(p piece) error { each = append(each, p); return nil })
				if !reflect.DeepEqual(got, want) || !reflect.DeepEqual(each, want) {
					t.Fatalf("seed %d: %v and %v, stored is %v", seed, got, each, want)
				}
				for i := range got { // it is the reader's
					got[i].Tags[0], got[i].ID, each[i].Tags[0] = "spoiled", "spoiled", "spoiled"
				}
				return err
			})
		}
	}
}

func TestReadersAtOnceShareOneReading(t *testing.T) {
	db := openBolt(t)
	somePieces(t, db, 50)
	table, times := decoded(100)
	var readers sync.WaitGroup
	for range 16 {
		readers.Go(func() {
			view(t, db, func(tx store.Tx) error {
				all, err := table.List(tx, "")
				if len(all) != 50 {
					t.Errorf("%d records", len(all))
				}
				for i := range all {
					all[i].Tags[0] = "spoiled"
				}
				return err
			})
		})
	}
	readers.Wait()
	if n := times(); n != 50 {
		t.Errorf("50 records were decoded %d times", n)
	}
}
