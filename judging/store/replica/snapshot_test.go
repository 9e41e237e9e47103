package replica_test

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/store"
	"fayi/judging/store/bolt"
	"fayi/judging/store/replica"
	"fayi/judging/store/replica/lanlog"
	"fayi/judging/store/replica/logtest"
)

// days is a clock that a test moves on.
type days struct{ n atomic.Int64 }

func (d *days) now() time.Time {
	return time.Date(2020, 5, 1, 8, 0, 0, 0, time.UTC).Add(time.Duration(d.n.Load()) * 24 * time.Hour)
}

// program is a computer with its copy, which may be closed.
type program struct {
	path string
	db   *replica.DB
}

// world is a log, the programs on it, and what they should hold: the plain model.
type world struct {
	t     *testing.T
	r     *rand.Rand
	m     *logtest.Memory
	s     replica.Share
	clock days
	all   []*program
	model map[string]string
	next  int
}

func newWorld(t *testing.T, seed uint64) *world {
	t.Helper()
	w := &world{t: t, r: rand.New(rand.NewPCG(seed, 1)), m: &logtest.Memory{}, model: map[string]string{}}
	path := filepath.Join(t.TempDir(), "contest.db")
	db, err := bolt.Open(path, bolt.Options{})
	must(t, err)
	w.s, err = replica.Begin(t.Context(), db, w.m.Open(), replica.Share{Address: "test", Writer: "w"}, nil, nil)
	must(t, err)
	must(t, db.Close())
	w.all = []*program{{path: path}}
	w.open(w.all[0])
	return w
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (w *world) open(p *program) {
	w.t.Helper()
	db, err := bolt.Open(p.path, bolt.Options{})
	must(w.t, err)
	p.db, err = replica.Open(w.t.Context(), db, w.m.Open(), nil)
	must(w.t, err)
	opened := p.db
	w.t.Cleanup(func() { opened.Close() })
}

func (w *world) join() {
	w.t.Helper()
	p := &program{path: filepath.Join(w.t.TempDir(), "contest.db")}
	db, err := bolt.Open(p.path, bolt.Options{})
	must(w.t, err)
	s, err := replica.Invited(w.s.Invitation(), "w")
	must(w.t, err)
	log := w.m.Open()
	must(w.t, replica.Join(w.t.Context(), db, log, s, nil))
	must(w.t, errors.Join(log.Close(), db.Close()))
	w.open(p)
	w.all = append(w.all, p)
}

var errBehind = &judging.Error{Text: "share.behind"}

// write puts and removes some records by a program, in the model, too.
func (w *world) write(p *program) {
	w.t.Helper()
	w.next++
	puts, gone := map[string]string{}, map[string]bool{}
	for range 1 + w.r.IntN(4) {
		key := fmt.Sprintf("k%02d", w.r.IntN(40))
		delete(puts, key)
		if gone[key] = w.r.IntN(4) == 0; !gone[key] {
			puts[key] = strings.Repeat(fmt.Sprintf("%d ", w.next), 1+w.r.IntN(30))
		}
	}
	fn := func(tx store.Tx) error {
		for key, is := range gone {
			if err := tx.Delete([]byte(key)); err != nil {
				return err
			}
			if !is {
				if err := tx.Put([]byte(key), []byte(puts[key])); err != nil {
					return err
				}
			}
		}
		return nil
	}
	err := p.db.Update(w.t.Context(), fn)
	for until := time.Now().Add(20 * time.Second); errors.Is(err, errBehind) && time.Now().Before(until); {
		time.Sleep(time.Millisecond) // what it lacks was cut off before it heard of it; it says: again in a moment
		err = p.db.Update(w.t.Context(), fn)
	}
	must(w.t, err)
	for key, is := range gone {
		if delete(w.model, key); !is {
			w.model[key] = puts[key]
		}
	}
}

func (w *world) openOnes() (open []*program) {
	for _, p := range w.all {
		if p.db != nil {
			open = append(open, p)
		}
	}
	return open
}

// step does one thing that a program may do.
func (w *world) step() {
	w.t.Helper()
	open := w.openOnes()
	p := open[w.r.IntN(len(open))]
	switch w.r.IntN(12) {
	case 0, 1:
		if _, err := p.db.Condense(w.t.Context(), w.clock.now); err != nil {
			w.t.Fatal(err)
		}
	case 2:
		w.clock.n.Add(int64(w.r.IntN(5)))
		_, err := p.db.Cut(w.t.Context(), w.clock.now, w.r.IntN(2) == 0)
		must(w.t, err)
	case 3:
		if len(w.all) < 6 {
			w.join()
		}
	case 4:
		if len(open) > 1 {
			must(w.t, p.db.Close())
			p.db = nil
		}
	case 5:
		for _, p := range w.all {
			if p.db == nil {
				w.open(p)
				break
			}
		}
	default:
		w.write(p)
	}
}

// same waits until all copies are at the end, and compares them with the model.
func (w *world) same() {
	w.t.Helper()
	for _, p := range w.all {
		if p.db == nil {
			w.open(p)
		}
	}
	w.join()
	for i, p := range w.all {
		for until := time.Now().Add(20 * time.Second); p.db.Status().Position < uint64(len(w.m.Entries())); {
			if time.Now().After(until) {
				w.t.Fatalf("copy %d stays at %+v of %d", i, p.db.Status(), len(w.m.Entries()))
			}
			time.Sleep(time.Millisecond)
		}
		if got := contents(w.t, p.db); !maps.Equal(got, w.model) {
			w.t.Errorf("copy %d of %d holds %d records, %d are right", i, len(w.all), len(got), len(w.model))
		}
	}
}

// TestSnapshotsChangeNothingThatACopyHolds: whatever is written, condensed, cut off, joined, closed and opened in
// whatever order, all copies hold what the plain model does.
func TestSnapshotsChangeNothingThatACopyHolds(t *testing.T) {
	runs := 8
	if !testing.Short() {
		runs = 60
	}
	for seed := range runs {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			w := newWorld(t, uint64(seed))
			for range 60 {
				w.step()
			}
			w.same()
		})
	}
}

