package correction

import (
	"context"
	"errors"
	"maps"
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// InheritRequest says whose units are taken over, and how.
type InheritRequest struct {
	From      *Units   // of an earlier contest, which is only read
	Overwrite bool     // what the earlier contest says takes the place of what is listed; else it fills in blanks only
	Same      []string // units of the earlier contest that are the listed one that they look like
	Apart     []string // units of it that are others than those that they look like
	DryRun    bool     // only say what would come of it
}

// earlier is what an earlier contest knows of its units.
type earlier struct {
	contest judging.Contest
	units   []records.ListedUnit // by the names that they go by there, sorted by these
	also    []records.UnitAlias  // other names of these units
}

// InheritUnits takes over the units of an earlier contest: names, kinds, contacts, phones, mail addresses, quotas, and
// the other names that they go by. A unit that is listed here, under whatever name, is recognised; what differs is
// said, and changes only with Overwrite. One that only looks like a listed unit is left until Same or Apart names it.
// Quotas of categories that this contest has not are left, and said. UndoUnits takes all of it back. Errors: Invalid
// for the contest itself; NotFound where the earlier one lists no units, and for a name in Same or Apart that it has
// not; Closed once the awards are final.
func (o Units) InheritUnits(ctx context.Context, req InheritRequest) (UnitsReport, error) {
	report := newUnitsReport()
	old, err := records.View(ctx, req.From.rec.DB, readEarlier)
	if err != nil {
		return report, err
	}
	if len(old.units) == 0 {
		return report, judging.Fail(judging.NotFound, "units.inherit_none",
			judging.Args{"Contest": old.contest.Title()})
	}
	var plan *unitsPlan
	look := func(tx store.Tx) error {
		plan, err = inheritPlan(tx, old, req)
		return err
	}
	if req.DryRun {
		err = o.rec.DB.View(ctx, look)
	} else {
		err = o.rec.Change(ctx, records.Importing, func(tx store.Tx) error {
			if err := look(tx); err != nil {
				return err
			}
			return o.writeUnits(tx, plan, old.contest.Title(), "units.inherit")
		})
	}
	if err != nil {
		return report, err
	}
	plan.report(&report)
	return report, nil
}

func readEarlier(tx store.Tx) (e earlier, err error) {
	if e.contest, err = records.LoadContest(tx); err != nil {
		return e, err
	}
	register, err := records.LoadUnitRegister(tx)
	if err != nil {
		return e, err
	}
	known := map[string]bool{}
	for _, name := range register.Names() {
		u, _ := register.Find(name)
		u.Name = name
		known[judging.Fold(name)] = true
		e.units = append(e.units, u)
	}
	names, err := records.LoadUnitNames(tx)
	if err != nil {
		return e, err
	}
	return e, records.UnitAliases.Each(tx, func(a records.UnitAlias) error {
		if now := names.Of(a.From); a.Holds() && known[judging.Fold(now)] && judging.Fold(now) != judging.Fold(a.From) {
			e.also = append(e.also, records.UnitAlias{From: a.From, To: now})
		}
		return nil
	})
}

// inheriting decides what becomes of the units of an earlier contest.
type inheriting struct {
	*unitsPlan

	req        InheritRequest
	old        earlier
	register   records.UnitRegister
	names      records.UnitNames
	categories []judging.Category
	may        []string          // listed names that no unit of the earlier contest bears: one of them may be renamed
	becomes    map[string]string // folded name there -> name here
}

func inheritPlan(tx store.Tx, old earlier, req InheritRequest) (*unitsPlan, error) {
	plan, err := newUnitsPlan(tx, nil)
	if err != nil {
		return nil, err
	}
	in := inheriting{unitsPlan: plan, req: req, old: old, becomes: map[string]string{}}
	here, err := records.LoadContest(tx)
	if err != nil {
		return nil, err
	}
	if here.ID == old.contest.ID {
		return nil, judging.Fail(judging.Invalid, "units.inherit_self", nil)
	}
	rules, err1 := records.LoadRules(tx)
	register, err2 := records.LoadUnitRegister(tx)
	names, err3 := records.LoadUnitNames(tx)
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, err
	}
	in.categories, in.register, in.names = rules.Categories, register, names
	if err := in.check(); err != nil {
		return nil, err
	}
	in.may = in.notBorne()
	for i, u := range old.units {
		u.Source = judging.Place{File: old.contest.Title(), Row: i + 1}
		out := in.unit(u)
		plan.list.Tally.Add(out.Status)
		plan.rows = append(plan.rows, out)
	}
	plan.settle()
	for _, a := range old.also {
		in.alias(a.From, in.becomes[judging.Fold(a.To)])
	}
	return plan, nil
}

// check refuses names that the earlier contest has not.
func (in *inheriting) check() error {
	for _, name := range slices.Concat(in.req.Same, in.req.Apart) {
		if !slices.ContainsFunc(in.old.units, func(u records.ListedUnit) bool { return sameName(u.Name, name) }) {
			return judging.Fail(judging.NotFound, "units.unknown", judging.Args{"Unit": name})
		}
	}
	return nil
}

func sameName(a, b string) bool { return judging.Fold(a) == judging.Fold(b) }

