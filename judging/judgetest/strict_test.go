package judgetest

import (
	"path/filepath"
	"testing"

	"fayi/judging"
	"fayi/judging/store"
	"fayi/judging/store/bolt"
)

func TestBoltKeepsTheContract(t *testing.T) {
	StoreSuite(t, func(t *testing.T) store.DB {
		path := filepath.Join(t.TempDir(), "contest.db")
		db, err := bolt.Open(path, bolt.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { CheckFile(t, path) })
		return db
	})
}

func TestStrictKeepsTheContract(t *testing.T) {
	StoreSuite(t, func(t *testing.T) store.DB { return OpenStrict(t) })
}

func TestStrictRunsEachFunctionTwice(t *testing.T) {
	db := OpenStrict(t)
	runs := 0
	update(t, db, func(tx store.Tx) error {
		runs++
		if got := scan(t, tx, ""); got != nil {
			t.Errorf("run %d sees %q", runs, got)
		}
		return tx.Put([]byte("a"), nil)
	})
	view(t, db, func(store.Tx) error { runs++; return nil })
	if runs != 4 {
		t.Errorf("ran %d times", runs)
	}
}

func TestStrictSpoilsLentBytes(t *testing.T) {
	db := OpenStrict(t)
	put(t, db, "a", "1")
	var got, key, value []byte
	view(t, db, func(tx store.Tx) (err error) {
		if got, err = tx.Get([]byte("a")); err != nil {
			return err
		}
		err = tx.Scan(nil, func(k, v []byte) error { key, value = k, v; return nil })
		if string(key) != "\xff" || string(value) != "\xff" {
			t.Errorf("after its step a scan left %q=%q", key, value)
		}
		if string(got) != "1" {
			t.Errorf("within the transaction got %q", got)
		}
		return err
	})
	if string(got) != "\xff" {
		t.Errorf("after the transaction got %q", got)
	}
}

func TestStrictRefusesWritesUnderAScan(t *testing.T) {
	db := OpenStrict(t)
	put(t, db, "a1", "")
	write := func(outer, key string) error {
		return db.Update(t.Context(), func(tx store.Tx) error {
			return tx.Scan([]byte(outer), func(_, _ []byte) error {
				return tx.Scan([]byte("a1"), func(_, _ []byte) error { return tx.Put([]byte(key), nil) })
			})
		})
	}
	expectCode(t, judging.Internal, write("a", "a2"))
	expectCode(t, judging.Internal, write("", "b"))
	expectCode(t, "", write("a", "b"))
	expect(t, db, "a1=", "b=")
}

func TestStrictRefusesATxAfterItsEnd(t *testing.T) {
	db := OpenStrict(t)
	var kept store.Tx
	view(t, db, func(tx store.Tx) error { kept = tx; return nil })
	_, err := kept.Get([]byte("a"))
	expectCode(t, judging.Internal, err)
	expectCode(t, judging.Internal, kept.Scan(nil, func(_, _ []byte) error { return nil }))
}

func TestStrictKeepsTheAbilitiesOfItsStore(t *testing.T) {
	db := OpenStrict(t)
	if err := db.(store.Checker).Check(t.Context()); err != nil {
		t.Error(err)
	}
	if err := db.(store.Snapshotter).Snapshot(t.Context(), t.Output()); err != nil {
		t.Error(err)
	}
}
