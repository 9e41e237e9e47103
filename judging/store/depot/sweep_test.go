package depot_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/store"
	"fayi/judging/store/bolt"
	"fayi/judging/store/depot"
	"fayi/judging/store/depot/depottest"
)

// days is an engine whose clock a test turns on.
func days() (m *depottest.Memory, on func(time.Duration)) {
	m = &depottest.Memory{}
	var mu sync.Mutex
	now := time.Unix(1e9, 0)
	m.Clock = func() time.Time { mu.Lock(); defer mu.Unlock(); return now }
	return m, func(d time.Duration) { mu.Lock(); defer mu.Unlock(); now = now.Add(d) }
}

func named(t *testing.T, m *depottest.Memory, name string, key []byte) computer {
	return with(t, t.TempDir(), depot.Options{Engine: m.Open(), Key: key, Name: name})
}

func raw(sums ...string) depot.Sums {
	out := depot.Sums{}
	for _, s := range sums {
		var one [32]byte
		hex.Decode(one[:], []byte(s))
		out[one] = true
	}
	return out
}

// sweep sweeps all that sums does not hold, and returns what it removed.
func (c computer) sweep(t *testing.T, sums depot.Sums, grace time.Duration) (chosen, gone depot.Swept) {
	t.Helper()
	s, err := c.depot.Survey(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer s.End()
	chosen = s.Without(sums, grace)
	if gone, err = s.Remove(chosen, nil); err != nil {
		t.Fatal(err)
	}
	return chosen, gone
}

const aDay = 24 * time.Hour

// TestSweepAgainstAPlainModel: computers put files, refer to them, forget them, make copies, lose copies, say what they
// need and sweep, as the dice say. A model that knows all of it says what may go. Nothing goes that may not, all goes
// that must, and another contest in the same place loses nothing.
func TestSweepAgainstAPlainModel(t *testing.T) {
	worlds, steps := 60, 150
	if testing.Short() {
		worlds = 8
	}
	swept := 0
	for seed := range worlds {
		w := newSweepWorld(t, uint64(seed))
		for range steps {
			w.step()
		}
		w.end()
		swept += w.swept
	}
	if swept < worlds {
		t.Errorf("only %d files were swept in all", swept)
	}
}

// sweepWorld is what is, and the model of it.
type sweepWorld struct {
	t      *testing.T
	r      *rand.Rand
	m      *depottest.Memory
	on     func(time.Duration)
	all    []computer
	other  computer
	theirs []byte

	now    time.Duration
	files  map[string][]byte         // by sum: all that ever were
	put    map[string]time.Duration  // when somebody put it, or found it there
	refer  map[string]bool           // what the contest refers to
	copies []map[string]map[int]bool // for each computer: what its copies refer to, by number of the copy
	said   []map[string]bool         // what each has said to need; nil for none
	number int
	swept  int
}

func newSweepWorld(t *testing.T, seed uint64) *sweepWorld {
	w := &sweepWorld{
		t: t, r: rand.New(rand.NewPCG(seed, 7)), files: map[string][]byte{}, put: map[string]time.Duration{},
		refer: map[string]bool{}, theirs: []byte("another contest's"),
	}
	w.m, w.on = days()
	for i := range 3 {
		w.all = append(w.all, named(t, w.m, fmt.Sprint("computer ", i), contestKey))
		w.copies = append(w.copies, map[string]map[int]bool{})
		w.said = append(w.said, nil)
	}
	w.other = named(t, w.m, "computer 0", bytes.Repeat([]byte{8}, 32))
	for _, c := range []computer{w.all[0], w.other} {
		if err := c.depot.Attach(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	w.other.put(t, w.theirs)
	return w
}

func (w *sweepWorld) some() string {
	for sum := range w.files { // in no order: the dice decide below
		if w.r.IntN(3) == 0 {
			return sum
		}
	}
	return ""
}

func (w *sweepWorld) step() {
	c := w.r.IntN(len(w.all))
	switch w.r.IntN(9) {
	case 0, 1: // a new file, with or without a record of it
		content := random(100 + len(w.files))
		w.putIt(c, content, w.r.IntN(3) > 0)
	case 2: // one that was there before
		if sum := w.some(); sum != "" {
			w.putIt(c, w.files[sum], w.r.IntN(2) > 0)
		}
	case 3, 4: // a record goes
		delete(w.refer, w.some())
	case 5: // a copy is made, and said
		w.number++
		for sum := range w.refer {
			if w.copies[c][sum] == nil {
				w.copies[c][sum] = map[int]bool{}
			}
			w.copies[c][sum][w.number] = true
		}
		w.say(c)
	case 6: // its copies go; it may say so
		w.copies[c] = map[string]map[int]bool{}
		if w.r.IntN(2) == 0 {
			w.say(c)
		}
	case 7:
		span := time.Duration(w.r.IntN(20)) * aDay
		w.on(span)
		w.now += span
	case 8:
		w.sweep(c)
	}
}

func (w *sweepWorld) putIt(c int, content []byte, refers bool) {
	sum := w.all[c].put(w.t, content)
	w.files[sum], w.put[sum] = content, w.now
	if refers {
		w.refer[sum] = true
	}
}

// needs is what a computer refers to itself.
func (w *sweepWorld) needs(c int) map[string]bool {
	out := map[string]bool{}
	for sum := range w.refer {
		out[sum] = true
	}
	for sum, by := range w.copies[c] {
		if len(by) > 0 {
			out[sum] = true
		}
	}
	return out
}

func (w *sweepWorld) say(c int) {
	w.said[c] = w.needs(c)
	if err := w.all[c].depot.Publish(w.t.Context(), sumsIn(w.said[c]), true); err != nil {
		w.t.Fatal(err)
	}
}

func sumsIn(set map[string]bool) depot.Sums {
	out := depot.Sums{}
	for s := range set {
		for one := range raw(s) {
			out[one] = true
		}
	}
	return out
}

func (w *sweepWorld) sweep(c int) {
	const grace = 14 * aDay
	needs := w.needs(c)
	may := map[string]bool{}
	for sum := range w.files {
		said := false
		for _, s := range w.said {
			said = said || s[sum]
		}
		may[sum] = !needs[sum] && !said && w.now-w.put[sum] > grace
	}
	before := len(w.there())
	chosen, gone := w.all[c].sweep(w.t, sumsIn(needs), grace)
	if chosen.Objects != gone.Objects || chosen.Bytes != gone.Bytes {
		w.t.Errorf("%+v was chosen, %+v went", chosen, gone)
	}
	there := w.there()
	if before-len(there) != gone.Objects {
		w.t.Errorf("%d of %d files stay, %d went", len(there), before, gone.Objects)
	}
	for sum := range w.files {
		if !may[sum] && !there[sum] {
			w.t.Errorf("%s went at %s: needed %v, put at %s", sum[:8], w.now, needs[sum], w.put[sum])
		} else if may[sum] && there[sum] {
			w.t.Errorf("%s stayed", sum[:8])
		}
		if !there[sum] { // the model forgets it; the disks of computers do, too
			delete(w.files, sum)
			for _, one := range w.all {
				if err := one.Remove(sum); err != nil {
					w.t.Fatal(err)
				}
			}
		}
	}
	w.swept += gone.Objects
}

// there is which of the files a computer that has none of them can fetch.
func (w *sweepWorld) there() map[string]bool {
	reader := named(w.t, w.m, "reader", contestKey)
	defer reader.close(w.t)
	out := map[string]bool{}
	for sum := range w.files {
		if err := reader.depot.Fetch(w.t.Context(), sum, io.Discard); err == nil {
			out[sum] = true
		}
	}
	return out
}

func (w *sweepWorld) end() {
	for sum := range w.refer {
		if w.files[sum] == nil {
			w.t.Errorf("%s is referred to and gone", sum[:8])
		}
	}
	w.other.wants(w.t, w.theirs)
	for name := range w.m.Objects() {
		if strings.Contains(name, "/sweep/") {
			w.t.Errorf("%s is left behind", name)
		}
	}
}

// TestWhoIsAboutToReferKeepsWhatASweepIsRemoving: at every moment of a sweep another computer puts a file that is there
// already. In the end it is there, or the computer has it on its list and sends it again.
func TestWhoIsAboutToReferKeepsWhatASweepIsRemoving(t *testing.T) {
	content := []byte("put again while a sweep removes it")
	acts := 0
	for at := 0; at == 0 || at < acts; at++ {
		m, on := days()
		a, b := named(t, m, "a", contestKey), named(t, m, "b", contestKey)
		if err := a.depot.Attach(t.Context()); err != nil {
			t.Fatal(err)
		}
		a.put(t, content)
		on(100 * aDay)
		acts = 0
		inside := false
		m.Before = func(_ context.Context, op, _ string) error {
			if inside {
				return nil
			}
			if acts++; acts-1 == at {
				inside = true
				b.put(t, content)
				inside = false
			}
			return nil
		}
		a.sweep(t, nil, 0)
		m.Before = nil
		if at >= acts {
			t.Fatalf("nobody put anything at act %d of %d", at, acts)
		}
		if err := b.depot.Flush(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		reader := named(t, m, "c", contestKey)
		reader.wants(t, content)
		if n := b.depot.Status().Unsent; n != 0 {
			t.Errorf("put at act %d: %d stay on the list", at, n)
		}
	}
	if acts < 7 {
		t.Errorf("a sweep of %d acts only was tried", acts)
	}
}

// TestTwoDoNotSweepAtOnce: nor while one lists, and the mark of one that died hinders for an hour only.
func TestTwoDoNotSweepAtOnce(t *testing.T) {
	m, on := days()
	a, b := named(t, m, "a", contestKey), named(t, m, "b", contestKey)
	if err := a.depot.Attach(t.Context()); err != nil {
		t.Fatal(err)
	}
	first, err := a.depot.Survey(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	_, err = b.depot.Survey(t.Context())
	wantText(t, "depot.sweeping", err)
	on(2 * time.Hour) // the first never ended
	second, err := b.depot.Survey(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	second.End()
	first.End()
	var swept, refused int
	var mu sync.Mutex
	var working sync.WaitGroup
	for _, c := range []computer{a, b} {
		working.Go(func() {
			for range 50 {
				s, err := c.depot.Survey(t.Context())
				mu.Lock()
				if err == nil {
					swept++
				} else {
					refused++
				}
				mu.Unlock()
				if err == nil {
					s.End()
				} else if !errors.Is(err, &judging.Error{Text: "depot.sweeping"}) {
					t.Error(err)
				}
			}
		})
	}
	working.Wait()
	if swept == 0 || swept+refused != 100 {
		t.Errorf("%d swept, %d were refused", swept, refused)
	}
}

// TestAComputerThatCouldNotReadItsCopiesStopsSweeps: also one whose list was damaged, until it is said again or leaves.
func TestAComputerThatCouldNotReadItsCopiesStopsSweeps(t *testing.T) {
	m, on := days()
	a, b := named(t, m, "a", contestKey), named(t, m, "b", contestKey)
	if err := a.depot.Attach(t.Context()); err != nil {
		t.Fatal(err)
	}
	sum := a.put(t, []byte("kept by a copy"))
	on(100 * aDay)
	if err := b.depot.Publish(t.Context(), raw(sum), false); err != nil {
		t.Fatal(err)
	}
	_, err := a.depot.Survey(t.Context())
	wantText(t, "depot.needs_partly", err)
	if err := b.depot.Publish(t.Context(), raw(sum), true); err != nil {
		t.Fatal(err)
	}
	if _, gone := a.sweep(t, nil, 0); gone.Objects != 0 {
		t.Errorf("%d went", gone.Objects)
	}
	m.Change(func(objects map[string][]byte) {
		for name, content := range objects {
			if strings.Contains(name, "/needs/") {
				objects[name] = content[:len(content)-1]
			}
		}
	})
	_, err = a.depot.Survey(t.Context())
	wantText(t, "depot.needs", err)
	if err := b.depot.Withdraw(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, gone := a.sweep(t, nil, 0); gone.Objects != 1 {
		t.Errorf("%d went", gone.Objects)
	}
}

// TestWhatWasWrittenDownWhileItWasRemovedIsAskedFor, and sent again by whoever has it.
func TestWhatWasWrittenDownWhileItWasRemovedIsAskedFor(t *testing.T) {
	m, on := days()
	a := named(t, m, "a", contestKey)
	if err := a.depot.Attach(t.Context()); err != nil {
		t.Fatal(err)
	}
	content := []byte("referred to by a record that came late")
	sum := a.put(t, content)
	on(100 * aDay)
	s, err := a.depot.Survey(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	gone, err := s.Remove(s.Without(nil, 0), nil)
	if err != nil || gone.Objects != 1 {
		t.Fatal(gone, err)
	}
	if again, err := s.Regret(gone, raw(sum)); again != 1 || err != nil {
		t.Fatal(again, err)
	}
	s.End()
	b := named(t, m, "b", contestKey)
	a.depot.Late() // it looks at once
	until(t, "sent again", func() bool { return b.Bring(t.Context(), sum) == nil })
	b.wants(t, content)
}

// TestSumsAreFoundWhereverTheyStand, and nothing is taken for one that is part of something longer.
func TestSumsAreFoundWhereverTheyStand(t *testing.T) {
	db, err := bolt.Open(filepath.Join(t.TempDir(), "x.db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	sum := func(n int) string { return sumOf([]byte{byte(n)}) }
	longer := sum(9) + "0"
	if err := db.Update(t.Context(), func(tx store.Tx) error {
		return errors.Join(
			tx.Put([]byte("files/"+sum(1)), nil),
			tx.Put([]byte("a"), []byte(sum(2))),
			tx.Put([]byte("b"), []byte(`{"sha256":"`+sum(3)+`","also":"`+sum(4)+`"}`)),
			tx.Put([]byte("c"), []byte(`x`+strings.Repeat("f", 63)+`g`+sum(5)+`/`+sum(6)[:63])),
			tx.Put([]byte("d"), []byte(longer+" "+strings.ToUpper(sum(8)))),
		)
	}); err != nil {
		t.Fatal(err)
	}
	found := depot.Sums{}
	if err := found.Mention(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	want := raw(sum(1), sum(2), sum(3), sum(4), sum(5))
	for one := range want {
		if !found[one] {
			t.Errorf("%x was not found", one)
		}
	}
	if len(found) != len(want) {
		t.Errorf("%d were found, want %d", len(found), len(want))
	}
}

// TestWhatWritersLeftThatDiedGoes: a day later by the engine's clock, shown before, and of this contest only; what a
// writer puts who lives stays.
func TestWhatWritersLeftThatDiedGoes(t *testing.T) {
	m, on := days()
	a := named(t, m, "a", contestKey)
	if err := a.depot.Attach(t.Context()); err != nil {
		t.Fatal(err)
	}
	sum := a.put(t, []byte("needed"))
	prefix := ""
	for name := range m.Objects() {
		prefix, _, _ = strings.Cut(name, "/")
	}
	m.Leave(prefix+"/aa/.old", 1000)
	m.Leave("another/aa/.old", 10)
	on(24 * time.Hour)
	m.Leave(prefix+"/aa/.young", 100)
	if chosen, gone := a.sweep(t, raw(sum), 0); chosen.Halves != 0 || gone.Halves != 0 {
		t.Errorf("one that is not older than a day: %+v %+v", chosen, gone)
	}
	on(time.Second)
	s, err := a.depot.Survey(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	chosen := s.Without(raw(sum), 0)
	if chosen.Halves != 1 || chosen.HalfSize != 1000 || chosen.Objects != 0 || len(m.Halves()) != 3 {
		t.Errorf("shown: %+v, there: %q", chosen, m.Halves())
	}
	gone, err := s.Remove(chosen, nil)
	s.End()
	if err != nil || gone.Halves != 1 || gone.HalfSize != 1000 {
		t.Errorf("gone: %+v, %v", gone, err)
	}
	want := []string{"another/aa/.old", prefix + "/aa/.young"}
	if slices.Sort(want); !slices.Equal(m.Halves(), want) {
		t.Errorf("left: %q", m.Halves())
	}
	m.Before = func(_ context.Context, op, _ string) error {
		if op == "unfinished" {
			return depot.Refused(nil)
		}
		return nil
	}
	if _, err := a.depot.Survey(t.Context()); judging.CodeOf(err) != judging.Forbidden {
		t.Errorf("an engine that does not tell what is there: %v", err)
	}
}
