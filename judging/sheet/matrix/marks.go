package matrix

import (
	"fmt"
	"slices"
	"strings"

	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/paper"
	"fayi/judging/terms"
)

const firstMark = 3 // columns before those of the marks

// widest is how many criteria the row with most of them has.
func (b book) widest() (n int) {
	for _, w := range b.Rows {
		n = max(n, len(w.Marks))
	}
	return n
}

// marks writes every mark, in the rows of the scores: a block for the first criterion of each work with a column for
// each judge, then one for the second, and so on. What the criteria of a work are stands in its row.
func (b book) marks() paper.Paper {
	p := paper.Paper{
		Name: b.names[2], Title: b.words("matrix.marks_title", nil), Note: b.words("matrix.marks_note", nil),
		Columns: []paper.PaperColumn{
			{Head: b.words("matrix.code", nil), Least: 10, Most: 12},
			{Head: b.words("matrix.category", nil), Least: 8, Most: 12},
			{Head: b.words("matrix.criteria", nil), Least: 16, Most: 40, Across: "left"},
		},
	}
	widest := b.widest()
	for k := range widest {
		for _, judge := range b.heads() {
			head := b.words("matrix.mark_of", map[string]any{"N": k + 1, "Judge": judge})
			p.Columns = append(p.Columns, paper.PaperColumn{Head: head, Least: 7, Most: 10})
		}
	}
	for _, w := range b.Rows {
		var names []string
		for _, c := range w.Criteria {
			names = append(names, c.Name)
		}
		cells := []any{w.Code, w.Category, strings.Join(names, "、")}
		for k := range widest {
			for j := range b.Judges {
				cells = append(cells, b.mark(w, k, j))
			}
		}
		p.Rows = append(p.Rows, cells)
	}
	return p
}

// mark is the cell of a mark: a number, or the word that the criterion does not apply, which formulas pass by.
func (b book) mark(w Row, k, j int) any {
	switch {
	case k >= len(w.Marks) || w.Marks[k][j] == nil:
		return nil
	case !terms.Applies(*w.Marks[k][j]):
		return b.words("paper.not_applicable", nil)
	}
	return *w.Marks[k][j]
}

// partial reports whether some judge said that a criterion does not apply to the work.
func (w Row) partial() bool {
	return slices.ContainsFunc(w.Marks, func(of []*float64) bool {
		return slices.ContainsFunc(of, func(v *float64) bool { return v != nil && !terms.Applies(*v) })
	})
}

// marksOf are the marks of criterion k of the work in row r by the judges from one on up to another, as the sheet of
// scores calls them.
func (b book) marksOf(k, r, from, to int) string {
	at := firstMark + k*len(b.Judges)
	first, last := grid.ColumnLetters(at+from), grid.ColumnLetters(at+to-1)
	return fmt.Sprintf("'%s'!%s%d:%s%d", strings.ReplaceAll(b.names[2], "'", "''"), first, r, last, r)
}