// unhearing hears of no new entry.
type unhearing struct{ replica.Log }

func (unhearing) Wait(ctx context.Context, _ uint64) error {
	<-ctx.Done()
	return ctx.Err()
}

// TestWhoHasNotReadSoFarMakesNoSnapshotOverANewerOne: a copy that is behind makes a snapshot after another one was made
// and all before it cut off. Who joins then must find the newer one.
func TestWhoHasNotReadSoFarMakesNoSnapshotOverANewerOne(t *testing.T) {
	w := newWorld(t, 1)
	w.join()
	first, late := w.all[0], w.all[1]
	must(t, late.db.Close())
	db, err := bolt.Open(late.path, bolt.Options{})
	must(t, err)
	late.db, err = replica.Open(t.Context(), db, unhearing{w.m.Open()}, nil)
	must(t, err)
	t.Cleanup(func() { late.db.Close() })
	for range 3 {
		w.write(first)
	}
	made, err := first.db.Condense(t.Context(), w.clock.now)
	must(t, err)
	if _, err := first.db.Cut(t.Context(), w.clock.now, true); err != nil {
		t.Fatal(err)
	}
	if at := late.db.Status().Position; at >= made.Position {
		t.Fatalf("it has read to %d, and the snapshot is of %d", at, made.Position)
	}
	got, err := late.db.Condense(t.Context(), w.clock.now)
	must(t, err)
	if got.ID != made.ID {
		t.Errorf("a snapshot of %d takes the place of one of %d", got.Position, made.Position)
	}
	w.join()
	if got := contents(t, w.all[2].db); !maps.Equal(got, w.model) {
		t.Errorf("who joins has %d records, %d are right", len(got), len(w.model))
	}
}

var errDead = errors.New("dead")

