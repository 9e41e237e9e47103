package depot_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/store"
	"fayi/judging/store/depot"
	"fayi/judging/store/depot/depottest"
)

var contestKey = bytes.Repeat([]byte{7}, 32)

// computer is a computer's folder with a depot behind it.
type computer struct {
	*store.Blobs
	depot *depot.Depot
	dir   string
}

// at opens the folder dir with the depot on e.
func at(t *testing.T, dir string, e depot.Engine) computer {
	t.Helper()
	return with(t, dir, depot.Options{Engine: e, Key: contestKey})
}

func with(t *testing.T, dir string, o depot.Options) computer {
	t.Helper()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	blobs, err := store.OpenBlobs(filepath.Join(dir, "media"))
	if err != nil {
		t.Fatal(err)
	}
	o.Blobs, o.List = blobs, filepath.Join(dir, "unsent")
	d, err := depot.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	c := computer{blobs, d, dir}
	t.Cleanup(func() { c.close(t) })
	return c
}

func (c computer) close(t *testing.T) {
	t.Helper()
	if err := errors.Join(c.depot.Close(), c.Blobs.Close()); err != nil && !errors.Is(err, os.ErrClosed) {
		t.Error(err)
	}
}

func (c computer) put(t *testing.T, content []byte) string {
	t.Helper()
	b, err := c.Put(t.Context(), bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return b.Sum
}

func (c computer) wants(t *testing.T, content []byte) {
	t.Helper()
	f, err := c.Open(sumOf(content))
	if err != nil {
		t.Errorf("%d bytes: %v", len(content), err)
		return
	}
	defer f.Close()
	if got, err := io.ReadAll(f); err != nil || !bytes.Equal(got, content) {
		t.Errorf("%d bytes are %d others, %v", len(content), len(got), err)
	}
}

func sumOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

func random(n int) []byte {
	r := rand.NewChaCha8([32]byte{byte(n), byte(n >> 8), byte(n >> 16)})
	out := make([]byte, n)
	r.Read(out)
	return out
}

// until waits for something that is under way.
func until(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not %s", what)
		}
	}
}

func wantText(t *testing.T, text string, err error) {
	t.Helper()
	var told *judging.Error
	if !errors.As(err, &told) || told.Text != text {
		t.Errorf("got %v, want %s", err, text)
	}
}

// TestWhatOnePutsTheOtherReads: files of every length, and who keeps the engine finds neither content nor sum.
func TestWhatOnePutsTheOtherReads(t *testing.T) {
	m := &depottest.Memory{}
	a, b := at(t, t.TempDir(), m.Open()), at(t, t.TempDir(), m.Open())
	if err := a.depot.Attach(t.Context()); err != nil {
		t.Fatal(err)
	}
	marker := []byte("张三的作品，电话 13800000000，")
	for _, n := range []int{0, 1, 100, 65_535, 65_536, 65_537, 131_072, 1 << 20} {
		content := bytes.Repeat(marker, n/len(marker)+1)[:n]
		a.put(t, content)
		b.wants(t, content)
		for name, object := range m.Objects() {
			if strings.Contains(name, sumOf(content)) || n > len(marker) && bytes.Contains(object, marker[:12]) {
				t.Errorf("%s tells what it is", name)
			}
		}
	}
	if s := a.depot.Status(); s != (depot.Status{}) {
		t.Errorf("status %+v", s)
	}
}

