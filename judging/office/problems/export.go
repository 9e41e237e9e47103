package problems

import (
	"context"
	"io"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/mendlist"
	"fayi/judging/sheet/read"
)

// Words puts a key of the catalogue into the words of the language at hand.
type Words = func(key string, args map[string]any) string

// UnitsWithProblems lists the units that have rows with open problems that a cell can fix, with how many.
func (o Stage) UnitsWithProblems(ctx context.Context) (map[string]int, error) {
	b, err := records.View(ctx, o.rec.DB, load)
	if err != nil {
		return nil, err
	}
	units := map[string]int{}
	for _, r := range b.rows {
		if b.fixable(r) {
			units[b.unitOf(r)]++
		}
	}
	return units, nil
}

// fixable reports whether a row has an open problem that a cell can fix.
func (b *book) fixable(r records.BadRow) bool {
	return r.Dismissed == "" &&
		slices.ContainsFunc(r.Problems, func(p judging.Problem) bool { return b.fieldOf(r, p) != "" })
}

// ExportProblems writes the rows of one unit, or of all for "", that a cell can fix, as a workbook to be filled in and
// returned: the wrong cells marked, each row with a hidden key. It returns how many rows it wrote. Errors: NotFound
// where there is none, Unavailable.
func (o Stage) ExportProblems(ctx context.Context, path, unit string, words Words) (int, error) {
	b, err := records.View(ctx, o.rec.DB, load)
	if err != nil {
		return 0, err
	}
	contest, err := o.rec.Contest(ctx)
	if err != nil {
		return 0, err
	}
	var lists []mendlist.List
	at := map[string]int{}
	n := 0
	for _, r := range b.rows {
		if !b.fixable(r) || unit != "" && b.unitOf(r) != unit {
			continue
		}
		key := string(r.Intake) + "\x1f" + r.File + "\x1f" + r.Sheet
		i, had := at[key]
		if !had {
			i = len(lists)
			at[key], lists = i, append(lists, b.newList(r, words))
		}
		b.addRow(&lists[i], r, words)
		n++
	}
	if n == 0 {
		return 0, judging.Fail(judging.NotFound, "problems.none_to_send", nil)
	}
	return n, records.WriteFile(path, func(w io.Writer) error {
		return mendlist.Write(w, string(contest.ID), lists)
	})
}

func (b *book) newList(r records.BadRow, words Words) mendlist.List {
	name := r.Sheet
	if name == "" || strings.HasPrefix(name, "Sheet") {
		name = r.File[strings.LastIndexByte(r.File, '/')+1:]
	}
	l := mendlist.List{
		Sheet:   name,
		Title:   words("problems.list_title", judging.Args{"File": r.File, "Sheet": r.Sheet}),
		RowNo:   words("problems.list_row", nil),
		Problem: words("problems.list_problem", nil),
	}
	for _, c := range b.sheet(r).Columns {
		head := c.Header
		if head == "" {
			head = c.Letter
		}
		l.Headers, l.Columns = append(l.Headers, head), append(l.Columns, "c:"+c.Letter)
	}
	return l
}

// addRow adds a row to a list; a field that is wrong and has no column gets one at the end.
func (b *book) addRow(l *mendlist.List, r records.BadRow, words Words) {
	row := mendlist.Row{Key: r.ID, No: r.Row, Cells: slices.Clone(r.Cells)}
	columns := b.sheet(r).Columns
	for _, p := range r.Problems {
		row.Problems = append(row.Problems, words(p.Text, p.Args))
		field := b.fieldOf(r, p)
		if field == "" {
			continue
		}
		at := slices.IndexFunc(columns, func(c mapping.Column) bool {
			return p.Column != "" && c.Letter == p.Column || p.Column == "" && string(c.Field) == field
		})
		if at < 0 && extraFields[field] {
			if at = slices.Index(l.Columns, "f:"+field); at < 0 {
				at = len(l.Columns)
				l.Columns = append(l.Columns, "f:"+field)
				l.Headers = append(l.Headers, words("field."+field, nil))
			}
		}
		if at >= 0 {
			row.Bad = append(row.Bad, at)
		}
	}
	l.Rows = append(l.Rows, row)
}

// ReturnList takes back a list that ExportProblems wrote and a unit filled in: each corrected row lands on the row that
// it was made of, wherever it stands now. Errors: Invalid for another file or a list of another contest; those of
// FixRows.
func (o Stage) ReturnList(ctx context.Context, path, name string, dry bool) (Report, error) {
	contest, err := o.rec.Contest(ctx)
	if err != nil {
		return Report{}, err
	}
	f, err := read.Open(path, name, grid.Limits{Rows: 100_000})
	if err != nil {
		return Report{}, err
	}
	defer f.Close()
	back, err := mendlist.Read(ctx, f, string(contest.ID))
	if err != nil {
		return Report{}, err
	}
	b, err := records.View(ctx, o.rec.DB, load)
	if err != nil {
		return Report{}, err
	}
	rows := map[string]records.BadRow{}
	for _, r := range b.rows {
		rows[r.ID] = r
	}
	var list []change
	var unread []judging.Problem
	met := map[string]bool{}
	for _, x := range back {
		r, ok := rows[x.Key]
		if !ok || met[x.Key] {
			text := "problems.row_gone"
			if ok {
				text = "problems.row_twice"
			}
			unread = append(unread, judging.Problem{Place: x.Place, Text: text})
			continue
		}
		met[x.Key] = true
		list = append(list, b.returned(r, x))
	}
	report, err := o.fix(ctx, b, list, dry)
	report.Unread = unread
	return report, err
}

// returned lays the cells of a returned row over a row. A cell that was not touched says what it said, blanks between
// characters included.
func (b *book) returned(r records.BadRow, x mendlist.Back) change {
	c := change{row: r, cells: slices.Clone(r.Cells), extra: map[string]string{}}
	for i, col := range b.sheet(r).Columns {
		if text, ok := x.Cells["c:"+col.Letter]; ok && i < len(c.cells) &&
			judging.Tidy(text) != judging.Tidy(c.cells[i]) {
			c.cells[i] = text
		}
	}
	for f := range extraFields {
		if text := judging.Tidy(x.Cells["f:"+f]); text != "" {
			c.extra[f] = text
		}
	}
	return c
}
