package rules

import (
	"context"
	"errors"
	"io"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office/awards"
	"fayi/judging/office/effect"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/results"
	"fayi/judging/store"
)

// PreviewRules says what the rules that r holds would change, and changes nothing. Errors: as ParseRules; those of
// LoadRules for rules that do not fit.
func (o Stage) PreviewRules(ctx context.Context, r io.Reader) (effect.RuleEffect, error) {
	rules, err := ParseRules(r)
	if err != nil {
		return effect.RuleEffect{}, err
	}
	return o.WeighRules(ctx, rules)
}

// WeighRules is PreviewRules for rules that are in no file. Errors: as PreviewRules; Invalid for all that
// Rules.Check finds.
func (o Stage) WeighRules(ctx context.Context, rules judging.Rules) (effect.RuleEffect, error) {
	if problems := rules.Check(); len(problems) > 0 {
		return effect.RuleEffect{}, errors.Join(problems...)
	}
	err := o.rec.DB.View(ctx, func(tx store.Tx) error {
		old, err := records.RuleSheet(tx)
		if err != nil {
			return err
		}
		return o.fitRules(tx, old, rules)
	})
	if err != nil {
		return effect.RuleEffect{}, err
	}
	return o.ruleEffect(ctx, rules)
}

func (o Stage) ruleEffect(ctx context.Context, next judging.Rules) (effect.RuleEffect, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) (effect.RuleEffect, error) {
		e := effect.RuleEffect{
			Hash:   next.Hash(),
			Places: []effect.PlaceShift{},
			Awards: []effect.AwardShift{},
			Lists:  []effect.ListPlaces{},
		}
		c, err := records.LoadContest(tx)
		if err != nil {
			return e, err
		}
		old, err := records.RuleSheet(tx)
		if err != nil {
			return e, err
		}
		e.Version = old.Version
		r := records.ReadingOf(tx)
		_, works, err := r.Works()
		if err != nil {
			return e, err
		}
		e.Lists, e.Open = PlacesOf(next, works)
		was, err := results.RankBy(ctx, r, c.Round, old)
		if err != nil {
			return e, err
		}
		is, err := results.RankBy(ctx, r, c.Round, next)
		if err != nil {
			return e, err
		}
		rulings, err := records.LiveRulings(tx)
		if err != nil {
			return e, err
		}
		e.Compare(works, was, is)
		e.CompareAwards(works, awards.AwardsOf(old, works, was, rulings), awards.AwardsOf(next, works, is, rulings), is)
		return e, nil
	})
}

// PlacesOf says what each list of the rules would get with the accepted works among works, in the rules' order;
// lists without works too. Places over the whole contest to which lists have equal claims are open.
func PlacesOf(
	rules judging.Rules, works map[judging.WorkID]judging.Work,
) ([]effect.ListPlaces, []award.Open) {
	type list struct{ category, group string }
	count := map[list]int{}
	for _, w := range works {
		if w.Status != judging.Accepted {
			continue
		}
		l := list{category: w.Category}
		if rules.RankedApart(w.Category, w.Group) {
			l.group = w.Group
		}
		count[l]++
	}
	lists := []award.Listed{}
	for _, c := range rules.Categories {
		for _, g := range c.Groups {
			lists = append(lists, award.Listed{Category: c.Name, Group: g, Ranked: count[list{c.Name, g}]})
		}
		if rest := (list{category: c.Name}); len(c.Groups) == 0 || count[rest] > 0 {
			lists = append(lists, award.Listed{Category: c.Name, Ranked: count[rest]})
		}
	}
	spread, out := award.SpreadOver(rules, lists), []effect.ListPlaces{}
	for _, l := range lists {
		p := effect.ListPlaces{Category: l.Category, Group: l.Group, Works: l.Ranked}
		p.Slots = spread.Slots(l)
		out = append(out, p)
	}
	return out, spread.Open
}
