package records

import (
	"time"

	"fayi/judging"
	"fayi/judging/store"
)

// UnitAlias says that lists which name the unit From mean To. It comes with the correction that gave all works the
// name To, and goes with it. None is ever overwritten: a later one of the same name sets it aside.
type UnitAlias struct {
	From   string    `json:"from"`
	To     string    `json:"to"`
	Act    string    `json:"act"` // the correction "k003"
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	Reason string    `json:"reason,omitempty"`
	Undone string    `json:"undone,omitempty"` // the correction that took it back, or forgetting for one forgotten
	Aside  string    `json:"aside,omitempty"`  // the correction whose alias counts instead
}

// UnitAliases are the other names of units, by folded name and act.
var UnitAliases = store.NewTable("unit_alias", 1, func(a *UnitAlias) string { return KeyHash(judging.Fold(a.From)) + "/" + a.Act })

// Holds reports whether the alias counts.
func (a UnitAlias) Holds() bool { return a.Undone == "" && a.Aside == "" }

// UnitNames finds the names that units go by now.
type UnitNames map[string]string // folded name -> name, one step

// LoadUnitNames reads the aliases that hold.
func LoadUnitNames(tx store.Tx) (UnitNames, error) {
	out := UnitNames{}
	return out, UnitAliases.Each(tx, func(a UnitAlias) error {
		if a.Holds() {
			out[judging.Fold(a.From)] = a.To
		}
		return nil
	})
}

// Of returns the name that a unit goes by, which is its own where no alias is known.
func (n UnitNames) Of(unit string) string {
	key := judging.Fold(unit)
	for range len(n) + 1 { // an alias may lead to one that was itself renamed; a ring is not possible
		to, ok := n[key]
		if !ok {
			return unit
		}
		if unit = to; judging.Fold(to) == key {
			return unit
		}
		key = judging.Fold(to)
	}
	return unit
}

// RenameUnits gives judges and what is declared of them the names that units go by now, in memory: a judge of
// "第一小学" stays apart from its works after all of them say "示例县第一小学".
func RenameUnits(tx store.Tx, judges []judging.Judge, said []judging.Conflict) error {
	names, err := LoadUnitNames(tx)
	if err != nil || len(names) == 0 {
		return err
	}
	for i := range judges {
		judges[i].Unit = names.Of(judges[i].Unit)
	}
	for i := range said {
		if said[i].Unit != "" {
			said[i].Unit = names.Of(said[i].Unit)
		}
	}
	return nil
}
