package app

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
	"fayi/app/organizer/page"
	"fayi/app/seats"
	"fayi/judging/judgetest"
)

// loop is a Runner as of the real window: work runs in goroutines and what is to be drawn waits in a queue for the
// test's own goroutine, which draws.
type loop struct {
	background

	mu    sync.Mutex
	queue []func()
	more  chan struct{} // holds one when something is in the queue
}

func newLoop() *loop { return &loop{more: make(chan struct{}, 1)} }

// Draw queues f; it never waits.
func (l *loop) Draw(f func()) {
	l.mu.Lock()
	l.queue = append(l.queue, f)
	l.mu.Unlock()
	select {
	case l.more <- struct{}{}:
	default:
	}
}

// turn draws what is in the queue.
func (l *loop) turn() {
	l.mu.Lock()
	now := l.queue
	l.queue = nil
	l.mu.Unlock()
	for _, f := range now {
		f()
	}
}

// until draws until done holds.
func (l *loop) until(t *testing.T, what string, done func() bool) {
	t.Helper()
	late := time.After(time.Minute)
	for l.turn(); !done(); l.turn() {
		select {
		case <-l.more:
		case <-late:
			t.Fatalf("waited for %s in vain", what)
		}
	}
}

// rolling is a source of bytes for many goroutines.
type rolling struct {
	mu   sync.Mutex
	last byte
}

func (r *rolling) Read(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i := range p {
		r.last = r.last*5 + 17
		p[i] = r.last
	}
	return len(p), nil
}

// sitTogether is a session with a contest at its end whose work runs next to the drawing, as in the real window.
func sitTogether(t *testing.T) (*seated, *loop) {
	t.Helper()
	l := newLoop()
	s := sit(t, Inline{})
	dir := s.whole(t).Dir()
	s.create(t, "乙")
	s.app.cfg.Runner, s.follow = l, l.Start
	s.Open(dir)
	l.until(t, "the contest", s.idle)
	return s, l
}

// idle reports whether no work is under way.
func (s *seated) idle() bool { return s.app.tasks.live == 0 }

// leaf shows all pages one after the other, without waiting for what they load. Those that hand the computer over
// are left out, and the one that starts the PDF viewer, which takes the race detector a minute.
func (s *seated) leaf(t *testing.T, l *loop) {
	t.Helper()
	for _, r := range routes {
		if !slices.Contains([]string{seats.Kind, page.Desk, page.HandOver, page.Certificates}, r.Kind) {
			s.app.Navigate(filled(t, s.now(), r))
			l.turn()
		}
	}
}

// TestPagesComeAndGoAtOnceWithChanges leafs through all pages faster than they load, while the contest changes. Run
// with -race it shows what pages share with their work.
func TestPagesComeAndGoAtOnceWithChanges(t *testing.T) {
	s, l := sitTogether(t)
	o := s.now()
	written := make(chan error, 1)
	l.Start(func() {
		var errs error
		for i := range 12 {
			_, err := o.Notices().FileObjection(context.Background(), "w000001", fmt.Sprintf("后来的异议%02d", i), "读者")
			errs = errors.Join(errs, err)
		}
		written <- errs
	})
	s.leaf(t, l)
	for range 5 {
		s.app.Back()
		l.turn()
	}
	if err := <-written; err != nil {
		t.Fatal(err)
	}
	l.until(t, "the pages", s.idle)
	s.app.Navigate(kit.Route{Kind: page.Notice})
	l.until(t, "the notice", s.idle)
	s.shows(t, "后来的异议11")
	if top := kittest.Top(s.app.win); top != nil {
		t.Errorf("over the page lies %q", kittest.Texts(top))
	}
}

func TestWorksAtOnceAreCancelledOneByOne(t *testing.T) {
	l := newLoop()
	w := open(t, func(c *Config) { c.Runner = l })
	ends := map[string]error{}
	for _, name := range []string{"甲", "乙", "丙"} {
		w.Run(name, func(ctx context.Context, p kit.Progress) error {
			for n := 0; ctx.Err() == nil; n++ {
				p(n, 1_000_000)
				time.Sleep(time.Millisecond)
			}
			return ctx.Err()
		}, func(err error) { ends[name] = err })
	}
	for _, name := range []string{"丙", "乙", "甲"} {
		l.until(t, "progress of "+name, func() bool {
			return w.shows("/1000000") && (w.shows(name+"（另有") || name == "甲" && w.shows(name))
		})
		w.frame.cancel.Tapped(nil)
		l.until(t, "the end of "+name, func() bool { return ends[name] != nil })
		if !errors.Is(ends[name], context.Canceled) {
			t.Errorf("%s ended with %v", name, ends[name])
		}
	}
	if len(ends) != 3 || w.frame.task.Visible() {
		t.Errorf("%v", ends)
	}
}

// TestTheWindowClosesAtOnceWithItsPages closes while every page is still loading: nothing may work on a closed
// contest.
func TestTheWindowClosesAtOnceWithItsPages(t *testing.T) {
	s, l := sitTogether(t)
	dir := s.now().Dir()
	s.leaf(t, l)
	s.app.stop()
	l.until(t, "the end", func() bool { return s.app.tasks.closed })
	if !s.idle() {
		t.Error("the window closed over work")
	}
	s.office = nil // it is closed
	judgetest.CheckFile(t, filepath.Join(dir, "contest.db"))
}
