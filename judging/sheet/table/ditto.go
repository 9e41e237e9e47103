package table

import (
	"fayi/judging"
	"fayi/judging/sheet/celltext"
	"fayi/judging/sheet/field"
	"fayi/judging/sheet/read"
)

// lastSaid remembers what a column said last.
func (t *table) lastSaid(c *column, v read.Cell) {
	if !celltext.IsBlankText(v.Text) && v.Kind != read.ErrorCell {
		v.Fill = false
		c.last = v
	}
}

// repeated is the value that 同上 stands for; where nothing stands above, that is a problem.
func (t *table) repeated(r *record, row int, c *column, v read.Cell) read.Cell {
	if c.last.Text == "" {
		fatal := c.Field == t.key() || c.Field == field.Author || c.Field == field.Category
		r.problems = append(r.problems, t.cellProblem(row, c, fatal, "sheet.ditto_nothing", nil))
		return read.Cell{}
	}
	if t.dittos == nil {
		t.dittos = map[*column]int{}
	}
	t.dittos[c]++
	return c.last
}

// tellSummary tells, once for each column, what was filled in from above.
func (t *table) tellSummary() {
	if t.told {
		return
	}
	t.told = true
	for _, c := range t.cols {
		if n := t.dittos[c]; n > 0 {
			t.problem(t.heading.Bottom, c, false, "sheet.ditto", judging.Args{"N": n, "Header": c.Header})
		}
	}
}