// listed finds the unit listed here that one of the earlier contest is, by its name or another that it goes by there.
func (in *inheriting) listed(name string) (records.ListedUnit, bool) {
	u, ok := in.register.Find(name)
	for _, a := range in.old.also {
		if !ok && sameName(a.To, name) {
			u, ok = in.register.Find(a.From)
		}
	}
	return u, ok
}

// notBorne lists the units listed here that none of the earlier contest is by name.
func (in *inheriting) notBorne() []string {
	borne := map[string]bool{}
	for _, u := range in.old.units {
		if listed, ok := in.listed(u.Name); ok {
			borne[judging.Fold(in.register.Now(listed))] = true
		}
	}
	return slices.DeleteFunc(in.register.Names(), func(name string) bool { return borne[judging.Fold(name)] })
}

// unit decides about one unit.
func (in *inheriting) unit(old records.ListedUnit) UnitOutcome {
	out := UnitOutcome{Place: old.Source, Status: judging.RowRejected, Name: old.Name}
	said := func(list []string) bool {
		return slices.ContainsFunc(list, func(name string) bool { return sameName(name, old.Name) })
	}
	u := old
	if listed, ok := in.listed(old.Name); ok {
		u.Name, out.As = listed.Name, in.register.Now(listed)
	} else if u.Name = in.names.Of(old.Name); u.Name != old.Name {
		out.As = u.Name
	} else if l, name, like := MatchUnit(old.Name, in.may); like && !said(in.req.Apart) {
		out.Like, out.Kind = name, l.Kind
		if !said(in.req.Same) {
			return out
		}
		listed, _ := in.register.Find(name)
		u.Name, out.As = listed.Name, name
	}
	if sameName(out.As, old.Name) {
		out.As = ""
	}
	u.Quotas = in.quotas(old, &out)
	in.merge(u, &out)
	if out.Status != judging.RowRejected {
		here := u.Name
		if out.As != "" {
			here = out.As
		}
		in.becomes[judging.Fold(old.Name)] = here
		in.alias(old.Name, here)
	}
	return out
}

// quotas are those of categories that this contest has; the others are said.
func (in *inheriting) quotas(u records.ListedUnit, out *UnitOutcome) map[string]int {
	left := map[string]int{}
	for _, name := range slices.Sorted(maps.Keys(u.Quotas)) {
		if slices.ContainsFunc(in.categories, func(c judging.Category) bool { return c.Name == name }) {
			left[name] = u.Quotas[name]
			continue
		}
		out.Problems = append(out.Problems, judging.Problem{Place: u.Source, Text: "units.inherit_category",
			Args: judging.Args{"Name": u.Name, "Category": name, "Quota": u.Quotas[name]}})
	}
	if len(left) == 0 {
		return nil
	}
	return left
}

// merge lays a unit over what is listed.
func (in *inheriting) merge(u records.ListedUnit, out *UnitOutcome) {
	key := u.Key()
	if _, again := in.first[key]; again { // two units there are one here
		out.Problems = append(out.Problems, judging.Problem{Place: out.Place, Text: "units.inherit_twice",
			Args: judging.Args{"Name": out.Name, "Unit": u.Name}})
		return
	}
	was, known := in.now[key]
	next := u
	if known {
		all := mergedUnit(was, u)
		if next = all; !in.req.Overwrite {
			next = mergedUnit(was, blanksOf(was, u))
		}
		out.Kept = unitChanges(next, all)
	}
	in.first[key], in.now[key], in.order = out.Place, next, append(in.order, key)
	switch {
	case !known:
		out.Status = judging.RowAccepted
	case next.Same(was):
		out.Status = judging.RowUnchanged
	default:
		out.Status, out.Changes = judging.RowChanged, unitChanges(was, next)
	}
}

// blanksOf is what a row says of a unit where nothing is listed yet.
func blanksOf(listed, row records.ListedUnit) records.ListedUnit {
	for _, f := range []struct {
		here string
		to   *string
	}{
		{listed.Kind, &row.Kind}, {listed.Contact, &row.Contact}, {listed.Phone, &row.Phone},
		{listed.Email, &row.Email},
	} {
		if f.here != "" {
			*f.to = ""
		}
	}
	if listed.Quota > 0 {
		row.Quota = 0
	}
	row.Quotas = maps.Clone(row.Quotas)
	maps.DeleteFunc(row.Quotas, func(category string, _ int) bool { return listed.Quotas[category] > 0 })
	return row
}

// alias remembers that a name means a unit, where nothing here says otherwise and nothing bears that name.
func (in *inheriting) alias(from, to string) {
	if to == "" || sameName(from, to) || sameName(in.names.Of(to), from) || slices.ContainsFunc(in.works,
		func(name string) bool { return sameName(name, from) }) {
		return
	}
	_, renamed := in.names[judging.Fold(from)]
	u := records.ListedUnit{Name: from}
	if _, listed := in.now[u.Key()]; renamed || listed || slices.ContainsFunc(in.list.Names,
		func(a records.UnitAlias) bool { return sameName(a.From, from) }) {
		return
	}
	in.list.Names = append(in.list.Names, records.UnitAlias{From: from, To: to})
}
