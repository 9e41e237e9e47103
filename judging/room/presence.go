package room

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"fayi/judging"
)

// Here is what the room knows of one judge's device.
type Here struct {
	Judge   judging.JudgeID `json:"judge"`
	Kind    string          `json:"kind"`    // of device, a word of sign.Kinds
	Seen    time.Time       `json:"seen"`    // when it asked last
	Open    bool            `json:"open"`    // its page is open, or was a moment ago
	Waiting int             `json:"waiting"` // scores that are on the device only, as it said last
	Knocks  int             `json:"knocks"`  // other devices that were refused since the room was opened
}

// presence remembers who is here.
type presence struct {
	now func() time.Time

	mu  sync.Mutex
	all map[judging.JudgeID]*seen
}

type seen struct {
	Here
	knock   knock
	own     map[string]bool // devices that were let in since the room was opened
	streams int
	left    time.Time // when its page last stopped to wait for news
}

// between is how long a page may be away and still count as open: one that is loaded again, or that asks again and
// again because it can't listen, is not away.
const between = 5 * time.Second

func newPresence(now func() time.Time) *presence {
	return &presence{now: now, all: map[judging.JudgeID]*seen{}}
}

func (p *presence) of(judge judging.JudgeID) *seen {
	if p.all[judge] == nil {
		p.all[judge] = &seen{Here: Here{Judge: judge}}
	}
	return p.all[judge]
}

// mostOwn is how many devices of a judge are remembered.
const mostOwn = 16

// saw notes a request of a device that was let in.
func (p *presence) saw(judge judging.JudgeID, device, kind, waiting string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.of(judge)
	if s.own == nil {
		s.own = map[string]bool{}
	}
	if len(s.own) < mostOwn {
		s.own[device] = true
	}
	s.Kind, s.Seen = kind, p.now()
	if n, err := strconv.Atoi(waiting); err == nil && n >= 0 && n < 1e6 {
		s.Waiting = n
	}
}

// knock is that a device was refused since another one is bound.
type knock struct {
	n            int // of those that were refused
	device, kind string
}

// id changes with each knock.
func (k knock) id() string { return strconv.Itoa(k.n) }

// knocked notes that a device was refused; false for the one that was refused last, and for one that the judge had
// before: its page may still be open.
func (p *presence) knocked(judge judging.JudgeID, device, kind string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.of(judge)
	if s.knock.device == device || s.own[device] {
		return false
	}
	s.knock = knock{s.knock.n + 1, device, kind}
	s.Knocks = s.knock.n
	return true
}

func (p *presence) knockOf(judge judging.JudgeID) knock {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.all[judge] == nil {
		return knock{}
	}
	return p.all[judge].knock
}

// listens notes that a page waits for news; the result is called when it does no more.
func (p *presence) listens(judge judging.JudgeID) func() {
	count := func(by int) {
		p.mu.Lock()
		defer p.mu.Unlock()
		s := p.of(judge)
		s.streams += by
		s.Seen = p.now()
		s.left = s.Seen
	}
	count(1)
	return func() { count(-1) }
}

// Here lists the judges whose devices asked something since the room was opened, by identity.
func (s *Server) Here() []Here {
	p := s.presence
	p.mu.Lock()
	defer p.mu.Unlock()
	out, now := make([]Here, 0, len(p.all)), p.now()
	for _, one := range p.all {
		h := one.Here
		h.Open = one.streams > 0 || !one.left.IsZero() && now.Sub(one.left) < between
		out = append(out, h)
	}
	slices.SortFunc(out, func(a, b Here) int { return strings.Compare(string(a.Judge), string(b.Judge)) })
	return out
}