// TestWhoDiesInASnapshotLeavesNothingThatCounts: a program that goes away before or behind any question to the log. Who
// joins gets the same, another program makes a snapshot when the claim has ended, and nothing of the first is left.
func TestWhoDiesInASnapshotLeavesNothingThatCounts(t *testing.T) {
	step := 1
	if testing.Short() {
		step = 2
	}
	for _, lost := range []bool{false, true} {
		for at := 1; ; at += step {
			w := newWorld(t, 5)
			for range 10 {
				w.write(w.all[0])
			}
			_, err := w.all[0].db.Condense(t.Context(), w.clock.now)
			must(t, err)
			w.write(w.all[0])
			w.join()
			asked := 0
			ctx, die := context.WithCancel(t.Context())
			hook := func(op string) error {
				if op != "note" {
					return nil
				}
				if asked++; asked >= at {
					die()
					return errDead
				}
				return nil
			}
			if lost {
				w.m.After = hook
			} else {
				w.m.Before = hook
			}
			_, err = w.all[0].db.Condense(ctx, w.clock.now)
			w.m.Before, w.m.After = nil, nil
			dead := ctx.Err() != nil
			die()
			if err == nil && dead && !lost {
				t.Fatalf("asked %d times, dead at %d, and all is well", asked, at)
			}
			must(t, w.all[0].db.Close())
			w.all = w.all[1:]
			w.clock.n.Add(1)
			_, err = w.all[0].db.Condense(t.Context(), w.clock.now)
			must(t, err)
			_, err = w.all[0].db.Cut(t.Context(), w.clock.now, true)
			must(t, err)
			w.same()
			names, err := w.m.Open().Names(t.Context())
			must(t, err)
			if len(names) != 2 { // the ledger, and one piece of so small a contest
				t.Errorf("dead at %d (answer lost: %v): left are %q", at, lost, names)
			}
			if !dead {
				if at < 5 && !lost {
					t.Errorf("asked only %d times", at)
				}
				break
			}
		}
	}
}

