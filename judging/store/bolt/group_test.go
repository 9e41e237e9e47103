package bolt_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"fayi/judging"
	"fayi/judging/judgetest"
	"fayi/judging/store"
	"fayi/judging/store/bolt"
)

var errOwn = errors.New("this one fails")

// crowd lines up n Updates behind a first one, so that they share commits, and returns their errors.
func crowd(
	t *testing.T, db store.DB, n int, ctx func(i int) context.Context, fn func(i int, tx store.Tx) error,
) []error {
	t.Helper()
	out := make([]error, n)
	var all sync.WaitGroup
	begun, go_ := make(chan struct{}), make(chan struct{})
	all.Go(func() {
		hold := func(store.Tx) error { close(begun); <-go_; return nil }
		if err := db.Update(context.Background(), hold); err != nil {
			t.Error(err)
		}
	})
	<-begun
	var at atomic.Int64
	for i := range n {
		all.Go(func() {
			at.Add(1)
			defer func() {
				if p := recover(); p != nil {
					out[i] = fmt.Errorf("panic: %v", p)
				}
			}()
			out[i] = db.Update(ctx(i), func(tx store.Tx) error { return fn(i, tx) })
		})
	}
	for at.Load() < int64(n) {
		runtime.Gosched()
	}
	close(go_)
	all.Wait()
	return out
}

func openFile(t *testing.T) (*bolt.DB, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "contest.db")
	db, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db, path
}

