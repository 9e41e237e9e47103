package records

import (
	"fmt"
	"maps"
	"slices"

	"fayi/judging"
	"fayi/judging/store"
)

// Numbering gives works their identities and codes, in memory until it is saved. Whoever uses one over more than one
// transaction holds the lease Numbers, so that no two give out the same; whoever uses it within one sees by Vacant that
// nobody does.
type Numbering struct {
	ids     int                       // works numbered so far, all intakes
	codes   map[string]int            // prefix -> codes drawn so far
	drawers map[string]*judging.Codes // prefix -> codes
}

// LoadNumbering reads what was given out so far.
func LoadNumbering(tx store.Tx) (Numbering, error) {
	n := Numbering{codes: map[string]int{}, drawers: map[string]*judging.Codes{}}
	err := Counters.Each(tx, func(c Counter) error {
		if c.Name == "work" {
			n.ids = c.Last
		}
		var prefix string
		if k, _ := fmt.Sscanf(c.Name, "code/%s", &prefix); k == 1 {
			n.codes[prefix] = c.Last
		}
		return nil
	})
	return n, err
}

// Save keeps the counters.
func (n *Numbering) Save(tx store.Tx) error {
	if err := Counters.Put(tx, Counter{Name: "work", Last: n.ids}); err != nil {
		return err
	}
	for _, prefix := range slices.Sorted(maps.Keys(n.codes)) {
		if err := Counters.Put(tx, Counter{Name: "code/" + prefix, Last: n.codes[prefix]}); err != nil {
			return err
		}
	}
	return nil
}

// Number gives a new work its identity, and any work of a new category its code.
func (n *Numbering) Number(w *judging.Work, c judging.Contest, rules judging.Rules) {
	if w.ID == "" {
		n.ids++
		w.ID = judging.WorkID(judging.Serial("w", 6, n.ids))
	}
	category, _ := rules.Category(w.Category)
	if n.drawers[category.Prefix] == nil {
		n.drawers[category.Prefix] = judging.NewCodes(c.Key, category.Prefix)
	}
	w.Code = n.drawers[category.Prefix].At(n.codes[category.Prefix])
	n.codes[category.Prefix]++
}
