// Package live runs performances on a stage: the running order, which work is on and may be scored, how long it took,
// and what the big screen may show. Scores come in by the one door of package scoring, which asks here whether a work
// is on.
package live

import (
	"cmp"
	"context"
	"slices"
	"time"

	"fayi/judging"
	"fayi/judging/live"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/turns"
	"fayi/judging/store"
)

// Stage runs the stage of an open contest; package office hands it out. Its methods may be called from many
// goroutines.
type Stage struct {
	rec *records.Records
}

// Of returns the stage of a contest's records.
func Of(rec *records.Records) Stage { return Stage{rec} }

// Turn is a work's turn with what people call the work, and how far its judges are.
type Turn struct {
	turns.Turn
	Code     judging.WorkCode `json:"code"`
	Title    string           `json:"title"`
	Authors  []string         `json:"authors"`
	Unit     string           `json:"unit"`
	Category string           `json:"category"`
	Group    string           `json:"group,omitempty"`
	Seats    int              `json:"seats"`  // judges who are to score it
	Scored   int              `json:"scored"` // of these, have said all they will: a score, an abstention, a recusal
	Seconds  float64          `json:"seconds"`
	// of the work that is on the stage: its judges, by identity
	Panel []Seat `json:"panel,omitempty"`
	// and for how many seconds they could have finished: since the performance ended, or since the call where it is
	// not timed
	Waited float64 `json:"waited,omitempty"`
	// what was released is no longer what the scores and the office say: it is to be released again
	Behind bool `json:"behind,omitempty"`
}

// Seat is a judge of the work that is on the stage.
type Seat struct {
	Judge judging.JudgeID `json:"judge"`
	Name  string          `json:"name"`
	Done  bool            `json:"done"` // has said all they will: a score, an abstention, a recusal
}

// DrawRequest says what is drawn.
type DrawRequest struct {
	Categories []string // whose works come on; at least one
	Seed       *uint64  // draws the lots: the same seed, the same order; nil: one is drawn
	Again      bool     // in the place of a running order that there is
}

// Draw makes the running order of the present round by lot: the works of the categories given that judges are to score,
// list by list in the order of the categories. Errors: Closed when no plan is published, NotFound for a category, Clash
// when no work is there, when there is a running order and Again is not set, or when a work of it was called already.
func (o Stage) Draw(ctx context.Context, req DrawRequest) ([]Turn, error) {
	seed, err := records.Seed(o.rec.Random, req.Seed)
	if err != nil {
		return nil, err
	}
	var out []Turn
	err = o.rec.Change(ctx, records.Scoring, func(tx store.Tx) error {
		in, err := o.load(tx)
		if err != nil {
			return err
		}
		if err := in.loadSeats(tx); err != nil {
			return err
		}
		if err := in.loadWorks(tx, in.order); err != nil {
			return err
		}
		works, err := in.worksOf(req.Categories)
		if err != nil {
			return err
		}
		for _, t := range in.turns {
			if t.State != turns.Waiting {
				return judging.Fail(judging.Clash, "stage.begun", judging.Args{"Number": t.Number})
			}
		}
		if len(in.turns) > 0 && !req.Again {
			return judging.Fail(judging.Clash, "stage.drawn_already", judging.Args{"Count": len(in.turns)})
		}
		for _, t := range in.turns {
			if err := turns.Table.Delete(tx, t.ID()); err != nil {
				return err
			}
		}
		drawn := live.Draw(seed, len(works))
		for i, w := range works {
			t := turns.Turn{Round: in.round, Work: w.ID, Number: drawn[i], State: turns.Waiting, Seed: seed}
			if err := turns.Table.Put(tx, t); err != nil {
				return err
			}
		}
		if err := o.rec.Log(tx, "stage.draw", judging.Serial("r", 2, int(in.round)), nil,
			map[string]any{"seed": seed, "works": len(works), "categories": req.Categories}); err != nil {
			return err
		}
		out, err = o.order(tx)
		return err
	})
	return out, err
}

