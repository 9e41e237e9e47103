package comparisons

import (
	"context"

	"fayi/judging"
	"fayi/judging/office/internal/compared"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// State is how far a comparison is.
type State = compared.State

// The states.
const (
	Running = compared.Running
	Settled = compared.Settled
	Dropped = compared.Dropped
	Past    = compared.Past
)

// Status is how a comparison stands.
type Status struct {
	compared.Comparison
	State   State            `json:"state"`
	Order   []Standing       `json:"order"` // best first by the answers, then the works without one
	Panel   []Asked          `json:"panel"` // the judges, by identity
	Answers int              `json:"answers"`
	Back    int              `json:"taken_back"`
	Barred  int              `json:"barred"` // answers that do not count, see compared.Order
	Parted  bool             `json:"parted"` // the answers say who is above the line
	Sure    bool             `json:"sure"`   // and nobody's side of it is open
	More    bool             `json:"more"`   // somebody can still be asked
	Turn    judging.JudgeID  `json:"turn"`   // who should be asked next: the one who has said least; "" for nobody
	Left    []judging.WorkID `json:"left"`   // works that have left the contest since
	Agree   Agreement        `json:"agreement"`
}

// Standing is a work by the answers.
type Standing struct {
	Work    judging.WorkID   `json:"work"`
	Code    judging.WorkCode `json:"code"`
	Title   string           `json:"title"`
	Place   int              `json:"place"` // 0 without an answer
	PlaceLo int              `json:"place_lo"`
	PlaceHi int              `json:"place_hi"`
	N       int              `json:"n"`
	Wins    float64          `json:"wins"`   // an equal answer is half of one
	Value   float64          `json:"value"`  // logits, see comparison.Standing
	SE      float64          `json:"se"`     // of Value
	Chance  float64          `json:"chance"` // that it belongs above the line
	Within  bool             `json:"within"` // it would have the award
}

// Asked is a judge of a comparison.
type Asked struct {
	Judge  judging.JudgeID `json:"judge"`
	Name   string          `json:"name"`
	N      int             `json:"n"`
	Agrees float64         `json:"agrees"` // share of the answers with a side that are on the side of the order
	More   bool            `json:"more"`   // there is a pair to ask them
	Kept   int             `json:"kept"`   // works that a conflict keeps them from

	compared.Consistency
}

// Agreement is how far judges said the same of the same pairs.
type Agreement = compared.Agreement

// List tells how all comparisons stand, oldest first.
func (o Stage) List(ctx context.Context) ([]Status, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]Status, error) {
		out := []Status{}
		all, err := compared.Comparisons.List(tx, "")
		r := records.ReadingOf(tx)
		for _, c := range all {
			s, err := statusOf(ctx, r, c)
			if err != nil {
				return nil, err
			}
			out = append(out, s)
		}
		return out, err
	})
}

// Awaited tells which judges have pairs to look at in the comparisons that are under way.
func Awaited(all []Status) map[judging.JudgeID]bool {
	out := map[judging.JudgeID]bool{}
	for _, s := range all {
		for _, j := range s.Panel {
			if s.State == Running && j.More {
				out[j.Judge] = true
			}
		}
	}
	return out
}

// Show tells how a comparison stands. Errors: NotFound.
func (o Stage) Show(ctx context.Context, id string) (Status, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) (Status, error) {
		c, err := load(tx, id)
		if err != nil {
			return Status{}, err
		}
		return statusOf(ctx, records.ReadingOf(tx), c)
	})
}

func statusOf(ctx context.Context, r *records.Reading, c compared.Comparison) (Status, error) {
	out := Status{Comparison: c, Order: []Standing{}, Panel: []Asked{}}
	order, err := compared.Of(ctx, r, c)
	if err != nil {
		return out, err
	}
	if out.State, err = compared.StateOf(r.Tx, c); err != nil {
		return out, err
	}
	out.Answers, out.Back, out.Barred, out.Left = len(order.Counted), order.Recall, order.Barred, order.Left
	out.Sure, out.Agree = order.Sure(), order.Agreement()
	if err := out.standings(r, &order); err != nil {
		return out, err
	}
	return out, out.judges(r, &order)
}

// standings lists the works.
func (s *Status) standings(r *records.Reading, order *compared.Order) error {
	_, works, err := r.Works()
	if err != nil {
		return err
	}
	winners, parted := order.Winners()
	s.Parted = parted
	within := map[judging.WorkID]bool{}
	for _, w := range winners {
		within[w] = true
	}
	add := func(i int) {
		w, x := works[order.WorkIDs[i]], order.Fit.Works[i]
		one := Standing{Work: w.ID, Code: w.Code, Title: w.Title, Place: x.Place, PlaceLo: x.PlaceLo,
			PlaceHi: x.PlaceHi, N: x.N, Wins: x.Wins, Value: x.Value, SE: x.SE, Within: within[w.ID]}
		if x.N > 0 {
			one.Chance = x.Award[0]
		}
		s.Order = append(s.Order, one)
	}
	for _, i := range order.Ranked() {
		add(i)
	}
	for i, x := range order.Fit.Works {
		if x.N == 0 {
			add(i)
		}
	}
	return nil
}

// judges lists who is asked, and whose turn it is.
func (s *Status) judges(r *records.Reading, order *compared.Order) error {
	names, err := records.JudgeNames(r.Tx)
	if err != nil {
		return err
	}
	number := map[judging.JudgeID]int{}
	for i, id := range order.Asked {
		number[id] = i
	}
	least := -1
	for _, id := range s.Judges {
		x := order.Fit.Judges[number[id]]
		one := Asked{Judge: id, Name: names[id], N: x.N, Agrees: x.Agrees, Consistency: order.ConsistencyOf(id)}
		_, _, one.More = order.Next(id)
		for _, w := range order.WorkIDs {
			if !order.May(id, w) {
				one.Kept++
			}
		}
		if one.More && s.State == Running {
			s.More = true
			if least < 0 || one.N < least {
				least, s.Turn = one.N, id
			}
		}
		s.Panel = append(s.Panel, one)
	}
	return nil
}
