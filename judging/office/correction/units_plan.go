package correction

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/sheet/ledger"
	"fayi/judging/sheet/table"
	"fayi/judging/store"
)

// unitsPlan decides what a list of units does, before anything is written.
type unitsPlan struct {
	was   map[string]records.ListedUnit // by key
	now   map[string]records.ListedUnit
	first map[string]judging.Place // where the list names a unit first
	order []string                 // keys as the list names them
	works []string                 // names of units that works bear
	rows  []UnitOutcome
	list  records.UnitsList

	sheets ledger.Accounts // what became of the rows of each sheet
}

func newUnitsPlan(tx store.Tx, sheets ledger.Accounts) (*unitsPlan, error) {
	p := &unitsPlan{
		was: map[string]records.ListedUnit{}, now: map[string]records.ListedUnit{}, first: map[string]judging.Place{},
		sheets: sheets.Clone(),
	}
	err := records.ListedUnits.Each(tx, func(u records.ListedUnit) error {
		p.was[u.Key()], p.now[u.Key()] = u, u
		return nil
	})
	if err != nil {
		return nil, err
	}
	counts, err := countByUnit(tx)
	for name := range counts {
		if name != "" {
			p.works = append(p.works, name)
		}
	}
	slices.Sort(p.works)
	return p, err
}

func (p *unitsPlan) take(rows []table.UnitRow) {
	for _, r := range rows {
		out := p.row(r)
		p.list.Tally.Add(out.Status)
		p.rows = append(p.rows, out)
	}
	p.settle()
}

// settle lists what is added and what changes.
func (p *unitsPlan) settle() {
	for _, key := range p.order {
		before, old := p.was[key]
		after := p.now[key]
		switch {
		case !old:
			p.list.Added = append(p.list.Added, after)
		case !before.Same(after):
			p.list.Changed = append(p.list.Changed, records.UnitChange{Before: before, After: after})
		}
	}
}

// row decides about one row.
func (p *unitsPlan) row(r table.UnitRow) UnitOutcome {
	out := UnitOutcome{Place: r.Place, Status: judging.RowRejected, Name: r.Name, Problems: r.Problems}
	if r.Rejected() {
		return out
	}
	u := records.ListedUnit{
		Name: r.Name, Kind: r.Kind, Contact: r.Contact, Phone: r.Phone, Email: r.Email, Quota: r.Quota,
		Quotas: r.Quotas, Source: r.Place,
	}
	key := u.Key()
	old, known := p.now[key]
	next := u
	if known {
		next = mergedUnit(old, u)
	}
	if before, again := p.first[key]; again {
		text, fatal := "units.twice", false
		if !next.Same(old) {
			text, fatal = "units.twice_differs", true
			p.sheets.Refuse(out.File, out.Sheet)
		} else {
			out.Status = judging.RowUnchanged
		}
		out.Problems = append(out.Problems, judging.Problem{Place: out.Place, Text: text, Fatal: fatal,
			Args: judging.Args{"Name": r.Name, "Row": before.Row}})
		return out
	}
	p.first[key], p.now[key], p.order = r.Place, next, append(p.order, key)
	switch {
	case !known:
		out.Status = judging.RowAccepted
	case next.Same(old):
		out.Status = judging.RowUnchanged
	default:
		out.Status, out.Changes = judging.RowChanged, unitChanges(old, next)
	}
	return out
}

// mergedUnit is a unit with what a row says of it. Blanks say nothing; the spelling of the name stays.
func mergedUnit(old, row records.ListedUnit) records.ListedUnit {
	u := old
	for _, f := range []struct {
		to   *string
		from string
	}{{&u.Kind, row.Kind}, {&u.Contact, row.Contact}, {&u.Phone, row.Phone}, {&u.Email, row.Email}} {
		if f.from != "" {
			*f.to = f.from
		}
	}
	if row.Quota > 0 {
		u.Quota = row.Quota
	}
	for _, category := range slices.Sorted(maps.Keys(row.Quotas)) {
		if u.Quotas[category] != row.Quotas[category] {
			u.Quotas = maps.Clone(u.Quotas) // the one before stays as it was
			if u.Quotas == nil {
				u.Quotas = map[string]int{}
			}
			u.Quotas[category] = row.Quotas[category]
		}
	}
	if !u.Same(old) {
		u.Source = row.Source
	}
	return u
}

// unitChanges lists what differs.
func unitChanges(a, b records.ListedUnit) []judging.WorkChange {
	var list []judging.WorkChange
	add := func(field, old, now string) {
		if old != now {
			list = append(list, judging.WorkChange{Field: field, Old: old, New: now})
		}
	}
	quota := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	add("unit_kind", a.Kind, b.Kind)
	add("contact", a.Contact, b.Contact)
	add("phone", a.Phone, b.Phone)
	add("email", a.Email, b.Email)
	add("quota", quota(a.Quota), quota(b.Quota))
	add("quotas", quotasText(a.Quotas), quotasText(b.Quotas))
	return list
}

// quotasText writes quotas of categories as people do: 书法 3、绘画 2.
func quotasText(quotas map[string]int) string {
	var parts []string
	for _, category := range slices.Sorted(maps.Keys(quotas)) {
		parts = append(parts, category+" "+strconv.Itoa(quotas[category]))
	}
	return strings.Join(parts, "、")
}

// report fills in what became of the rows, and which names of the list look like one that works bear.
func (p *unitsPlan) report(report *UnitsReport) {
	report.List, report.RowTally, report.Sheets = p.list.ID, p.list.Tally, p.sheets
	report.Rows = append(report.Rows, p.rows...)
	report.Likely, report.More = p.likely()
}

// likely pairs names of the list that no work bears with names of works that no list has.
func (p *unitsPlan) likely() ([]Likeness, int) {
	listed, borne := map[string]bool{}, map[string]bool{}
	for _, u := range p.now {
		listed[judging.Fold(u.Name)] = true
	}
	var names []string
	for _, name := range p.works {
		borne[judging.Fold(name)] = true
		if !listed[judging.Fold(name)] {
			names = append(names, name)
		}
	}
	for _, key := range p.order {
		if name := p.now[key].Name; !borne[judging.Fold(name)] {
			names = append(names, name)
		}
	}
	all, more := likely(names)
	out := []Likeness{}
	for _, l := range all {
		if listed[judging.Fold(l.A)] != listed[judging.Fold(l.B)] {
			out = append(out, l)
		}
	}
	return out, more
}
