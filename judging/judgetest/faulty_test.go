package judgetest_test

import (
	"errors"
	"path/filepath"
	"testing"

	"fayi/judging"
	"fayi/judging/judgetest"
	"fayi/judging/store"
	"fayi/judging/store/bolt"
)

func openFaulty(t *testing.T) *judgetest.Faulty {
	t.Helper()
	db, err := bolt.Open(filepath.Join(t.TempDir(), "contest.db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return judgetest.NewFaulty(db)
}

func TestAFaultyStoreKeepsTheContractUntilItFails(t *testing.T) {
	judgetest.StoreSuite(t, func(t *testing.T) store.DB { return openFaulty(t) })
}

func TestAFaultyStoreFailsOnceAtTheAccessItWasToldAndCommitsNothing(t *testing.T) {
	f := openFaulty(t)
	put := func() error {
		return f.Update(t.Context(), func(tx store.Tx) error { return tx.Put([]byte("k"), []byte("v")) })
	}
	if err := put(); err != nil {
		t.Fatal(err)
	}
	sites := f.Sites()
	if len(sites) != 2 || len(f.Sites()) != 0 {
		t.Fatalf("%q: want the put and the commit", sites)
	}
	for _, at := range sites {
		f := openFaulty(t)
		f.FailAt(at)
		err := f.Update(t.Context(), func(tx store.Tx) error { return tx.Put([]byte("k"), []byte("v")) })
		if !errors.Is(err, judgetest.ErrFault) || judging.CodeOf(err) != judging.Unavailable || f.Missed() {
			t.Errorf("%s: %v", at, err)
		}
		all, err := judgetest.Dump(t.Context(), f)
		if err != nil || len(all) != 0 {
			t.Errorf("%s: %v, %v", at, all, err)
		}
	}
	f.FailAt("nowhere")
	if err := put(); err != nil || !f.Missed() || f.Missed() {
		t.Errorf("failed at an access it was not told of: %v", err)
	}
}
