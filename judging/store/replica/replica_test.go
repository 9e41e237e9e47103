package replica_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/judgetest"
	"fayi/judging/store"
	"fayi/judging/store/bolt"
	"fayi/judging/store/replica"
	"fayi/judging/store/replica/logtest"
)

func TestMemoryKeepsThePromise(t *testing.T) {
	logtest.Suite(t, func(t *testing.T) func(*testing.T) replica.Log {
		m := &logtest.Memory{}
		return func(*testing.T) replica.Log { return m.Open() }
	})
}

// TestACopyIsAStore: the contract of a store holds for a copy, as for the store below it.
func TestACopyIsAStore(t *testing.T) {
	judgetest.StoreSuite(t, func(t *testing.T) store.DB { return shared(t, &logtest.Memory{}, 1)[0] })
}

// shared returns n programs' copies of one contest that was empty.
func shared(t *testing.T, m *logtest.Memory, n int) []*replica.DB {
	t.Helper()
	first := local(t)
	s, err := replica.Begin(t.Context(), first, m.Open(), replica.Share{Address: "test", Writer: "w1"}, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	all := []*replica.DB{opened(t, first, m)}
	for i := 1; i < n; i++ {
		all = append(all, joined(t, m, s, fmt.Sprintf("w%d", i+1)))
	}
	return all
}

func local(t *testing.T) *bolt.DB { t.Helper(); return localOf(t) }

func localOf(t testing.TB) *bolt.DB {
	t.Helper()
	db, err := bolt.Open(filepath.Join(t.TempDir(), "contest.db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func opened(t *testing.T, db *bolt.DB, m *logtest.Memory) *replica.DB {
	t.Helper()
	out, err := replica.Open(t.Context(), db, m.Open(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { out.Close() })
	return out
}

func joined(t *testing.T, m *logtest.Memory, s replica.Share, writer string) *replica.DB {
	t.Helper()
	invited, err := replica.Invited(s.Invitation(), writer)
	if err != nil {
		t.Fatal(err)
	}
	db, log := local(t), m.Open()
	defer log.Close()
	if err := replica.Join(t.Context(), db, log, invited, nil); err != nil {
		t.Fatal(err)
	}
	return opened(t, db, m)
}

// contents reads all of a store.
func contents(t *testing.T, db store.DB) map[string]string {
	t.Helper()
	var all map[string]string
	err := db.View(t.Context(), func(tx store.Tx) error {
		all = map[string]string{}
		return tx.Scan(nil, func(k, v []byte) error { all[string(k)] = string(v); return nil })
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// settled waits until every copy is at the end of the log.
func settled(t *testing.T, m *logtest.Memory, all []*replica.DB) {
	t.Helper()
	for _, db := range all {
		for until := time.Now().Add(20 * time.Second); db.Status().Position != uint64(len(m.Entries())); {
			if time.Now().After(until) {
				t.Fatalf("a copy stays at %+v of %d", db.Status(), len(m.Entries()))
			}
			time.Sleep(time.Millisecond)
		}
	}
}

func put(key, value string) func(store.Tx) error {
	return func(tx store.Tx) error { return tx.Put([]byte(key), []byte(value)) }
}

// TestManyProgramsWriteOneSequence: counters that several programs raise at once, in transactions of several kinds, end
// at the number of Updates that were acknowledged, and all copies are the same.
func TestManyProgramsWriteOneSequence(t *testing.T) {
	m := &logtest.Memory{}
	all := shared(t, m, 3)
	var done [4]atomic.Int64
	var working sync.WaitGroup
	for p, db := range all {
		for w := range 4 {
			working.Go(func() {
				r := rand.New(rand.NewPCG(uint64(p), uint64(w)))
				for range 25 {
					n, fail := r.IntN(len(done)), r.IntN(5) == 0
					err := db.Update(t.Context(), raise(n, fail))
					switch {
					case fail && !errors.Is(err, errOwn):
						t.Errorf("got %v", err)
					case !fail && err != nil:
						t.Error(err)
					case !fail:
						done[n].Add(1)
					}
				}
			})
		}
	}
	working.Wait()
	settled(t, m, all)
	for n := range done {
		for i, db := range all {
			if got := len(contents(t, db)[fmt.Sprintf("n%d", n)]); int64(got) != done[n].Load() {
				t.Errorf("copy %d: counter %d is at %d, acknowledged %d", i, n, got, done[n].Load())
			}
		}
	}
	t.Logf("%d entries for %d updates", len(m.Entries()),
		done[0].Load()+done[1].Load()+done[2].Load()+done[3].Load())
}

var errOwn = errors.New("the caller's own")

func raise(n int, fail bool) func(store.Tx) error {
	return func(tx store.Tx) error {
		key := fmt.Appendf(nil, "n%d", n)
		old, err := tx.Get(key)
		if err != nil && !errors.Is(err, judging.ErrNotFound) {
			return err
		}
		if err := tx.Put(key, append(bytes.Clone(old), 'x')); err != nil {
			return err
		}
		if fail {
			return errors.Join(tx.Delete(key), errOwn)
		}
		return nil
	}
}

// TestLostAnswersLoseNothing: where answers of the log get lost, before and behind what it does, an Update that returns
// nil was done once, one that returns an error not at all or once, and a later try goes on from there.
func TestLostAnswersLoseNothing(t *testing.T) {
	m := &logtest.Memory{}
	all := shared(t, m, 2)
	r := rand.New(rand.NewPCG(1, 2))
	var mu sync.Mutex
	lose := func(op string) error {
		mu.Lock()
		defer mu.Unlock()
		if r.IntN(3) == 0 {
			return errors.New("connection reset")
		}
		return nil
	}
	m.Before, m.After = lose, lose
	updates := 120
	if testing.Short() {
		updates = 40
	}
	want := map[string]string{}
	for i := range updates {
		key, value := fmt.Sprintf("k%d", r.IntN(20)), fmt.Sprint(i)
		if err := all[i%2].Update(t.Context(), put(key, value)); err != nil {
			t.Fatalf("update %d: %v", i, err)
		}
		want[key] = value
	}
	mu.Lock()
	r = rand.New(&zero{})
	mu.Unlock()
	m.Before, m.After = nil, nil
	settled(t, m, all)
	for i, db := range all {
		if got := contents(t, db); !maps.Equal(got, want) {
			t.Errorf("copy %d holds %v, want %v", i, got, want)
		}
	}
}

type zero struct{}

func (*zero) Uint64() uint64 { return 1<<63 - 1 }

// TestALogThatIsAwayStopsWritingOnly: reading goes on, an Update ends within seconds, and goes on when it is back.
func TestALogThatIsAwayStopsWritingOnly(t *testing.T) {
	m := &logtest.Memory{}
	all := shared(t, m, 2)
	if err := all[0].Update(t.Context(), put("a", "1")); err != nil {
		t.Fatal(err)
	}
	settled(t, m, all)
	var gone atomic.Bool
	gone.Store(true)
	m.Before = func(string) error {
		if gone.Load() {
			return errors.New("no route")
		}
		return nil
	}
	start := time.Now()
	err := all[0].Update(t.Context(), put("a", "2"))
	if code := judging.CodeOf(err); code != judging.Unavailable || time.Since(start) > 10*time.Second {
		t.Errorf("got %v after %v", err, time.Since(start))
	}
	if got := contents(t, all[0])["a"]; got != "1" {
		t.Errorf("a is %q", got)
	}
	if !all[0].Status().Away {
		t.Error("nobody is told that the log is away")
	}
	gone.Store(false)
	if err := all[1].Update(t.Context(), put("a", "3")); err != nil {
		t.Fatal(err)
	}
	settled(t, m, all)
	if got := contents(t, all[0])["a"]; got != "3" || all[0].Status().Away {
		t.Errorf("a is %q, %+v", got, all[0].Status())
	}
}

// TestAnEngineThatWasPutBackIsRefused: by a copy that has read more, at once and when it is opened.
func TestAnEngineThatWasPutBackIsRefused(t *testing.T) {
	m := &logtest.Memory{}
	all := shared(t, m, 2)
	for i := range 5 {
		if err := all[0].Update(t.Context(), put("a", fmt.Sprint(i))); err != nil {
			t.Fatal(err)
		}
	}
	settled(t, m, all)
	m.Cut(4)
	wantText(t, "share.rewound", all[0].Update(t.Context(), put("a", "lost")))
	wantText(t, "share.rewound", all[0].Update(t.Context(), put("a", "lost")))
	if got := contents(t, all[0])["a"]; got != "4" {
		t.Errorf("a is %q", got)
	}
}

// TestACopyOfAnotherHistoryIsRefused: one that was put back from a backup follows; one that went on by itself does not.
func TestACopyOfAnotherHistoryIsRefused(t *testing.T) {
	m := &logtest.Memory{}
	all := shared(t, m, 2)
	for i := range 3 {
		if err := all[0].Update(t.Context(), put("a", fmt.Sprint(i))); err != nil {
			t.Fatal(err)
		}
	}
	settled(t, m, all)
	var copied bytes.Buffer
	if err := all[0].Snapshot(t.Context(), &copied); err != nil {
		t.Fatal(err)
	}
	m.Cut(len(m.Entries()) - 1)
	if err := all[1].Close(); err != nil {
		t.Fatal(err)
	}
	// an engine that was put back and went on: the same position, another entry
	log := m.Open()
	if err := log.Append(t.Context(), uint64(len(m.Entries()))+1, []byte("of others")); err != nil {
		t.Fatal(err)
	}
	wantText(t, "share.foreign_entry", joinAll(t, m, all[0]))
	path := filepath.Join(t.TempDir(), "contest.db")
	writeFile(t, path, copied.Bytes())
	db, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	wantText(t, "share.forked", opened(t, db, m).Status().Err)
}

// joinAll reads the log from its beginning, with the key of a copy.
func joinAll(t *testing.T, m *logtest.Memory, of *replica.DB) error {
	t.Helper()
	s, err := replica.Of(t.Context(), of.Local)
	if err != nil {
		t.Fatal(err)
	}
	s.Position, s.Sum, s.Whole = 0, nil, false
	db := local(t)
	defer db.Close()
	return replica.Join(t.Context(), db, m.Open(), s, nil)
}

func wantText(t *testing.T, text string, err error) {
	t.Helper()
	var told *judging.Error
	if !errors.As(err, &told) || told.Text != text {
		t.Errorf("got %v, want %s", err, text)
	}
}

// TestAnEngineThatCantBeTrustedIsFound: one that puts an entry in another's place does not pass, nothing is shared.
func TestAnEngineThatCantBeTrustedIsFound(t *testing.T) {
	m := &logtest.Memory{Careless: true}
	db := local(t)
	defer db.Close()
	_, err := replica.Begin(t.Context(), db, m.Open(), replica.Share{Address: "test", Writer: "w1"}, nil, nil)
	wantText(t, "share.engine_unfit", err)
	_, err = replica.Of(t.Context(), db)
	wantText(t, "share.not_shared", err)
}

// TestSharingAndJoining: what was there before comes with it, in as many entries as it takes; the engine sees no word.
func TestSharingAndJoining(t *testing.T) {
	db := local(t)
	want := map[string]string{}
	for i := range 3000 {
		want[fmt.Sprintf("work\x00w%06d", i)] = strings.Repeat("佟小树 13800001111 ", 30+i%50)
	}
	keys := slices.Sorted(maps.Keys(want))
	cost := func(i int) (int, int) { return 1, len(keys[i]) + len(want[keys[i]]) }
	err := store.Bulk(t.Context(), db, len(keys), cost,
		func(tx store.Tx, i int) error { return tx.Put([]byte(keys[i]), []byte(want[keys[i]])) }, nil)
	if err != nil {
		t.Fatal(err)
	}
	m := &logtest.Memory{}
	s, err := replica.Begin(t.Context(), db, m.Open(), replica.Share{Address: "test", Writer: "甲机"}, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = replica.Begin(t.Context(), db, (&logtest.Memory{}).Open(), replica.Share{Address: "test"}, nil, nil)
	wantText(t, "share.already", err)
	_, err = replica.Begin(t.Context(), local(t), m.Open(), replica.Share{Address: "test", Writer: "乙机"}, nil, nil)
	wantText(t, "share.taken", err)
	other := joined(t, m, s, "乙机")
	if got := contents(t, other); !maps.Equal(got, want) {
		t.Errorf("%d records arrived, %d were there", len(got), len(want))
	}
	size := 0
	for i, e := range m.Entries() {
		size += len(e)
		for _, word := range []string{"佟小树", "13800001111", "甲机", "w000001"} {
			if bytes.Contains(e, []byte(word)) {
				t.Errorf("entry %d shows %q", i+1, word)
			}
		}
	}
	t.Logf("%d records in %d entries of %d bytes", len(want), len(m.Entries()), size)
	wrong := s
	wrong.Key = bytes.Repeat([]byte{7}, 32)
	wrong.Position, wrong.Sum = 0, nil
	wantText(t, "share.foreign_entry", replica.Join(t.Context(), local(t), m.Open(), wrong, nil))
}

// TestWhoJoinsBeforeAllIsThereWaits: a program that died while it shared leaves nothing that another would take for
// the contest.
func TestWhoJoinsBeforeAllIsThereWaits(t *testing.T) {
	m := &logtest.Memory{}
	db := local(t)
	defer db.Close()
	for i := range 4 {
		err := db.Update(t.Context(), func(tx store.Tx) error {
			for j := range 500 {
				if err := tx.Put(fmt.Appendf(nil, "k%d-%d", i, j), bytes.Repeat([]byte("x"), 1000)); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	s, err := replica.Begin(t.Context(), db, m.Open(), replica.Share{Address: "test", Writer: "w1"}, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	s.Position, s.Sum, s.Whole = 0, nil, false
	for n := len(m.Entries()) - 1; n > 0; n-- {
		m.Cut(n)
		half := local(t)
		wantText(t, "share.not_ready", replica.Join(t.Context(), half, m.Open(), s, nil))
		_, err := replica.Of(t.Context(), half)
		wantText(t, "share.half_joined", err)
		half.Close()
	}
	m.Cut(0)
	wantText(t, "share.no_contest", replica.Join(t.Context(), local(t), m.Open(), s, nil))
}

// TestNewsOfOthersRing: a write elsewhere is heard, one's own is not.
func TestNewsOfOthersRing(t *testing.T) {
	m := &logtest.Memory{}
	all := shared(t, m, 2)
	rung := make(chan struct{}, 100)
	leave := all[0].OnForeign(func() { rung <- struct{}{} })
	if err := all[1].Update(t.Context(), put("a", "1")); err != nil {
		t.Fatal(err)
	}
	select {
	case <-rung:
	case <-time.After(20 * time.Second):
		t.Fatal("not heard")
	}
	if got := contents(t, all[0])["a"]; got != "1" {
		t.Errorf("heard of before it is there: %q", got)
	}
	leave()
	if err := all[1].Update(t.Context(), put("a", "2")); err != nil {
		t.Fatal(err)
	}
	settled(t, m, all)
	select {
	case <-rung:
		t.Error("rung for who left")
	case <-time.After(50 * time.Millisecond):
	}
}

// TestWaitingUpdatesShareAnEntry: and each has its own answer.
func TestWaitingUpdatesShareAnEntry(t *testing.T) {
	m := &logtest.Memory{}
	db := shared(t, m, 1)[0]
	before := len(m.Entries())
	hold := make(chan struct{})
	m.Before = func(op string) error { <-hold; return nil }
	var working sync.WaitGroup
	answers := make([]error, 40)
	for i := range answers {
		working.Go(func() {
			answers[i] = db.Update(t.Context(), func(tx store.Tx) error {
				if err := tx.Put(fmt.Appendf(nil, "k%d", i), nil); err != nil || i%7 != 3 {
					return err
				}
				return errOwn
			})
		})
	}
	time.Sleep(100 * time.Millisecond)
	close(hold)
	working.Wait()
	got := contents(t, db)
	for i, err := range answers {
		_, there := got[fmt.Sprintf("k%d", i)]
		if refused := i%7 == 3; refused != errors.Is(err, errOwn) || refused == there || !refused && err != nil {
			t.Errorf("update %d: %v, there: %v", i, err, there)
		}
	}
	if n := len(m.Entries()) - before; n > 10 {
		t.Errorf("%d entries for 40 updates", n)
	}
}

// TestAnUpdateThatIsGivenUpWritesNothing: by its context, in every place where it may wait.
func TestAnUpdateThatIsGivenUpWritesNothing(t *testing.T) {
	m := &logtest.Memory{}
	db := shared(t, m, 1)[0]
	hold := make(chan struct{})
	m.Before = func(op string) error { <-hold; return nil }
	var first sync.WaitGroup
	first.Go(func() {
		if err := db.Update(t.Context(), put("first", "")); err != nil {
			t.Error(err)
		}
	})
	time.Sleep(50 * time.Millisecond)
	ctx, cancel := context.WithCancel(t.Context())
	var second sync.WaitGroup
	second.Go(func() {
		if err := db.Update(ctx, put("second", "")); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
	time.Sleep(50 * time.Millisecond)
	cancel()
	second.Wait()
	close(hold)
	first.Wait()
	if got := contents(t, db); len(got) != 1 {
		t.Errorf("store holds %v", got)
	}
}