// TestAnswersThatAreNotTheFile: whatever an engine gives in a file's place is reported, nothing of it stays, and the
// file is asked for and comes again from whoever has it.
func TestAnswersThatAreNotTheFile(t *testing.T) {
	content, other := random(200_000), random(200_001)
	for what, change := range map[string]func(sealed, others, foreign []byte) []byte{
		"nothing":             func(s, _, _ []byte) []byte { return nil },
		"half a head":         func(s, _, _ []byte) []byte { return s[:3] },
		"a head":              func(s, _, _ []byte) []byte { return s[:6] },
		"one chunk":           func(s, _, _ []byte) []byte { return s[:6+65_536+16] },
		"half a chunk":        func(s, _, _ []byte) []byte { return s[:100_000] },
		"a byte less":         func(s, _, _ []byte) []byte { return s[:len(s)-1] },
		"a byte more":         func(s, _, _ []byte) []byte { return append(s, 0) },
		"twice":               func(s, _, _ []byte) []byte { return append(s, s...) },
		"a chunk twice":       func(s, _, _ []byte) []byte { return append(s[:6+65_552:6+65_552], s[6:]...) },
		"a bit in the middle": func(s, _, _ []byte) []byte { s[100_000] ^= 1; return s },
		"a bit at the end":    func(s, _, _ []byte) []byte { s[len(s)-1] ^= 0x80; return s },
		"another file":        func(_, o, _ []byte) []byte { return o },
		"another contest's":   func(_, _, f []byte) []byte { return f },
		"not sealed":          func(_, _, _ []byte) []byte { return content },
		"a page":              func(_, _, _ []byte) []byte { return []byte("<html>请登录") },
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			m := &depottest.Memory{}
			a := at(t, t.TempDir(), m.Open())
			a.put(t, content)
			name := slices.Sorted(maps.Keys(m.Objects()))[0]
			a.put(t, other)
			foreign := &depottest.Memory{}
			with(t, t.TempDir(), depot.Options{Engine: foreign.Open(), Key: make([]byte, 32)}).put(t, content)
			m.Change(func(objects map[string][]byte) {
				var others, theirs []byte
				for n, o := range objects {
					if n != name {
						others = o
					}
				}
				for _, o := range foreign.Objects() {
					theirs = o
				}
				objects[name] = change(bytes.Clone(objects[name]), others, theirs)
			})
			a.close(t)
			b := at(t, t.TempDir(), m.Open())
			_, err := b.Open(sumOf(content))
			wantText(t, "depot.altered", err)
			if b.Has(sumOf(content)) || b.depot.Status().Missing != 1 {
				t.Errorf("kept, or not missed: %+v", b.depot.Status())
			}
			until(t, "asked for", func() bool {
				for n := range m.Objects() {
					if strings.Contains(n, "/asked/") {
						return true
					}
				}
				return false
			})
			a = at(t, a.dir, m.Open()) // whoever has it opens the contest
			until(t, "there", func() bool { return b.Has(sumOf(content)) })
			b.wants(t, content)
			until(t, "answered", func() bool {
				for n := range m.Objects() {
					if strings.Contains(n, "/asked/") {
						return false
					}
				}
				return b.depot.Status().Missing == 0
			})
		})
	}
}

// TestAnEngineThatIsAway: nothing waits for it, what it lacks is on a list that outlives the program, and is sent when
// it is back; what is missing comes then.
func TestAnEngineThatIsAway(t *testing.T) {
	for text, fault := range map[string]error{
		"depot.away": errors.New("connection refused"), "depot.full": depot.Full(nil),
		"depot.refused": depot.Refused(nil),
	} {
		t.Run(text, func(t *testing.T) { t.Parallel(); goesAway(t, text, fault) })
	}
}

func goesAway(t *testing.T, text string, fault error) {
	const files = 200
	var gone atomic.Bool
	m := &depottest.Memory{Before: func(context.Context, string, string) error {
		if gone.Load() {
			return fault
		}
		return nil
	}}
	a, b := at(t, t.TempDir(), m.Open()), at(t, t.TempDir(), m.Open())
	before := random(100)
	a.put(t, before)
	gone.Store(true)
	began := time.Now()
	for n := range files {
		a.put(t, random(1000+n))
	}
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("%d files took %v without the engine", files, took)
	}
	if s := a.depot.Status(); s.Unsent != files {
		t.Errorf("status %+v", s)
	}
	wantText(t, text, a.depot.Status().Trouble)
	_, err := b.Open(sumOf(before))
	wantText(t, text, err)
	a.close(t)
	a = at(t, a.dir, m.Open()) // the program ends, and begins again
	if n := a.depot.Status().Unsent; n != files {
		t.Errorf("%d on the list", n)
	}
	gone.Store(false)
	until(t, "sent", func() bool { return a.depot.Status() == depot.Status{} })
	until(t, "there", func() bool { return b.Has(sumOf(before)) })
	for n := range files {
		b.wants(t, random(1000+n))
	}
}

