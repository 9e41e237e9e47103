package replica_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"fayi/judging/store/replica"
	"fayi/judging/store/replica/logtest"
)

// far is a log that is a way off: each question takes half of it to arrive and half to be answered, a little more or
// less. It counts the races that its program loses before it wins one.
type far struct {
	replica.Log
	way time.Duration // there and back

	mu     sync.Mutex
	random *rand.Rand
	lost   int // since the last that was won
	most   int
	tries  int
	blind  bool // wishes do not arrive
}

func (f *far) half() {
	f.mu.Lock()
	d := f.way/4 + time.Duration(f.random.Int64N(int64(f.way)/2+1))
	f.mu.Unlock()
	time.Sleep(d)
}

func (f *far) Try(ctx context.Context, at uint64, entry []byte, wish string) (replica.Answer, error) {
	if f.blind {
		wish = ""
	}
	f.half()
	a, err := f.Log.Try(ctx, at, entry, wish)
	f.half()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.tries++
	switch {
	case errors.Is(err, replica.ErrTaken):
		f.lost++
		f.most = max(f.most, f.lost)
	case err == nil:
		f.lost = 0
	}
	return a, err
}

func (f *far) Read(ctx context.Context, from uint64) ([][]byte, error) {
	f.half()
	defer f.half()
	return f.Log.Read(ctx, from)
}

func (f *far) Wait(ctx context.Context, at uint64) error {
	err := f.Log.Wait(ctx, at)
	f.half()
	return err
}

// ownClock runs test on a clock of its own, which stands still while anybody works.
func ownClock(t *testing.T, test func(t *testing.T)) {
	t.Helper()
	shared(t, &logtest.Memory{}, 2) // what is made once, for the whole process, is not to belong to it
	synctest.Test(t, test)
}

// contended has programs that are so far from the log write without a pause for a while, on a clock of their own, and
// returns their logs and how long each of their saves took.
func contended(t *testing.T, ways []time.Duration, seed uint64, blind bool) (logs []*far, took [][]time.Duration) {
	t.Helper()
	took = make([][]time.Duration, len(ways))
	ownClock(t, func(t *testing.T) {
		m := &logtest.Memory{}
		first := local(t)
		s, err := replica.Begin(t.Context(), first, m.Open(), replica.Share{Address: "test", Writer: "w"}, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		var all []*replica.DB
		for i, way := range ways {
			db := first
			if i > 0 {
				invited, _ := replica.Invited(s.Invitation(), "w")
				db = local(t)
				if err := replica.Join(t.Context(), db, m.Open(), invited, nil); err != nil {
					t.Fatal(err)
				}
			}
			l := &far{Log: m.Open(), way: way, random: rand.New(rand.NewPCG(seed, uint64(i))), blind: blind}
			copied, err := replica.Open(t.Context(), db, l, nil)
			if err != nil {
				t.Fatal(err)
			}
			logs, all = append(logs, l), append(all, copied)
		}
		long := time.Minute
		if testing.Short() {
			long = 5 * time.Second
		}
		ending, stop := context.WithTimeout(t.Context(), long)
		defer stop()
		var working sync.WaitGroup
		for i, db := range all {
			working.Go(func() {
				for n := 0; ending.Err() == nil; n++ {
					began := time.Now()
					if err := db.Update(t.Context(), put(fmt.Sprintf("w%d/%d", i, n), "x")); err != nil {
						t.Errorf("program %d: %v", i, err)
					}
					took[i] = append(took[i], time.Since(began))
					time.Sleep(5 * time.Millisecond)
				}
			})
		}
		working.Wait()
		saved := 0
		for i, db := range all {
			saved += len(took[i])
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		}
		if got := len(m.Entries()) - 2; got != saved {
			t.Errorf("%d entries of %d saves", got, saved)
		}
	})
	return logs, took
}

// TestNoProgramLosesForEver: however much farther from the log one is than the others, or all are: none loses more
// races in a row than two, and one for each other program.
func TestNoProgramLosesForEver(t *testing.T) {
	for seed, ways := range [][]time.Duration{
		{8 * time.Millisecond, 12 * time.Millisecond, 400 * time.Millisecond},
		{400 * time.Millisecond, 400 * time.Millisecond, 400 * time.Millisecond},
		{
			20 * time.Millisecond, 60 * time.Millisecond, 200 * time.Millisecond, 300 * time.Millisecond,
			600 * time.Millisecond,
		},
	} {
		logs, took := contended(t, ways, uint64(seed), false)
		for i, l := range logs {
			slices.Sort(took[i])
			n := len(took[i])
			t.Logf("of %v, at %v: %d saves of %d tries, at most %d races lost in a row; p50 %v, worst %v", ways, l.way,
				n, l.tries, l.most, took[i][n/2], took[i][n-1])
			if limit := 2 + len(ways) - 1; l.most > limit {
				t.Errorf("%d races lost in a row, want %d at most", l.most, limit)
			}
		}
	}
}

// TestWithoutTurnsOneLoses: the test above sees what it is for.
func TestWithoutTurnsOneLoses(t *testing.T) {
	ways := []time.Duration{8 * time.Millisecond, 12 * time.Millisecond, 400 * time.Millisecond}
	logs, took := contended(t, ways, 1, true)
	if far := logs[2]; far.most < 8 {
		t.Errorf("at most %d races lost in a row, %d saves", far.most, len(took[2]))
	}
}

// TestAWishOfTheDeadHoldsNobodyForLong: of many programs that died while they waited for their turn.
func TestAWishOfTheDeadHoldsNobodyForLong(t *testing.T) {
	ownClock(t, func(t *testing.T) {
		m := &logtest.Memory{}
		all := shared(t, m, 2)
		dead := m.Open()
		for i := range 100 {
			_, err := dead.Try(t.Context(), 1, []byte("x"), fmt.Sprint("dead", i))
			if !errors.Is(err, replica.ErrTaken) {
				t.Fatal(err)
			}
		}
		for n, most := range []time.Duration{1400 * time.Millisecond, 100 * time.Millisecond} {
			began := time.Now()
			if err := all[n].Update(t.Context(), put(fmt.Sprint(n), "x")); err != nil {
				t.Fatal(err)
			}
			if took := time.Since(began); took > most {
				t.Errorf("save %d took %v", n, took)
			}
		}
		for _, db := range all {
			db.Close()
		}
	})
}

// TestAWishThatNeverEndsHoldsNobodyForLong: of a program that lives, tries again and again, and never comes in.
func TestAWishThatNeverEndsHoldsNobodyForLong(t *testing.T) {
	ownClock(t, func(t *testing.T) {
		m := &logtest.Memory{}
		all := shared(t, m, 2)
		ending, stop := context.WithCancel(t.Context())
		var stuck sync.WaitGroup
		tries := m.Open()
		again := func() { // where something stands: it can't succeed
			if _, err := tries.Try(t.Context(), 1, []byte("x"), "stuck"); !errors.Is(err, replica.ErrTaken) {
				t.Error(err)
			}
		}
		again()
		stuck.Go(func() {
			for ending.Err() == nil {
				again()
				time.Sleep(100 * time.Millisecond)
			}
		})
		for n, db := range all {
			began := time.Now()
			if err := db.Update(t.Context(), put(fmt.Sprint(n), "x")); err != nil {
				t.Fatal(err)
			}
			if took := time.Since(began); took < time.Second || took > 4*time.Second {
				t.Errorf("save %d took %v: a wish that holds for a while was wanted, and not for long", n, took)
			}
		}
		stop()
		stuck.Wait()
		for _, db := range all {
			db.Close()
		}
	})
}
