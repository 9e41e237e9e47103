package bolt_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"

	"fayi/judging"
	"fayi/judging/judgetest"
	"fayi/judging/store"
	"fayi/judging/store/bolt"
	"fayi/judging/store/seal"
)

func expectCode(t *testing.T, want judging.Code, err error) {
	t.Helper()
	if got := judging.CodeOf(err); got != want {
		t.Errorf("got code %q (%v), want %q", got, err, want)
	}
}

func view(t *testing.T, db store.DB, fn func(store.Tx) error) {
	t.Helper()
	if err := db.View(t.Context(), fn); err != nil {
		t.Error(err)
	}
}

// sample makes a closed file with branch pages, overflow pages and a free list.
func sample(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "contest.db")
	db, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for round := range 3 {
		err := db.Update(context.Background(), func(tx store.Tx) error {
			for i := range 600 {
				value := bytes.Repeat([]byte{byte(i)}, 30+i%50*(1+round))
				if err := errors.Join(tx.Put(fmt.Appendf(nil, "key%d.%04d", round, i), value),
					tx.Delete(fmt.Appendf(nil, "key%d.%04d", round-1, i*2))); err != nil {
					return err
				}
			}
			return tx.Put([]byte("big"), make([]byte, 20_000))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestOpenTellsWhatIsWrong(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, content []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	good, err := os.ReadFile(sample(t))
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, path string
		opt        bolt.Options
		want       judging.Code
	}{
		{"absent, not to be created", filepath.Join(dir, "none"), bolt.Options{NoCreate: true}, judging.NotFound},
		{"absent, to be read", filepath.Join(dir, "none"), bolt.Options{ReadOnly: true}, judging.NotFound},
		{"in an absent folder", filepath.Join(dir, "none", "db"), bolt.Options{}, judging.NotFound},
		{"a folder", dir, bolt.Options{}, judging.Unavailable},
		{"empty, not to be created", write("empty", nil), bolt.Options{NoCreate: true}, judging.Corrupt},
		{"empty, to be read", write("empty", nil), bolt.Options{ReadOnly: true}, judging.Corrupt},
		{"text", write("text", []byte("作品,作者\n")), bolt.Options{}, judging.Corrupt},
		{"zeros", write("zeros", make([]byte, 1<<16)), bolt.Options{}, judging.Corrupt},
		{"only metas", write("metas", good[:2*4096]), bolt.Options{}, judging.Corrupt},
		{"cut short", write("short", good[:len(good)/2]), bolt.Options{}, judging.Corrupt},
		{"a bbolt file of someone else", foreign(t), bolt.Options{}, judging.Corrupt},
		{"a bbolt file of someone else, to be read", foreign(t), bolt.Options{ReadOnly: true}, judging.Corrupt},
		{"empty", write("empty", nil), bolt.Options{}, ""},
		{"good", write("good", good), bolt.Options{NoCreate: true}, ""},
		{"good, to be read", write("good", good), bolt.Options{ReadOnly: true}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			before, _ := os.ReadFile(test.path)
			db, err := bolt.Open(test.path, test.opt)
			expectCode(t, test.want, err)
			if err == nil {
				expectCode(t, "", db.Close())
				return
			}
			if db != nil {
				t.Error("a DB came with the error")
			}
			if after, _ := os.ReadFile(test.path); !bytes.Equal(before, after) {
				t.Error("the file was changed")
			}
		})
	}
}

// foreign makes a bbolt file with another program's bucket.
func foreign(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "foreign.db")
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		_, err := tx.CreateBucket([]byte("theirs"))
		return err
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

// try uses the file at path in every way; all that may come of damage is Corrupt.
func try(t *testing.T, path string) (codes []judging.Code) {
	t.Helper()
	return tryWith(t, path, nil)
}

func tryWith(t *testing.T, path string, how seal.Unlock) (codes []judging.Code) {
	t.Helper()
	for _, opt := range []bolt.Options{{ReadOnly: true, Unlock: how}, {Unlock: how}} {
		db, err := bolt.Open(path, opt)
		codes = append(codes, judging.CodeOf(err))
		if err != nil {
			continue
		}
		walk := func(tx store.Tx) error { return tx.Scan(nil, func(_, _ []byte) error { return nil }) }
		codes = append(codes, judging.CodeOf(db.View(t.Context(), walk)), judging.CodeOf(db.Check(t.Context())))
		if !opt.ReadOnly {
			for i := range 3 {
				err := db.Update(t.Context(), func(tx store.Tx) error {
					err := tx.Delete(fmt.Appendf(nil, "key2.%04d", i*150))
					return errors.Join(err, tx.Put(fmt.Appendf(nil, "key1.%04d", i*100), make([]byte, 5000)))
				})
				codes = append(codes, judging.CodeOf(err))
			}
			codes = append(codes, judging.CodeOf(db.View(t.Context(), walk)))
		}
		codes = append(codes, judging.CodeOf(db.Close()))
	}
	for _, code := range codes {
		if code != "" && code != judging.Corrupt && (how == nil || code != judging.Forbidden) {
			t.Errorf("damage is told as %q", code)
		}
	}
	return codes
}

func TestDamagedFilesNeverPanic(t *testing.T) {
	good, err := os.ReadFile(sample(t))
	if err != nil {
		t.Fatal(err)
	}
	pages := len(good) / 4096
	chance := rand.New(rand.NewPCG(3, 4))
	page := func(b []byte, n int) []byte { return b[n*4096 : (n+1)*4096] }
	kinds := []func(b []byte){
		func(b []byte) { b[chance.IntN(len(b))] ^= byte(1 << chance.IntN(8)) },
		func(b []byte) { page(b, chance.IntN(pages))[chance.IntN(64)] = byte(chance.Uint32()) },
		func(b []byte) { clear(page(b, chance.IntN(pages))) },
		func(b []byte) { copy(page(b, 2+chance.IntN(pages-2)), page(b, 2+chance.IntN(pages-2))) },
		func(b []byte) {
			binary.NativeEndian.PutUint64(b[2*4096+chance.IntN(len(b)-3*4096):], uint64(chance.IntN(pages)))
		},
	}
	path := filepath.Join(t.TempDir(), "damaged.db")
	told := 0
	for i := range 150 {
		b := bytes.Clone(good)
		kinds[i%len(kinds)](b)
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		for _, code := range try(t, path) {
			if code == judging.Corrupt {
				told++
				break
			}
		}
	}
	if told < 20 {
		t.Errorf("only %d of 150 damages were noticed", told)
	}
}

func FuzzDamage(f *testing.F) {
	good, err := os.ReadFile(sample(f))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(uint32(0), []byte{0})
	f.Add(uint32(3*4096), []byte("\x03\x00\x00\x00\x00\x00\x00\x00\x01\x00\x01\x00"))
	f.Fuzz(func(t *testing.T, at uint32, with []byte) {
		b := bytes.Clone(good)
		copy(b[int(at)%len(b):], with)
		path := filepath.Join(t.TempDir(), "damaged.db")
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		try(t, path)
	})
}

func TestAFileCutShortWhileInUseIsCorrupt(t *testing.T) {
	path := sample(t)
	db, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.View(t.Context(), func(tx store.Tx) error {
		v, err := tx.Get([]byte("big"))
		if err != nil {
			return err
		}
		if err := os.Truncate(path, 8192); err != nil {
			return err
		}
		_ = bytes.Count(v, []byte{0}) // reads what is gone
		return nil
	})
	expectCode(t, judging.Corrupt, err)
	expectCode(
		t,
		judging.Corrupt,
		db.Update(t.Context(), func(tx store.Tx) error { return tx.Put([]byte("key1.0001"), nil) }),
	)
	expectCode(t, judging.Corrupt, db.Check(t.Context()))
}

func TestSnapshotIsAFileOfItsOwn(t *testing.T) {
	db, err := bolt.Open(sample(t), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	path := filepath.Join(t.TempDir(), "copy.db")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Snapshot(t.Context(), f), f.Close()); err != nil {
		t.Fatal(err)
	}
	judgetest.CheckFile(t, path)
	backup, err := bolt.Open(path, bolt.Options{NoCreate: true})
	if err != nil {
		t.Fatal(err)
	}
	defer backup.Close()
	view(t, backup, func(tx store.Tx) error {
		_, err := tx.Get([]byte("big"))
		return err
	})
	full := errors.New("no room")
	if err := db.Snapshot(t.Context(), failing{full}); err != full {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := db.Snapshot(ctx, &bytes.Buffer{}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

func TestWaitingForTheWriterEndsWithItsContext(t *testing.T) {
	db, err := bolt.Open(sample(t), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.Update(t.Context(), func(store.Tx) error {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := db.Update(ctx, func(store.Tx) error { return nil }); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		return nil
	})
	expectCode(t, "", err)
}
