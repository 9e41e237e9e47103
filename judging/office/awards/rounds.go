package awards

import (
	"context"
	"slices"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/results"
	"fayi/judging/store"
)

// NextRound ends the present round and begins the next one of the rules with the works that go on: it has no plan
// yet. It answers with those works, by category and group as placed. Errors: NotFound when the rules know no
// further round, Closed while lists are not handed in, unless early is set, or when the awards are final; Clash
// when nothing would go on, or something was changed at the same moment.
func (o Stage) NextRound(ctx context.Context, early bool) ([]judging.WorkID, error) {
	if err := o.rec.AutoBackup(ctx, "round"); err != nil {
		return nil, err
	}
	if early {
		ctx = records.Ticking(ctx, "lists_open")
	}
	var out goingOn
	var moment int
	err := o.rec.DB.View(ctx, func(tx store.Tx) error {
		c, err := records.LoadContest(tx)
		if err != nil {
			return err
		}
		if moment, err = records.Last(tx, "journal"); err != nil {
			return err
		}
		if out, err = pickGoingOn(ctx, tx, c.Round); err != nil {
			return err
		}
		_, err = o.rec.Pass(ctx, tx, records.GateNext)
		return err
	})
	if err != nil {
		return nil, err
	}
	err = o.rec.In(records.Advancing).Update(ctx, func(tx store.Tx) error {
		return clearEntries(tx,
			out.lists[0].Round)
	}) // what an interrupted call left
	if err != nil {
		return nil, err
	}
	cost := func(i int) (int, int) { return records.Entries.Cost(out.lists[i]) }
	if err := store.Bulk(ctx, o.rec.In(records.Advancing), len(out.lists), cost, func(tx store.Tx,
		i int) error {
		return records.Entries.Put(tx, out.lists[i])
	}, nil); err != nil {
		return nil, err
	}
	err = o.rec.Change(ctx, records.Advancing, func(tx store.Tx) error {
		if err := records.UnchangedSince(tx, moment); err != nil {
			return err
		}
		c, err := records.LoadContest(tx)
		if err != nil {
			return err
		}
		c.Round++
		if err := records.Contests.Put(tx, c); err != nil {
			return err
		}
		return o.rec.Log(tx, "rounds.next", judging.Serial("r", 2, int(c.Round)), nil, out.gist())
	})
	return out.works, err
}

// goingOn is what the next round begins with.
type goingOn struct {
	works  []judging.WorkID
	lists  []records.Entry
	left   []judging.WorkID // would have gone on, had they not left the contest
	called []judging.WorkID // go on in their places
}

// gist is what the journal keeps: how many go on, and who in whose place.
func (g goingOn) gist() map[string]any {
	out := map[string]any{"works": len(g.works)}
	if len(g.left) > 0 {
		out["left"], out["called_up"] = g.left, g.called
	}
	return out
}

func clearEntries(tx store.Tx, round judging.Round) error {
	old, err := records.Collect(func(fn func(records.Entry) error) error {
		return records.Entries.EachPrefix(tx, records.EntryPrefix(round), fn)
	})
	for i := range old {
		err = records.FirstError(
			err, records.Entries.Delete(tx, records.EntryPrefix(round)+old[i].Category+"/"+old[i].Group),
		)
	}
	return err
}

// pickGoingOn picks the works of the round after round, also list by list.
func pickGoingOn(ctx context.Context, tx store.Tx, round judging.Round) (out goingOn, err error) {
	if err := records.MayWrite(ctx, tx, records.Advancing); err != nil {
		return out, err
	}
	rules, err := records.RuleSheet(tx)
	if err != nil {
		return out, err
	}
	rule, ok := rules.RoundOf(round + 1)
	if !ok {
		return out, judging.Fail(judging.NotFound, "rounds.no_further", judging.Args{"Round": int(round)})
	}
	if err := readyToDecide(tx, round); err != nil {
		return out, err
	}
	r := records.ReadingOf(tx)
	placings, err := results.Rank(ctx, r, round)
	if err != nil {
		return out, err
	}
	out.works = entrants(rules, rule, round, placings)
	if !rule.Take.Tied {
		placings = thisRound(placings, round)
	}
	if len(out.works) == 0 {
		return out, judging.Fail(judging.Clash, "rounds.nothing_goes_on", nil)
	}
	out.lists = entryLists(round+1, placings, out.works)
	out.left, out.called, err = calledUp(ctx, r, round, rules, out.works)
	return out, err
}

