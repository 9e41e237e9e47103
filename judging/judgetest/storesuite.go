package judgetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"fayi/judging"
	"fayi/judging/store"
)

// StoreSuite tests what open returns against the contract of store.DB: an empty store each time, closed by the
// suite.
func StoreSuite(t *testing.T, open func(t *testing.T) store.DB) {
	tests := []struct {
		name string
		test func(*testing.T, store.DB)
	}{
		{"absent key is not found, and to delete it is no error", absentKey},
		{"put, replace, delete", putReplaceDelete},
		{"keys and values of any bytes", anyBytes},
		{"keys too short or too long are refused", badKeys},
		{"scan is ascending, bounded by its prefix, and sees own writes", scanOrder},
		{"scan stops without error, and passes other errors on", scanStop},
		{"writes elsewhere do not disturb a scan", scanWrites},
		{"an error undoes all writes and comes back as it is", undo},
		{"a panic undoes all writes", panicUndoes},
		{"a swallowed failure commits nothing", swallowed},
		{"a write in a view is a fault", writeInView},
		{"the limit is enforced, and reached exactly", limits},
		{"a view does not change under later writes", frozenView},
		{"updates run one after the other", concurrent},
		{"a context that ends before the commit undoes the writes", cancelled},
		{"close twice, then everything is refused", closed},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			db := open(t)
			defer db.Close()
			test.test(t, db)
		})
	}
}

func absentKey(t *testing.T, db store.DB) {
	update(t, db, func(tx store.Tx) error {
		if v, err := tx.Get([]byte("k")); !errors.Is(err, judging.ErrNotFound) || v != nil {
			t.Errorf("got %q, %v", v, err)
		}
		return tx.Delete([]byte("k"))
	})
}

func putReplaceDelete(t *testing.T, db store.DB) {
	put(t, db, "k", "1")
	put(t, db, "k", "2")
	expect(t, db, "k=2")
	update(t, db, func(tx store.Tx) error {
		if err := tx.Delete([]byte("k")); err != nil {
			return err
		}
		if _, err := tx.Get([]byte("k")); !errors.Is(err, judging.ErrNotFound) {
			t.Errorf("own delete unseen: %v", err)
		}
		return nil
	})
	expect(t, db)
}

func anyBytes(t *testing.T, db store.DB) {
	keys := []string{"\x00", "\x00\x00", "\xff\xff", "作品", strings.Repeat("长", store.MaxKey/3), " ", "\n"}
	for _, k := range keys {
		put(t, db, k, k)
	}
	put(t, db, "empty", "")
	view(t, db, func(tx store.Tx) error {
		for _, k := range keys {
			if v, err := tx.Get([]byte(k)); err != nil || string(v) != k {
				t.Errorf("key %q: got %q, %v", k, v, err)
			}
		}
		v, err := tx.Get([]byte("empty"))
		if len(v) != 0 || v == nil {
			t.Errorf("empty value came back as %#v", v)
		}
		return err
	})
}

func badKeys(t *testing.T, db store.DB) {
	for _, key := range [][]byte{nil, {}, make([]byte, store.MaxKey+1)} {
		expectCode(t, judging.Invalid, db.Update(t.Context(), func(tx store.Tx) error { return tx.Put(key, nil) }))
		expectCode(t, judging.Invalid, db.Update(t.Context(), func(tx store.Tx) error { return tx.Delete(key) }))
	}
	view(t, db, func(tx store.Tx) error {
		if _, err := tx.Get(nil); !errors.Is(err, judging.ErrNotFound) {
			t.Errorf("empty key: %v", err)
		}
		return nil
	})
}

