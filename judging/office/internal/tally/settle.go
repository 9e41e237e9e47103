package tally

import (
	"fayi/judging"
	"strings"
)

// score brings the tallies to one score, of which it or its second typing was written.
func (s *settling) score(id string, before map[string][]byte, again map[judging.Round]bool) error {
	is, err := get(scores, s.tx, id)
	if err != nil {
		return err
	}
	was := is
	if raw, written := before["score\x00"+id]; written {
		if was, err = decode(scores, raw); err != nil {
			return err
		}
	}
	if err := s.typedOf(id, was, is, before); err != nil {
		return err
	}
	if err := s.raisedOf(id, was, is); err != nil {
		return err
	}
	some := is
	if some == nil {
		some = was
	}
	if some == nil || again[some.Round] {
		return nil
	}
	return s.doneOf(some, was, is)
}

func (s *settling) typedOf(id string, was, is *score, before map[string][]byte) error {
	t, err := get(seconds, s.tx, id)
	if err != nil {
		return err
	}
	old := t
	if raw, written := before["second_total\x00"+id]; written {
		if old, err = decode(seconds, raw); err != nil {
			return err
		}
	}
	if (was == nil || !was.typed()) && (is == nil || !is.typed()) {
		return nil
	}
	name, _, _ := strings.Cut(id, "/")
	r := s.rounds[name]
	if r == nil {
		if r, err = get(rounds, s.tx, name); err != nil {
			return err
		}
		if r == nil {
			r = &Round{}
		}
		s.rounds[name] = r
	}
	for _, x := range []*score{was, is} {
		if x != nil {
			r.Round = x.Round
		}
	}
	r.add(was, old, -1)
	r.add(is, t, 1)
	return nil
}

func (s *settling) raisedOf(id string, was, is *score) error {
	did, does := Raises(was.now().State, was.now().Flags), Raises(is.now().State, is.now().Flags)
	switch {
	case does && !did:
		return raisings.Put(s.tx, raising{id})
	case did && !does:
		return raisings.Delete(s.tx, id)
	}
	return nil
}

// doneOf counts a score that became another. What is the last time when that goes back, only a recount tells.
func (s *settling) doneOf(of, was, is *score) error {
	p, err := s.plan(of.Round)
	if err != nil || p == nil {
		return err
	}
	id := seatID(of.Round, of.Judge)
	j, met := s.judges[id]
	if !met {
		if j, err = get(judges, s.tx, id); err != nil {
			return err
		}
		s.judges[id] = j
	}
	if j == nil || s.whole[id] { // not on the plan, or counted with what it is now
		return nil
	}
	on, err := OnList(s.tx, p.ID, of.Judge, of.Work)
	if err != nil || !on {
		return err
	}
	old, now := was.now(), is.now()
	if now.At.Before(old.At) {
		return s.recountJudge(*p, of.Judge)
	}
	category, err := s.category(of.Work)
	if err != nil {
		return err
	}
	if j.Cells == nil {
		j.Cells = map[string]Part{}
	}
	cell := j.Cells[category]
	for _, x := range []struct {
		said
		n int
	}{{old, -1}, {now, 1}} {
		switch {
		case x.finished():
			j.Done += x.n
			cell.Done += x.n
		case x.State == judging.Skipped:
			j.Skipped += x.n
		}
	}
	j.Cells[category] = cell
	if now.At.After(j.Last) {
		j.Last = now.At
	}
	return nil
}
