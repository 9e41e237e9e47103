package letters

import (
	"context"
	"fmt"
	"io"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/sheet/paper"
	"fayi/judging/store"
)

// Participation says how units took part.
type Participation struct {
	Path    string `json:"path"`
	Units   int    `json:"units"`
	Silent  int    `json:"silent"` // units of a list that sent nothing
	Sent    int    `json:"sent"`
	In      int    `json:"accepted"`
	Awarded int    `json:"awarded"`

	State records.State   `json:"state"`
	Open  []records.Point `json:"open_points"`
}

// ReportParticipation writes a workbook of how units took part: what each sent, how much of it was accepted and
// awarded, in all and by category and group. Errors: NotFound where no unit is known, *records.OpenError, Unavailable.
func (o Stage) ReportParticipation(ctx context.Context, path string, words paper.Words) (Participation, error) {
	r := Participation{Path: path}
	var list []taken
	var c judging.Contest
	err := o.rec.DB.View(ctx, func(tx store.Tx) error {
		var err error
		if r.Open, err = o.rec.Pass(ctx, tx, records.GateReport); err != nil {
			return err
		}
		if r.State, err = records.StateOf(tx); err != nil {
			return err
		}
		if c, err = records.LoadContest(tx); err != nil {
			return err
		}
		list, err = participation(tx)
		return err
	})
	if err != nil {
		return r, err
	}
	sums := byUnit(list)
	for _, t := range sums {
		r.Sent, r.In, r.Awarded = r.Sent+t.Sent, r.In+t.Accepted, r.Awarded+t.Awarded
		if r.Units++; t.Sent == 0 {
			r.Silent++
		}
	}
	if r.Units == 0 {
		return r, judging.Fail(judging.NotFound, "call.no_units", nil)
	}
	title := words("participation.title", judging.Args{"Contest": c.Title()})
	note := r.State.Note(r.Open, words)
	papers := []paper.Paper{
		lay("units", title, note, sums, false, words), lay("parts", title, note, parts(list), true, words),
	}
	return r, records.WriteFile(path, func(w io.Writer) error {
		return paper.WritePapers(w, title, papers, words)
	})
}

// byUnit adds the lines of each unit up; list is by unit.
func byUnit(list []taken) []taken {
	var out []taken
	for _, t := range list {
		if n := len(out); n > 0 && out[n-1].Unit == t.Unit {
			last := &out[n-1]
			last.Sent, last.Accepted, last.Awarded = last.Sent+t.Sent, last.Accepted+t.Accepted, last.Awarded+t.Awarded
			continue
		}
		out = append(out, t)
	}
	return out
}

// parts are the lines of units that sent something.
func parts(list []taken) []taken {
	var out []taken
	for _, t := range list {
		if t.Sent > 0 {
			out = append(out, t)
		}
	}
	return out
}

// lay makes a sheet of lines with their sums as formulas.
func lay(key, title, note string, list []taken, parted bool, words paper.Words) paper.Paper {
	col := func(name string, least, most float64, across string) paper.PaperColumn {
		return paper.PaperColumn{Head: words("participation.col_"+name, nil), Least: least, Most: most, Across: across}
	}
	p := paper.Paper{Name: words("participation."+key, nil), Title: title, Note: note, Upright: true,
		Columns: []paper.PaperColumn{col("unit", 18, 40, "left"), col("kind", 8, 14, "")}}
	if parted {
		p.Columns = append(p.Columns[:1], col("category", 10, 16, ""), col("group", 10, 16, ""))
	}
	first := len(p.Columns)
	p.Columns = append(p.Columns, col("sent", 8, 10, ""), col("accepted", 8, 10, ""), col("awarded", 8, 10, ""))
	for _, t := range list {
		unit := t.Unit
		if unit == "" {
			unit = words("participation.no_unit", nil)
		}
		row := []any{unit, t.Kind}
		if parted {
			row = []any{unit, t.Category, t.Group}
		}
		p.Rows = append(p.Rows, append(row, t.Sent, t.Accepted, t.Awarded))
	}
	total := make([]any, first)
	for i := range total {
		total[i] = ""
	}
	total[0] = words("participation.total", nil)
	const head = 3 // rows above the lines
	for i := range 3 {
		letter := string(rune('A' + first + i))
		total = append(total, paper.Formula(fmt.Sprintf("SUM(%s%d:%s%d)", letter, head+1, letter, head+len(list))))
	}
	p.Rows = append(p.Rows, total)
	return p
}
