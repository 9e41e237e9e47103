package watch_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"fayi/judging/office/live"
	"fayi/judging/room/watch"
)

// world is a contest whose board a test sets.
type world struct {
	mu    sync.Mutex
	board live.Board
	err   error
	looks int
	rings chan struct{}
}

func (w *world) read(context.Context) (live.Board, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.looks++
	return w.board, w.err
}

// set changes the board and rings, as a commit does.
func (w *world) set(b live.Board, err error) {
	w.mu.Lock()
	w.board, w.err = b, err
	w.mu.Unlock()
	select {
	case w.rings <- struct{}{}:
	default:
	}
}

func watched(t *testing.T) (*world, *watch.Watch) {
	w := &world{rings: make(chan struct{}, 1), board: live.Board{Total: 3}}
	ctx, end := context.WithCancel(context.Background())
	t.Cleanup(end)
	one := watch.New(watch.Config{
		Board: w.read, Now: time.Now, Beat: 2 * time.Second,
		Subscribe: func() (<-chan struct{}, func()) { return w.rings, func() {} },
	})
	go one.Run(ctx)
	return w, one
}

func closed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

func scored(n int) live.Board {
	return live.Board{Total: 3, Now: &live.BoardTurn{Number: 1, State: live.Called, Scored: n}}
}

func TestACallWakesJudgesAtOnceAndMarksWakeThemWithinABeat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, one := watched(t)
		time.Sleep(time.Second)
		before, _ := one.Screen(t.Context())
		lists := one.Lists()
		w.set(scored(0), nil)
		time.Sleep(60 * time.Millisecond)
		now, changed := one.Screen(t.Context())
		if !closed(lists) || now.Tag == before.Tag || one.Turn(t.Context()).Number != 1 {
			t.Fatalf("a call: %v, %+v", closed(lists), one.Turn(t.Context()))
		}
		lists = one.Lists()
		w.set(scored(1), nil)
		time.Sleep(110 * time.Millisecond)
		if !closed(changed) {
			t.Error("the screen does not hear of a mark")
		}
		if closed(lists) {
			t.Error("a mark is news to judges at once")
		}
		time.Sleep(2 * time.Second)
		if !closed(lists) {
			t.Error("what was written is never news to judges")
		}
		synctest.Wait()
	})
}

func TestManyWritesAreOneLookAndNoneIsNoLook(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, _ := watched(t)
		time.Sleep(time.Hour)
		if w.looks != 1 {
			t.Errorf("%d looks without news", w.looks)
		}
		for i := range 1000 {
			w.set(scored(i), nil)
			time.Sleep(time.Millisecond)
		}
		time.Sleep(time.Second)
		if w.looks < 10 || w.looks > 25 {
			t.Errorf("%d looks at 1000 writes within a second", w.looks)
		}
	})
}

func TestWhatWasSeenStaysWhereNothingCanBeRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, one := watched(t)
		w.set(scored(2), nil)
		time.Sleep(time.Second)
		before, _ := one.Screen(t.Context())
		w.set(live.Board{}, errors.New("closed"))
		time.Sleep(time.Second)
		if now, _ := one.Screen(t.Context()); now.Board == nil || now.Tag != before.Tag || now.Board.Now.Scored != 2 {
			t.Errorf("%+v", now)
		}
	})
}

func TestAClockThatRunsIsNoNewsAndGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, one := watched(t)
		b := scored(0)
		b.Now.Running, b.Now.Seconds = true, 5
		w.set(b, nil)
		time.Sleep(time.Second)
		_, changed := one.Screen(t.Context())
		later := scored(0)
		later.Now.Running, later.Now.Seconds = true, 6
		w.set(later, nil)
		time.Sleep(time.Second)
		if closed(changed) {
			t.Error("the clock is news")
		}
		time.Sleep(10 * time.Second)
		now, _ := one.Screen(t.Context())
		if s := now.Board.Now.Seconds; s < 16 || s > 17.5 {
			t.Errorf("12 s after 5 the clock shows %v", s)
		}
	})
}
