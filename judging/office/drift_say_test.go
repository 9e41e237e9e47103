package office_test

import "slices"

// fate is what becomes of a statement.
type plainFate string

const (
	fateKnown   plainFate = "known"
	fateTaken   plainFate = "taken"
	fateClash   plainFate = "clash"
	fateRefused plainFate = "refused"
)

// saying is one statement on its way in.
type saying struct {
	judge, work string
	n           int
	src         string // desk, cli, sheet
	base        int    // the statement it was made on; 0: on nothing; -1: it does not know
	take        string // contest, or src for the one that is brought
	last        int    // of a desk: the statement it made last
	contested   bool
}

// say is the one door for scores as it should be: said again it is known; made on what holds it is taken; else both
// are kept until somebody decides.
func (p *plain) say(x saying) plainFate {
	if !p.Planned || !slices.Contains(p.list(x.judge), x.work) {
		return fateRefused
	}
	s := p.score(x.judge, x.work)
	now, some := s.now()
	some = some && now.N != noScore
	onNow := x.base == 0 && !some || some && (x.base == now.ID || x.last != 0 && x.last == now.ID) ||
		x.base == -1 && some && now.Src == x.src
	made := plainSaid{Key: p.key(x.judge, x.work), N: x.n, Src: x.src, Base: x.base}
	again := func(v plainSaid) bool { return x.src == "sheet" && v.Src == "sheet" && v.N == x.n && v.Base == x.base }
	known := slices.ContainsFunc(s.Said, again)
	switch {
	case some && now.N == x.n && s.Void:
		return fateKnown
	case some && now.N == x.n:
		a := p.Again[x.work]
		if known || !onNow || x.src == "sheet" && x.base == now.ID || a == nil || !a.Open || now.At > a.At {
			return fateKnown
		}
	case x.src == "sheet" && slices.ContainsFunc(s.Said, func(v plainSaid) bool {
		return v.ID == x.base && v.N == x.n
	}):
		return fateKnown // the row is as it was written
	case known && x.take != x.src:
		return fateKnown
	}
	if s.Void || !p.writable(x.judge, x.work) {
		return fateRefused
	}
	p.NextID += 2
	made.ID, made.At = p.NextID, p.Clock
	if (!some || onNow) && !x.contested || x.take == x.src && !x.contested {
		s.Said = append(s.Said, made)
		s.settle()
		p.Acked = append(p.Acked, made)
		return fateTaken
	}
	if x.take == "contest" {
		s.Said = append(s.Said, made)
		if !some { // nothing holds, and that goes on
			now = made
			now.N = noScore
		}
		s.Said = append(s.Said, now)
		s.settle()
		p.Acked = append(p.Acked, made)
		return fateTaken
	}
	if !slices.ContainsFunc(s.Waiting, func(v plainSaid) bool { return v.N == x.n && v.Src == x.src }) {
		s.Waiting = append(s.Waiting, made)
		p.Acked = append(p.Acked, made)
	}
	return fateClash
}

// noScore is the total of a score that was decided to stay open.
const noScore = -2

// settle takes off what waits all that says what holds now, or that has joined the history.
func (s *plainScore) settle() {
	now, _ := s.now()
	s.Waiting = slices.DeleteFunc(s.Waiting, func(v plainSaid) bool {
		return v.N == now.N || slices.ContainsFunc(s.Said, func(h plainSaid) bool {
			return h.ID == v.ID || h.Src == "sheet" && h.Src == v.Src && h.N == v.N && h.Base == v.Base
		})
	})
}

// pending are the statements of which one could hold.
func (s *plainScore) pending() []plainSaid {
	now, _ := s.now()
	if s.Void || !slices.ContainsFunc(s.candidates(), func(v plainSaid) bool { return v.N != now.N }) {
		return nil
	}
	return s.candidates()
}

// resolve decides which of what waits holds; "contest" is what holds now.
func (p *plain) resolve(judge, work, take string) {
	s := p.score(judge, work)
	now, some := s.now()
	if !some {
		now.N = noScore
	}
	held := now
	for _, v := range s.candidates() {
		if v.Src == take {
			held = v
		}
	}
	s.Said = append(s.Said, s.Waiting...)
	s.Waiting = nil
	if last, _ := s.now(); last.ID != held.ID {
		s.Said = append(s.Said, held)
	}
}
