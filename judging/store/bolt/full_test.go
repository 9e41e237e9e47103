//go:build unix

package bolt_test

import (
	"context"
	"fmt"
	"io"
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

// A file-size limit stands in for the full disk: the system refuses the write midway either way. It holds for a
// whole process, so a child runs under it.

// smallFiles is the limit in bytes: of "fill path", which puts records until one fails, and of "create path", which
// can't finish a new file.
var smallFiles = map[string]uint64{"fill": 1 << 20, "create": 5000}

// underLimit has those two roles: it prints how many records are stored and there, the code of the failure, and
// that of a second try.
func underLimit(role, path string) error {
	signal.Ignore(syscall.SIGXFSZ)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{
		Cur: smallFiles[role],
		Max: smallFiles[role],
	}); err != nil {
		return err
	}
	db, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		_, again := bolt.Open(path, bolt.Options{})
		fmt.Println(0, 0, judging.CodeOf(err), judging.CodeOf(again))
		return nil
	}
	stored := 0
	for err = putBig(db, 0); err == nil; err = putBig(db, stored) {
		stored++
	}
	again := putBig(db, stored)
	there, viewing := countKeys(db)
	fmt.Println(stored, there, judging.CodeOf(err), judging.CodeOf(again))
	return viewing
}

func putBig(db store.DB, n int) error {
	return db.Update(
		context.Background(),
		func(tx store.Tx) error { return tx.Put(fmt.Appendf(nil, "%04d", n), make([]byte, 50_000)) },
	)
}

func countKeys(db store.DB) (n int, err error) {
	err = db.View(context.Background(), func(tx store.Tx) error {
		n = 0
		return tx.Scan(nil, func(_, _ []byte) error { n++; return nil })
	})
	return n, err
}

// runUnderLimit returns what the child printed.
func runUnderLimit(t *testing.T, role, path string) (stored, there int, first, again judging.Code) {
	t.Helper()
	cmd, out := child(t, role, path)
	if _, err := fmt.Fscan(out, &stored, &there, &first, &again); err != nil {
		t.Fatal(err)
	}
	io.Copy(io.Discard, out)
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
	return stored, there, first, again
}

func TestAFullDiskLosesNothingStored(t *testing.T) {
	path := filepath.Join(t.TempDir(), "contest.db")
	stored, there, first, again := runUnderLimit(t, "fill", path)
	if stored < 5 || there != stored || first != judging.Unavailable || again != judging.Unavailable {
		t.Errorf("%d stored, %d there, codes %q, %q", stored, there, first, again)
	}
	judgetest.CheckFile(t, path)
	db, err := bolt.Open(path, bolt.Options{NoCreate: true})
	if err != nil {
		t.Fatal(err)
	}
	expectCode(t, "", putBig(db, stored)) // now that there is room again
	if n, err := countKeys(db); n != stored+1 || err != nil {
		t.Errorf("%d there, %v", n, err)
	}
	expectCode(t, "", db.Close())
	judgetest.CheckFile(t, path)
}

func TestAFullDiskMakesNoFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "contest.db")
	_, _, first, again := runUnderLimit(t, "create", path)
	if first != judging.Unavailable || again != judging.Unavailable {
		t.Errorf("codes %q, %q", first, again)
	}
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Errorf("half a file is left: %v", err)
	}
}
