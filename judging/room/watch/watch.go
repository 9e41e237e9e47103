// Package watch looks at a contest whenever something was written to it, and wakes the pages of the room that wait.
//
// It promises: what is handed out of the stage is never older than what was handed out before; a call, a break and a
// release wake pages at once, all else within a beat; without news nobody reads anything.
package watch

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"sync"
	"time"

	"fayi/judging"
	"fayi/judging/office/live"
)

// gathered is how long writes that follow each other become one look.
const gathered = 50 * time.Millisecond

// Config is what a watch needs from outside.
type Config struct {
	Board     func(ctx context.Context) (live.Board, error)
	Subscribe func() (rings <-chan struct{}, leave func()) // signals that something was written
	Now       func() time.Time
	Beat      time.Duration // between wakings of judges' pages, unless the stage changed
}

// Sight is the stage as the big screen may show it.
type Sight struct {
	Tag   string      `json:"tag"`   // changes with the board
	Board *live.Board `json:"board"` // nil before scoring is prepared
}

// Turn is what judges see of the stage: which work is on, of whatever list, without title or name.
type Turn struct {
	Total  int              `json:"total"` // works in the running order; 0: nothing comes onto a stage
	Number int              `json:"number,omitempty"`
	Code   judging.WorkCode `json:"code,omitempty"`
	State  string           `json:"state,omitempty"` // called, closed or released
	Next   int              `json:"next,omitempty"`  // number of the work that comes then
	Break  string           `json:"break,omitempty"` // words of a break that is on
}

// Watch is one contest that is looked at. Its methods may be called from many goroutines.
type Watch struct {
	c Config

	looking sync.Mutex // one look after the other, so that none overtakes

	mu     sync.Mutex
	sight  Sight
	at     time.Time // when sight was seen
	turn   Turn
	seen   bool
	screen chan struct{} // closed when sight is another
	lists  chan struct{} // closed when judges are to ask
}

// New returns a watch that looks when it is asked, and by itself while it runs.
func New(c Config) *Watch {
	return &Watch{c: c, screen: make(chan struct{}), lists: make(chan struct{})}
}

// Run looks at every news until ctx ends.
func (w *Watch) Run(ctx context.Context) {
	rings, leave := w.c.Subscribe()
	defer leave()
	w.look(ctx)
	var later <-chan time.Time // when judges' pages are woken
	for {
		select {
		case <-ctx.Done():
			return
		case <-later:
			later = nil
			w.Wake()
			continue
		case <-rings:
		}
		if w.look(ctx) {
			later = nil
			w.Wake()
		} else if later == nil {
			later = time.After(w.c.Beat)
		}
		select {
		case <-ctx.Done():
		case <-time.After(gathered):
		}
	}
}

// look reads the stage and wakes screens when it is another; true when it is new to judges. What can't be read leaves
// what was seen before.
func (w *Watch) look(ctx context.Context) bool {
	w.looking.Lock()
	defer w.looking.Unlock()
	b, err := w.c.Board(ctx)
	at := w.c.Now()
	w.mu.Lock()
	defer w.mu.Unlock()
	if err != nil {
		return false
	}
	w.seen = true
	if tag := tagOf(b); tag != w.sight.Tag {
		w.sight, w.at = Sight{Tag: tag, Board: &b}, at
		close(w.screen)
		w.screen = make(chan struct{})
	}
	turn := turnOf(b)
	fresh := turn != w.turn
	w.turn = turn
	return fresh
}

// tagOf marks what a board says; how long a clock has run is no news.
func tagOf(b live.Board) string {
	if b.Now != nil && b.Now.Running {
		now := *b.Now
		now.Seconds = 0
		b.Now = &now
	}
	doc, _ := json.Marshal(b) // of plain values
	sum := sha256.Sum256(doc)
	return hex.EncodeToString(sum[:8])
}

func turnOf(b live.Board) Turn {
	t := Turn{Total: b.Total, Break: b.Break}
	if b.Now != nil {
		t.Number, t.Code, t.State = b.Now.Number, b.Now.Code, string(b.Now.State)
	}
	if b.Next != nil {
		t.Next = b.Next.Number
	}
	return t
}

// Wake makes judges ask for their lists.
func (w *Watch) Wake() {
	w.mu.Lock()
	defer w.mu.Unlock()
	close(w.lists)
	w.lists = make(chan struct{})
}

// Screen returns what the big screen may show now, and what is closed when that is no longer so.
func (w *Watch) Screen(ctx context.Context) (Sight, <-chan struct{}) {
	w.first(ctx)
	w.mu.Lock()
	defer w.mu.Unlock()
	s := w.sight
	if s.Board != nil && s.Board.Now != nil && s.Board.Now.Running { // its clock went on since it was seen
		b, now := *s.Board, *s.Board.Now
		now.Seconds += max(0, w.c.Now().Sub(w.at).Seconds())
		b.Now, s.Board = &now, &b
	}
	return s, w.screen
}

// Turn returns what judges see of the stage.
func (w *Watch) Turn(ctx context.Context) Turn {
	w.first(ctx)
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.turn
}

// first looks once, where nobody has looked yet.
func (w *Watch) first(ctx context.Context) {
	w.mu.Lock()
	seen := w.seen
	w.mu.Unlock()
	if !seen {
		w.look(ctx)
	}
}

// Lists returns what is closed when judges' lists may be others.
func (w *Watch) Lists() <-chan struct{} {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.lists
}
