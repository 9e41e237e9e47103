package tally

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/store"
)

// counted are the tables of whose records it matters what they were.
var counted = map[string]bool{"score": true, "second_total": true, "roster": true, "plan": true, "work": true,
	"intake": true, "ruling": true}

// Watch is a transaction that notes what is written that is tallied.
type Watch struct {
	store.Tx
	before map[string][]byte // key -> record before the transaction, nil for none
	does   does              // what it may have changed
}

// Over begins to note what is written in tx.
func Over(tx store.Tx) *Watch { return &Watch{Tx: tx} }

// Put implements store.Tx.
func (w *Watch) Put(key, value []byte) error {
	if err := w.note(key); err != nil {
		return err
	}
	return w.Tx.Put(key, value)
}

// Delete implements store.Tx.
func (w *Watch) Delete(key []byte) error {
	if err := w.note(key); err != nil {
		return err
	}
	return w.Tx.Delete(key)
}

// note keeps what is under a key before it is first written.
func (w *Watch) note(key []byte) error {
	table, id, _ := bytes.Cut(key, []byte{0})
	name := string(table)
	if i := strings.IndexByte(name, 1); i >= 0 { // an entry of an index: its record is written, too
		return nil
	}
	w.does.write(name, string(id))
	if !counted[name] {
		return nil
	}
	if w.before == nil {
		w.before = map[string][]byte{}
	}
	if _, met := w.before[string(key)]; met {
		return nil
	}
	old, err := w.Tx.Get(key)
	if err != nil && !errors.Is(err, judging.ErrNotFound) {
		return err
	}
	if name == "work" && old == nil {
		return nil // a new work is on nobody's list
	}
	w.before[string(key)] = bytes.Clone(old)
	return nil
}

// Settle brings the tallies to what the transaction wrote, as its last step, in tx; began is how many entries the
// journal had at its beginning. Tallies that can't be trusted stay so.
func (w *Watch) Settle(tx store.Tx, began int) error {
	m, err := get(marks, tx, "mark")
	if err != nil || m == nil || m.Journal != began || m.Form != form {
		return err
	}
	s := &settling{tx: tx, judges: map[string]*Judge{}, rounds: map[string]*Round{}, whole: map[string]bool{},
		plans: map[judging.Round]*judging.Plan{}}
	if err := s.all(w.before); err != nil {
		return err
	}
	if err := w.does.look(tx, w.before); err != nil {
		return err
	}
	now, err := journal(tx)
	if err != nil || now == began && w.does == (does{}) {
		return err
	}
	m.Journal = now
	w.does.count(m)
	return marks.Put(tx, *m)
}

// settling is the settling of one transaction.
type settling struct {
	tx     store.Tx
	judges map[string]*Judge
	rounds map[string]*Round
	plans  map[judging.Round]*judging.Plan // in force; nil for none
	whole  map[string]bool                 // judges that were counted from their scores
	in     func(judging.WorkID) (string, error)
}

