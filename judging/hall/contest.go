package hall

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/room"
	"fayi/judging/sending"
)

// contest is one contest in the folder, open or not.
type contest struct {
	hall            *Hall
	name, slug, tag string
	turn            chan struct{} // whoever opens or closes it holds it
	bounds          *bounds

	mu     sync.Mutex
	open   *opened
	told   bool // the pages of the open contest know that it closes
	uses   int  // requests that are under way
	used   time.Time
	absent bool  // its folder was not there at the last look
	fault  error // why it can't be opened, nil where it can or nobody tried
	failed time.Time
	looked time.Time // when standing was read
	stands Standing
}

// opened is an open contest.
type opened struct {
	office  *office.Office
	room    *room.Server
	sending *sending.Server // what units send by
	file    os.FileInfo     // of the database, as it was opened
	end     context.CancelFunc
	ended   chan struct{}
}

func newContest(h *Hall, name string) *contest {
	return &contest{
		hall: h, name: name, slug: h.state.slug(name), tag: h.state.tag(name), turn: make(chan struct{}, 1),
		bounds: newBounds(h.limits),
	}
}

func sortContests(all []*contest) {
	slices.SortFunc(all, func(a, b *contest) int { return cmp.Compare(a.name, b.name) })
}

func (c *contest) dir() string { return filepath.Join(c.hall.Folder, c.name) }

func database(dir string) string { return filepath.Join(dir, "contest.db") }

func isContest(folder, name string) bool {
	info, err := os.Stat(database(filepath.Join(folder, name)))
	return err == nil && info.Mode().IsRegular()
}

func prefix(slug string) string { return "/c/" + slug }

// setAbsent notes whether the folder is there.
func (c *contest) setAbsent(absent bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.absent && !absent {
		c.fault = nil // it is tried at once
	}
	c.absent = absent
}

func (c *contest) isOpen() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.open != nil
}

// use returns the open contest, which stays open until done is called. It is opened where it is not. Errors:
// Unavailable in a judge's words; why it can't be opened is the organiser's to read.
func (c *contest) use(ctx context.Context) (o *opened, done func(), err error) {
	if err := c.barred(); err != nil {
		return nil, nil, err
	}
	if o, done = c.take(); o != nil {
		return o, done, nil
	}
	if err := c.hold(ctx); err != nil {
		return nil, nil, err
	}
	defer func() { <-c.turn }()
	if o, done = c.take(); o != nil {
		return o, done, nil
	}
	if err := c.barred(); err != nil { // while it waited
		return nil, nil, err
	}
	if err := c.openIt(ctx); err != nil {
		return nil, nil, err
	}
	o, done = c.take()
	return o, done, nil
}

// hold waits for the turn to open or close.
func (c *contest) hold(ctx context.Context) error {
	select {
	case c.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(stopFor):
		return errSlow
	}
}

var (
	errSlow     = judging.Fail(judging.Unavailable, "hall.slow", nil)
	errFull     = judging.Fail(judging.Unavailable, "hall.full", nil)
	errShut     = judging.Fail(judging.Unavailable, "hall.shut", nil)
	errStopping = judging.Fail(judging.Unavailable, "hall.stopping", nil)
	errBroken   = judging.Fail(judging.Unavailable, "hall.broken", nil)
	errGone     = judging.Fail(judging.Unavailable, "hall.gone", nil)
	errBusy     = judging.Fail(judging.Busy, "hall.in_use", nil)
)

// barred says why nobody is let in now, whether the contest is open or not.
func (c *contest) barred() error {
	switch {
	case c.hall.stopping.Load():
		return errStopping
	case c.hall.state.isShut(c.name):
		return errShut
	}
	return nil
}

// take notes a use of the open contest; nil where it is closed.
func (c *contest) take() (*opened, func()) {
	o, done := c.peek()
	if o == nil {
		return nil, nil
	}
	asked := func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.used = c.hall.Now()
	}
	asked()
	return o, func() {
		asked()
		done()
	}
}

// peek is take for who only looks: it keeps no contest open.
func (c *contest) peek() (*opened, func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.open == nil {
		return nil, nil
	}
	c.uses++
	return c.open, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.uses--
	}
}

// openIt opens the contest; the caller has the turn. Who asked may leave meanwhile: the next one finds it open.
func (c *contest) openIt(ctx context.Context) error {
	now := c.hall.Now()
	c.mu.Lock()
	again, absent := c.fault != nil && now.Sub(c.failed) < againAfter, c.absent
	c.mu.Unlock()
	switch {
	case absent:
		return errGone
	case again:
		return errBroken
	}
	if !c.hall.makePlace(ctx, c) {
		c.hall.metrics.openings.add("full")
		return errFull
	}
	o, err := c.hall.openContest(context.WithoutCancel(ctx), c)
	if err != nil {
		c.hall.places.Release(1)
	}
	c.mu.Lock()
	c.open, c.used, c.told = o, now, false
	changed := judging.CodeOf(err) != judging.CodeOf(c.fault)
	c.fault, c.failed = err, now
	c.mu.Unlock()
	if err != nil {
		c.hall.metrics.openings.add("failed")
		if changed {
			c.hall.Log.Warn("contest can't be opened", "contest", c.tag, "code", judging.CodeOf(err), "key", keyOf(err))
		}
		return errBroken
	}
	c.hall.metrics.openings.add("ok")
	c.hall.Log.Info("contest opened", "contest", c.tag, "ms", c.hall.Now().Sub(now).Milliseconds())
	return nil
}

// keyOf is the key of an error's text: it says what went wrong and names nothing.
func keyOf(err error) string {
	if e := (*judging.Error)(nil); errors.As(err, &e) {
		return e.Text
	}
	return "error.internal"
}

// placeTries is how many contests are asked to give way for one.
const placeTries = 8

// makePlace takes a place for one more open contest; the one that was asked for longest ago gives way. False where all
// are in use.
func (h *Hall) makePlace(ctx context.Context, forOne *contest) bool {
	for range placeTries {
		if h.places.TryAcquire(1) {
			return true
		}
		var oldest *contest
		var at time.Time
		for _, c := range h.all() {
			c.mu.Lock()
			if c != forOne && c.open != nil && c.uses == 0 && (oldest == nil || c.used.Before(at)) {
				oldest, at = c, c.used
			}
			c.mu.Unlock()
		}
		if oldest == nil {
			return false
		}
		_ = oldest.close(ctx, forPlace) // where somebody came meanwhile, another one gives way
	}
	return h.places.TryAcquire(1)
}
