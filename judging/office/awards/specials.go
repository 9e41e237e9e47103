package awards

import (
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
