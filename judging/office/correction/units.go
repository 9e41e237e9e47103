package correction

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// Unit is one name of a unit that works or judges bear, as it is written.
type Unit struct {
	Name   string   `json:"name"`
	Works  int      `json:"works"`  // that name it, as the author's or as the sender; each counts once
	Sent   int      `json:"sent"`   // of these, works that it sent in
	Judges int      `json:"judges"` // of that unit
	Also   []string `json:"also"`   // other names by which lists may call it
	// what an imported list says of it; the rest is empty for a unit that none names
	Listed  bool   `json:"listed"`
	Kind    string `json:"kind,omitempty"`
	Contact string `json:"contact,omitempty"`
	Phone   string `json:"phone,omitempty"`
	Email   string `json:"email,omitempty"`
	Quota   int    `json:"quota,omitempty"` // the most works that it may send in; 0: no limit

	Quotas map[string]int `json:"quotas,omitempty"` // the same of single categories, by name
}

// listedAs fills in what an imported list says of the unit.
func (u *Unit) listedAs(l records.ListedUnit) {
	u.Listed, u.Kind, u.Contact, u.Phone, u.Email, u.Quota = true, l.Kind, l.Contact, l.Phone, l.Email, l.Quota
	u.Quotas = l.Quotas
}

// QuotaText writes how many works a unit may send, in all and by category: 10 / 书法 3、绘画 2; "" for no limit.
func (u Unit) QuotaText() string {
	parts := quotasText(u.Quotas)
	if u.Quota == 0 {
		return parts
	}
	all := strconv.Itoa(u.Quota)
	if parts == "" {
		return all
	}
	return all + " / " + parts
}

// UnitList is all units with what may be done about them.
type UnitList struct {
	Units  []Unit     `json:"units"`  // by name; those of imported lists too, that no work names
	Lists  bool       `json:"lists"`  // a list of units was imported
	Likely []Likeness `json:"likely"` // names that may mean one unit, the surest first
	More   int        `json:"more"`   // pairs beyond MostLikely
}

// ListUnits lists the units of all works, and which of them look like one. Nothing is merged by it.
func (o Units) ListUnits(ctx context.Context) (UnitList, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) (UnitList, error) {
		list, err := loadUnits(tx)
		if err != nil {
			return UnitList{}, err
		}
		names := make([]string, 0, len(list))
		for _, u := range list {
			if u.Works > 0 || u.Listed {
				names = append(names, u.Name)
			}
		}
		out := UnitList{Units: list, Lists: slices.ContainsFunc(list, func(u Unit) bool { return u.Listed })}
		out.Likely, out.More = likely(names)
		return out, nil
	})
}

// unitsByName gathers units under their names.
type unitsByName map[string]*Unit

func (all unitsByName) of(name string) *Unit {
	if all[name] == nil {
		all[name] = &Unit{Name: name, Also: []string{}}
	}
	return all[name]
}

// worksOfUnits counts the works of each unit that works name.
func worksOfUnits(tx store.Tx) (unitsByName, error) {
	byName := unitsByName{}
	of := byName.of
	return byName, records.EachWork(tx, func(w judging.Work) error {
		if w.Unit != "" {
			of(w.Unit).Works++
		}
		if w.Sender != "" {
			of(w.Sender).Sent++
			if w.Sender != w.Unit {
				of(w.Sender).Works++
			}
		}
		return nil
	})
}

func loadUnits(tx store.Tx) ([]Unit, error) {
	byName, err := worksOfUnits(tx)
	if err != nil {
		return nil, err
	}
	of := byName.of
	judges, err := records.LoadJudges(tx)
	if err != nil {
		return nil, err
	}
	names, err := records.LoadUnitNames(tx)
	if err != nil {
		return nil, err
	}
	register, err := records.LoadUnitRegister(tx)
	if err != nil {
		return nil, err
	}
	for _, name := range register.Names() {
		of(name)
	}
	for _, j := range judges {
		if j.Unit != "" {
			of(names.Of(j.Unit)).Judges++
		}
	}
	err = records.UnitAliases.Each(tx, func(a records.UnitAlias) error {
		if a.Holds() {
			if u := byName[names.Of(a.From)]; u != nil {
				u.Also = append(u.Also, a.From)
			}
		}
		return nil
	})
	out := make([]Unit, 0, len(byName))
	for _, u := range byName {
		slices.Sort(u.Also)
		if l, ok := register.Find(u.Name); ok {
			u.listedAs(l)
		}
		out = append(out, *u)
	}
	slices.SortFunc(out, func(a, b Unit) int { return cmp.Compare(a.Name, b.Name) })
	return out, err
}

