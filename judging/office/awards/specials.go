package awards

import (
	"context"
	"slices"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
	"fayi/judging/terms"
)

// SpecialHonour is a special prize with the works that get it, best first, none where nobody does.
type SpecialHonour struct {
	Prize string          `json:"prize"`
	By    terms.SpecialBy `json:"by,omitempty"`
	Works []SpecialWork   `json:"works"`
}

// SpecialWork is a work with a special prize.
type SpecialWork struct {
	award.Special
	Category string           `json:"category"`
	Group    string           `json:"group,omitempty"`
	Code     judging.WorkCode `json:"code"`
	Title    string           `json:"title"`
	Authors  []string         `json:"authors"`
	Unit     string           `json:"unit"`
	Teachers []string         `json:"teachers,omitempty"`
}

// specials are the rules' special prizes with the works that decided gives them to; then prizes that the rules know no
// more.
func specials(
	rules judging.Rules, decided []award.Decision, works map[judging.WorkID]judging.Work,
) (out []SpecialHonour) {
	for _, p := range rules.Specials {
		out = append(out, SpecialHonour{Prize: p.Name, By: p.By, Works: []SpecialWork{}})
	}
	for _, d := range decided {
		for _, s := range d.Specials {
			at := slices.IndexFunc(out, func(h SpecialHonour) bool { return h.Prize == s.Prize })
			if at < 0 {
				at = len(out)
				out = append(out, SpecialHonour{Prize: s.Prize})
			}
			w := works[s.Work]
			out[at].Works = append(out[at].Works, SpecialWork{Special: s, Category: d.Category, Group: d.Group,
				Code: w.Code, Title: w.Title, Authors: w.Authors, Unit: w.ShownUnit(), Teachers: w.Teachers})
		}
	}
	return out
}

// specialsOf are the names of the special prizes of each work.
func specialsOf(all []award.Decision) map[judging.WorkID][]string {
	out := map[judging.WorkID][]string{}
	for _, d := range all {
		for _, s := range d.Specials {
			out[s.Work] = append(out[s.Work], s.Prize)
		}
	}
	return out
}

// ListWinners is ListAwards with the works that have special prizes alone, as last of all: their Award is "".
func ListWinners(ctx context.Context, tx store.Tx) ([]Award, error) {
	out, err := ListAwards(ctx, tx)
	if err != nil {
		return nil, err
	}
	version, err := records.Last(tx, "decisions")
	if err != nil {
		return nil, err
	}
	all, err := decisionsInOrder(tx, version)
	if err != nil {
		return nil, err
	}
	prizes := specialsOf(all)
	for _, a := range out {
		delete(prizes, a.Work)
	}
	for _, d := range all {
		for _, s := range d.Specials {
			names := prizes[s.Work]
			if len(names) == 0 {
				continue
			}
			delete(prizes, s.Work)
			w, err := records.LoadWork(tx, s.Work)
			if err != nil {
				return nil, err
			}
			out = append(out, Award{Category: d.Category, Group: d.Group, Work: s.Work, Title: w.Title,
				Authors: w.Authors, Unit: w.ShownUnit(), Teachers: w.Teachers, Specials: names})
		}
	}
	return out, nil
}

// SpecialAwards are the special prizes as entries of an award list.
func (h Honours) SpecialAwards() (out []Award) {
	for _, prize := range h.Specials {
		for _, s := range prize.Works {
			out = append(out, Award{Award: prize.Prize, Category: s.Category, Group: s.Group, Work: s.Work,
				Title: s.Title, Authors: s.Authors, Unit: s.Unit, Teachers: s.Teachers, Reason: s.Reason,
				Special: true})
		}
	}
	return out
}

// mayNominate refuses a nomination beyond the number that the rules allow of a prize. It is about the works of one
// field of the prize, and another nomination of the same work takes the place of the one before.
func mayNominate(tx store.Tx, rules judging.Rules, u award.Ruling) error {
	p, _ := terms.SpecialNamed(rules.Specials, u.Award)
	if u.Kind != award.RuleNominate || p.Count == 0 {
		return nil
	}
	w, err := records.LoadWork(tx, u.Work)
	if err != nil {
		return err
	}
	field := func(w judging.Work) string { return p.FieldOf(w.Category, w.Group, w.ShownUnit()) }
	live, err := records.LiveRulings(tx)
	if err != nil {
		return err
	}
	named := map[judging.WorkID]bool{u.Work: true}
	for _, o := range live {
		if o.Kind != award.RuleNominate || o.Award != u.Award {
			continue
		}
		other, err := records.LoadWork(tx, o.Work)
		if err != nil {
			return err
		}
		named[o.Work] = named[o.Work] || field(other) == field(w)
	}
	n := 0
	for _, same := range named {
		if same {
			n++
		}
	}
	if n > p.Count {
		return judging.Fail(judging.Clash, "awards.special_full", judging.Args{"Award": p.Name, "N": p.Count})
	}
	return nil
}