// TestOfTwoSnapshotsAtOnceOneWins: and the other program hears of it.
func TestOfTwoSnapshotsAtOnceOneWins(t *testing.T) {
	w := newWorld(t, 3)
	w.write(w.all[0])
	w.join()
	w.join()
	var made, busy atomic.Int32
	for range 10 {
		w.write(w.all[0])
		settled(t, w.m, []*replica.DB{w.all[1].db, w.all[2].db})
		var working sync.WaitGroup
		for _, p := range w.all {
			working.Go(func() {
				switch _, err := p.db.Condense(t.Context(), w.clock.now); {
				case err == nil:
					made.Add(1)
				case judging.CodeOf(err) == judging.Busy:
					busy.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		working.Wait()
	}
	if made.Load() < 10 {
		t.Errorf("%d made, %d refused", made.Load(), busy.Load())
	}
	t.Logf("%d made or found made, %d refused", made.Load(), busy.Load())
	w.same()
}

// TestAClaimEnds: a program that is slow to put its pieces holds others off for a while, and then has lost: what it
// puts after that counts for nothing. A piece of a claim that holds is left alone.
func TestAClaimEnds(t *testing.T) {
	for at := 3; at <= 5; at++ { // its piece, the ledger read again and written
		w := newWorld(t, 9)
		w.write(w.all[0])
		w.join()
		w.write(w.all[0])
		settled(t, w.m, []*replica.DB{w.all[1].db})
		stands, goesOn := make(chan struct{}), make(chan struct{})
		var asked atomic.Int32
		w.m.Before = func(op string) error {
			if op == "note" && asked.Add(1) == int32(at) {
				close(stands)
				<-goesOn
			}
			return nil
		}
		slow := make(chan error, 1)
		go func() { _, err := w.all[0].db.Condense(t.Context(), w.clock.now); slow <- err }()
		<-stands
		_, err := w.all[1].db.Condense(t.Context(), w.clock.now)
		wantText(t, "share.snapshot_busy", err)
		w.clock.n.Add(1)
		_, err = w.all[1].db.Condense(t.Context(), w.clock.now)
		must(t, err)
		_, err = w.all[1].db.Cut(t.Context(), w.clock.now, true)
		must(t, err)
		close(goesOn)
		wantText(t, "share.snapshot_busy", <-slow)
		w.same()
	}
}

// TestEntriesStayForAWeek: behind a snapshot; who was away for less reads on in the log.
func TestEntriesStayForAWeek(t *testing.T) {
	w := newWorld(t, 4)
	for day := range 20 {
		w.write(w.all[0])
		_, err := w.all[0].db.Condense(t.Context(), w.clock.now)
		must(t, err)
		first, err := w.all[0].db.Cut(t.Context(), w.clock.now, false)
		must(t, err)
		if want := max(0, day-7+1); first != uint64(want+2) && (want > 0 || first != 0) {
			t.Errorf("day %d: from %d on", day, first)
		}
		w.clock.n.Add(1)
	}
	w.same()
}

// TestACopyThatIsFarBehindIsMadeAgain: while it is open and when it is opened; that is said, and nobody sees a part of
// it.
func TestACopyThatIsFarBehindIsMadeAgain(t *testing.T) {
	w := newWorld(t, 6)
	for range 30 {
		w.write(w.all[0])
	}
	w.join()
	w.join()
	must(t, w.all[1].db.Close())
	w.all[1].db = nil
	for range 30 {
		w.write(w.all[0])
	}
	settled(t, w.m, []*replica.DB{w.all[2].db})
	must(t, w.all[2].db.Close())
	w.all[2].db = nil
	_, err := w.all[0].db.Condense(t.Context(), w.clock.now)
	must(t, err)
	_, err = w.all[0].db.Cut(t.Context(), w.clock.now, true)
	must(t, err)
	w.open(w.all[1])
	if found := w.all[1].db.Found(); !slices.Contains(found, store.CopyRenewed) {
		t.Errorf("told: %q", found)
	}
	w.open(w.all[2]) // it had all
	if found := w.all[2].db.Found(); slices.Contains(found, store.CopyRenewed) {
		t.Errorf("told: %q", found)
	}
	// one that is open and hears of nothing for a while
	var unhearing atomic.Bool
	unhearing.Store(true)
	w.m.Before = func(op string) error {
		if unhearing.Load() && op == "wait" {
			return errDead
		}
		return nil
	}
	for range 5 {
		w.write(w.all[0])
	}
	_, err = w.all[0].db.Condense(t.Context(), w.clock.now)
	must(t, err)
	_, err = w.all[0].db.Cut(t.Context(), w.clock.now, true)
	must(t, err)
	err = w.all[1].db.Update(t.Context(), put("z", "1"))
	unhearing.Store(false)
	if err == nil {
		w.model["z"] = "1"
	} else {
		wantText(t, "share.behind", err)
	}
	w.same()
}

// TestACopyThatDiedHalfMadeAgainGoesOn: at its next opening; without the log it can't be opened, and says so.
func TestACopyThatDiedHalfMadeAgainGoesOn(t *testing.T) {
	w := newWorld(t, 7)
	w.join()
	p := w.all[1]
	must(t, p.db.Close())
	p.db = nil
	for i := range 60 { // more than one transaction takes
		w.big(w.all[0], i)
	}
	_, err := w.all[0].db.Condense(t.Context(), w.clock.now)
	must(t, err)
	_, err = w.all[0].db.Cut(t.Context(), w.clock.now, true)
	must(t, err)
	for range 2 {
		db, err := bolt.Open(p.path, bolt.Options{})
		must(t, err)
		_, err = replica.Open(t.Context(), &dying{DB: db, at: 1}, w.m.Open(), nil)
		if wantText(t, "share.renew_first", err); !errors.Is(err, errDead) {
			t.Errorf("got %v", err)
		}
	}
	db, err := bolt.Open(p.path, bolt.Options{})
	must(t, err)
	w.m.Before = func(string) error { return errDead }
	_, err = replica.Open(t.Context(), db, w.m.Open(), nil)
	wantText(t, "share.renew_first", err)
	w.m.Before = nil
	w.same()
}

// big writes a large record.
func (w *world) big(p *program, i int) {
	w.t.Helper()
	value := make([]byte, 600<<10)
	for i := 0; i < len(value); i += 8 { // what can't be compressed
		binary.LittleEndian.PutUint64(value[i:], w.r.Uint64())
	}
	key := fmt.Sprintf("big%03d", i)
	must(w.t, p.db.Update(w.t.Context(), put(key, string(value))))
	w.model[key] = string(value)
}

// dying is a copy whose program dies at one of its transactions.
type dying struct {
	*bolt.DB
	n, at int
}

func (d *dying) Update(ctx context.Context, fn func(store.Tx) error) error {
	if d.n++; d.n > d.at {
		return errDead
	}
	return d.DB.Update(ctx, fn)
}

// TestKilledAtAnyMomentACopyAndItsLogAreWhole: a program that writes, makes snapshots and cuts its log is killed as a
// power cut would, again and again. All that it acknowledged is in its copy, and who joins gets the same.
func TestKilledAtAnyMomentACopyAndItsLogAreWhole(t *testing.T) {
	if dir := os.Getenv("FAYI_TEST_KILLED"); dir != "" {
		beKilled(t, dir)
		return
	}
	kills := 8
	if !testing.Short() {
		kills = 60
	}
	dir := t.TempDir()
	db, err := bolt.Open(filepath.Join(dir, "contest.db"), bolt.Options{})
	must(t, err)
	log, err := lanlog.OpenKeep(filepath.Join(dir, "log.db"))
	must(t, err)
	s, err := replica.Begin(t.Context(), db, log, replica.Share{Address: "test", Writer: "w"}, nil, nil)
	must(t, err)
	must(t, errors.Join(db.Close(), log.Close()))
	r := rand.New(rand.NewPCG(8, 8))
	last, snapshots := 0, 0
	for range kills {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^"+t.Name()+"$")
		cmd.Env = append(os.Environ(), "FAYI_TEST_KILLED="+dir)
		out, err := cmd.StdoutPipe()
		must(t, err)
		must(t, cmd.Start())
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			var n int
			switch line := lines.Text(); {
			case line == "ready":
				time.AfterFunc(time.Duration(r.IntN(250))*time.Millisecond, func() { cmd.Process.Kill() })
			case line == "snapshot":
				snapshots++
			default:
				if _, err := fmt.Sscanf(line, "wrote %d", &n); err == nil {
					last = n
				}
			}
		}
		cmd.Wait()
		last = wholeAfter(t, dir, s, last)
	}
	t.Logf("%d kills, %d writes and %d snapshots acknowledged", kills, last, snapshots)
}

// wholeAfter compares the copy, and one that joins, with what was acknowledged, and returns the last write found.
func wholeAfter(t *testing.T, dir string, s replica.Share, last int) int {
	t.Helper()
	db, err := bolt.Open(filepath.Join(dir, "contest.db"), bolt.Options{})
	must(t, err)
	log, err := lanlog.OpenKeep(filepath.Join(dir, "log.db"))
	must(t, err)
	s, err = replica.Invited(s.Invitation(), "w")
	must(t, err)
	fresh := local(t)
	must(t, replica.Join(t.Context(), fresh, log, s, nil))
	here, err := replica.Open(t.Context(), db, log, nil)
	must(t, err)
	got := contents(t, here)
	must(t, here.Close())
	n := len(got["n"])
	if n < last || n > last+1 {
		t.Errorf("%d writes found, %d acknowledged", n, last)
	}
	there := contents(t, fresh)
	delete(there, "\x00log")
	if !maps.Equal(got, there) {
		t.Errorf("the copy holds %d records, who joins %d", len(got), len(there))
	}
	must(t, fresh.Close())
	return n
}

// beKilled writes one more each time, and condenses and cuts as often as it can.
func beKilled(t *testing.T, dir string) {
	t.Helper()
	db, err := bolt.Open(filepath.Join(dir, "contest.db"), bolt.Options{})
	must(t, err)
	log, err := lanlog.OpenKeep(filepath.Join(dir, "log.db"))
	must(t, err)
	here, err := replica.Open(t.Context(), db, log, nil)
	must(t, err)
	var clock days
	fmt.Println("ready")
	for round := int64(1); ; round++ {
		clock.n.Store(time.Now().UnixNano() / 1e6) // every claim of who was killed has ended
		for range 3 {
			n := 0
			must(t, here.Update(t.Context(), func(tx store.Tx) error {
				old, err := tx.Get([]byte("n"))
				if err != nil && !errors.Is(err, judging.ErrNotFound) {
					return err
				}
				n = len(old) + 1
				return tx.Put([]byte("n"), append(slices.Clone(old), 'x'))
			}))
			fmt.Println("wrote", n)
		}
		_, err := here.Condense(t.Context(), clock.now)
		must(t, err)
		fmt.Println("snapshot")
		_, err = here.Cut(t.Context(), clock.now, round%2 == 0)
		must(t, err)
	}
}

// TestThatTheLogIsAwayIsToldInSecondsAndEndsByItself: nobody writes anything, and the log just does not answer.
func TestThatTheLogIsAwayIsToldInSecondsAndEndsByItself(t *testing.T) {
	w := newWorld(t, 13)
	w.join()
	rung := make(chan struct{}, 100)
	defer w.all[0].db.OnForeign(func() { rung <- struct{}{} })()
	var gone atomic.Bool
	w.m.Before = func(op string) error {
		if gone.Load() {
			return errDead
		}
		return nil
	}
	for _, away := range []bool{true, false, true, false} {
		gone.Store(away)
		began := time.Now()
		for w.all[0].db.Status().Away != away {
			select {
			case <-rung:
			case <-time.After(20 * time.Second):
				t.Fatalf("away is %v, nobody is told", !away)
			}
		}
		if took := time.Since(began); took > 3*time.Second {
			t.Logf("told after %v", took)
		}
	}
}
