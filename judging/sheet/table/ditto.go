package table

import (
	"fayi/judging"
	"fayi/judging/sheet/celltext"
	"fayi/judging/sheet/evidence"
	"fayi/judging/sheet/field"
	"fayi/judging/sheet/grid"
)

// lastSaid remembers what a column said last.
func (t *table) lastSaid(c *evidence.Column, v grid.Cell) {
	if !celltext.IsBlankText(v.Text) && v.Kind != grid.ErrorCell {
		v.Fill = false
		c.Last = v
	}
}

// repeated is the value that 同上 stands for; where nothing stands above, that is a problem.
func (t *table) repeated(r *record, row int, c *evidence.Column, v grid.Cell) grid.Cell {
	if c.Last.Text == "" {
		fatal := c.Field == t.Key() || c.Field == field.Author || c.Field == field.Category
		r.problems = append(r.problems, t.cellProblem(row, c, fatal, "sheet.ditto_nothing", nil))
		return grid.Cell{}
	}
	if t.dittos == nil {
		t.dittos = map[*evidence.Column]int{}
	}
	t.dittos[c]++
	return c.Last
}

// tellSummary tells, once for each column, what was filled in from above.
func (t *table) tellSummary() {
	if t.told {
		return
	}
	t.told = true
	for _, c := range t.Cols {
		if n := t.dittos[c]; n > 0 {
			t.Problem(t.Heading.Bottom, c, false, "sheet.ditto", judging.Args{"N": n, "Header": c.Header})
		}
	}
}
