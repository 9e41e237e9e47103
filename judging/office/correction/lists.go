package correction

import (
	"fmt"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/revisions"
)

// ListMove is a list that works left or came to: how many accepted works it had and has, and what that does to the
// places of each award.
type ListMove struct {
	Category string       `json:"category"`
	Group    string       `json:"group,omitempty"`
	Was      int          `json:"was"`
	Is       int          `json:"is"`
	Places   []PlacesMove `json:"places"` // of awards whose number of places changes, best first
}

// PlacesMove is how many places an award had in a list and has, nobody being tied.
type PlacesMove struct {
	Award string `json:"award"`
	Was   int    `json:"was"`
	Is    int    `json:"is"`
}

// Awards tells the places that change: 一等奖 2 → 3.
func (m ListMove) Awards() string {
	var out []string
	for _, p := range m.Places {
		out = append(out, fmt.Sprintf("%s %d → %d", p.Award, p.Was, p.Is))
	}
	return strings.Join(out, "、")
}

// Args are what the text of the list needs.
func (m ListMove) Args() judging.Args {
	list := strings.TrimSpace(m.Category + " " + m.Group)
	return judging.Args{"List": list, "Was": m.Was, "Is": m.Is, "Places": m.Awards()}
}

// named lists the works that a correction is about: those named, or all of a category, or of one group of it, so that
// categories can be combined and parted 合并、拆分类别.
func (k *corrector) named(c Correction) ([]string, error) {
	if c.From == "" {
		return c.Works, nil
	}
	if _, err := revisions.Known(k.rules, "category", c.From); err != nil {
		return nil, err
	}
	all, _, err := records.ReadingOf(k.tx).Works()
	if err != nil {
		return nil, err
	}
	var out []string
	for _, w := range all {
		if w.Category == c.From && (c.Group == "" || w.Group == c.Group) {
			out = append(out, string(w.ID))
		}
	}
	if len(out) == 0 || len(out) > MostCorrected {
		list := strings.TrimSpace(c.From + " " + c.Group)
		return nil, judging.Fail(judging.Invalid, "correct.none_from", judging.Args{
			"List": list, "N": len(out), "Most": MostCorrected,
		})
	}
	return out, nil
}

// lists tells what the works corrected so far have moved, in the rules' order.
func (k *corrector) lists() ([]ListMove, error) {
	type list struct{ category, group string }
	of := func(w judging.Work) list {
		l := list{category: w.Category}
		if k.rules.RankedApart(w.Category, w.Group) {
			l.group = w.Group
		}
		return l
	}
	was, is := map[list]int{}, map[list]int{}
	moved := slices.ContainsFunc(k.done, func(w CorrectedWork) bool {
		return slices.ContainsFunc(w.Changes, func(c judging.WorkChange) bool {
			return c.Field == "category" || c.Field == "group"
		})
	})
	if !moved {
		return []ListMove{}, nil
	}
	all, _, err := records.ReadingOf(k.tx).Works()
	if err != nil {
		return nil, err
	}
	changes := map[judging.WorkID][]judging.WorkChange{}
	for _, w := range k.done {
		changes[w.Work] = w.Changes
	}
	for _, w := range all {
		if w.Status != judging.Accepted {
			continue
		}
		is[of(w)]++
		for _, c := range changes[w.ID] {
			switch c.Field {
			case "category":
				w.Category = c.Old
			case "group":
				w.Group = c.Old
			}
		}
		was[of(w)]++
	}
	var before, after []award.Listed
	for _, c := range k.rules.Categories {
		for _, g := range append(slices.Clone(c.Groups), "") {
			before = append(before, award.Listed{Category: c.Name, Group: g, Ranked: was[list{c.Name, g}]})
			after = append(after, award.Listed{Category: c.Name, Group: g, Ranked: is[list{c.Name, g}]})
		}
	}
	return k.moves(before, after), nil
}

// moves tells the lists whose works or places change: a list whose works stay may get places that are counted over the
// whole contest.
func (k *corrector) moves(before, after []award.Listed) []ListMove {
	out := []ListMove{}
	from, to := award.SpreadOver(k.rules, before), award.SpreadOver(k.rules, after)
	for i, is := range after {
		m := ListMove{
			Category: is.Category, Group: is.Group, Was: before[i].Ranked, Is: is.Ranked, Places: []PlacesMove{},
		}
		was := from.PlacesOf(m.Category, m.Group, m.Was)
		for a, places := range to.PlacesOf(m.Category, m.Group, m.Is) {
			if was[a] != places {
				m.Places = append(m.Places, PlacesMove{k.rules.Awards[a].Name, was[a], places})
			}
		}
		if m.Was != m.Is || len(m.Places) > 0 {
			out = append(out, m)
		}
	}
	return out
}
