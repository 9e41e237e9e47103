package table

import (
	"strings"
	"unicode/utf8"

	"fayi/judging"
	"fayi/judging/sheet/read"
)

// 同上, 〃 and the like mean the value above in the same column.

var dittoWords = wordSet(`同上 同前 〃 ″ " '' '' ″″ ditto do. -同上- 同 〞 ＂ 仝上 同上行 如上`)

// repeats reports whether a cell says: as above.
func (t *table) repeats(text string) bool {
	if len(text) > 24 || text == "" {
		return false
	}
	switch r, _ := utf8.DecodeRuneInString(text); r {
	case '同', '仝', '如', '〃', '″', '〞', '＂', '"', '\'', 'd', 'D', '-', '(', '（', ' ':
	default:
		return false // the common cell
	}
	return dittoWords[strings.Trim(judging.Fold(text), "（）()。.")] || dittoWords[strings.TrimSpace(text)]
}

// lastSaid remembers what a column said last.
func (t *table) lastSaid(c *column, v read.Cell) {
	if !isEmpty(v.Text) && v.Kind != read.ErrorCell {
		v.Fill = false
		c.last = v
	}
}

// repeated is the value that 同上 stands for; where nothing stands above, that is a problem.
func (t *table) repeated(r *record, row int, c *column, v read.Cell) read.Cell {
	if c.last.Text == "" {
		fatal := c.Field == t.key() || c.Field == FieldAuthor || c.Field == FieldCategory
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
			t.problem(t.heading.bottom, c, false, "sheet.ditto", judging.Args{"N": n, "Header": c.Header})
		}
	}
}