// TestAnEngineThatStandsStill: it is called slow after a while in which nothing moves, not after a while.
func TestAnEngineThatStandsStill(t *testing.T) {
	var still atomic.Bool
	m := &depottest.Memory{Before: func(ctx context.Context, op, _ string) error {
		if still.Load() {
			<-ctx.Done()
			return ctx.Err()
		}
		return nil
	}}
	const span = time.Second
	a := with(t, t.TempDir(), depot.Options{Engine: m.Open(), Key: contestKey, Stall: span})
	still.Store(true)
	began := time.Now()
	a.put(t, random(10))
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("put after %v", took)
	}
	wantText(t, "depot.slow", a.depot.Status().Trouble)
	b := with(t, t.TempDir(), depot.Options{Engine: m.Open(), Key: contestKey, Stall: span})
	_, err := b.Open(sumOf(random(10)))
	wantText(t, "depot.slow", err)
	// one that crawls, but moves, is waited for
	still.Store(false)
	content := random(600_000)
	a2 := with(t, t.TempDir(), depot.Options{Engine: crawling{m.Open()}, Key: contestKey, Stall: span})
	a2.put(t, content)
	if s := a2.depot.Status(); s.Unsent != 0 {
		t.Errorf("status %+v", s)
	}
}

// crawling is an engine that takes a body piece by piece.
type crawling struct{ depot.Engine }

func (c crawling) Put(ctx context.Context, name string, size int64, r io.Reader) error {
	return c.Engine.Put(ctx, name, size, crawl{r})
}

type crawl struct{ r io.Reader }

func (c crawl) Read(p []byte) (int, error) {
	time.Sleep(150 * time.Millisecond)
	return c.r.Read(p[:min(len(p), 60_000)])
}

// TestTwoPutTheSame: at once and one after the other; there is one object, and it is whole.
func TestTwoPutTheSame(t *testing.T) {
	m := &depottest.Memory{}
	content := random(300_000)
	var all []computer
	for range 6 {
		all = append(all, at(t, t.TempDir(), m.Open()))
	}
	var putting sync.WaitGroup
	for _, c := range all {
		putting.Go(func() {
			if _, err := c.Put(t.Context(), bytes.NewReader(content)); err != nil {
				t.Error(err)
			}
		})
	}
	putting.Wait()
	objects := m.Objects()
	maps.DeleteFunc(objects, func(name string, _ []byte) bool { return strings.Contains(name, "/fresh/") })
	if len(objects) != 1 {
		t.Errorf("%d objects", len(objects))
	}
	for name := range objects {
		puts := m.Puts(name)
		at(t, t.TempDir(), m.Open()).put(t, content)
		if again := m.Puts(name); again != puts {
			t.Error("sent although it was there")
		}
	}
	at(t, t.TempDir(), m.Open()).wants(t, content)
}

