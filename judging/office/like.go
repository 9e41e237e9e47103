package office

import (
	"context"
	"errors"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/sheet/mapping"
	"fayi/judging/store"
	"fayi/judging/superior"
)

// Taken counts what a new contest took over from an earlier one.
type Taken struct {
	Judges   int `json:"judges"`
	Avoided  int `json:"avoided_units"`  // whole units that one of these judges must not score
	Units    int `json:"units"`          // of imported lists of units
	Names    int `json:"unit_names"`     // other names that units go by
	Layouts  int `json:"column_layouts"` // of lists whose columns somebody put right
	Superior int `json:"superiors"`      // what superiors want, with their forms
}

// legacy is what one contest leaves to the next.
type legacy struct {
	rules     judging.Rules
	template  string
	judges    []judging.Judge
	avoided   []judging.Conflict
	units     []records.ListedUnit
	names     records.UnitNames
	layouts   []mapping.Mapping
	superiors []superior.Settings
}

// BeginLike makes a new contest in an empty store with what stays the same from year to year of an earlier one: rules
// and rubrics, judges who were not struck off and the whole units that they must not score, names and quotas of units
// and their other names, the layouts of lists that somebody put right, what superiors want with their forms. Nothing
// of works, their authors and files goes along, no score, no award, no PIN, no reason that somebody wrote, and nothing
// of the journal. The earlier contest is only read. Errors: those of Begin.
func BeginLike(ctx context.Context, c Config, b Beginning, from *Office) (*Office, Taken, error) {
	old, err := records.View(ctx, from.rec.DB, readLegacy)
	if err != nil {
		return nil, Taken{}, err
	}
	if b.Template == "" {
		b.Template = old.template
	}
	o := newOffice(c)
	for _, s := range old.superiors { // a file that is not in use yet harms nothing
		if s.Sum == "" {
			continue
		}
		if err := from.copyBlob(ctx, o, s.Sum); err != nil {
			return nil, Taken{}, err
		}
	}
	var taken Taken
	err = o.create(ctx, b, old.rules, func(tx store.Tx) (err error) {
		taken, err = o.takeOver(tx, old)
		return err
	})
	if err != nil {
		return nil, Taken{}, err
	}
	return o, taken, nil
}

// readLegacy reads what is left to the next contest.
func readLegacy(tx store.Tx) (legacy, error) {
	var l legacy
	c, err := records.LoadContest(tx)
	if err != nil {
		return l, err
	}
	l.template = c.Template
	if l.rules, err = records.LoadRules(tx); err != nil {
		return l, err
	}
	if err := l.readJudges(tx); err != nil {
		return l, err
	}
	if err := l.readUnits(tx); err != nil {
		return l, err
	}
	err = records.Headers.Each(tx, func(m mapping.Mapping) error {
		l.layouts = append(l.layouts, plainLayout(m))
		return nil
	})
	if err != nil {
		return l, err
	}
	l.superiors, err = records.Superiors.List(tx, "")
	return l, err
}

// readJudges reads the judges, and what whole units they must not score under their names of now.
func (l *legacy) readJudges(tx store.Tx) error {
	all, err := records.LoadJudges(tx)
	if err != nil {
		return err
	}
	said, err := records.Conflicts.List(tx, "")
	if err != nil {
		return err
	}
	if err := records.RenameUnits(tx, all, said); err != nil {
		return err
	}
	stays := map[judging.JudgeID]bool{}
	for _, j := range all {
		if j.Struck != "" {
			continue
		}
		stays[j.ID] = true
		j.Away, j.Source = false, judging.Place{}
		l.judges = append(l.judges, j)
	}
	for _, c := range said {
		if stays[c.Judge] && c.Kind == judging.WholeUnit {
			c.Reason = ""
			l.avoided = append(l.avoided, c)
		}
	}
	return nil
}

// readUnits reads names, kinds and quotas of units: who is asked there, and by what number, changes from year to year.
func (l *legacy) readUnits(tx store.Tx) (err error) {
	err = records.ListedUnits.Each(tx, func(u records.ListedUnit) error {
		l.units = append(l.units, records.ListedUnit{Name: u.Name, Kind: u.Kind, Quota: u.Quota, Quotas: u.Quotas})
		return nil
	})
	if err != nil {
		return err
	}
	l.names, err = records.LoadUnitNames(tx)
	return err
}

// plainLayout is what a list's heads mean, without the file it was learnt from and what stood in it.
func plainLayout(m mapping.Mapping) mapping.Mapping {
	out := mapping.Mapping{
		HeaderRows: m.HeaderRows, FirstRow: m.FirstRow, Sideways: m.Sideways, Card: m.Card, Signature: m.Signature,
	}
	for _, c := range m.Columns {
		c.Why = nil
		out.Columns = append(out.Columns, c)
	}
	return out
}

// inherited is the act that the other names of units stand under which came from an earlier contest.
const inherited = "inherited"

// takeOver writes what an earlier contest left.
func (o *Office) takeOver(tx store.Tx, l legacy) (Taken, error) {
	var errs []error
	known := map[judging.JudgeID]judging.JudgeID{}
	for i, j := range l.judges {
		was := j.ID
		j.ID = judging.JudgeID(judging.Serial("j", 3, i+1))
		known[was] = j.ID
		errs = append(errs, records.Judges.Insert(tx, j))
	}
	errs = append(errs, records.Counters.Put(tx, records.Counter{Name: "judge", Last: len(l.judges)}))
	for _, c := range l.avoided {
		c.Judge = known[c.Judge]
		errs = append(errs, records.Conflicts.Put(tx, c))
	}
	for _, u := range l.units {
		errs = append(errs, records.ListedUnits.Put(tx, u))
	}
	for from, to := range l.names {
		errs = append(errs, records.UnitAliases.Put(
			tx, records.UnitAlias{From: from, To: to, Act: inherited, At: o.rec.Now().UTC(), By: o.rec.Actor},
		))
	}
	for _, m := range l.layouts {
		errs = append(errs, records.Headers.Put(tx, m))
	}
	for _, s := range l.superiors {
		errs = append(errs, records.Superiors.Put(tx, s))
	}
	taken := Taken{
		len(l.judges), len(l.avoided), len(l.units), len(l.names), len(l.layouts), len(l.superiors),
	}
	return taken, errors.Join(append(errs, o.rec.Log(tx, "contest.like", "", nil, taken))...)
}
