// Package compared reads what judges said of works in pairs and turns it into an order, for the room that asks them and
// for those that tell of it.
package compared

import (
	"cmp"
	"context"
	"slices"

	"fayi/judging"
	"fayi/judging/comparison"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// Order is a comparison with what the answers that count make of it. Works and judges are numbered as a file of the
// answers in the order of Counted names them, those that it does not name at the end: `table pairs` comes to the same
// numbers.
type Order struct {
	Comparison
	Counted []PairAnswer      // those that count, in an order that does not tell when they were given
	Left    []judging.WorkID  // works that have left the contest since
	Barred  int               // answers that do not count: a conflict, a work that has left, a judge struck off
	Recall  int               // answers that were taken back
	WorkIDs []judging.WorkID  // still in, by number
	Asked   []judging.JudgeID // all judges, by number
	Fit     *comparison.Result

	bars bars
}

// seat is a judge before a work.
type seat struct {
	judge judging.JudgeID
	work  judging.WorkID
}

// bars is who may not look at what: seats, and all works but for judges who sit.
type bars struct {
	seats map[seat]bool
	sits  map[judging.JudgeID]bool
}

func (b bars) bar(judge judging.JudgeID, work judging.WorkID) bool {
	return !b.sits[judge] || b.seats[seat{judge, work}]
}

// Bars tells who may not look at which work of a round: conflicts, judges who recused themselves, and those who were
// struck off or are one with another by now.
func Bars(r *records.Reading, round judging.Round) (func(judging.JudgeID, judging.WorkID) bool, error) {
	all, err := barsOf(r, round)
	return all.bar, err
}

func barsOf(r *records.Reading, round judging.Round) (bars, error) {
	out := bars{map[seat]bool{}, map[judging.JudgeID]bool{}}
	judges, err := records.LoadJudges(r.Tx)
	if err != nil {
		return out, err
	}
	for _, j := range judges {
		out.sits[j.ID] = j.Struck == ""
	}
	conflicts, err := r.Conflicts()
	if err != nil {
		return out, err
	}
	for _, c := range conflicts {
		out.seats[seat{c.Judge, c.Work}] = true
	}
	given, err := r.ScoresOf(round)
	for _, s := range given {
		if len(s.Versions) > 0 && s.Now().State == judging.Recused {
			out.seats[seat{s.Judge, s.Work}] = true
		}
	}
	return out, err
}

// Of fits a comparison. Errors: those of the store, Invalid beyond comparison.MostWorks.
func Of(ctx context.Context, r *records.Reading, c Comparison) (Order, error) {
	o := Order{Comparison: c}
	var err error
	if o.bars, err = barsOf(r, c.Round); err != nil {
		return o, err
	}
	takes, err := records.InRound(r.Tx, c.Round)
	if err != nil {
		return o, err
	}
	_, works, err := r.Works()
	if err != nil {
		return o, err
	}
	in := map[judging.WorkID]bool{}
	for _, id := range c.Works {
		if w, known := works[id]; known && takes(w) {
			in[id] = true
		} else {
			o.Left = append(o.Left, id)
		}
	}
	if err := o.count(r.Tx, in); err != nil {
		return o, err
	}
	t := o.table(in)
	if t.Works < 2 {
		o.Fit = &comparison.Result{
			Works: make([]comparison.Standing, t.Works), Judges: make([]comparison.Judge, t.Judges),
		}
		return o, nil
	}
	o.Fit, err = comparison.Fit(ctx, t, comparison.Options{Cuts: []int{c.Places}})
	return o, err
}

// count sorts the answers into those that count and the others.
func (o *Order) count(tx store.Tx, in map[judging.WorkID]bool) error {
	all, err := AnswersOf(tx, o.ID)
	for _, a := range all {
		switch {
		case a.Recalled != "":
			o.Recall++
		case !in[a.Left] || !in[a.Right] || !o.May(a.Judge, a.Left) || !o.May(a.Judge, a.Right):
			o.Barred++
		default:
			o.Counted = append(o.Counted, a)
		}
	}
	slices.SortFunc(o.Counted, func(a, b PairAnswer) int {
		return cmp.Or(
			cmp.Compare(min(a.Left, a.Right), min(b.Left, b.Right)),
			cmp.Compare(max(a.Left, a.Right), max(b.Left, b.Right)), cmp.Compare(a.Judge, b.Judge),
		)
	})
	return err
}

// table numbers works and judges and lays the answers out.
func (o *Order) table(in map[judging.WorkID]bool) comparison.Table {
	work, judge := map[judging.WorkID]int{}, map[judging.JudgeID]int{}
	add := func(id judging.WorkID) {
		if _, known := work[id]; !known {
			work[id] = len(work)
			o.WorkIDs = append(o.WorkIDs, id)
		}
	}
	seatOf := func(id judging.JudgeID) {
		if _, known := judge[id]; !known {
			judge[id] = len(judge)
			o.Asked = append(o.Asked, id)
		}
	}
	for _, a := range o.Counted {
		seatOf(a.Judge)
		add(a.Left)
		add(a.Right)
	}
	for _, id := range o.Works {
		if in[id] {
			add(id)
		}
	}
	for _, id := range o.Judges {
		seatOf(id)
	}
	t := comparison.Table{Works: len(work), Judges: len(judge)}
	for _, a := range o.Counted {
		side := comparison.Equal
		switch a.Better {
		case a.Left:
			side = comparison.Left
		case a.Right:
			side = comparison.Right
		}
		t.Answers = append(t.Answers, comparison.Answer{
			Judge: judge[a.Judge], Left: work[a.Left], Right: work[a.Right], Better: side,
		})
	}
	return t
}

// May reports whether a judge may look at a work.
func (o *Order) May(judge judging.JudgeID, work judging.WorkID) bool { return !o.bars.bar(judge, work) }

// Said counts the answers of a judge that count.
func (o *Order) Said(judge judging.JudgeID) (n int) {
	for _, a := range o.Counted {
		if a.Judge == judge {
			n++
		}
	}
	return n
}

// Next is the pair to ask a judge about, as it stands on the screen; false when they have said all they may.
func (o *Order) Next(judge judging.JudgeID) (left, right judging.WorkID, ok bool) {
	n := slices.Index(o.Asked, judge)
	if n < 0 || o.Most > 0 && o.Said(judge) >= o.Most {
		return "", "", false
	}
	p, ok := o.Fit.Next(n, func(w int) bool { return o.May(judge, o.WorkIDs[w]) }, o.Seed)
	if !ok {
		return "", "", false
	}
	return o.WorkIDs[p.Left], o.WorkIDs[p.Right], true
}

// Ranked lists the works with an answer by number, best first.
func (o *Order) Ranked() (works []int) {
	for i, s := range o.Fit.Works {
		if s.N > 0 {
			works = append(works, i)
		}
	}
	slices.SortFunc(works, func(a, b int) int {
		return cmp.Or(cmp.Compare(o.Fit.Works[a].Place, o.Fit.Works[b].Place),
			cmp.Compare(o.WorkIDs[a], o.WorkIDs[b]))
	})
	return works
}

// Winners are the works that the award has room for. parted is false while they can't be named: works without an
// answer, works that no answer holds together, equal values across the line, no line because works have left.
func (o *Order) Winners() (works []judging.WorkID, parted bool) {
	ranked := o.Ranked()
	if len(ranked) < len(o.WorkIDs) || o.Fit.Pieces > 1 || o.Places >= len(ranked) {
		return nil, false
	}
	if o.Fit.Works[ranked[o.Places-1]].Place == o.Fit.Works[ranked[o.Places]].Place {
		return nil, false
	}
	for _, i := range ranked[:o.Places] {
		works = append(works, o.WorkIDs[i])
	}
	return works, true
}

// Open lists the works whose side of the line is still open by the answers.
func (o *Order) Open() (works []judging.WorkID) {
	for _, i := range o.Fit.Doubtful(0) {
		works = append(works, o.WorkIDs[i])
	}
	return works
}

// Sure reports whether it is enough: the winners can be named, and nobody's side of the line is open.
func (o *Order) Sure() bool {
	_, parted := o.Winners()
	return parted && len(o.Open()) == 0
}

// Holding lists the rulings that were made of a comparison and hold.
func Holding(tx store.Tx, c Comparison) (ids []string, err error) {
	if len(c.Rulings) == 0 {
		return nil, nil
	}
	live, err := records.LiveRulings(tx)
	for _, u := range live {
		if slices.Contains(c.Rulings, u.ID) {
			ids = append(ids, u.ID)
		}
	}
	return ids, err
}
