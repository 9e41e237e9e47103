//go:build unix

package bolt_test

import (
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"

	"fayi/judging"
	"fayi/judging/judgetest"
	"fayi/judging/store"
	"fayi/judging/store/bolt"
)

// limitFiles makes every write beyond n bytes of a file fail in this process, as a full disk does, until the returned function is called.
func limitFiles(t *testing.T, n uint64) (restore func()) {
	t.Helper()
	var before syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
		t.Fatal(err)
	}
	signal.Ignore(syscall.SIGXFSZ)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: n, Max: before.Max}); err != nil {
		t.Fatal(err)
	}
	return func() {
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
			t.Error(err)
		}
		signal.Reset(syscall.SIGXFSZ)
	}
}

func TestAFullDiskLosesNothingStored(t *testing.T) {
	path := filepath.Join(t.TempDir(), "contest.db")
	db, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	put := func(n int) error {
		return db.Update(t.Context(), func(tx store.Tx) error { return tx.Put(fmt.Appendf(nil, "%04d", n), make([]byte, 50_000)) })
	}
	count := func() (n int) {
		view(t, db, func(tx store.Tx) error {
			n = 0
			return tx.Scan(nil, func(_, _ []byte) error { n++; return nil })
		})
		return n
	}
	restore := limitFiles(t, 1<<20)
	stored := 0
	for err = put(0); err == nil; err = put(stored) {
		stored++
	}
	again := put(stored)
	had := count()
	restore()
	expectCode(t, judging.Unavailable, err)
	expectCode(t, judging.Unavailable, again)
	if stored < 5 || had != stored {
		t.Errorf("%d stored, %d there", stored, had)
	}
	expectCode(t, "", put(stored)) // once there is room again
	if n := count(); n != stored+1 {
		t.Errorf("%d there", n)
	}
	expectCode(t, "", db.Close())
	judgetest.CheckFile(t, path)
}

func TestAFullDiskMakesNoFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "contest.db")
	restore := limitFiles(t, 5000)
	_, err := bolt.Open(path, bolt.Options{})
	restore()
	expectCode(t, judging.Unavailable, err)
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Errorf("half a file is left: %v", err)
	}
	db, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	expectCode(t, "", db.Close())
}