// Whatever Updates share a commit, the store holds at the end exactly what those wrote that were answered without an
// error, in some order, and each saw those before it whole.
func TestUpdatesThatShareACommitAreWholeOrNotAtAll(t *testing.T) {
	for seed := range uint64(20) {
		db, path := openFile(t)
		r := rand.New(rand.NewPCG(seed, 5))
		fate := make([]int, 150)
		for i := range fate {
			fate[i] = r.IntN(8)
		}
		gone, end := context.WithCancel(t.Context())
		end()
		got := crowd(t, db, len(fate), func(i int) context.Context {
			if fate[i] == 2 {
				return gone
			}
			return t.Context()
		}, func(i int, tx store.Tx) error {
			n := 0 // how many there were before, seen in two places
			if v, err := tx.Get([]byte("count")); err == nil {
				n, _ = strconv.Atoi(string(v))
			}
			listed := 0
			if err := tx.Scan([]byte("by/"), func(_, _ []byte) error { listed++; return nil }); err != nil {
				return err
			}
			if listed != n {
				t.Errorf("%d counted, %d listed: half of an Update is seen", n, listed)
			}
			if err := tx.Put([]byte("count"), []byte(strconv.Itoa(n+1))); err != nil {
				return err
			}
			if err := tx.Put([]byte(fmt.Sprintf("by/%04d", i)), nil); err != nil {
				return err
			}
			for k := range 3 { // written over, deleted, made again
				key := []byte(fmt.Sprintf("mess/%d", (i+k)%7))
				if err := errors.Join(tx.Put(key, []byte{byte(i), byte(k)}), tx.Delete(key)); err != nil {
					return err
				}
				if k != i%3 {
					if err := tx.Put(key, bytes.Repeat([]byte{byte(i)}, 40*k)); err != nil {
						return err
					}
				}
			}
			switch fate[i] {
			case 0:
				return errOwn
			case 1:
				panic("this one panics")
			case 3:
				_ = tx.Put(nil, nil) // refused, and swallowed
			}
			return nil
		})
		want := 0
		for i, err := range got {
			switch {
			case fate[i] >= 4 && err != nil, fate[i] < 4 && err == nil, fate[i] == 0 && err != errOwn,
				fate[i] == 3 && judging.CodeOf(err) != judging.Invalid:
				t.Errorf("seed %d: %d of fate %d ended with %v", seed, i, fate[i], err)
			}
			if err == nil {
				want++
			}
		}
		err := db.View(t.Context(), func(tx store.Tx) error {
			v, err := tx.Get([]byte("count"))
			if err != nil || string(v) != strconv.Itoa(want) {
				t.Errorf("seed %d: counted %s of %d, %v", seed, v, want, err)
			}
			return tx.Scan([]byte("by/"), func(k, _ []byte) error {
				i, err := strconv.Atoi(string(k[3:]))
				if err != nil || got[i] != nil {
					t.Errorf("seed %d: %s is there, and was answered with %v", seed, k, got[i])
				}
				return nil
			})
		})
		if err != nil {
			t.Error(err)
		}
		if err := db.Check(t.Context()); err != nil {
			t.Errorf("seed %d: %v", seed, err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
		judgetest.CheckFile(t, path)
	}
}

// Nobody is answered before the commit: whoever is answered finds it in a View, which sees only what is committed.
func TestNobodyIsAnsweredBeforeTheCommit(t *testing.T) {
	db, _ := openFile(t)
	var all sync.WaitGroup
	for i := range 50 {
		all.Go(func() {
			for k := range 20 {
				key := []byte(fmt.Sprintf("%d/%d", i, k))
				if err := db.Update(t.Context(), func(tx store.Tx) error { return tx.Put(key, key) }); err != nil {
					t.Error(err)
				}
				there := func(tx store.Tx) error { _, err := tx.Get(key); return err }
				if err := db.View(t.Context(), there); err != nil {
					t.Errorf("answered, and not there: %v", err)
				}
			}
		})
	}
	all.Wait()
}

// One after the other, with no crowd, each is committed by itself and at once: the next View shows it.
func TestAnUpdateAloneIsCommittedAtOnce(t *testing.T) {
	db, _ := openFile(t)
	for i := range 50 {
		key := []byte(strconv.Itoa(i))
		if err := db.Update(t.Context(), func(tx store.Tx) error { return tx.Put(key, key) }); err != nil {
			t.Fatal(err)
		}
		if err := db.View(t.Context(), func(tx store.Tx) error { _, err := tx.Get(key); return err }); err != nil {
			t.Fatal(err)
		}
	}
}

// A check and a copy that come in the middle of a crowd find a whole file.
func TestAChecksTurnComesInACrowd(t *testing.T) {
	db, _ := openFile(t)
	var all sync.WaitGroup
	for range 5 {
		all.Go(func() {
			for range 10 {
				if err := db.Check(t.Context()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for i := range 20 {
		all.Go(func() {
			for k := range 20 {
				key := []byte(fmt.Sprintf("%d/%d", i, k))
				if err := db.Update(t.Context(), func(tx store.Tx) error { return tx.Put(key, key) }); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
}

// single lets one Update through at a time, as the store did before commits were shared.
type single struct {
	store.DB
	mu sync.Mutex
}

func (s *single) Update(ctx context.Context, fn func(store.Tx) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.DB.Update(ctx, fn)
}

// BenchmarkCrowd writes a record of a score's size from so many goroutines, with shared commits and without.
func BenchmarkCrowd(b *testing.B) {
	for _, n := range []int{1, 20, 200} {
		for _, shared := range []bool{false, true} {
			b.Run(fmt.Sprintf("%d/shared=%v", n, shared), func(b *testing.B) {
				file, err := bolt.Open(filepath.Join(b.TempDir(), "contest.db"), bolt.Options{})
				if err != nil {
					b.Fatal(err)
				}
				defer file.Close()
				var db store.DB = file
				if !shared {
					db = &single{DB: file}
				}
				value := bytes.Repeat([]byte("9"), 400)
				var next atomic.Int64
				var all sync.WaitGroup
				b.ResetTimer()
				for range n {
					all.Go(func() {
						for next.Add(1) <= int64(b.N) {
							key := []byte(fmt.Sprintf("%d", rand.IntN(5000)))
							put := func(tx store.Tx) error { return tx.Put(key, value) }
							if err := db.Update(b.Context(), put); err != nil {
								b.Error(err)
							}
						}
					})
				}
				all.Wait()
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "updates/s")
			})
		}
	}
}
