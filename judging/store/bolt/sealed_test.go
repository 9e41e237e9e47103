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
	"strings"
	"sync"
	"testing"

	"go.etcd.io/bbolt"

	"fayi/judging"
	"fayi/judging/judgetest"
	"fayi/judging/store"
	"fayi/judging/store/bolt"
	"fayi/judging/store/seal"
)

// cheap is a cost at which tests try many times.
var cheap = seal.Cost{Passes: 1, Memory: 64, Threads: 1}

const password = "司法为民2020"

// sealOf makes a key and a lock, the same for the same seed.
func sealOf(t testing.TB, seed byte) (*bolt.Seal, string) {
	t.Helper()
	key, lock, code, err := seal.New(rand.NewChaCha8([32]byte{seed}), cheap, password)
	if err != nil {
		t.Fatal(err)
	}
	return &bolt.Seal{Key: key, Lock: lock}, code
}

// sealed makes an empty sealed file.
func sealed(t testing.TB, path string) *bolt.Seal {
	t.Helper()
	db, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	s, _ := sealOf(t, 1)
	if err := bolt.Rewrite(t.Context(), path, nil, s, nil); err != nil {
		t.Fatal(err)
	}
	return s
}

func openSealed(t testing.TB, path string, s *bolt.Seal) *bolt.DB {
	t.Helper()
	db, err := bolt.Open(path, bolt.Options{NoCreate: true, Unlock: seal.By(s.Key)})
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func TestASealedStoreIsAStore(t *testing.T) {
	judgetest.StoreSuite(t, func(t *testing.T) store.DB {
		path := filepath.Join(t.TempDir(), "contest.db")
		return openSealed(t, path, sealed(t, path))
	})
}

// TestASealedFileListsAsAPlainOne writes the same names of all kinds into both and looks under every prefix.
func TestASealedFileListsAsAPlainOne(t *testing.T) {
	dir := t.TempDir()
	plain, err := bolt.Open(filepath.Join(dir, "plain.db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Close()
	shut := openSealed(t, filepath.Join(dir, "sealed.db"), sealed(t, filepath.Join(dir, "sealed.db")))
	defer shut.Close()
	names := []string{
		"work\x00w000001", "work\x00w000012", "work\x00作品", "work\x01category\x00书法\x00\x01w000001",
		"work\x01category\x00书法\x00\x01w000012", "work\x01category\x00绘画\x00\x01w000001",
		"work\x01key\x00a\x00\xffb\x00\x01w1",
		"score\x00r01/w000001/j001", "score\x00r01/w000001/j002", "score\x00r01/w000002/王某某", "score\x00r01//j003",
		"conflict\x00j001/p/王某某", "conflict\x00j001/u/示例县第九中学", "conflict\x00j001/u/示例县第八中学",
		"conflict\x00j001/w/w000003", "conflict\x00j002/w/w000003", "x", "x1", "xy12345678901", "\xff", "\xffa",
		"\x00", "\x01/",
		"a/b/c/d/e/f/g/h/i/j/k", "a/b/c/d/e/f/g/h/i/j/l", "a/b/c/d/e/f/g/h/1", "counter\x00journal",
		"j" + strings.Repeat("长", 1300),
	}
	for _, db := range []store.DB{plain, shut} {
		for i, name := range names {
			value := []byte(fmt.Sprint(i))
			if strings.Contains(name, "\x01") {
				value = nil
			}
			err := db.Update(t.Context(), func(tx store.Tx) error { return tx.Put([]byte(name), value) })
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	list := func(db store.DB, prefix string) (out []string) {
		view(t, db, func(tx store.Tx) error {
			out = nil
			return tx.Scan([]byte(prefix), func(k, v []byte) error {
				out = append(out, string(k)+"="+string(v))
				return nil
			})
		})
		return out
	}
	for _, name := range append(names, "") {
		for end := range len(name) + 1 {
			want, got := list(plain, name[:end]), list(shut, name[:end])
			if strings.Join(want, "|") != strings.Join(got, "|") {
				t.Fatalf("under %q: %q, want %q", name[:end], got, want)
			}
		}
	}
}

// secrets are what no byte of a sealed file may show.
var secrets = []string{
	"张秘密", "第九中学", "7441 4474", "AGE-SECRET-KEY", "书法", "96.5", "conflict-reason", "abcdef0123456789",
}

func telling(i int) map[string]string {
	id := fmt.Sprintf("w%06d", i)
	return map[string]string{
		"work\x00" + id: fmt.Sprintf("1\n{\"author\":\"张秘密%d\",\"total\":96.5}", i),
		fmt.Sprintf("conflict\x00j%03d/u/绝密县第九中学", i):  "1\n{\"reason\":\"conflict-reason\"}",
		fmt.Sprintf("packet\x00k%03d", i):              "1\n{\"phrase\":\"7441 4474\",\"key\":\"AGE-SECRET-KEY\"}",
		"work\x01category\x00书法\x00\x01" + id:          "",
		"work\x01key\x00abcdef0123456789\x00\x01" + id: "",
	}
}

func shows(t *testing.T, path string) (found []string) {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range secrets {
		if bytes.Contains(raw, []byte(s)) {
			found = append(found, s)
		}
	}
	return found
}

// TestNothingCanBeReadInASealedFile seals a file that says much, changes it for a while, and looks at its bytes: also
// those of pages that are free.
func TestNothingCanBeReadInASealedFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "contest.db")
	db, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	tell := func(db *bolt.DB, from, to int, drop bool) {
		for i := from; i < to; i++ {
			err := db.Update(t.Context(), func(tx store.Tx) error {
				for k, v := range telling(i) {
					if err := tx.Put([]byte(k), []byte(v)); err != nil {
						return err
					}
					if drop {
						old := strings.ReplaceAll(k, fmt.Sprint(i), fmt.Sprint(i-1))
						if err := tx.Delete([]byte(old)); err != nil {
							return err
						}
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	tell(db, 100, 400, true)
	before, err := contents(t, db)
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	if len(shows(t, path)) != len(secrets) {
		t.Fatal("the plain file does not show what this test looks for:", shows(t, path))
	}
	s, _ := sealOf(t, 1)
	if err := bolt.Rewrite(t.Context(), path, nil, s, nil); err != nil {
		t.Fatal(err)
	}
	if found := shows(t, path); len(found) > 0 {
		t.Errorf("the sealed file shows %q", found)
	}
	db = openSealed(t, path, s)
	if after, err := contents(t, db); err != nil || !maps.Equal(before, after) {
		t.Fatal("sealed, the file holds something else", err)
	}
	tell(db, 400, 600, true)
	if err := errors.Join(db.Check(t.Context()), db.Close()); err != nil {
		t.Fatal(err)
	}
	if found := shows(t, path); len(found) > 0 {
		t.Errorf("after changes the sealed file shows %q", found)
	}
	if err := bolt.Rewrite(t.Context(), path, seal.With(password), nil, nil); err != nil {
		t.Fatal(err)
	}
	judgetest.CheckFile(t, path)
	if len(shows(t, path)) != len(secrets) {
		t.Error("the file is still sealed")
	}
}

func TestASealedFileOpensToWhatOpensIt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "contest.db")
	want := recorded(t, path)
	s, code := sealOf(t, 1)
	if err := bolt.Rewrite(t.Context(), path, nil, s, nil); err != nil {
		t.Fatal(err)
	}
	other, _ := sealOf(t, 2)
	for _, c := range []struct {
		name string
		how  seal.Unlock
		want error
	}{
		{"nothing", nil, seal.Locked},
		{"another key", seal.By(other.Key), seal.Locked},
		{"a wrong password", seal.With("司法为民2021"), seal.ErrWrong},
		{"a code typed wrong", seal.With("1234-1234-1234-1234-1234-1234-1234"), seal.ErrMistyped},
		{"the password", seal.With(" " + password + " "), nil},
		{"the code", seal.With(strings.ReplaceAll(code, "-", " ")), nil},
	} {
		for _, readOnly := range []bool{true, false} {
			db, err := bolt.Open(path, bolt.Options{ReadOnly: readOnly, NoCreate: true, Unlock: c.how})
			if !errors.Is(err, c.want) {
				t.Errorf("%s, read only %v: %v", c.name, readOnly, err)
			}
			if err != nil {
				expectCode(t, judging.Forbidden, err)
				continue
			}
			if got, err := contents(t, db); err != nil || !maps.Equal(got, want) {
				t.Errorf("%s shows other records, %v", c.name, err)
			}
			db.Close()
		}
	}
}

func TestAnotherPasswordKeepsTheKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "contest.db")
	s := sealed(t, path)
	db := openSealed(t, path, s)
	copied := filepath.Join(t.TempDir(), "copy.db")
	f, err := os.Create(copied)
	if err := errors.Join(err, db.Snapshot(t.Context(), f), f.Close()); err != nil {
		t.Fatal(err)
	}
	l, err := s.Key.Repassworded(rand.NewChaCha8([32]byte{3}), cheap, s.Lock, "秋雨秋雨秋雨秋雨")
	if err != nil {
		t.Fatal(err)
	}
	note := func(ctx context.Context, db store.DB) error {
		return db.Update(ctx, func(tx store.Tx) error {
			return tx.Put([]byte("journal\x00000000001"), []byte("1\n{}"))
		})
	}
	broken := func(ctx context.Context, db store.DB) error {
		return db.Update(ctx, func(store.Tx) error { return errors.New("no") })
	}
	if err := db.Relock(t.Context(), l, broken); err == nil || db.Try(password) != nil {
		t.Error("a failed change changed the lock")
	}
	if err := db.Relock(t.Context(), l, note); err != nil {
		t.Fatal(err)
	}
	if !errors.Is(db.Try(password), seal.ErrWrong) || db.Try("秋雨秋雨秋雨秋雨") != nil {
		t.Error("the open file does not know its new password")
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		path, typed string
		opens       bool
	}{{path, password, false}, {path, "秋雨秋雨秋雨秋雨", true}, {copied, password, true}, {copied, "秋雨秋雨秋雨秋雨", false}} {
		db, err := bolt.Open(c.path, bolt.Options{NoCreate: true, Unlock: seal.With(c.typed)})
		if (err == nil) != c.opens {
			t.Errorf("%s: %v", filepath.Base(c.path), err)
		}
		if err == nil {
			db.Close()
		}
	}
}

// TestNoChangedBitOfASealedFileGoesUnseen flips single bits, as its sister does.
func TestNoChangedBitOfASealedFileGoesUnseen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "contest.db")
	want := recorded(t, path)
	s, _ := sealOf(t, 1)
	if err := bolt.Rewrite(t.Context(), path, nil, s, nil); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	chance := rand.New(rand.NewPCG(1, 2))
	seen, same := 0, 0
	for range 1000 {
		data := bytes.Clone(whole)
		at := chance.IntN(len(data))
		data[at] ^= 1 << chance.IntN(8)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		db, err := bolt.Open(path, bolt.Options{ReadOnly: true, Unlock: seal.By(s.Key)})
		if err != nil {
			seen++
			continue
		}
		got, err := contents(t, db)
		switch checked := db.Check(t.Context()); {
		case err != nil || checked != nil:
			seen++
		case maps.Equal(got, want):
			same++
		default:
			t.Errorf("a changed bit at %d shows other records, and the check says whole", at)
		}
		db.Close()
	}
	if seen == 0 || same == 0 {
		t.Errorf("seen %d, without effect %d", seen, same)
	}
	t.Logf("seen %d, without effect %d", seen, same)
}

// TestNobodyWithoutTheKeyChangesWhatASealedFileSays does by hand what a person with the file alone could.
func TestNobodyWithoutTheKeyChangesWhatASealedFileSays(t *testing.T) {
	for name, change := range map[string]func(b *bbolt.Bucket, k, v []byte) error{
		"taken out": func(b *bbolt.Bucket, k, _ []byte) error { return b.Delete(k) },
		"moved": func(b *bbolt.Bucket, _, v []byte) error {
			return b.Put([]byte("work\x00w000003"), bytes.Clone(v))
		},
		"plain":      func(b *bbolt.Bucket, k, _ []byte) error { return b.Put(k, []byte("1\n{\"title\":\"新\"}")) },
		"a newcomer": func(b *bbolt.Bucket, _, _ []byte) error { return b.Put([]byte("work\x00w999999"), nil) },
	} {
		path := filepath.Join(t.TempDir(), "contest.db")
		recorded(t, path)
		s, _ := sealOf(t, 1)
		if err := bolt.Rewrite(t.Context(), path, nil, s, nil); err != nil {
			t.Fatal(err)
		}
		raw, err := bbolt.Open(path, 0o600, nil)
		if err != nil {
			t.Fatal(err)
		}
		err = raw.Update(func(tx *bbolt.Tx) error {
			b := tx.Bucket([]byte("sealed"))
			k, v := b.Cursor().Seek([]byte("work\x00w000020"))
			return change(b, k, v)
		})
		if err := errors.Join(err, raw.Close()); err != nil {
			t.Fatal(err)
		}
		db := openSealed(t, path, s)
		expectCode(t, judging.Corrupt, db.Check(t.Context()))
		if t.Failed() {
			t.Fatal(name)
		}
		db.Close()
	}
}

// FuzzDamageSealed overwrites, flips, cuts off and exchanges parts of a sealed file. Opening, reading or checking it
// tells, or it says what it said before; none of them panics.
func FuzzDamageSealed(f *testing.F) {
	path := sample(f)
	s, _ := sealOf(f, 1)
	if err := bolt.Rewrite(context.Background(), path, nil, s, nil); err != nil {
		f.Fatal(err)
	}
	good, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	db := openSealed(f, path, s)
	want, err := contents(f, db)
	if err := errors.Join(err, db.Close()); err != nil {
		f.Fatal(err)
	}
	const page = 4096
	f.Add(byte(0), uint32(0), uint32(0), []byte{0})
	f.Add(byte(0), uint32(3*page), uint32(0), []byte("\x03\x00\x00\x00\x00\x00\x00\x00\x01\x00\x01\x00"))
	f.Add(byte(0), uint32(bytes.Index(good, []byte(`"version"`))), uint32(0), []byte(`"version":2`))
	f.Add(byte(1), uint32(5*page+300), uint32(0), []byte{1})
	f.Add(byte(2), uint32(len(good)-page), uint32(0), []byte{})
	f.Add(byte(3), uint32(4), uint32(9), []byte{})
	f.Add(byte(4), uint32(5*page), uint32(6*page), []byte{200})
	f.Fuzz(func(t *testing.T, kind byte, at, to uint32, with []byte) {
		b := bytes.Clone(good)
		switch rest := b[int(at)%len(b):]; kind % 5 {
		case 0:
			copy(rest, with)
		case 1:
			for i := range min(len(rest), len(with)) {
				rest[i] ^= with[i]
			}
		case 2:
			b = b[:int(at)%len(b)]
		case 3: // two pages change places
			one, other := b[int(at)%(len(b)/page)*page:][:page], b[int(to)%(len(b)/page)*page:][:page]
			for i := range one {
				one[i], other[i] = other[i], one[i]
			}
		case 4: // bytes of the file itself, which the key did make
			copy(rest, good[int(to)%len(good):][:min(len(good)-int(to)%len(good), len(with)*page/4)])
		}
		path := filepath.Join(t.TempDir(), "damaged.db")
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if db, err := bolt.Open(path, bolt.Options{ReadOnly: true, Unlock: seal.By(s.Key)}); err == nil {
			got, err := contents(t, db)
			if checked := db.Check(t.Context()); err == nil && checked == nil && !maps.Equal(got, want) {
				t.Errorf("%d records instead of %d, and the check says whole", len(got), len(want))
			}
			db.Close()
		}
		tryWith(t, path, seal.By(s.Key))
	})
}

// TestTwoProgramsSealOnce lets a reader, a writer and two sealers come to one file.
func TestTwoProgramsSealOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "contest.db")
	want := recorded(t, path)
	one, _ := sealOf(t, 1)
	two, _ := sealOf(t, 2)
	held, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	expectCode(t, judging.Busy, bolt.Rewrite(t.Context(), path, nil, one, nil))
	if err := held.Close(); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	errs := make([]error, 2)
	for i, s := range []*bolt.Seal{one, two} {
		all.Go(func() { errs[i] = bolt.Rewrite(t.Context(), path, nil, s, nil) })
	}
	all.Wait()
	done := 0
	for i, s := range []*bolt.Seal{one, two} {
		if errs[i] == nil {
			done++
			db := openSealed(t, path, s)
			if got, err := contents(t, db); err != nil || !maps.Equal(got, want) {
				t.Error("other records", err)
			}
			db.Close()
		}
	}
	if done != 1 {
		t.Errorf("sealed %d times: %v", done, errs)
	}
}
