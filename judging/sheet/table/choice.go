package table

import (
	"fayi/judging"
	"fayi/judging/sheet/celltext"
	"fayi/judging/sheet/evidence"
)

// chosen reads a cell of a column of choices into the record; what is no mark is kept under the column's head.
func (t *table) chosen(r *record, row int, c *evidence.Column, text string) {
	switch had := r.values[c.Field].Text; {
	case celltext.IsUntick(text):
	case !celltext.IsTick(text):
		r.keep(c.Header, celltext.TidyText(text))
	case had != "" && had != c.Tick:
		r.problems = append(r.problems, t.cellProblem(row, c, true, "sheet.two_choices", judging.Args{
			"One":   had,
			"Other": c.Tick,
		}))
	default:
		v := r.values[c.Field]
		v.Text = c.Tick
		r.values[c.Field] = v
		r.columns[c.Field] = c
	}
}