func (s *settling) all(before map[string][]byte) error {
	again := map[judging.Round]bool{} // rounds to be counted from the beginning
	scored := map[string]bool{}
	for _, key := range slices.Sorted(maps.Keys(before)) {
		table, id, _ := strings.Cut(key, "\x00")
		switch table {
		case "score", "second_total":
			scored[id] = true
		case "ruling": // which works it puts out, does.look sees
		default:
			if err := s.begins(table, id, before[key], again); err != nil {
				return err
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(scored)) {
		if err := s.score(id, before, again); err != nil {
			return err
		}
	}
	if err := s.worksOf(scored); err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(s.judges)) {
		if j := s.judges[id]; j != nil && !again[j.Round] {
			if err := judges.Put(s.tx, *j); err != nil {
				return err
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(s.rounds)) {
		if err := rounds.Put(s.tx, *s.rounds[id]); err != nil {
			return err
		}
	}
	for _, round := range slices.Sorted(maps.Keys(again)) {
		if err := s.recountRound(round); err != nil {
			return err
		}
	}
	return nil
}

// begins tells which rounds are to be counted from the beginning since a plan, a list or a work's category changed.
func (s *settling) begins(table, id string, old []byte, again map[judging.Round]bool) error {
	switch table {
	case "plan":
		for _, of := range []func() (*judging.Plan, error){
			func() (*judging.Plan, error) { return decode(plans, old) },
			func() (*judging.Plan, error) { return get(plans, s.tx, id) },
		} {
			p, err := of()
			if err != nil {
				return err
			}
			if p != nil && p.State == judging.Published {
				again[p.Round] = true
			}
		}
	case "roster":
		plan, _, _ := strings.Cut(id, "/")
		p, err := get(plans, s.tx, plan)
		if err != nil {
			return err
		}
		if p != nil && p.State == judging.Published {
			again[p.Round] = true
		}
	case "work":
		was, err := decode(works, old)
		if err != nil {
			return err
		}
		is, err := get(works, s.tx, id)
		if err != nil || sameCategories(was, is) {
			return err
		}
		return s.allAgain(again)
	case "intake": // the states that it gave works come to hold, or cease to
		was, err := decode(intakes, old)
		if err != nil {
			return err
		}
		is, err := get(intakes, s.tx, id)
		if err != nil || was.live() == is.live() {
			return err
		}
		return s.allAgain(again)
	}
	return nil
}

func (i *intake) live() bool { return i != nil && i.State == judging.Live }

func (s *settling) allAgain(again map[judging.Round]bool) error {
	return plans.Each(s.tx, func(p judging.Plan) error {
		if p.State == judging.Published {
			again[p.Round] = true
		}
		return nil
	})
}

// sameCategories reports whether all states of a work are of the same categories as before; a state more, of an intake
// under way, counts as one that may come to hold.
func sameCategories(was, is *work) bool {
	if was == nil || is == nil {
		return was == is
	}
	of := func(w *work) map[string]bool {
		out := map[string]bool{}
		for _, v := range w.Versions {
			out[v.Work.Category] = true
		}
		return out
	}
	if len(was.Versions) == 0 || len(is.Versions) == 0 {
		return false
	}
	return maps.Equal(of(was), of(is)) && was.Versions[0].Work.Category == is.Versions[0].Work.Category
}

// decode reads a record that was noted.
func decode[T any](table *store.Table[T], raw []byte) (*T, error) {
	if raw == nil {
		return nil, nil
	}
	v, err := table.Read(raw)
	return &v, err
}

func (s *settling) plan(round judging.Round) (*judging.Plan, error) {
	if p, met := s.plans[round]; met {
		return p, nil
	}
	p, err := published(s.tx, round)
	s.plans[round] = p
	return p, err
}

func (s *settling) category(id judging.WorkID) (out string, err error) {
	if s.in == nil {
		if s.in, err = categories(s.tx); err != nil {
			return "", err
		}
	}
	return s.in(id)
}

// OnList reports whether a work is on a judge's list. It looks for the identity in the record as it is written, since
// reading a list of thousands at each save would take longer than the save.
func OnList(tx store.Tx, plan judging.PlanID, judge judging.JudgeID, w judging.WorkID) (bool, error) {
	raw, err := tx.Get([]byte("roster\x00" + judging.Roster{Plan: plan, Judge: judge}.ID()))
	if errors.Is(err, judging.ErrNotFound) {
		return false, nil
	}
	return bytes.Contains(raw, []byte(`"`+string(w)+`"`)), err
}

// recountJudge counts one judge from their scores.
func (s *settling) recountJudge(p judging.Plan, judge judging.JudgeID) error {
	r, err := get(rosters, s.tx, judging.Roster{Plan: p.ID, Judge: judge}.ID())
	if err != nil || r == nil {
		return err
	}
	given := map[judging.WorkID]said{}
	err = scores.By(s.tx, "judge", seatID(p.Round, judge), func(x score) error { given[x.Work] = x.now(); return nil })
	if err != nil {
		return err
	}
	if _, err := s.category(""); err != nil {
		return err
	}
	j, err := judgeOf(p, *r, given, s.in)
	if err != nil {
		return err
	}
	id := seatID(p.Round, judge)
	s.judges[id], s.whole[id] = &j, true
	return nil
}

// recountRound counts all judges of a round again, by the plan in force.
func (s *settling) recountRound(round judging.Round) error {
	old, err := judges.List(s.tx, roundID(round)+"/")
	if err != nil {
		return err
	}
	p, err := published(s.tx, round)
	if err != nil {
		return err
	}
	keep := map[judging.JudgeID]bool{}
	if p != nil {
		lists, err := rosters.List(s.tx, string(p.ID)+"/")
		if err != nil {
			return err
		}
		for _, r := range lists {
			keep[r.Judge] = true
			if err := s.recountJudge(*p, r.Judge); err != nil {
				return err
			}
			if err := judges.Put(s.tx, *s.judges[seatID(round, r.Judge)]); err != nil {
				return err
			}
		}
	}
	for _, j := range old {
		if !keep[j.Judge] {
			if err := judges.Delete(s.tx, seatID(round, j.Judge)); err != nil {
				return err
			}
		}
	}
	return nil
}
