package problems

import (
	"context"
	"maps"
	"slices"

	"fayi/judging"
	"fayi/judging/office/intake"
	"fayi/judging/office/internal/records"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/table"
	"fayi/judging/store"
)

// Fixing asks to put cells of rows right: one value for all rows of a problem, or for those named.
type Fixing struct {
	Problem string   // an ID of ListProblems; "" with Rows
	Rows    []string // IDs of rows; none with Problem: all its rows
	Field   string   // what to set; "" means the field that the problem is about
	Column  string   // letters of the column to set instead of a field
	Value   string
	Cells   map[string]string // letters of columns -> values, instead of the one above
	DryRun  bool
}

// Report says what became of fixed rows.
type Report struct {
	Intake judging.IntakeID   `json:"intake,omitempty"` // what undo-import takes back; "" where no work changed
	Came   int                `json:"came"`             // rows that were out and are works now
	Change int                `json:"changed"`          // works that changed
	Still  int                `json:"still"`            // rows that are still wrong
	Same   int                `json:"same"`             // rows that say what they said
	Rows   []intake.RowReport `json:"rows"`
	Unread []judging.Problem  `json:"unread,omitempty"` // rows of a returned list that are of no row here
}

// change is one row with the cells that it gets.
type change struct {
	row   records.BadRow // as it stands
	cells []string
	extra map[string]string
}

// FixRows puts cells of rows right and takes the rows in again, or shows what would come of it. Rows that are still
// wrong keep what was fixed. Errors: NotFound for a problem or row that is not there, Invalid where no cell can be
// set; those of ImportWorks.
func (o Stage) FixRows(ctx context.Context, m Fixing) (Report, error) {
	b, err := records.View(ctx, o.rec.DB, load)
	if err != nil {
		return Report{}, err
	}
	rows, field, err := b.chosen(m)
	if err != nil {
		return Report{}, err
	}
	var list []change
	for _, r := range rows {
		c := change{row: r, cells: slices.Clone(r.Cells), extra: map[string]string{}}
		values := m.Cells
		if len(values) == 0 {
			values = map[string]string{m.Column: m.Value}
		}
		for _, letter := range slices.Sorted(maps.Keys(values)) {
			if err := c.set(b.sheet(r).Columns, field, letter, judging.Tidy(values[letter])); err != nil {
				return Report{}, err
			}
		}
		list = append(list, c)
	}
	return o.fix(ctx, b, list, m.DryRun)
}

// chosen finds the rows that a fixing is about, and the field that it sets.
func (b *book) chosen(m Fixing) ([]records.BadRow, string, error) {
	field := m.Field
	wanted := map[string]bool{}
	for _, id := range m.Rows {
		wanted[id] = true
	}
	if m.Problem != "" {
		list := b.list(Filter{ID: m.Problem, Dismissed: true})
		if len(list) == 0 {
			return nil, "", judging.Fail(judging.NotFound, "problems.none", judging.Args{"ID": m.Problem})
		}
		if field == "" {
			field = list[0].Field
		}
		for _, r := range list[0].Rows {
			if len(m.Rows) == 0 && r.Dismissed == "" {
				wanted[r.ID] = true
			}
		}
	}
	var rows []records.BadRow
	for _, r := range b.rows {
		if wanted[r.ID] {
			rows = append(rows, r)
		}
	}
	switch {
	case len(rows) == 0 || len(rows) < len(m.Rows):
		return nil, "", judging.Fail(judging.NotFound, "problems.no_row", nil)
	case field == "" && m.Column == "" && len(m.Cells) == 0:
		return nil, "", judging.Fail(judging.Invalid, "problems.no_cell", nil)
	}
	return rows, field, nil
}

// set puts a value into the cell of a field or column; a field without a column is kept apart.
func (c *change) set(columns []mapping.Column, field, letter, value string) error {
	if len(c.cells) == 0 {
		return judging.Fail(judging.Invalid, "problems.no_cell", nil)
	}
	for i, col := range columns {
		if i < len(c.cells) && (letter != "" && col.Letter == letter || letter == "" && string(col.Field) == field) {
			c.cells[i] = value
			return nil
		}
	}
	if letter != "" || !extraFields[field] {
		return judging.Fail(judging.Invalid, "problems.no_cell", nil)
	}
	c.extra[field] = value
	return nil
}

// extraFields are those that can be set for a row whose sheet has no column for them.
var extraFields = map[string]bool{"unit": true, "sender": true, "group": true, "category": true}