func scanOrder(t *testing.T, db store.DB) {
	for _, k := range []string{"b", "a2", "a", "a\xff\xff", "a\x00", "`\xff", "a1"} {
		put(t, db, k, "")
	}
	update(t, db, func(tx store.Tx) error {
		if err := errors.Join(tx.Put([]byte("a11"), nil), tx.Delete([]byte("a2"))); err != nil {
			return err
		}
		if got, want := scan(t, tx, "a"), []string{"a=", "a\x00=", "a1=", "a11=", "a\xff\xff="}; !slices.Equal(
			got,
			want,
		) {
			t.Errorf("got %q, want %q", got, want)
		}
		if got := scan(t, tx, "c"); got != nil {
			t.Errorf("got %q", got)
		}
		return nil
	})
	expect(t, db, "`\xff=", "a=", "a\x00=", "a1=", "a11=", "a\xff\xff=", "b=")
}

func scanStop(t *testing.T, db store.DB) {
	put(t, db, "a", "")
	put(t, db, "b", "")
	for _, test := range []struct{ give, want error }{{store.ErrStop, nil}, {errOwn, errOwn}} {
		view(t, db, func(tx store.Tx) error {
			n := 0
			err := tx.Scan(nil, func(_, _ []byte) error { n++; return test.give })
			if n != 1 || err != test.want {
				t.Errorf("%v: called %d times, got %v", test.give, n, err)
			}
			return nil
		})
	}
}

func scanWrites(t *testing.T, db store.DB) {
	update(t, db, func(tx store.Tx) error {
		for i := range 40 {
			if err := tx.Put(fmt.Appendf(nil, "m%02d", i), nil); err != nil {
				return err
			}
		}
		return tx.Put([]byte("a50"), nil)
	})
	update(t, db, func(tx store.Tx) error {
		n := 0
		err := tx.Scan([]byte("m"), func(k, _ []byte) error {
			if want := fmt.Sprintf("m%02d", n); string(k) != want {
				t.Errorf("got %s, want %s", k, want)
			}
			n++
			if n == 20 {
				return tx.Delete([]byte("a50"))
			}
			return tx.Put(fmt.Appendf(nil, "a%02d", n), k)
		})
		if n != 40 {
			t.Errorf("visited %d of 40", n)
		}
		return err
	})
}

func undo(t *testing.T, db store.DB) {
	put(t, db, "a", "1")
	err := db.Update(t.Context(), func(tx store.Tx) error {
		return errors.Join(tx.Put([]byte("a"), []byte("2")), tx.Put([]byte("b"), nil), errOwn)
	})
	if !errors.Is(err, errOwn) {
		t.Errorf("got %v", err)
	}
	if err := db.View(t.Context(), func(store.Tx) error { return errOwn }); err != errOwn {
		t.Errorf("view: got %v", err)
	}
	expect(t, db, "a=1")
}

func panicUndoes(t *testing.T, db store.DB) {
	func() {
		defer func() {
			if r := recover(); r != errOwn {
				t.Errorf("recovered %v", r)
			}
		}()
		db.Update(t.Context(), func(tx store.Tx) error {
			tx.Put([]byte("a"), nil)
			panic(errOwn)
		})
	}()
	put(t, db, "b", "")
	expect(t, db, "b=")
}

func swallowed(t *testing.T, db store.DB) {
	expectCode(t, judging.Invalid, db.Update(t.Context(), func(tx store.Tx) error {
		tx.Put(nil, nil)
		return tx.Put([]byte("a"), nil)
	}))
	expect(t, db)
}

func writeInView(t *testing.T, db store.DB) {
	expectCode(t, judging.Internal, db.View(t.Context(), func(tx store.Tx) error { return tx.Put([]byte("a"), nil) }))
	expectCode(t, judging.Internal, db.View(t.Context(), func(tx store.Tx) error { return tx.Delete([]byte("a")) }))
}

func limits(t *testing.T, db store.DB) {
	limit := db.Limit()
	writes := func(n int) error {
		return db.Update(t.Context(), func(tx store.Tx) error {
			for i := range n {
				if err := tx.Put(fmt.Appendf(nil, "%08d", i), nil); err != nil {
					return err
				}
			}
			return nil
		})
	}
	volume := func(n int) error {
		return db.Update(t.Context(), func(tx store.Tx) error { return tx.Put([]byte("v"), make([]byte, n-1)) })
	}
	expectCode(t, judging.Invalid, writes(limit.Writes+1))
	expectCode(t, judging.Invalid, volume(limit.Bytes+1))
	expect(t, db)
	expectCode(t, "", writes(limit.Writes))
	expectCode(t, "", volume(limit.Bytes))
}