// TestAFileThatIsDamagedHereIsNotSent: it stays on the list, and never becomes an object.
func TestAFileThatIsDamagedHereIsNotSent(t *testing.T) {
	var gone atomic.Bool
	m := &depottest.Memory{Before: func(context.Context, string, string) error {
		if gone.Load() {
			return errors.New("away")
		}
		return nil
	}}
	gone.Store(true)
	a := at(t, t.TempDir(), m.Open())
	for _, n := range []int{10, 65_536, 200_000} {
		sum := a.put(t, random(n))
		path := filepath.Join(a.dir, "media", sum[:2], sum)
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		raw[n/2] ^= 1
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	whole := a.put(t, random(50))
	gone.Store(false)
	until(t, "sent", func() bool { return a.depot.Status().Unsent == 3 && a.depot.Status().Damaged == 3 })
	if n := len(m.Objects()); n != 1 {
		t.Errorf("%d objects", n)
	}
	b := at(t, t.TempDir(), m.Open())
	if _, err := b.Open(whole); err != nil {
		t.Error(err)
	}
}

// TestManyWantOneFile: one fetches it, and those who wait are not ended with another's wish.
func TestManyWantOneFile(t *testing.T) {
	var gets atomic.Int64
	let := make(chan struct{})
	m := &depottest.Memory{Before: func(ctx context.Context, op, _ string) error {
		if op == "get" {
			gets.Add(1)
			select {
			case <-let:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	}}
	content := random(100_000)
	at(t, t.TempDir(), m.Open()).put(t, content)
	b := at(t, t.TempDir(), m.Open())
	first, end := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- b.Bring(first, sumOf(content)) }()
	until(t, "asked", func() bool { return gets.Load() == 1 })
	var waiting sync.WaitGroup
	for range 10 {
		waiting.Go(func() { b.wants(t, content) })
	}
	time.Sleep(20 * time.Millisecond)
	end()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	close(let)
	waiting.Wait()
	if n := gets.Load(); n > 3 { // the one that ended, the one that came, and one of the background at most
		t.Errorf("fetched %d times", n)
	}
}

// TestAPlaceIsTriedBeforeItIsUsed: what it takes it must give back, and what is here goes on the list.
func TestAPlaceIsTriedBeforeItIsUsed(t *testing.T) {
	liar := &depottest.Memory{Given: func(string, []byte) []byte { return []byte("x") }}
	wantText(t, "depot.unfit", at(t, t.TempDir(), liar.Open()).depot.Attach(t.Context()))
	wantText(t, "depot.unfit", at(t, t.TempDir(), undeletable{(&depottest.Memory{}).Open()}).depot.Attach(t.Context()))
	m := &depottest.Memory{}
	wantText(t, "depot.other", at(t, t.TempDir(), m.Open()).depot.Known(t.Context()))
	dir := t.TempDir()
	blobs, err := store.OpenBlobs(filepath.Join(dir, "media"))
	if err != nil {
		t.Fatal(err)
	}
	for n := range 50 {
		if _, err := blobs.Put(t.Context(), bytes.NewReader(random(n))); err != nil {
			t.Fatal(err)
		}
	}
	blobs.Close()
	a := at(t, dir, m.Open())
	if err := a.depot.Attach(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := a.depot.Flush(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	b := at(t, t.TempDir(), m.Open())
	if err := b.depot.Known(t.Context()); err != nil {
		t.Error(err)
	}
	var sums []string
	for n := range 50 {
		sums = append(sums, sumOf(random(n)))
	}
	none := sumOf([]byte("nobody has it"))
	missing, err := b.depot.Prefetch(t.Context(), append(sums, none), nil)
	if err != nil || !slices.Equal(missing, []string{none}) {
		t.Errorf("missing %v, %v", missing, err)
	}
	for n := range 50 {
		if !b.Has(sums[n]) {
			t.Errorf("%d bytes are not there", n)
		}
	}
	// what the engine lost is found by comparing
	m.Change(func(objects map[string][]byte) {
		for name, o := range objects {
			if len(o) < 30 {
				delete(objects, name)
			} else if len(o) < 40 && !strings.Contains(name, "mark") {
				objects[name] = o[:10]
			}
		}
	})
	if err := errors.Join(a.depot.List(t.Context()), a.depot.Flush(t.Context(), nil)); err != nil {
		t.Fatal(err)
	}
	c := at(t, t.TempDir(), m.Open())
	if missing, err := c.depot.Prefetch(t.Context(), sums, nil); err != nil || len(missing) > 0 {
		t.Errorf("missing %v, %v", missing, err)
	}
}

type undeletable struct{ depot.Engine }

func (undeletable) Remove(context.Context, string) error { return nil }

// FuzzSealed: no object but the one that was sealed opens.
func FuzzSealed(f *testing.F) {
	f.Add(uint32(100), 3, byte(1))
	f.Add(uint32(70_000), 66_000, byte(0x80))
	f.Fuzz(func(t *testing.T, n uint32, where int, flip byte) {
		content := random(int(n % 200_000))
		m := &depottest.Memory{}
		a := at(t, t.TempDir(), m.Open())
		a.put(t, content)
		a.close(t)
		m.Change(func(objects map[string][]byte) {
			for _, o := range objects {
				o[max(where, -where)%len(o)] ^= flip
			}
		})
		b := at(t, t.TempDir(), m.Open())
		err := b.Bring(t.Context(), sumOf(content))
		if (err == nil) != (flip == 0) {
			t.Error(fmt.Sprint(err))
		}
	})
}
