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

// EnterWork puts a work by hand into the present round, which is not the first, before the round's first score.
// Errors: NotFound, Invalid without a reason, Closed in the first round, once the round has a score or the awards are
// final, Clash for a work that takes part already, is not accepted or was disqualified.
func (o Stage) EnterWork(ctx context.Context, work, reason string) (judging.WorkID, error) {
	var id judging.WorkID
	if reason = judging.Tidy(reason); reason == "" {
		return id, judging.Fail(judging.Invalid, "awards.needs_reason", nil)
	}
	return id, o.rec.Change(ctx, records.Advancing, func(tx store.Tx) error {
		c, err := handRound(tx)
		if err != nil {
			return err
		}
		if id, err = records.FindWork(tx, work); err != nil {
			return err
		}
		if err := enter(tx, c.Round, id); err != nil {
			return err
		}
		return o.rec.Log(tx, "rounds.enter", string(id), nil, map[string]any{"round": c.Round, "reason": reason})
	})
}

// ReplaceEntrant takes a work that leaves out of the present round before the round's first score, and puts another
// in its place: the one named, or, where by is "", the best placed one of the same list that did not go on. Errors: as
// EnterWork; NotFound where gone does not take part or nobody is left to follow.
func (o Stage) ReplaceEntrant(ctx context.Context, gone, by, reason string) (out, in judging.WorkID, err error) {
	if reason = judging.Tidy(reason); reason == "" {
		return "", "", judging.Fail(judging.Invalid, "awards.needs_reason", nil)
	}
	return out, in, o.rec.Change(ctx, records.Advancing, func(tx store.Tx) error {
		c, err := handRound(tx)
		if err != nil {
			return err
		}
		if out, err = records.FindWork(tx, gone); err != nil {
			return err
		}
		list, err := entryOf(tx, c.Round, out)
		if err != nil {
			return err
		}
		if by != "" {
			if in, err = records.FindWork(tx, by); err != nil {
				return err
			}
		} else if in, err = following(ctx, tx, c.Round, list, out); err != nil {
			return err
		}
		list.Works = slices.DeleteFunc(slices.Clone(list.Works), func(w judging.WorkID) bool { return w == out })
		if err := records.Entries.Put(tx, list); err != nil {
			return err
		}
		if err := enter(tx, c.Round, in); err != nil {
			return err
		}
		return o.rec.Log(tx, "rounds.replace", string(out), map[string]any{"work": out}, map[string]any{
			"work": in, "round": c.Round, "reason": reason,
		})
	})
}

// handRound refuses to change by hand who takes part, but in a later round without a score.
func handRound(tx store.Tx) (judging.Contest, error) {
	c, err := records.LoadContest(tx)
	if err != nil {
		return c, err
	}
	if c.Round < 2 {
		return c, judging.Fail(judging.Closed, "rounds.no_entry_first", nil)
	}
	return c, records.EachScore(tx, c.Round, func(s judging.Score) error {
		if len(s.Versions) > 0 {
			return judging.Fail(judging.Closed, "rounds.scored", nil)
		}
		return nil
	})
}

// enter adds a work to the list of its category and group.
func enter(tx store.Tx, round judging.Round, id judging.WorkID) error {
	w, err := records.LoadWork(tx, id)
	if err != nil {
		return err
	}
	out, err := disqualified(tx)
	if err != nil {
		return err
	}
	if !records.Accepted(w) || out[id] {
		return judging.Fail(judging.Clash, "rounds.not_entitled", judging.Args{"Code": w.Code})
	}
	if _, err := entryOf(tx, round, id); err == nil {
		return judging.Fail(judging.Clash, "rounds.in_already", judging.Args{"Code": w.Code})
	} else if judging.CodeOf(err) != judging.NotFound {
		return err
	}
	rules, err := records.LoadRules(tx)
	if err != nil {
		return err
	}
	list := records.Entry{Round: round, Category: w.Category}
	if rules.RankedApart(w.Category, w.Group) {
		list.Group = w.Group
	}
	kept, err := records.Entries.Get(tx, records.EntryPrefix(round)+list.Category+"/"+list.Group)
	if err == nil {
		list = kept
	} else if judging.CodeOf(err) != judging.NotFound {
		return err
	}
	list.Works = append(slices.Clone(list.Works), id)
	return records.Entries.Put(tx, list)
}

// disqualified lists the works that a ruling keeps from any award.
func disqualified(tx store.Tx) (map[judging.WorkID]bool, error) {
	words, err := records.LiveRulings(tx)
	out := map[judging.WorkID]bool{}
	for _, u := range words {
		if u.Kind == award.RuleDisqualify {
			out[u.Work] = true
		}
	}
	return out, err
}

// entryOf finds the list of a round in which a work stands. Errors: NotFound.
func entryOf(tx store.Tx, round judging.Round, id judging.WorkID) (records.Entry, error) {
	var found *records.Entry
	err := records.Entries.EachPrefix(tx, records.EntryPrefix(round), func(e records.Entry) error {
		if slices.Contains(e.Works, id) {
			found = &e
			return store.ErrStop
		}
		return nil
	})
	if err == nil && found == nil {
		err = judging.Fail(judging.NotFound, "rounds.not_in", nil)
	}
	if err != nil {
		return records.Entry{}, err
	}
	return *found, nil
}

// following is the best placed work of the round before, in the same list, that may take a place that became free.
func following(
	ctx context.Context, tx store.Tx, round judging.Round, list records.Entry, gone judging.WorkID,
) (judging.WorkID, error) {
	placings, err := results.Rank(ctx, records.ReadingOf(tx), round-1)
	if err != nil {
		return "", err
	}
	out, err := disqualified(tx)
	if err != nil {
		return "", err
	}
	for _, p := range thisRound(placings, round-1) {
		if p.Category != list.Category || p.Group != list.Group || p.Place < 1 || out[p.Work] || p.Work == gone ||
			slices.Contains(list.Works, p.Work) {
			continue
		}
		return p.Work, nil
	}
	return "", judging.Fail(judging.NotFound, "rounds.nobody_follows", nil)
}
