package records

import (
	"maps"
	"reflect"
	"slices"
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
var UnitAliases = store.NewTable("unit_alias", 1, func(a *UnitAlias) string { return a.ID() })

// ID is the identity of an alias.
func (a UnitAlias) ID() string { return KeyHash(judging.Fold(a.From)) + "/" + a.Act }

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

// ListedUnit is one unit of a list of units that was imported. A contest without such a list has none.
type ListedUnit struct {
	Name    string         `json:"name"`
	Kind    string         `json:"kind,omitempty"` // 学校, 机关 …
	Contact string         `json:"contact,omitempty"`
	Phone   string         `json:"phone,omitempty"`
	Email   string         `json:"email,omitempty"`
	Quota   int            `json:"quota,omitempty"`  // the most works that it may send in; 0: no limit
	Quotas  map[string]int `json:"quotas,omitempty"` // the same of single categories, by name
	Source  judging.Place  `json:"source"`
}

// Same reports whether two say the same of a unit, and from the same place.
func (u ListedUnit) Same(v ListedUnit) bool {
	same := maps.Equal(u.Quotas, v.Quotas)
	u.Quotas, v.Quotas = nil, nil
	return same && reflect.DeepEqual(u, v)
}

// UnitsList is one import of units: what it brought and changed, so that it can be taken back.
type UnitsList struct {
	ID      string              `json:"id"`
	State   judging.IntakeState `json:"state"` // Live or Undone
	At      time.Time           `json:"at"`
	By      string              `json:"by,omitempty"`
	File    string              `json:"file"` // its name, without folders
	Tally   judging.RowTally    `json:"tally"`
	Added   []ListedUnit        `json:"added,omitempty"`
	Changed []UnitChange        `json:"changed,omitempty"`
	Names   []UnitAlias         `json:"names,omitempty"` // other names of units that came along
}

// UnitChange is a unit before and after an import.
type UnitChange struct {
	Before ListedUnit `json:"before"`
	After  ListedUnit `json:"after"`
}

// Key is the identity of a listed unit: its folded name.
func (u *ListedUnit) Key() string { return KeyHash(judging.Fold(u.Name)) }

// ListedUnits are the units of the lists imported, and UnitsLists their imports.
var (
	ListedUnits = store.NewTable("listed_unit", 1, func(u *ListedUnit) string { return u.Key() })
	UnitsLists  = store.NewTable("unitslist", 1, func(l *UnitsList) string { return l.ID })
)

// UnitRegister finds the units that lists name, by the names that works bear now.
type UnitRegister struct {
	names  UnitNames
	listed map[string]ListedUnit // by folded name, that of the list and the one the unit goes by now
}

// LoadUnitRegister reads the lists of units.
func LoadUnitRegister(tx store.Tx) (UnitRegister, error) {
	r := UnitRegister{listed: map[string]ListedUnit{}}
	var err error
	if r.names, err = LoadUnitNames(tx); err != nil {
		return r, err
	}
	var also []ListedUnit
	err = ListedUnits.Each(tx, func(u ListedUnit) error {
		r.listed[judging.Fold(u.Name)] = u
		if judging.Fold(r.names.Of(u.Name)) != judging.Fold(u.Name) {
			also = append(also, u)
		}
		return nil
	})
	for _, u := range also { // a unit that is listed under its present name is that one
		now := judging.Fold(r.names.Of(u.Name))
		if _, own := r.listed[now]; !own {
			r.listed[now] = u
		}
	}
	return r, err
}

// Some reports whether any list of units was imported.
func (r UnitRegister) Some() bool { return len(r.listed) > 0 }

// Find returns the listed unit of a name.
func (r UnitRegister) Find(name string) (ListedUnit, bool) {
	u, ok := r.listed[judging.Fold(name)]
	if !ok {
		u, ok = r.listed[judging.Fold(r.names.Of(name))]
	}
	return u, ok
}

// Names returns what lists call their units, where no unit goes by another name now.
func (r UnitRegister) Names() []string {
	var out []string
	for key, u := range r.listed {
		if now := r.names.Of(u.Name); judging.Fold(now) == key {
			out = append(out, now)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Misses reports whether a work names units, and no list has one of them.
func (r UnitRegister) Misses(w judging.Work) bool {
	if w.Unit == "" && w.Sender == "" {
		return false
	}
	_, unit := r.Find(w.Unit)
	_, sender := r.Find(w.Sender)
	return !(unit && w.Unit != "" || sender && w.Sender != "")
}

// Now returns the name that a listed unit goes by now.
func (r UnitRegister) Now(u ListedUnit) string { return r.names.Of(u.Name) }