// Move puts a waiting work, named by identity or code, to another number of the running order; those between move by
// one. Numbers of works that were called stay theirs. Errors: NotFound, Clash for a work that was called, Invalid for a
// number that no waiting work has.
func (o Stage) Move(ctx context.Context, work string, number int) ([]Turn, error) {
	var out []Turn
	err := o.rec.Change(ctx, records.Scoring, func(tx store.Tx) error {
		in, err := o.load(tx)
		if err != nil {
			return err
		}
		from, err := in.find(tx, work)
		if err != nil {
			return err
		}
		to := slices.IndexFunc(in.turns, func(t turns.Turn) bool { return t.Number == number })
		switch {
		case in.turns[from].State != turns.Waiting:
			return judging.Fail(judging.Clash, "stage.called_already", judging.Args{"Number": in.turns[from].Number})
		case to < 0 || in.turns[to].State != turns.Waiting:
			return judging.Fail(judging.Invalid, "stage.no_place", judging.Args{"Number": number})
		}
		before := in.turns[from].Number
		if err := records.FirstError(in.move(tx, from, to), o.rec.Log(tx, "stage.move", string(in.turns[from].Work),
			map[string]any{"number": before}, map[string]any{"number": number})); err != nil {
			return err
		}
		out, err = o.order(tx)
		return err
	})
	return out, err
}

// move takes the waiting turn at from to the number of the one at to, over the numbers of those that wait.
func (in *look) move(tx store.Tx, from, to int) error {
	var waiting []int // turns that wait, in their order
	for i, t := range in.turns {
		if t.State == turns.Waiting {
			waiting = append(waiting, i)
		}
	}
	var numbers []int
	for _, i := range waiting {
		numbers = append(numbers, in.turns[i].Number)
	}
	at, goal := slices.Index(waiting, from), slices.Index(waiting, to)
	waiting = slices.Insert(slices.Delete(waiting, at, at+1), goal, from)
	for k, i := range waiting {
		t := in.turns[i]
		if t.Number == numbers[k] {
			continue
		}
		t.Number, t.Moved = numbers[k], t.Moved || i == from
		if err := turns.Table.Put(tx, t); err != nil {
			return err
		}
	}
	return nil
}

// Order lists the running order of the present round; none where it was not drawn. Errors: Closed when no plan is
// published.
func (o Stage) Order(ctx context.Context) ([]Turn, error) {
	return records.View(ctx, o.rec.DB, o.order)
}