// entrants picks the works that go on from a round by rule: those that are tied at the line of an award, wherever they
// were judged last, or the best of the round.
func entrants(
	rules judging.Rules, rule judging.RoundRule, round judging.Round, placings []judging.Placing,
) []judging.WorkID {
	if rule.Take.Tied {
		return award.TiedAtCut(rules, placings)
	}
	return award.Entrants(rule, thisRound(placings, round))
}

// calledUp tells which works would have gone on had none left the contest, and which go on in their places.
func calledUp(
	ctx context.Context, r *records.Reading, round judging.Round, rules judging.Rules, on []judging.WorkID,
) (left, called []judging.WorkID, err error) {
	rule, _ := rules.RoundOf(round + 1)
	some, err := r.Left(round)
	if err != nil || !some {
		return nil, nil, err
	}
	before, err := results.Rank(ctx, r.WithLeft(), round)
	if err != nil {
		return nil, nil, err
	}
	was := entrants(rules, rule, round, before)
	minus := func(a, b []judging.WorkID) (out []judging.WorkID) {
		for _, w := range a {
			if !slices.Contains(b, w) {
				out = append(out, w)
			}
		}
		return out
	}
	return minus(was, on), minus(on, was), nil
}

func entryLists(round judging.Round, placings []judging.Placing, on []judging.WorkID) (out []records.Entry) {
	goes := map[judging.WorkID]bool{}
	for _, w := range on {
		goes[w] = true
	}
	for _, list := range results.Runs(placings, results.SameList) {
		e := records.Entry{Round: round, Category: list[0].Category, Group: list[0].Group}
		for _, p := range list {
			if goes[p.Work] {
				e.Works = append(e.Works, p.Work)
			}
		}
		if len(e.Works) > 0 {
			out = append(out, e)
		}
	}
	return out
}

// UndoRound goes back to the round before, while nothing is planned in the present one. Errors: Closed once the
// present round has a published plan, or in the first round.
func (o Stage) UndoRound(ctx context.Context, reason string) error {
	if reason = judging.Tidy(reason); reason == "" {
		return judging.Fail(judging.Invalid, "awards.needs_reason", nil)
	}
	return o.rec.Change(ctx, records.Advancing, func(tx store.Tx) error {
		c, err := records.LoadContest(tx)
		if err != nil {
			return err
		}
		plan, err := records.PublishedPlan(tx, c.Round)
		if err != nil {
			return err
		}
		if c.Round < 2 || plan != nil {
			return judging.Fail(judging.Closed, "rounds.begun", judging.Args{"Round": int(c.Round)})
		}
		if err := clearEntries(tx, c.Round); err != nil {
			return err
		}
		c.Round--
		if err := records.Contests.Put(tx, c); err != nil {
			return err
		}
		return o.rec.Log(tx, "rounds.undo", judging.Serial("r", 2, int(c.Round)), nil, map[string]any{"reason": reason})
	})
}

// RoundWorks lists the works that take part in a round, 0 for the present one, by identity. Errors: NotFound for a
// round that has not begun.
func (o Stage) RoundWorks(ctx context.Context, round judging.Round) ([]judging.Work, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]judging.Work, error) {
		c, err := records.LoadContest(tx)
		if err != nil {
			return nil, err
		}
		if round == 0 {
			round = c.Round
		}
		if round < 1 || round > c.Round {
			return nil, judging.Fail(judging.NotFound, "analysis.no_round", judging.Args{"Round": int(round)})
		}
		keep, err := records.InRound(tx, round)
		if err != nil {
			return nil, err
		}
		return records.AllWorks(tx, keep)
	})
}
