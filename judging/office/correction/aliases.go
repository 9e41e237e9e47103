package correction

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// forgotten marks an alias that somebody no longer wanted, in place of the correction that took it back.
const forgotten = "forgotten"

// remember keeps the names from as other names of the unit to.
func (k *corrector) remember(from map[string]bool, to string) error {
	folded := map[string]bool{judging.Fold(to): true}
	for name := range from {
		folded[judging.Fold(name)] = true
	}
	// what else was said of these names no longer counts: a name has one meaning, and To is no other name of anything
	err := k.eachAlias(func(a *records.UnitAlias) bool {
		if a.Holds() && folded[judging.Fold(a.From)] {
			a.Aside = k.act.Act
			return true
		}
		return false
	})
	if err != nil {
		return err
	}
	names := slices.Sorted(maps.Keys(from))
	k.besides = map[string]any{"units": names, "to": to}
	for _, name := range names {
		err := records.UnitAliases.Put(k.tx, records.UnitAlias{
			From: name, To: to, Act: k.act.Act, At: k.act.At, By: k.act.By, Reason: k.act.Reason,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// dropAliases takes back what an act said of names.
func (k *corrector) dropAliases(act string) error {
	return k.eachAlias(func(a *records.UnitAlias) bool {
		switch {
		case a.Act == act && a.Undone == "":
			a.Undone = k.act.Act
		case a.Aside == act:
			a.Aside = ""
		default:
			return false
		}
		return true
	})
}

// againAliases says of names again what an act said that was taken back.
func (k *corrector) againAliases(act string) error {
	var again []records.UnitAlias
	err := records.UnitAliases.Each(k.tx, func(a records.UnitAlias) error {
		if a.Act == act && a.Undone != "" && a.Undone != forgotten {
			again = append(again, a)
		}
		return nil
	})
	if err != nil || len(again) == 0 {
		return err
	}
	from := map[string]bool{}
	for _, a := range again {
		from[a.From] = true
	}
	return k.remember(from, again[0].To)
}

// eachAlias lets fn change aliases and keeps those for which it returns true.
func (k *corrector) eachAlias(fn func(*records.UnitAlias) bool) error {
	all, err := records.UnitAliases.List(k.tx, "")
	if err != nil {
		return err
	}
	for _, a := range all {
		if fn(&a) {
			if err := records.UnitAliases.Put(k.tx, a); err != nil {
				return err
			}
		}
	}
	return nil
}

// UnitAliases lists the other names of units that hold, by name. The next import takes each for its unit and says so.
func (o Units) UnitAliases(ctx context.Context) ([]records.UnitAlias, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]records.UnitAlias, error) {
		out := []records.UnitAlias{}
		err := records.UnitAliases.Each(tx, func(a records.UnitAlias) error {
			if a.Holds() {
				out = append(out, a)
			}
			return nil
		})
		slices.SortFunc(out, func(a, b records.UnitAlias) int {
			return cmp.Or(cmp.Compare(a.To, b.To), cmp.Compare(a.From, b.From))
		})
		return out, err
	})
}

// ForgetAlias ends another name of a unit: lists that say it mean a unit of their own again. Works stay as they are.
// Errors: NotFound.
func (o Units) ForgetAlias(ctx context.Context, name string) error {
	return o.rec.Change(ctx, records.Correcting, func(tx store.Tx) error {
		key, found := judging.Fold(name), 0
		all, err := records.UnitAliases.List(tx, "")
		if err != nil {
			return err
		}
		for _, a := range all {
			if !a.Holds() || judging.Fold(a.From) != key {
				continue
			}
			a.Undone = forgotten
			found++
			if err := records.UnitAliases.Put(tx, a); err != nil {
				return err
			}
		}
		if found == 0 {
			return judging.Fail(judging.NotFound, "units.no_alias", judging.Args{"Unit": judging.Tidy(name)})
		}
		return o.rec.Log(tx, "units.forget", "", map[string]any{"unit": judging.Tidy(name)}, nil)
	})
}
