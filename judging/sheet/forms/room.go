package forms

import (
	"regexp"
	"strconv"

	"fayi/judging/sheet/grid"

	"github.com/xuri/excelize/v2"
)

// makeRoom inserts rows inside of the body, so that ranges over it grow, and gives them the look, merged cells and
// formulas of the first.
func (m *form) makeRoom(n int) error {
	more := n - m.room
	if more <= 0 {
		return nil
	}
	at := m.first + m.room // after the last; before it, where there are two or more
	if m.room >= 2 {
		at--
	}
	if err := m.f.InsertRows(m.Sheet, at, more); err != nil {
		return err
	}
	merged, err := m.mergedIn(m.first)
	if err != nil {
		return err
	}
	high, err := m.f.GetRowHeight(m.Sheet, m.first)
	if err != nil {
		return err
	}
	for row := at; row < at+more; row++ {
		if err := m.likeFirst(row, high, merged); err != nil {
			return err
		}
	}
	return nil
}

func (m *form) likeFirst(row int, high float64, merged [][2]int) error {
	for col := 1; col <= m.last; col++ {
		from, to := grid.Ref(col, m.first), grid.Ref(col, row)
		style, err := m.f.GetCellStyle(m.Sheet, from)
		if err != nil {
			return err
		}
		if err := m.f.SetCellStyle(m.Sheet, to, to, style); err != nil {
			return err
		}
		formula, err := m.f.GetCellFormula(m.Sheet, from)
		if err != nil || formula == "" {
			continue
		}
		if err := m.f.SetCellFormula(m.Sheet, to, movedFormula(formula, m.first, row)); err != nil {
			return err
		}
	}
	for _, span := range merged {
		if err := m.f.MergeCell(m.Sheet, grid.Ref(span[0], row), grid.Ref(span[1], row)); err != nil {
			return err
		}
	}
	return m.f.SetRowHeight(m.Sheet, row, high)
}

// mergedIn lists the columns that cells of a row span.
func (m *form) mergedIn(row int) ([][2]int, error) {
	all, err := m.f.GetMergeCells(m.Sheet, true)
	if err != nil {
		return nil, err
	}
	var out [][2]int
	for _, c := range all {
		left, top, err := excelize.CellNameToCoordinates(c.GetStartAxis())
		if err != nil {
			return nil, err
		}
		right, bottom, err := excelize.CellNameToCoordinates(c.GetEndAxis())
		if err != nil {
			return nil, err
		}
		if top == row && bottom == row {
			out = append(out, [2]int{left, right})
		}
	}
	return out, nil
}

var relativeRow = regexp.MustCompile(`(\$?[A-Z]{1,3})(\d+)\b`)

// movedFormula gives a formula of row from to row to: references to its own row move along.
func movedFormula(formula string, from, to int) string {
	return relativeRow.ReplaceAllStringFunc(formula, func(s string) string {
		p := relativeRow.FindStringSubmatch(s)
		if p[2] == strconv.Itoa(from) {
			return p[1] + strconv.Itoa(to)
		}
		return s
	})
}
