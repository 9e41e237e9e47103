package bolt_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/store"
	"fayi/judging/store/bolt"
	"fayi/judging/store/seal"
)

// turnSeal is how a child seals: the same in each process.
func turnSeal() (*bolt.Seal, error) {
	key, lock, _, err := seal.New(rand.NewChaCha8([32]byte{7}), cheap, password)
	return &bolt.Seal{Key: key, Lock: lock}, err
}

// turn seals the file, unseals it, and so on; each time it writes down that it did, as the journal does.
func turn(path string) error {
	s, err := turnSeal()
	for n := 0; err == nil; n++ {
		to := s
		if n%2 == 1 {
			to = nil
		}
		note := func(ctx context.Context, db store.DB) error {
			return db.Update(ctx, func(tx store.Tx) error {
				return tx.Put([]byte("journal\x00turn"), []byte("1\n"+strconv.Itoa(n)))
			})
		}
		err = bolt.Rewrite(context.Background(), path, seal.By(s.Key), to, note)
		if err == nil {
			fmt.Println(n)
		}
	}
	return err
}

// TestAKilledSealingLeavesAFileWhole kills a program that seals and unseals, at random moments.
func TestAKilledSealingLeavesAFileWhole(t *testing.T) {
	rounds := 40
	if n, err := strconv.Atoi(os.Getenv("FAYI_KILLS")); err == nil {
		rounds = n
	}
	s, err := turnSeal()
	if err != nil {
		t.Fatal(err)
	}
	chance := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 1)) // other moments each time
	path := filepath.Join(t.TempDir(), "contest.db")
	left, forms := 0, map[bool]int{}
	for range rounds {
		if err := os.RemoveAll(path); err != nil {
			t.Fatal(err)
		}
		want := recorded(t, path)
		cmd, out := child(t, "turn", path)
		for range chance.IntN(3) {
			if _, err := out.ReadString('\n'); err != nil {
				t.Fatal(err)
			}
		}
		time.Sleep(time.Duration(chance.IntN(40_000)) * time.Microsecond)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, out); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait()
		if _, err := os.Stat(path + ".rewriting"); err == nil {
			left++
		}
		forms[wholeAfterKill(t, path, s, want)]++
	}
	t.Logf("killed %d times: %d left a half-made file, %d sealed, %d plain", rounds, left, forms[true], forms[false])
}

// wholeAfterKill opens what a killed program left, and reports whether it is sealed.
func wholeAfterKill(t *testing.T, path string, s *bolt.Seal, want map[string]string) bool {
	t.Helper()
	db, err := bolt.Open(path, bolt.Options{NoCreate: true, Unlock: seal.By(s.Key)})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	got, err := contents(t, db)
	delete(got, "journal\x00turn")
	if err := errors.Join(err, db.Check(t.Context())); err != nil || !maps.Equal(got, want) {
		t.Errorf("%d of %d records, %v", len(got), len(want), err)
	}
	if _, err := os.Stat(path + ".rewriting"); !errors.Is(err, os.ErrNotExist) {
		t.Error("the half-made file stays:", err)
	}
	return db.Sealed()
}

// TestASealingThatFailsChangesNothing has the disk full, the last step refused, and the file held.
func TestASealingThatFailsChangesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "contest.db")
	want := recorded(t, path)
	s, _ := sealOf(t, 1)
	no := judging.Fail(judging.Closed, "x", nil)
	err := bolt.Rewrite(t.Context(), path, nil, s, func(context.Context, store.DB) error { return no })
	expectCode(t, judging.Closed, err)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := bolt.Rewrite(ctx, path, nil, s, nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if err := os.Mkdir(path+".rewriting", 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(path+".rewriting", "x"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	expectCode(t, judging.Unavailable, bolt.Rewrite(t.Context(), path, nil, s, nil))
	db, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if got, err := contents(t, db); err != nil || !maps.Equal(got, want) || db.Sealed() {
		t.Errorf("%v, sealed %v", err, db.Sealed())
	}
}
