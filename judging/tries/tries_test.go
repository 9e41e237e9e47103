package tries_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/tries"
)

var errWrong = judging.Fail(judging.Forbidden, "seal.wrong", nil)

func wrong() error { return errWrong }
func right() error { return nil }

// clock is set by hand.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func newClock() *clock { return &clock{time.Date(2020, 5, 12, 9, 0, 0, 0, time.UTC)} }

// TestWaitsAreThoseOfAModel tries right and wrong at random moments, by programs that start again at random, and
// compares what is answered with a list of the wrong tries.
func TestWaitsAreThoseOfAModel(t *testing.T) {
	chance := rand.New(rand.NewPCG(7, 15))
	dir, c := t.TempDir(), newClock()
	type model struct {
		wrong int
		next  time.Time
	}
	models := map[string]*model{"a": {}, "b": {}}
	program := &tries.Counter{Dir: dir, Now: c.now}
	waited, made := 0, 0
	for n := range 3000 {
		c.at = c.at.Add(time.Duration(chance.IntN(4000)) * time.Millisecond)
		if chance.IntN(6) == 0 {
			c.at = c.at.Add(5 * time.Minute)
		}
		if chance.IntN(3) == 0 {
			program = &tries.Counter{Dir: dir, Now: c.now}
		}
		id, is := []string{"a", "b"}[chance.IntN(2)], chance.IntN(8) == 0
		m, tried := models[id], false
		err := program.Try(id, "password", func() error {
			if tried = true; is {
				return nil
			}
			return errWrong
		})
		if must := c.at.Before(m.next); must {
			waited++
			if tried || !errors.Is(err, tries.ErrWait) {
				t.Fatalf("try %d: %v before %v was made: %v", n, c.at, m.next, err)
			}
			continue
		}
		made++
		switch {
		case !tried:
			t.Fatalf("try %d: %v at %v has to wait: %v", n, c.at, m.next, err)
		case is && err != nil, !is && !errors.Is(err, errWrong):
			t.Fatalf("try %d: %v", n, err)
		case is:
			*m = model{}
		default:
			wait := 300 * time.Second
			if m.wrong < 9 {
				wait = min(wait, time.Second<<m.wrong)
			}
			m.wrong++
			m.next = c.at.Add(wait)
		}
	}
	if waited < 300 || made < 300 {
		t.Errorf("waited %d, made %d: the test tries nothing", waited, made)
	}
}

func TestWhatIsNoWrongTryIsNotCounted(t *testing.T) {
	c := newClock()
	counter := &tries.Counter{Dir: t.TempDir(), Now: c.now}
	damaged := judging.Fail(judging.Corrupt, "archive.altered", nil)
	for range 3 {
		if err := counter.Try("a", "phrase", func() error { return damaged }); !errors.Is(err, damaged) {
			t.Fatal(err)
		}
	}
	if err := counter.Try("a", "phrase", func() error { return context.Canceled }); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if err := counter.Try("a", "phrase", right); !errors.Is(err, tries.ErrWait) {
		t.Error("a try that was broken off is not counted:", err)
	}
	c.at = c.at.Add(time.Second)
	if err := counter.Try("a", "phrase", right); err != nil {
		t.Error(err)
	}
}

// TestOfManyAtOnceOneIsAnswered guesses by many programs at the same moment.
func TestOfManyAtOnceOneIsAnswered(t *testing.T) {
	dir, c := t.TempDir(), newClock()
	var made atomic.Int32
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			program := &tries.Counter{Dir: dir, Now: c.now}
			_ = program.Try("a", "password", func() error { made.Add(1); return errWrong })
		})
	}
	all.Wait()
	if made.Load() != 1 {
		t.Errorf("%d guesses at once were answered", made.Load())
	}
}

func TestAFolderThatCannotBeWrittenCountsWhileTheProgramRuns(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{"", filepath.Join(file, "tries")} {
		c := newClock()
		program := &tries.Counter{Dir: dir, Now: c.now}
		for n, wait := range []time.Duration{1, 2, 4, 8} {
			if err := program.Try("a", "password", wrong); !errors.Is(err, errWrong) {
				t.Fatalf("%q, try %d: %v", dir, n, err)
			}
			c.at = c.at.Add(wait*time.Second - 1)
			if err := program.Try("a", "password", right); !errors.Is(err, tries.ErrWait) {
				t.Fatalf("%q, try %d: %v", dir, n, err)
			}
			c.at = c.at.Add(1)
		}
	}
}

// TestAClockSetBackMakesOneWaitOnce and no longer than the wait.
func TestAClockSetBackMakesOneWaitOnce(t *testing.T) {
	dir, c := t.TempDir(), newClock()
	try := func(opens func() error) error {
		return (&tries.Counter{Dir: dir, Now: c.now}).Try("a", "password", opens)
	}
	_ = try(wrong)
	c.at = c.at.Add(-time.Hour)
	if err := try(right); !errors.Is(err, tries.ErrWait) {
		t.Fatal(err)
	}
	c.at = c.at.Add(time.Second)
	if err := try(right); err != nil {
		t.Error("one waits for longer than the wait:", err)
	}
}