// frozenView waits within a View for an Update, which only a test may: a store this small need not grow, so it
// can't be held up.
func frozenView(t *testing.T, db store.DB) {
	put(t, db, "a", "1")
	wrote, seen := make(chan struct{}), make(chan struct{})
	var once sync.Once
	var writing sync.WaitGroup
	writing.Go(func() {
		<-seen
		put(t, db, "a", "2")
		close(wrote)
	})
	view(t, db, func(tx store.Tx) error {
		before := scan(t, tx, "")
		once.Do(func() { close(seen) })
		<-wrote
		if after := scan(t, tx, ""); !slices.Equal(before, after) {
			t.Errorf("%q became %q", before, after)
		}
		return nil
	})
	writing.Wait()
	expect(t, db, "a=2")
}

func concurrent(t *testing.T, db store.DB) {
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 5 {
				update(t, db, func(tx store.Tx) error {
					old, err := tx.Get([]byte("n"))
					if err != nil && !errors.Is(err, judging.ErrNotFound) {
						return err
					}
					return tx.Put([]byte("n"), append(bytes.Clone(old), 'x'))
				})
			}
		})
	}
	all.Wait()
	expect(t, db, "n="+strings.Repeat("x", 40))
}

func cancelled(t *testing.T, db store.DB) {
	ctx, cancel := context.WithCancel(t.Context())
	err := db.Update(ctx, func(tx store.Tx) error {
		cancel()
		return tx.Put([]byte("a"), nil)
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("update: %v", err)
	}
	ran := false
	run := func(store.Tx) error { ran = true; return nil }
	if err := errors.Join(db.View(ctx, run), db.Update(ctx, run)); !errors.Is(err, context.Canceled) || ran {
		t.Errorf("after the end: ran %v, %v", ran, err)
	}
	expect(t, db)
}

func closed(t *testing.T, db store.DB) {
	if err := errors.Join(db.Close(), db.Close()); err != nil {
		t.Error(err)
	}
	run := func(store.Tx) error { t.Error("ran"); return nil }
	expectCode(t, judging.Unavailable, db.View(t.Context(), run))
	expectCode(t, judging.Unavailable, db.Update(t.Context(), run))
}

var errOwn = errors.New("the caller's own")

func update(t *testing.T, db store.DB, fn func(store.Tx) error) {
	t.Helper()
	if err := db.Update(t.Context(), fn); err != nil {
		t.Error(err)
	}
}

func view(t *testing.T, db store.DB, fn func(store.Tx) error) {
	t.Helper()
	if err := db.View(t.Context(), fn); err != nil {
		t.Error(err)
	}
}

func put(t *testing.T, db store.DB, key, value string) {
	t.Helper()
	update(t, db, func(tx store.Tx) error { return tx.Put([]byte(key), []byte(value)) })
}

// scan returns "key=value" of each key under prefix.
func scan(t *testing.T, tx store.Tx, prefix string) (all []string) {
	t.Helper()
	err := tx.Scan([]byte(prefix), func(k, v []byte) error {
		all = append(all, string(k)+"="+string(v))
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	return all
}

// expect compares the whole store.
func expect(t *testing.T, db store.DB, want ...string) {
	t.Helper()
	view(t, db, func(tx store.Tx) error {
		if got := scan(t, tx, ""); !slices.Equal(got, want) {
			t.Errorf("store holds %q, want %q", got, want)
		}
		return nil
	})
}

func expectCode(t *testing.T, want judging.Code, err error) {
	t.Helper()
	if got := judging.CodeOf(err); got != want {
		t.Errorf("got code %q (%v), want %q", got, err, want)
	}
}