func (o Stage) order(tx store.Tx) ([]Turn, error) {
	in, err := o.load(tx)
	if err != nil {
		return nil, err
	}
	out := make([]Turn, len(in.turns))
	for i, t := range in.turns {
		if out[i], err = in.tell(tx, o.rec, t); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// look is what one transaction needs to know of the stage.
type look struct {
	round   judging.Round
	contest judging.Contest
	rules   judging.Rules
	plan    judging.PlanID
	turns   []turns.Turn                         // by number
	seats   map[judging.WorkID][]judging.JudgeID // who are to score each work; read where there are turns
	order   []judging.WorkID                     // works of the plan, by identity, likewise
	works   map[judging.WorkID]judging.Work      // of the running order, that are in the contest
	judged  map[judging.WorkID][]judging.Score   // of works in the running order, by judge; read at first use
	called  map[judging.JudgeID]string           // what judges are called by; read at first use
}

// load reads the stage; without a running order that costs little. Errors: Closed when no plan is published.
func (o Stage) load(tx store.Tx) (*look, error) {
	in := &look{}
	var err error
	if in.contest, err = records.LoadContest(tx); err != nil {
		return nil, err
	}
	in.round = in.contest.Round
	if in.rules, err = records.RulesIn(tx, in.round); err != nil {
		return nil, err
	}
	plan, err := records.PublishedPlan(tx, in.round)
	if err != nil {
		return nil, err
	}
	if plan == nil {
		return nil, judging.Fail(judging.Closed, "scores.no_plan", nil)
	}
	in.plan = plan.ID
	if in.turns, err = turns.In(tx, in.round); err != nil || len(in.turns) == 0 {
		return in, err
	}
	slices.SortFunc(in.turns, func(a, b turns.Turn) int { return cmp.Compare(a.Number, b.Number) })
	var called []judging.WorkID
	for _, t := range in.turns {
		called = append(called, t.Work)
	}
	return in, records.FirstError(in.loadSeats(tx), in.loadWorks(tx, called))
}

// loadSeats reads who is to score what.
func (in *look) loadSeats(tx store.Tx) error {
	in.seats, in.order = map[judging.WorkID][]judging.JudgeID{}, nil
	rosters, err := records.PlanRosters(tx, in.plan)
	for _, r := range rosters {
		for _, id := range r.Works {
			if len(in.seats[id]) == 0 {
				in.order = append(in.order, id)
			}
			in.seats[id] = append(in.seats[id], r.Judge)
		}
	}
	slices.Sort(in.order)
	return err
}

// loadWorks reads those of ids that are in the contest.
func (in *look) loadWorks(tx store.Tx, ids []judging.WorkID) error {
	in.works = map[judging.WorkID]judging.Work{}
	counts, err := records.InContest(tx)
	if err != nil {
		return err
	}
	for _, id := range ids {
		w, err := records.LoadWork(tx, id)
		if err != nil {
			return err
		}
		if counts(w) {
			in.works[id] = w
		}
	}
	return nil
}

// worksOf returns the works of categories that judges are to score, category by category.
func (in *look) worksOf(categories []string) (out []judging.Work, err error) {
	for _, name := range categories {
		if _, known := in.rules.Category(name); !known {
			return nil, judging.Fail(judging.NotFound, "stage.no_category", judging.Args{"Category": name})
		}
		for _, id := range in.order {
			if w, ok := in.works[id]; ok && w.Category == name && !slices.ContainsFunc(out, func(o judging.Work) bool {
				return o.ID == id
			}) {
				out = append(out, w)
			}
		}
	}
	if len(out) == 0 {
		return nil, judging.Fail(judging.Clash, "stage.no_works", nil)
	}
	return out, nil
}

// find returns the index of a work's turn, by the work's identity or code. Errors: NotFound.
func (in *look) find(tx store.Tx, work string) (int, error) {
	id, err := records.FindWork(tx, work)
	if err != nil {
		return 0, err
	}
	if i := slices.IndexFunc(in.turns, func(t turns.Turn) bool { return t.Work == id }); i >= 0 {
		return i, nil
	}
	return 0, judging.Fail(judging.NotFound, "stage.not_listed", nil)
}

// tell adds to a turn what people call its work, and how far its judges are.
func (in *look) tell(tx store.Tx, rec *records.Records, t turns.Turn) (Turn, error) {
	w, err := records.LoadWork(tx, t.Work)
	if err != nil {
		return Turn{}, err
	}
	out := Turn{Turn: t, Code: w.Code, Title: w.Title, Authors: w.Authors, Unit: w.Unit, Category: w.Category,
		Group: w.Group, Seats: len(in.seats[t.Work])}
	if !t.Started.IsZero() {
		end := t.Stopped
		if end.IsZero() {
			end = rec.Now()
		}
		out.Seconds = max(0, end.Sub(t.Started).Seconds())
	}
	scores, err := in.scoresOf(tx, t.Work)
	if err != nil {
		return out, err
	}
	done := map[judging.JudgeID]bool{}
	for _, s := range scores {
		if s.Void == "" && records.Finished(s.Now().State) {
			out.Scored++
			done[s.Judge] = true
		}
	}
	if t.State == turns.Called {
		out.Waited = waited(t, rec.Now())
		if out.Panel, err = in.panel(tx, t.Work, done); err != nil {
			return out, err
		}
	}
	if t.Shown == nil {
		return out, nil
	}
	now, err := in.shown(tx, rec.Now().UTC(), t)
	out.Behind = err == nil && !t.Shown.Same(*now)
	return out, err
}

// waited is for how many seconds judges could have finished.
func waited(t turns.Turn, now time.Time) float64 {
	since := t.Since
	if !t.Started.IsZero() {
		since = t.Stopped
	}
	if since.IsZero() {
		return 0
	}
	return max(0, now.Sub(since).Seconds())
}

// panel names the judges of a work; done are those who have said all they will.
func (in *look) panel(tx store.Tx, work judging.WorkID, done map[judging.JudgeID]bool) ([]Seat, error) {
	if in.called == nil {
		var err error
		if in.called, err = records.JudgeNames(tx); err != nil {
			return nil, err
		}
	}
	var out []Seat
	for _, id := range slices.Sorted(slices.Values(in.seats[work])) {
		out = append(out, Seat{Judge: id, Name: in.called[id], Done: done[id]})
	}
	return out, nil
}

// scoresOf returns the scores of a work in the round, by judge.
func (in *look) scoresOf(tx store.Tx, work judging.WorkID) ([]judging.Score, error) {
	if in.judged == nil {
		in.judged = map[judging.WorkID][]judging.Score{}
	}
	if list, read := in.judged[work]; read {
		return list, nil
	}
	prefix := judging.Serial("r", 2, int(in.round)) + "/" + string(work) + "/"
	list, err := records.Scores.List(tx, prefix)
	in.judged[work] = list
	return list, err
}
