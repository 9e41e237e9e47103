package sign

import (
	"errors"
	"strconv"
	"strings"
	"sync"
)

const (
	// perPass is how many sessions of one pass are open at a time: tabs, and those that were closed without a word.
	perPass = 16
	// window is how far behind the highest count of a session a request may come: a browser sends several at once.
	window = 256
)

// ErrReplayed is the error of a count that came before, or so long ago that nobody knows.
var ErrReplayed = errors.New("request came before")

// ErrNoSession is the error of a session that this program never opened, or has closed.
var ErrNoSession = errors.New("no such session")

// Sessions refuses what was sent before. It lives as long as the program: with the next one, all sessions are new, so
// nothing of it needs to be kept. It may be used from many goroutines.
type Sessions struct {
	key []byte // of this program's run

	mu     sync.Mutex
	last   uint64
	passes map[string]*passSessions
}

type passSessions struct {
	floor uint64 // sessions up to this number are closed
	open  []*session
}

type session struct {
	n    uint64
	high uint64
	seen [window / 64]uint64 // of the counts up to high, a bit each
}

// NewSessions returns sessions under a key drawn for this run of the program.
func NewSessions(key []byte) *Sessions {
	return &Sessions{key: key, passes: map[string]*passSessions{}}
}

// Open returns the name of a new session of a pass. Nothing is kept of it until a request is used in it.
func (s *Sessions) Open(pass string) string {
	s.mu.Lock()
	s.last++
	n := s.last
	s.mu.Unlock()
	number := strconv.FormatUint(n, 36)
	return number + "." + Short(s.key, pass, number)
}

// Use takes a request's count. The caller has checked its signature. Errors: ErrNoSession, ErrReplayed.
func (s *Sessions) Use(pass, name string, count uint64) error {
	number, proof, _ := strings.Cut(name, ".")
	if !Holds(s.key, proof, pass, number) {
		return ErrNoSession
	}
	n, err := strconv.ParseUint(number, 36, 64)
	if err != nil {
		return ErrNoSession
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.passes[pass]
	if p == nil {
		p = &passSessions{}
		s.passes[pass] = p
	}
	one := p.find(n)
	if one == nil {
		return ErrNoSession
	}
	return one.use(count)
}

// find returns session n, and opens it if it is new. The oldest is closed when there are too many.
func (p *passSessions) find(n uint64) *session {
	for i, o := range p.open {
		if o.n == n { // the last used stands last
			p.open = append(append(p.open[:i:i], p.open[i+1:]...), o)
			return o
		}
	}
	if n <= p.floor {
		return nil
	}
	if len(p.open) == perPass {
		p.close()
	}
	if n <= p.floor {
		return nil
	}
	o := &session{n: n}
	p.open = append(p.open, o)
	return o
}

// close ends the session that was used longest ago, and with it all older ones: which of those were used is forgotten.
func (p *passSessions) close() {
	p.floor = max(p.floor, p.open[0].n)
	var left []*session
	for _, o := range p.open {
		if o.n > p.floor {
			left = append(left, o)
		}
	}
	p.open = left
}

// use marks a count as seen.
func (o *session) use(count uint64) error {
	if count == 0 || count+window <= o.high {
		return ErrReplayed
	}
	for o.high < count {
		if count-o.high > window {
			o.high = count - window
			o.seen = [window / 64]uint64{}
		}
		o.high++
		o.seen[o.high/64%(window/64)] &^= 1 << (o.high % 64)
	}
	bit, word := uint64(1)<<(count%64), &o.seen[count/64%(window/64)]
	if *word&bit != 0 {
		return ErrReplayed
	}
	*word |= bit
	return nil
}
