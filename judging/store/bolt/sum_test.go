package bolt_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"

	"fayi/judging"
	"fayi/judging/store"
	"fayi/judging/store/bolt"
)

// contents reads every key and value.
func contents(t testing.TB, db *bolt.DB) (all map[string]string, err error) {
	t.Helper()
	err = db.View(context.Background(), func(tx store.Tx) error {
		all = map[string]string{}
		return tx.Scan(nil, func(k, v []byte) error { all[string(k)] = string(v); return nil })
	})
	return all, err
}

// recorded writes a file of records and index entries and returns what it holds.
func recorded(t *testing.T, path string) map[string]string {
	t.Helper()
	db, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for i := range 40 {
		err := db.Update(t.Context(), func(tx store.Tx) error {
			for j := range 20 {
				id := fmt.Sprintf("w%06d", i*20+j)
				record := fmt.Sprintf("1\n{\"title\":\"作品%d\",\"group\":\"高中组\"}", i*j)
				if err := errors.Join(tx.Put([]byte("work\x00"+id), []byte(record)),
					tx.Put([]byte("work\x01category\x00书法\x00\x01"+id), nil)); err != nil {
					return err
				}
			}
			return tx.Delete(fmt.Appendf(nil, "work\x00w%06d", i*7))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	all, err := contents(t, db)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestNoChangedBitGoesUnseen flips single bits: whatever the file then shows differs only where opening, reading or
// the check says so.
func TestNoChangedBitGoesUnseen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "contest.db")
	want := recorded(t, path)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	chance := rand.New(rand.NewPCG(1, 2))
	told, same := 0, 0
	for range 1000 {
		data := bytes.Clone(whole)
		at := chance.IntN(len(data))
		data[at] ^= 1 << chance.IntN(8)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		db, err := bolt.Open(path, bolt.Options{ReadOnly: true})
		if err != nil {
			told++
			continue
		}
		got, err := contents(t, db)
		switch checked := db.Check(t.Context()); {
		case err != nil || checked != nil:
			told++
		case maps.Equal(got, want):
			same++
		default:
			t.Errorf("a changed bit at %d shows other records, and the check says whole", at)
		}
		db.Close()
	}
	if told == 0 || same == 0 {
		t.Errorf("told %d, without effect %d", told, same)
	}
	t.Logf("told %d, without effect %d", told, same)
}

// TestAlteredRecordsAreNamed changes, removes, adds and swaps records behind the store's back.
func TestAlteredRecordsAreNamed(t *testing.T) {
	cases := []struct {
		name   string
		change func(b *bbolt.Bucket) error
		named  string
	}{
		{"a value", func(b *bbolt.Bucket) error {
			raw := bytes.Replace(b.Get([]byte("work\x00w000003")), []byte("高"), []byte("初"), 1)
			return b.Put([]byte("work\x00w000003"), raw)
		}, "w000003"},
		{"two values swapped", func(b *bbolt.Bucket) error {
			a, c := bytes.Clone(b.Get([]byte("work\x00w000003"))), bytes.Clone(b.Get([]byte("work\x00w000004")))
			return errors.Join(b.Put([]byte("work\x00w000004"), a), b.Put([]byte("work\x00w000003"), c))
		}, "w000003"},
		{"a record gone", func(b *bbolt.Bucket) error { return b.Delete([]byte("work\x00w000003")) }, ""},
		{"an index entry gone", func(b *bbolt.Bucket) error {
			return b.Delete([]byte("work\x01category\x00书法\x00\x01w000003"))
		}, ""},
		{"a bare record from nowhere", func(b *bbolt.Bucket) error {
			return b.Put([]byte("work\x00w999999"), []byte("1\n{}"))
		}, ""},
	}
	for _, c := range cases {
		path := filepath.Join(t.TempDir(), "contest.db")
		recorded(t, path)
		behind(t, path, c.change)
		db, err := bolt.Open(path, bolt.Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		places, whole, err := db.Altered(t.Context())
		if err != nil || whole || (c.named != "") != (len(places) > 0) {
			t.Errorf("%s: %v, whole %v, %v", c.name, places, whole, err)
		}
		if c.named != "" && (places[0] != store.Place{Table: "work", ID: c.named}) {
			t.Errorf("%s: %v", c.name, places)
		}
		if err := db.Check(t.Context()); judging.CodeOf(err) != judging.Corrupt {
			t.Errorf("%s: %v", c.name, err)
		}
		db.Close()
	}
}

// TestRecordsWithoutSumsOpen reads, adds to and checks a file from before records had sums.
func TestRecordsWithoutSumsOpen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "contest.db")
	recorded(t, path)
	behind(t, path, func(b *bbolt.Bucket) error {
		for i := range 900 {
			if err := b.Delete(fmt.Appendf(nil, "work\x00w%06d", i)); err != nil {
				return err
			}
		}
		if err := b.Tx().DeleteBucket([]byte("tally")); err != nil {
			return err
		}
		return b.Put([]byte("work\x00w000003"), []byte("1\n{\"title\":\"旧\"}"))
	})
	db, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	check := func(want judging.Code) {
		t.Helper()
		if err := db.Check(t.Context()); judging.CodeOf(err) != want {
			t.Errorf("check: %v", err)
		}
	}
	check("")
	err = db.Update(t.Context(), func(tx store.Tx) error {
		if v, err := tx.Get([]byte("work\x00w000003")); err != nil || string(v) != "1\n{\"title\":\"旧\"}" {
			t.Errorf("%q %v", v, err)
		}
		return tx.Put([]byte("work\x00w000004"), []byte("1\n{}"))
	})
	if err != nil {
		t.Fatal(err)
	}
	check("")
	db.Close()
	behind(t, path, func(b *bbolt.Bucket) error {
		return b.Put([]byte("work\x00w000003"), []byte("1\n{\"title\":\"新\"}"))
	})
	if db, err = bolt.Open(path, bolt.Options{}); err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	check(judging.Corrupt)
}

// behind changes the file as another program would.
func behind(t *testing.T, path string, change func(b *bbolt.Bucket) error) {
	t.Helper()
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Update(func(tx *bbolt.Tx) error { return change(tx.Bucket([]byte("kv"))) }); err != nil {
		t.Fatal(err)
	}
}