// UnitMerge asks to give all works of some units one name.
type UnitMerge struct {
	From   []string
	To     string
	Reason string // may be empty until judges have works
	DryRun bool
}

// MergeUnits makes several units one that is known already: all works that name one of them, as the author's unit or as
// the sender, name To, and lists that come later and say one of the old names mean To. It can be undone like any
// correction. Errors: NotFound where no work names one of From, or neither a work nor an imported list names To;
// Invalid, Closed.
func (o Units) MergeUnits(ctx context.Context, m UnitMerge) (Report, error) {
	return o.rename(ctx, m, deed{"units", "merge"}, func(works map[string]int, listed records.UnitRegister) error {
		if _, known := listed.Find(m.To); works[m.To] == 0 && !known {
			return judging.Fail(judging.NotFound, "units.unknown", judging.Args{"Unit": m.To})
		}
		return nil
	})
}

// RenameUnit gives a unit another name in all its works. Errors: as of MergeUnits, and Clash where another unit has
// that name already: these are merged, which somebody must want.
func (o Units) RenameUnit(ctx context.Context, from, to, reason string, dry bool) (Report, error) {
	m := UnitMerge{From: []string{from}, To: judging.Tidy(to), Reason: reason, DryRun: dry}
	return o.rename(ctx, m, deed{"units", "rename"}, func(works map[string]int, _ records.UnitRegister) error {
		if works[m.To] > 0 && m.To != judging.Tidy(from) {
			return judging.Fail(judging.Clash, "units.taken", judging.Args{"Unit": m.To, "N": works[m.To]})
		}
		return nil
	})
}

// rename gives all works of the units m.From the name m.To, if check lets it, and remembers the old names.
func (o Units) rename(
	ctx context.Context, m UnitMerge, what deed, check func(works map[string]int, listed records.UnitRegister) error,
) (Report, error) {
	if m.To = judging.Tidy(m.To); m.To == "" || len(m.From) == 0 {
		return newReport(), judging.Fail(judging.Invalid, "units.nothing", nil)
	}
	return act(ctx, o.rec, what, m.Reason, m.DryRun, func(k *corrector) error {
		works, err := countByUnit(k.tx)
		if err != nil {
			return err
		}
		listed, err := records.LoadUnitRegister(k.tx)
		if err != nil {
			return err
		}
		if err := check(works, listed); err != nil {
			return err
		}
		from := map[string]bool{}
		for _, name := range m.From {
			if name = judging.Tidy(name); name == m.To {
				continue
			}
			if works[name] == 0 {
				return judging.Fail(judging.NotFound, "units.unknown", judging.Args{"Unit": name})
			}
			from[name] = true
		}
		if len(from) == 0 {
			return judging.Fail(judging.Invalid, "units.nothing", nil)
		}
		if err := k.renameIn(from, m.To); err != nil {
			return err
		}
		return k.remember(from, m.To)
	})
}

// countByUnit counts the works that name each unit.
func countByUnit(tx store.Tx) (map[string]int, error) {
	out := map[string]int{}
	return out, records.EachWork(tx, func(w judging.Work) error {
		out[w.Unit]++
		if w.Sender != w.Unit {
			out[w.Sender]++
		}
		return nil
	})
}

// renameIn gives all works of the units from the name to.
func (k *corrector) renameIn(from map[string]bool, to string) error {
	works, err := records.AllWorks(k.tx, func(w judging.Work) bool { return from[w.Unit] || from[w.Sender] })
	if err != nil {
		return err
	}
	for _, old := range works {
		next := old
		for field, name := range map[string]string{"unit": old.Unit, "sender": old.Sender} {
			if !from[name] {
				continue
			}
			if next, err = next.With(field, to); err != nil {
				return err
			}
		}
		if err := k.change(old, next, k.act); err != nil {
			return err
		}
	}
	return nil
}
