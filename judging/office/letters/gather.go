package letters

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/office/awards"
	"fayi/judging/office/comments"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/results"
	"fayi/judging/sheet/paper"
	"fayi/judging/store"
	"fayi/judging/terms"
)

// What became of a work, for its unit. Each work has one of them.
const (
	Awarded      = "awarded"
	Judged       = "judged"       // it took part, and has no award
	Disqualified = "disqualified" // by a ruling
	Returned     = "returned"     // it was sent back, and did not come again
	Rejected     = "rejected"
	Withdrawn    = "withdrawn"
)

// result is one work as its letter tells it.
type result struct {
	work  judging.Work
	state string
	award awards.Award // of an awarded one
	also  []string     // special prizes
	rank  int          // in the award list
	said  []string     // by judges
	score string       // where the rules give it away
}

// unit is all that is said to one unit.
type unit struct {
	name  string // it goes by now
	works []result
	won   []awards.Award // prizes of the unit and of its teachers
}

func (u unit) count(states ...string) int {
	n := 0
	for _, r := range u.works {
		if slices.Contains(states, r.state) {
			n++
		}
	}
	return n
}

// everything is what is said to all units, as of one moment.
type everything struct {
	contest judging.Contest
	rules   judging.Rules
	state   records.State
	open    []records.Point
	units   []unit
	without []judging.WorkID // works that name no unit
	won     []awards.Award
	scores  []judging.Placing // none where the rules keep scores back
}

// gather reads what became of all works; what judges wrote is among it where it is wanted or the rules promise it.
// Errors: Closed before the awards are final, *records.OpenError.
func (o Stage) gather(ctx context.Context, wanted bool, words paper.Words) (everything, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) (all everything, err error) {
		if final, err := records.IsFinal(tx); err != nil || !final {
			return all, cmp.Or(err, error(judging.Fail(judging.Closed, "letters.not_final", nil)))
		}
		if all.open, err = o.rec.Pass(ctx, tx, records.GateCertificates); err != nil {
			return all, err
		}
		if all.contest, err = records.LoadContest(tx); err != nil {
			return all, err
		}
		if all.rules, err = records.RuleSheet(tx); err != nil {
			return all, err
		}
		if all.state, err = records.StateOf(tx); err != nil {
			return all, err
		}
		if all.won, err = awards.ListAwards(ctx, tx); err != nil {
			return all, err
		}
		var said []comments.Comment
		if wanted || all.rules.Feedback != terms.FeedbackNone {
			if said, err = comments.Unnamed(tx, words); err != nil {
				return all, err
			}
		}
		if all.rules.Feedback == terms.FeedbackTotal {
			if all.scores, err = results.Rank(ctx, records.ReadingOf(tx), all.contest.Round); err != nil {
				return all, err
			}
		}
		return all, all.tell(tx, said)
	})
}

// tell parts all works by the unit that sent them.
func (all *everything) tell(tx store.Tx, comments []comments.Comment) error {
	register, err := records.LoadUnitRegister(tx)
	if err != nil {
		return err
	}
	in, err := records.InContest(tx)
	if err != nil {
		return err
	}
	rank := map[judging.WorkID]int{}
	for i, a := range all.won {
		rank[a.Work] = i + 1
	}
	said := map[judging.WorkID][]string{}
	for _, c := range comments {
		said[c.Work] = append(said[c.Work], c.Text)
	}
	score := map[judging.WorkID]string{}
	for _, p := range all.scores {
		if p.Place > 0 {
			score[p.Work] = results.Points(p.Official)
		}
	}
	by := map[string]*unit{}
	of := func(name string) *unit {
		name = nowOf(register, name)
		if by[name] == nil {
			by[name] = &unit{name: name}
		}
		return by[name]
	}
	err = records.EachWork(tx, func(w judging.Work) error {
		r := result{work: w, state: stateOf(w, in(w)), said: said[w.ID], rank: rank[w.ID], score: score[w.ID]}
		if r.rank > 0 {
			r.award, r.state = all.won[r.rank-1], Awarded
		}
		if w.Body() == "" {
			all.without = append(all.without, w.ID)
			return nil
		}
		u := of(w.Body())
		u.works = append(u.works, r)
		return nil
	})
	if err != nil {
		return err
	}
	return all.prizes(tx, register, by)
}

