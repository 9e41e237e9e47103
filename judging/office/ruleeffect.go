package office

import (
	"context"
	"errors"
	"io"

	"fayi/judging"
	"fayi/judging/store"
)

// RuleEffect is what other rules would change in the present round as it stands.
type RuleEffect struct {
	Version int          `json:"version"` // of the rules in force, which it was reckoned against
	Hash    string       `json:"hash"`    // of the new rules
	Places  []PlaceShift `json:"places"`
	Awards  []AwardShift `json:"awards"`
	Lists   []ListPlaces `json:"lists"` // what each list would get with the works there are now
}

// ListPlaces is how many places each award has in one list.
type ListPlaces struct {
	Category string         `json:"category"`
	Group    string         `json:"group,omitempty"`
	Works    int            `json:"works"` // accepted
	Slots    []judging.Slot `json:"slots"`
}

// Changes reports whether any place or award would change.
func (e RuleEffect) Changes() bool { return len(e.Places)+len(e.Awards) > 0 }

// PlaceShift is a work whose place or official score would change.
type PlaceShift struct {
	Work        judging.WorkID   `json:"work"`
	Code        judging.WorkCode `json:"code"`
	Title       string           `json:"title"`
	From        int              `json:"from"`
	To          int              `json:"to"`
	OfficialWas float64          `json:"official_was"`
	OfficialIs  float64          `json:"official_is"`
}

// AwardShift is a work whose award would change; "" is none.
type AwardShift struct {
	Work  judging.WorkID   `json:"work"`
	Code  judging.WorkCode `json:"code"`
	Title string           `json:"title"`
	From  string           `json:"from"`
	To    string           `json:"to"`
}

// PreviewRules tells what the rules that r holds would change, and changes nothing. Errors: as ParseRules; those of LoadRules for rules that do not fit.
func (o *Office) PreviewRules(ctx context.Context, r io.Reader) (RuleEffect, error) {
	rules, err := ParseRules(r)
	if err != nil {
		return RuleEffect{}, err
	}
	return o.WeighRules(ctx, rules)
}

// WeighRules is PreviewRules for rules that are in no file. Errors: as PreviewRules; Invalid for all that Rules.Check finds.
func (o *Office) WeighRules(ctx context.Context, rules judging.Rules) (RuleEffect, error) {
	if problems := rules.Check(); len(problems) > 0 {
		return RuleEffect{}, errors.Join(problems...)
	}
	err := o.db.View(ctx, func(tx store.Tx) error {
		old, err := ruleSheet(tx)
		if err != nil {
			return err
		}
		return o.fitRules(tx, old, rules)
	})
	if err != nil {
		return RuleEffect{}, err
	}
	return o.ruleEffect(ctx, rules)
}

func (o *Office) ruleEffect(ctx context.Context, next judging.Rules) (RuleEffect, error) {
	return view(ctx, o.db, func(tx store.Tx) (RuleEffect, error) {
		e := RuleEffect{Hash: next.Hash(), Places: []PlaceShift{}, Awards: []AwardShift{}, Lists: []ListPlaces{}}
		c, err := loadContest(tx)
		if err != nil {
			return e, err
		}
		old, err := ruleSheet(tx)
		if err != nil {
			return e, err
		}
		e.Version = old.Version
		r := readingOf(tx)
		_, works, err := r.works()
		if err != nil {
			return e, err
		}
		e.Lists = PlacesOf(next, works)
		was, err := rankBy(ctx, r, c.Round, old)
		if err != nil {
			return e, err
		}
		is, err := rankBy(ctx, r, c.Round, next)
		if err != nil {
			return e, err
		}
		rulings, err := liveRulings(tx)
		if err != nil {
			return e, err
		}
		e.compare(works, was, is)
		e.compareAwards(works, awardsOf(old, works, was, rulings), awardsOf(next, works, is, rulings), is)
		return e, nil
	})
}

// PlacesOf tells what each list of the rules would get with the accepted works among works, in the rules' order; lists without works too.
func PlacesOf(rules judging.Rules, works map[judging.WorkID]judging.Work) []ListPlaces {
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
	out := []ListPlaces{}
	add := func(l list) {
		p := ListPlaces{Category: l.category, Group: l.group, Works: count[l], Slots: []judging.Slot{}}
		for _, a := range rules.Awards {
			p.Slots = append(p.Slots, judging.Slot{Award: a.Name, Places: rules.ShareOf(a, l.category, l.group).PlacesOf(p.Works)})
		}
		out = append(out, p)
	}
	for _, c := range rules.Categories {
		for _, g := range c.Groups {
			add(list{c.Name, g})
		}
		if rest := (list{category: c.Name}); len(c.Groups) == 0 || count[rest] > 0 {
			add(rest)
		}
	}
	return out
}

func (e *RuleEffect) compare(works map[judging.WorkID]judging.Work, was, is []judging.Placing) {
	before := map[judging.WorkID]judging.Placing{}
	for _, p := range was {
		before[p.Work] = p
	}
	for _, p := range is {
		b := before[p.Work]
		if b.Place == p.Place && b.Official == p.Official {
			continue
		}
		w := works[p.Work]
		e.Places = append(e.Places, PlaceShift{p.Work, w.Code, w.Title, b.Place, p.Place, b.Official, p.Official})
	}
}

func (e *RuleEffect) compareAwards(works map[judging.WorkID]judging.Work, was, is map[judging.WorkID]string, order []judging.Placing) {
	for _, p := range order {
		if was[p.Work] != is[p.Work] {
			w := works[p.Work]
			e.Awards = append(e.Awards, AwardShift{p.Work, w.Code, w.Title, was[p.Work], is[p.Work]})
		}
	}
}

// awardsOf tells each work's award under rules, nothing where none has a score.
func awardsOf(rules judging.Rules, works map[judging.WorkID]judging.Work, placings []judging.Placing, rulings []judging.Ruling) map[judging.WorkID]string {
	out := map[judging.WorkID]string{}
	for _, d := range judging.DecideAll(rules, candidates(works, placings), rulings) {
		for _, g := range d.Grants {
			out[g.Work] = g.Award
		}
	}
	return out
}

// candidates joins placings with what caps look at.
func candidates(works map[judging.WorkID]judging.Work, placings []judging.Placing) []judging.Candidate {
	out := make([]judging.Candidate, len(placings))
	for i, p := range placings {
		w := works[p.Work]
		out[i] = judging.Candidate{Placing: p, Unit: w.Body(), Authors: w.Authors}
	}
	return out
}
