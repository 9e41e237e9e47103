package intake

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit"
	"fayi/app/kit/look"
	"fayi/app/kit/table"
	"fayi/app/organizer/page"
	"fayi/judging"
	"fayi/judging/office/intake"
)

// importDiff shows what a list that came again changes: new, changed and gone works, each to be taken or left by
// its tick.
type importDiff struct {
	widget.BaseWidget

	sh    kit.Shell
	table *table.Table[diffRow]
	told  func() // ticks changed
}

// diffRow is one difference.
type diffRow struct {
	status  string // accepted, changed, gone
	place   judging.Place
	work    judging.WorkID // of a work that is gone
	title   string
	changes string
}

func (r diffRow) key() string {
	return fmt.Sprintf("%s\x1f%s\x1f%s\x1f%d\x1f%s", r.status, r.place.File, r.place.Sheet, r.place.Row, r.work)
}

// gone is the status of works that a new list has no row for.
const gone = "gone"

func newImportDiff(sh kit.Shell, told func()) *importDiff {
	d := &importDiff{sh: sh, told: told}
	d.table = table.New(diffRow.key,
		table.Column[diffRow]{
			Title: sh.T("app.col_status", nil), Min: 3, Cell: d.statusCell,
			Compare: func(a, b diffRow) int { return strings.Compare(a.status, b.status) },
		},
		table.TextColumn(sh.T("reconcile.col_work", nil), 6, 2, func(r diffRow) string { return r.title }),
		table.TextColumn(sh.T("import.col_changes", nil), 10, 4, func(r diffRow) string { return r.changes }),
		table.TextColumn(
			sh.T("import.col_place", nil), 6, 1, func(r diffRow) string { return diffPlace(sh, r.place) },
		)).WithTicks()
	d.table.OnTicks = func(int) { d.told() }
	d.ExtendBaseWidget(d)
	return d
}

// CreateRenderer implements fyne.Widget.
func (d *importDiff) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(d.table) }

func (d *importDiff) statusCell(r diffRow) table.Cell {
	tone := map[string]look.Tone{
		string(judging.RowAccepted): look.Done, string(judging.RowChanged): look.Info, gone: look.Problem,
	}[r.status]
	return table.Cell{Text: d.sh.T("import.diff_"+r.status, nil), Tone: tone}
}

func diffPlace(t kit.Texter, p judging.Place) string {
	return t.T("import.row_of", judging.Args{"Row": p.Row, "Sheet": p.Sheet, "File": p.File})
}

// set shows a report; new and changed rows are ticked at first, works that are gone are not.
func (d *importDiff) set(r intake.ImportReport) {
	rows := diffRows(d.sh, r)
	told := d.told
	d.told = func() {}
	d.table.SetRows(rows)
	for _, row := range rows {
		d.table.Tick(row.key(), row.status != gone)
	}
	d.told = told
}

// diffRows lists what is gone, changed and new, in this order: what takes away is looked at first.
func diffRows(t kit.Texter, r intake.ImportReport) []diffRow {
	out := []diffRow{}
	for _, g := range r.Gone {
		out = append(out, diffRow{
			status: gone, place: g.Place, work: g.Work, title: g.Title,
			changes: strings.Join(append(slices.Clone(g.Authors), g.Unit), " · "),
		})
	}
	for _, want := range []judging.RowStatus{judging.RowChanged, judging.RowAccepted} {
		for _, row := range r.Rows {
			if row.Status == want {
				out = append(out, diffRow{
					status: string(want), place: row.Place, title: row.Title, changes: changeWords(t, row.Changes),
				})
			}
		}
	}
	return out
}

// changeWords writes changes field by field, as 电话：旧 → 新.
func changeWords(t kit.Texter, changes []judging.WorkChange) string {
	var out []string
	for _, c := range changes {
		old := c.Old
		if old == "" {
			old = t.T("import.empty", nil)
		}
		out = append(out, t.T("import.change", judging.Args{"Field": fieldTitle(t, c.Field), "Old": old, "New": c.New}))
	}
	return page.Capital(strings.Join(out, t.T("kit.semicolon", nil)))
}

// fieldTitle names a field of a work; other columns bear their own heads.
func fieldTitle(t kit.Texter, field string) string {
	key := "field." + strings.TrimSuffix(field, "s")
	if name := t.T(key, nil); name != key {
		return name
	}
	return field
}

// choose turns the ticks into what is asked of an import.
func (d *importDiff) choose(req *intake.ImportRequest) {
	left := false
	ticked := map[string]bool{}
	for _, r := range d.table.Ticked() {
		ticked[r.key()] = true
	}
	for _, r := range d.table.Rows() {
		switch on := ticked[r.key()]; {
		case r.status == gone && on:
			req.Withdraw = append(req.Withdraw, r.work)
		case r.status != gone && on:
			req.Only = append(req.Only, r.place)
		case r.status != gone:
			left = true
		}
	}
	switch {
	case !left:
		req.Only = nil
	case len(req.Only) == 0:
		req.Leave = []judging.RowStatus{judging.RowAccepted, judging.RowChanged}
	}
	req.Reason = d.sh.T("import.gone_reason", nil)
}

// counts says how many works come in and how many are withdrawn by the ticks.
func (d *importDiff) counts() (come, leave int) {
	for _, r := range d.table.Ticked() {
		if r.status == gone {
			leave++
		} else {
			come++
		}
	}
	return come, leave
}