// prizes adds the prizes of units and teachers, and puts all in order.
func (all *everything) prizes(tx store.Tx, register records.UnitRegister, by map[string]*unit) error {
	h, err := awards.HonoursIn(tx)
	if err != nil {
		return err
	}
	give := func(a awards.Award) {
		if u := by[nowOf(register, a.Unit)]; u != nil {
			u.won = append(u.won, a)
		}
	}
	for _, p := range h.Units {
		if p.Given {
			give(awards.Award{Award: p.Prize, Unit: p.Unit})
		}
	}
	for _, m := range h.Mentors {
		give(awards.Award{Award: m.Prize, Authors: []string{m.Teacher}, Unit: m.Unit})
	}
	also := map[judging.WorkID][]string{}
	for _, a := range h.SpecialAwards() {
		also[a.Work] = append(also[a.Work], a.Award)
	}
	for _, u := range by {
		for i := range u.works {
			u.works[i].also = also[u.works[i].work.ID]
		}
		slices.SortFunc(u.works, func(a, b result) int {
			return cmp.Or(cmp.Compare(place(a), place(b)), strings.Compare(string(a.work.ID), string(b.work.ID)))
		})
		all.units = append(all.units, *u)
	}
	slices.SortFunc(all.units, func(a, b unit) int { return strings.Compare(a.name, b.name) })
	return nil
}

// place puts works with an award first, in the order of the award list, then those that took part.
func place(r result) int {
	switch {
	case r.rank > 0:
		return r.rank
	case r.state == Judged:
		return 1 << 30
	}
	return 1<<30 + 1
}

// nowOf is the name that a unit goes by now.
func nowOf(register records.UnitRegister, name string) string {
	if listed, ok := register.Find(name); ok {
		return register.Now(listed)
	}
	return name
}

func stateOf(w judging.Work, in bool) string {
	switch {
	case in:
		return Judged
	case w.Status == judging.Returned:
		return Returned
	case w.Status == judging.Rejected:
		return Rejected
	case w.Status == judging.Withdrawn:
		return Withdrawn
	}
	return Disqualified
}

// taken is one line of the statistics of participation.
type taken struct {
	Unit, Kind, Category, Group string

	Sent, Accepted, Awarded int
}

// participation counts works by unit, category and group; units of a list that sent nothing stand there too, with one
// line of noughts.
func participation(tx store.Tx) ([]taken, error) {
	register, err := records.LoadUnitRegister(tx)
	if err != nil {
		return nil, err
	}
	given, err := results.AwardsGiven(tx)
	if err != nil {
		return nil, err
	}
	in, err := records.InContest(tx)
	if err != nil {
		return nil, err
	}
	by := map[[3]string]*taken{}
	some := map[string]bool{}
	err = records.EachWork(tx, func(w judging.Work) error {
		key := [3]string{nowOf(register, w.Body()), w.Category, w.Group}
		if by[key] == nil {
			listed, _ := register.Find(key[0])
			by[key] = &taken{Unit: key[0], Kind: listed.Kind, Category: w.Category, Group: w.Group}
		}
		t := by[key]
		some[key[0]] = true
		t.Sent++
		if in(w) {
			t.Accepted++
		}
		if given[w.ID] != "" {
			t.Awarded++
		}
		return nil
	})
	for _, name := range register.Names() {
		listed, _ := register.Find(name)
		if name = register.Now(listed); !some[name] {
			some[name] = true
			by[[3]string{name}] = &taken{Unit: name, Kind: listed.Kind}
		}
	}
	var out []taken
	for _, t := range by {
		out = append(out, *t)
	}
	slices.SortFunc(out, func(a, b taken) int {
		return cmp.Or(strings.Compare(a.Unit, b.Unit), strings.Compare(a.Category, b.Category),
			strings.Compare(a.Group, b.Group))
	})
	return out, err
}
