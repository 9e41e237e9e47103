package correction

import (
	"context"
	"path/filepath"

	"fayi/judging"
	"fayi/judging/office/intake"
	"fayi/judging/office/internal/records"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/ledger"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/read"
	"fayi/judging/sheet/table"
	"fayi/judging/store"
)

// UnitsRequest says which list of units is imported, and how.
type UnitsRequest struct {
	Path    string
	Columns map[string]string // header or letter -> field, where the program reads a column wrongly
	DryRun  bool              // only say what would come of it
}

// UnitsReport says what became of every row of a list of units.
type UnitsReport struct {
	judging.RowTally
	List string        `json:"list,omitempty"` // its number; "" where nothing changed
	Rows []UnitOutcome `json:"rows"`
	// a name of the list and one that works bear: proposals, nothing is merged
	Likely   []Likeness        `json:"likely"`
	More     int               `json:"more"` // pairs beyond MostLikely
	Mappings []mapping.Mapping `json:"mappings"`
	Sheets   ledger.Accounts   `json:"sheets,omitempty"` // what became of the rows of each sheet
	Problems []judging.Problem `json:"problems,omitempty"`
}

// UnitOutcome is what became of one row.
type UnitOutcome struct {
	judging.Place
	Status   judging.RowStatus    `json:"status"`
	Name     string               `json:"name,omitempty"`
	Changes  []judging.WorkChange `json:"changes,omitempty"`
	Problems []judging.Problem    `json:"problems,omitempty"`

	// of units taken over from an earlier contest
	As   string               `json:"as,omitempty"`   // the name that it goes by here, where that is another
	Like string               `json:"like,omitempty"` // the listed unit that it looks like
	Kind string               `json:"kind,omitempty"` // why, as of Likeness
	Kept []judging.WorkChange `json:"kept,omitempty"` // what stays as it is here, and what the earlier contest says
}

// Asks reports whether a unit was left because it may be a listed one, which somebody must say.
func (o UnitOutcome) Asks() bool { return o.Like != "" && o.Status == judging.RowRejected }

// AllProblems are those of the list and of its rows, in that order.
func (r UnitsReport) AllProblems() []judging.Problem {
	all := append([]judging.Problem(nil), r.Problems...)
	for _, row := range r.Rows {
		all = append(all, row.Problems...)
	}
	return all
}

// ImportUnits imports a list of units (单位名称 类型 联系人 电话 邮箱 限报数 限报数：书法 …); names alone will do. A row about
// a unit that a list named before changes what it names and leaves the rest; blanks say nothing. No work changes.
// UndoUnits takes all of it back. Errors as for ImportWorks; Closed once the awards are final; Invalid as well for a
// list from which no row could be taken, with the report that says why. Wrong rows are rejected one by one.
func (o Units) ImportUnits(ctx context.Context, req UnitsRequest) (UnitsReport, error) {
	report := newUnitsReport()
	rows, err := o.readUnits(ctx, req, &report)
	if err != nil {
		return report, err
	}
	file := filepath.Base(req.Path)
	var plan *unitsPlan
	look := func(tx store.Tx) error {
		if plan, err = newUnitsPlan(tx, report.Sheets); err != nil {
			return err
		}
		plan.take(rows)
		return plan.sheets.Check()
	}
	if req.DryRun {
		err = o.rec.DB.View(ctx, look)
	} else {
		err = o.rec.Change(ctx, records.Importing, func(tx store.Tx) error {
			if err := look(tx); err != nil {
				return err
			}
			return o.writeUnits(tx, plan, file, "units.import")
		})
	}
	if err != nil {
		return report, err
	}
	plan.report(&report)
	return report, noUnitTaken(report, file)
}

func newUnitsReport() UnitsReport {
	return UnitsReport{Rows: []UnitOutcome{}, Likely: []Likeness{}, Mappings: []mapping.Mapping{}}
}

// noUnitTaken is the error of a list of which no row was taken; nil where one was.
func noUnitTaken(r UnitsReport, file string) error {
	if r.Accepted+r.Changed+r.Unchanged > 0 {
		return nil
	}
	for _, p := range r.Problems {
		if p.Fatal {
			return judging.Fail(judging.Invalid, p.Text, p.Args)
		}
	}
	return judging.Fail(judging.Invalid, "units.none_read", judging.Args{"File": file, "Rows": r.Rejected})
}

func (o Units) readUnits(ctx context.Context, req UnitsRequest, report *UnitsReport) ([]table.UnitRow, error) {
	opt, err := records.View(ctx, o.rec.DB, func(tx store.Tx) (mapping.Options, error) {
		rules, err := records.LoadRules(tx)
		if err != nil {
			return mapping.Options{}, err
		}
		opt, err := intake.ReadOptions(tx, "", req.Columns)
		opt.Fixed = append([]mapping.Correction{table.QuotaHeads(rules.Categories)}, opt.Fixed...)
		return opt, err
	})
	if err != nil {
		return nil, err
	}
	book, err := read.Open(req.Path, filepath.Base(req.Path), grid.Limits{Rows: 50_000})
	if err != nil {
		return nil, err
	}
	defer book.Close()
	var rows []table.UnitRow
	opt.Account = func(a ledger.Account) { report.Sheets = append(report.Sheets, a) }
	mappings, problems, err := table.ReadUnits(ctx, book, opt, func(r table.UnitRow) error {
		rows = append(rows, r)
		return nil
	})
	if mappings != nil {
		report.Mappings = mappings
	}
	report.Problems = problems
	return rows, err
}

// writeUnits writes what a list does, and keeps it so that it can be taken back. The journal has numbers only, no
// contact data.
func (o Units) writeUnits(tx store.Tx, plan *unitsPlan, file, verb string) error {
	l := &plan.list
	if len(l.Added)+len(l.Changed)+len(l.Names) == 0 {
		return nil
	}
	n, err := records.Take(tx, "units-list", 1)
	if err != nil {
		return err
	}
	l.ID, l.State, l.File = judging.Serial("ul", 3, n), judging.Live, file
	l.At, l.By = o.rec.Now().UTC(), o.rec.Actor
	for _, u := range l.Added {
		if err := records.ListedUnits.Insert(tx, u); err != nil {
			return err
		}
	}
	for _, c := range l.Changed {
		if err := records.ListedUnits.Put(tx, c.After); err != nil {
			return err
		}
	}
	for i := range l.Names {
		a := &l.Names[i]
		a.Act, a.At, a.By = l.ID, l.At, l.By
		if err := records.UnitAliases.Insert(tx, *a); err != nil {
			return err
		}
	}
	return records.FirstError(records.UnitsLists.Insert(tx, *l), o.rec.Log(tx, verb, l.ID, nil, l.Tally))
}
