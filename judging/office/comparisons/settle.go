package comparisons

import (
	"context"
	"slices"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office/awards"
	"fayi/judging/office/effect"
	"fayi/judging/office/internal/compared"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/results"
	"fayi/judging/store"
)

// Settlement is what a comparison makes of a tie.
type Settlement struct {
	Award   string              `json:"award"`
	Winners []Standing          `json:"winners"` // best first
	Changes []effect.AwardShift `json:"changes"` // of all works whose award would differ from what it would be without
	Rulings []string            `json:"rulings"` // that were made; none in a preview
	Answers int                 `json:"answers"`
	Judges  int                 `json:"judges"` // who gave them
	Sure    bool                `json:"sure"`
}

// Preview tells what Settle would do; it changes nothing. Errors: as Settle.
func (o Stage) Preview(ctx context.Context, id string) (Settlement, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) (Settlement, error) {
		if err := records.MayWrite(ctx, tx, records.Judgement); err != nil {
			return Settlement{}, err
		}
		_, out, err := settlement(ctx, tx, id)
		return out, err
	})
}

// Settle rules on a tie as the answers say: the works above the line get the award, each by a ruling that names reason.
// All of it happens or nothing. open accepts a result that is not sure. Errors: NotFound; Invalid without a reason, and
// for a comparison of doubtful works, which decides nothing; Clash where the answers do not part the works, where works
// or scores have changed so that they do not share the place any more, where the rules keep the award from a winner,
// and while a side is open unless open allows it; Closed when it was ruled or given up, and once the awards are final.
func (o Stage) Settle(ctx context.Context, id, reason string, open bool) (Settlement, error) {
	if reason = judging.Tidy(reason); reason == "" {
		return Settlement{}, judging.Fail(judging.Invalid, "awards.needs_reason", nil)
	}
	var out Settlement
	err := o.rec.Change(ctx, records.Judgement, func(tx store.Tx) error {
		c, found, err := settlement(ctx, tx, id)
		if err != nil {
			return err
		}
		if !found.Sure && !open {
			return judging.Fail(judging.Clash, "compare.not_sure", nil)
		}
		c.Rulings, out = nil, found
		for _, w := range found.Winners {
			u := award.Ruling{Kind: award.RuleGive, Work: w.Work, Award: c.Award, Reason: reason}
			if u, err = awards.RuleIn(o.rec, tx, u); err != nil {
				return err
			}
			c.Rulings = append(c.Rulings, u.ID)
		}
		out.Rulings = c.Rulings
		return records.FirstError(compared.Comparisons.Put(tx, c), o.rec.Log(tx, "compare.settle", id, nil, out))
	})
	return out, err
}

// settlement computes what a comparison makes of its tie, with all that may stand against it but doubt.
func settlement(ctx context.Context, tx store.Tx, id string) (compared.Comparison, Settlement, error) {
	var out Settlement
	c, err := loadOpen(tx, id)
	if err != nil {
		return c, out, err
	}
	if c.Why != compared.ForTie {
		return c, out, judging.Fail(judging.Invalid, "compare.only_ties", nil)
	}
	r := records.ReadingOf(tx)
	order, err := compared.Of(ctx, r, c)
	if err != nil {
		return c, out, err
	}
	line, err := tieNow(ctx, r, c, order.WorkIDs)
	if err != nil {
		return c, out, err
	}
	if line.Places != c.Places {
		return c, out, judging.Fail(judging.Clash, "compare.tie_changed", nil)
	}
	winners, parted := order.Winners()
	if !parted {
		return c, out, judging.Fail(judging.Clash, "compare.not_parted", nil)
	}
	s, err := statusOf(ctx, r, c)
	if err != nil {
		return c, out, err
	}
	out = Settlement{Award: c.Award, Rulings: []string{}, Answers: s.Answers, Sure: s.Sure}
	for _, x := range s.Order {
		if x.Within {
			out.Winners = append(out.Winners, x)
		}
	}
	for _, j := range s.Panel {
		if j.N > 0 {
			out.Judges++
		}
	}
	out.Changes, err = shifts(ctx, r, c, winners)
	return c, out, err
}

// shifts lists the works whose award the rulings would change. Errors: Clash unless, of the works that are compared,
// the winners have the award then and the others have not.
func shifts(
	ctx context.Context, r *records.Reading, c compared.Comparison, winners []judging.WorkID,
) ([]effect.AwardShift, error) {
	was, err := awards.Decide(ctx, r, c.Round)
	if err != nil {
		return nil, err
	}
	is, err := awards.DecideWith(ctx, r, c.Round, rulingsOf(c, winners, "compared"))
	if err != nil {
		return nil, err
	}
	with := awards.AwardsIn(is)
	for _, w := range c.Works {
		if slices.Contains(winners, w) != (with[w] == c.Award) {
			return nil, judging.Fail(judging.Clash, "compare.rules_differ", nil)
		}
	}
	placings, err := results.Rank(ctx, r, c.Round)
	if err != nil {
		return nil, err
	}
	_, works, err := r.Works()
	var e effect.RuleEffect
	e.Awards = []effect.AwardShift{}
	e.CompareAwards(works, awards.AwardsIn(was), with, placings)
	return e.Awards, err
}

// Undo takes back all rulings that were made of a comparison and hold, with a reason: judges may be asked again. It
// returns how many there were. Errors: NotFound, Invalid without a reason, Clash when none holds, Closed once the
// awards are final.
func (o Stage) Undo(ctx context.Context, id, reason string) (n int, err error) {
	if reason = judging.Tidy(reason); reason == "" {
		return 0, judging.Fail(judging.Invalid, "awards.needs_reason", nil)
	}
	err = o.rec.Change(ctx, records.Judgement, func(tx store.Tx) error {
		c, err := load(tx, id)
		if err != nil {
			return err
		}
		held, err := compared.Holding(tx, c)
		if err != nil {
			return err
		}
		if len(held) == 0 {
			return judging.Fail(judging.Clash, "compare.not_settled", nil)
		}
		for _, u := range held {
			if err := awards.RecallIn(o.rec, tx, u, reason); err != nil {
				return err
			}
		}
		n, c.Rulings = len(held), nil
		return records.FirstError(compared.Comparisons.Put(tx, c),
			o.rec.Log(tx, "compare.undo", id, nil, map[string]any{"rulings": held, "reason": reason}))
	})
	return n, err
}