// fix reads changed rows again and takes them in.
func (o Stage) fix(ctx context.Context, b *book, list []change, dry bool) (Report, error) {
	rules, err := o.rec.Rules(ctx)
	if err != nil {
		return Report{}, err
	}
	out := Report{Rows: []intake.RowReport{}}
	var rows []intake.FixedRow
	var kept []change
	for _, c := range list {
		if slices.Equal(c.cells, c.row.Cells) && c.saysNothingNew() {
			out.Same++
			continue
		}
		columns := b.sheet(c.row).Columns
		given := maps.Clone(c.row.Given)
		if given == nil {
			given = map[string]string{}
		}
		maps.Copy(given, c.extra)
		next := table.ReadRow(columns, c.cells, given, c.row.Place, rules)
		if c.row.Work != "" {
			onlyChanged(&next.Work, table.ReadRow(columns, c.row.Cells, c.row.Given, c.row.Place, rules).Work)
		}
		rows = append(rows, intake.FixedRow{Row: next, Work: c.row.Work})
		kept = append(kept, c)
	}
	if len(rows) == 0 {
		return out, nil
	}
	r, err := intake.TakeRows(ctx, o.rec, rows, dry, func(r intake.ImportReport) error { return o.keep(ctx, kept, r) })
	if err != nil {
		return out, err
	}
	out.Intake, out.Rows = r.Intake, r.Rows
	out.Came, out.Change = r.Accepted, r.Changed
	for _, row := range r.Rows {
		if len(own(row.Problems)) > 0 {
			out.Still++
		}
	}
	return out, nil
}

func (c change) saysNothingNew() bool {
	for f, v := range c.extra {
		if c.row.Given[f] != v {
			return false
		}
	}
	return true
}

// own leaves out of the problems of a row those that are not about its cells: that it is like another work was said
// before.
func own(list []judging.Problem) []judging.Problem {
	return slices.DeleteFunc(slices.Clone(list), func(p judging.Problem) bool {
		return p.Text == "import.like_row" || p.Text == "import.like_same" || p.Text == "import.corrected_kept"
	})
}

// keep notes how rows stand after a fixing. The journal names the import, or the fixing where there is none.
func (o Stage) keep(ctx context.Context, list []change, r intake.ImportReport) error {
	return o.update(ctx, records.Importing, len(list), func(tx store.Tx, i int) error {
		err := o.updateRow(tx, list[i].row.ID, func(row *records.BadRow) {
			row.Fixes = append(row.Fixes, records.Fix{
				Intake: r.Intake, By: o.rec.Actor, Cells: list[i].cells, Extra: list[i].extra,
				Work: r.Rows[i].Work, Problems: own(r.Rows[i].Problems),
			})
		})
		if err == nil && r.Intake == "" && i == len(list)-1 {
			err = o.rec.Log(tx, "problems.fix", "", nil, map[string]int{"rows": len(list)})
		}
		return err
	})
}

// rowBytes is the most that one row may cost to write.
const rowBytes = 1 << 16

func (o Stage) update(ctx context.Context, stage records.Stage, n int, fn func(store.Tx, int) error) error {
	return store.Bulk(ctx, o.rec.In(stage), n, func(int) (int, int) { return 4, rowBytes }, fn, nil)
}

func (o Stage) updateRow(tx store.Tx, id string, fn func(*records.BadRow)) error {
	row, err := records.BadRows.Get(tx, id)
	if err != nil {
		return err
	}
	fn(&row)
	return records.BadRows.Put(tx, row)
}

// onlyChanged empties what a fixed row of a work says as before: what was changed of the work since stays.
func onlyChanged(w *judging.Work, was judging.Work) {
	for _, f := range []struct{ now, before *string }{
		{&w.Number, &was.Number}, {&w.Title, &was.Title}, {&w.Category, &was.Category}, {&w.Group, &was.Group},
		{&w.Unit, &was.Unit}, {&w.Sender, &was.Sender}, {&w.Contact, &was.Contact}, {&w.Phone, &was.Phone},
		{&w.Email, &was.Email}, {&w.IDCard, &was.IDCard}, {&w.Intro, &was.Intro}, {&w.FileName, &was.FileName},
	} {
		if *f.now == *f.before {
			*f.now = ""
		}
	}
	if slices.Equal(w.Authors, was.Authors) {
		w.Authors = nil
	}
	if slices.Equal(w.Teachers, was.Teachers) {
		w.Teachers = nil
	}
	w.More = maps.Clone(w.More)
	maps.DeleteFunc(w.More, func(k, v string) bool { return was.More[k] == v })
}

// DismissRows lets rows be as they are, with a reason; an empty reason takes that back. Works among them stay works,
// and rows that are out stay out. It returns how many rows it touched. Errors: NotFound.
func (o Stage) DismissRows(ctx context.Context, problem string, rows []string, reason string) (int, error) {
	reason = judging.Tidy(reason)
	b, err := records.View(ctx, o.rec.DB, load)
	if err != nil {
		return 0, err
	}
	list, _, err := b.chosen(Fixing{Problem: problem, Rows: rows, Column: "A"})
	if err != nil {
		return 0, err
	}
	err = o.update(ctx, records.Correcting, len(list), func(tx store.Tx, i int) error {
		err := o.updateRow(tx, list[i].ID, func(row *records.BadRow) { row.Dismissed = reason })
		if err == nil && i == len(list)-1 {
			after := map[string]any{"rows": len(list), "reason": reason}
			err = o.rec.Log(tx, "problems.dismiss", problem, nil, after)
		}
		return err
	})
	return len(list), err
}
