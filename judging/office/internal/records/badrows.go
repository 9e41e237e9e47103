package records

import (
	"context"
	"fmt"
	"slices"

	"fayi/judging"
	"fayi/judging/sheet/mapping"
	"fayi/judging/store"
)

// BadRow is one row of a list with what is wrong with it, kept until it is fixed or dismissed. A problem of a whole
// sheet or file is one too: its Row is 0 and it has no cells.
type BadRow struct {
	ID     string           `json:"id"` // "i001/00012"
	Intake judging.IntakeID `json:"intake"`
	judging.Place
	Work     judging.WorkID    `json:"work,omitempty"`  // "": the row was rejected
	Cells    []string          `json:"cells,omitempty"` // as they stand, by the columns of its BadSheet
	Given    map[string]string `json:"given,omitempty"` // field -> what titles and lines said for the row
	Problems []judging.Problem `json:"problems"`
	Fixes    []Fix             `json:"fixes,omitempty"` // oldest first
	// why a person lets the row be as it is
	Dismissed string `json:"dismissed,omitempty"`
}

// Fix is one fixing of a row. It holds while its intake is live; one that changed no work has none.
type Fix struct {
	Intake   judging.IntakeID  `json:"intake,omitempty"`
	By       string            `json:"by"`
	Cells    []string          `json:"cells"`
	Extra    map[string]string `json:"extra,omitempty"` // field -> value, for fields the sheet has no column for
	Work     judging.WorkID    `json:"work,omitempty"`
	Problems []judging.Problem `json:"problems"`
}

// BadSheet is a sheet that an intake read: its columns, and how many rows are wrong beyond those that are kept.
type BadSheet struct {
	ID      string           `json:"id"`
	Intake  judging.IntakeID `json:"intake"`
	File    string           `json:"file"`
	Sheet   string           `json:"sheet"`
	First   int              `json:"first"` // row of its data
	Columns []mapping.Column `json:"columns"`
	More    map[string]int   `json:"more,omitempty"` // text of a problem -> rows that are only counted
}

// MostBadRows is how many rows an intake keeps; the others are counted by what is wrong with them.
const MostBadRows = 5000

func intakeOf[T any](of func(*T) judging.IntakeID) store.Index[T] {
	return store.Index[T]{Name: "intake", Values: func(v *T) []string { return []string{string(of(v))} }}
}

// BadRows and BadSheets are what is wrong with the rows of intakes.
var (
	BadRows = store.NewTable("badrow", 1, func(r *BadRow) string { return r.ID },
		intakeOf(func(r *BadRow) judging.IntakeID { return r.Intake }))
	BadSheets = store.NewTable("badsheet", 1, func(s *BadSheet) string { return s.ID },
		intakeOf(func(s *BadSheet) judging.IntakeID { return s.Intake }))
)

// Now returns how the row stands: by its last fixing that holds, else as it came.
func (r BadRow) Now(live LiveIntakes) BadRow {
	for _, m := range slices.Backward(r.Fixes) {
		if m.Intake == "" || live[m.Intake] {
			r.Cells, r.Problems = m.Cells, m.Problems
			if m.Work != "" {
				r.Work = m.Work
			}
			given := map[string]string{}
			for _, from := range []map[string]string{r.Given, m.Extra} {
				for f, v := range from {
					given[f] = v
				}
			}
			r.Given = given
			return r
		}
	}
	return r
}

// BadList gathers the bad rows of an intake while it runs.
type BadList struct {
	Rows []BadRow
	more map[[3]string]int // file, sheet, text -> rows
}

// Add takes the next row, or counts it where too many are wrong already.
func (l *BadList) Add(r BadRow) {
	if len(l.Rows) < MostBadRows {
		l.Rows = append(l.Rows, r)
		return
	}
	if l.more == nil {
		l.more = map[[3]string]int{}
	}
	for _, p := range r.Problems {
		l.more[[3]string{r.File, r.Sheet, p.Text}]++
	}
}

// Sheets makes the records of the sheets that were read.
func (l *BadList) Sheets(mappings []mapping.Mapping) []BadSheet {
	var out []BadSheet
	told := map[[3]string]bool{}
	for _, m := range mappings {
		s := BadSheet{File: m.File, Sheet: m.Sheet, First: m.FirstRow, Columns: m.Columns, More: map[string]int{}}
		for key, n := range l.more {
			if key[0] == m.File && key[1] == m.Sheet && !told[key] {
				s.More[key[2]], told[key] = n, true
			}
		}
		out = append(out, s)
	}
	return out
}

// KeepBadRows writes what is wrong with the rows of a pending intake to db; it counts once the intake is live.
func KeepBadRows(ctx context.Context, db store.DB, id judging.IntakeID, rows []BadRow, sheets []BadSheet) error {
	for i := range rows {
		rows[i].Intake, rows[i].ID = id, fmt.Sprintf("%s/%05d", id, i+1)
	}
	for i := range sheets {
		sheets[i].Intake, sheets[i].ID = id, fmt.Sprintf("%s/%04d", id, i+1)
	}
	err := store.Bulk(ctx, db, len(rows), func(i int) (int, int) { return BadRows.Cost(rows[i]) },
		func(tx store.Tx, i int) error { return BadRows.Put(tx, rows[i]) }, nil)
	if err != nil {
		return err
	}
	return store.Bulk(ctx, db, len(sheets), func(i int) (int, int) { return BadSheets.Cost(sheets[i]) },
		func(tx store.Tx, i int) error { return BadSheets.Put(tx, sheets[i]) }, nil)
}

// DropBadRows takes away what KeepBadRows and KeepAccounts wrote for an intake.
func (o *Records) DropBadRows(ctx context.Context, id judging.IntakeID) error {
	if err := o.DropAccounts(ctx, id); err != nil {
		return err
	}
	type found struct{ rows, sheets []string }
	f, err := View(ctx, o.DB, func(tx store.Tx) (f found, err error) {
		if f.rows, err = BadRows.IDsBy(tx, "intake", string(id)); err != nil {
			return f, err
		}
		f.sheets, err = BadSheets.IDsBy(tx, "intake", string(id))
		return f, err
	})
	if err != nil {
		return err
	}
	cost := func(int) (int, int) { return 4, 1 << 14 }
	err = store.Bulk(ctx, o.In(Settings), len(f.rows), cost, func(tx store.Tx, i int) error {
		return BadRows.Delete(tx, f.rows[i])
	}, nil)
	if err != nil {
		return err
	}
	return store.Bulk(ctx, o.In(Settings), len(f.sheets), cost, func(tx store.Tx, i int) error {
		return BadSheets.Delete(tx, f.sheets[i])
	}, nil)
}
