package grid

import "fmt"

// Line is one row: cells[i] stands in column i. It is valid only until the callback returns.
type Line struct {
	Row    int // from 1
	Hidden bool
	Cells  []Cell
}

// At is the cell of a column, counted from 0; an empty one beyond the last.
func (l Line) At(col int) Cell {
	if col < 0 || col >= len(l.Cells) {
		return Cell{}
	}
	return l.Cells[col]
}

// Copied is a copy that the next row does not overwrite.
func (l Line) Copied() Line {
	l.Cells = append([]Cell(nil), l.Cells...)
	return l
}

// Blank reports whether no cell of the line holds a value of its own.
func (l Line) Blank() bool {
	for _, c := range l.Cells {
		if !c.Fill && !c.Blank() {
			return false
		}
	}
	return true
}

// Put sets column col, growing the line as needed.
func (l *Line) Put(col int, c Cell) {
	for len(l.Cells) <= col {
		l.Cells = append(l.Cells, Cell{})
	}
	l.Cells[col] = c
}

// Ref names a cell, column and row from 1: B7.
func Ref(col, row int) string { return fmt.Sprintf("%s%d", ColumnLetters(col-1), row) }

// ColumnLetters names column i (from 0) as Excel does: A, Z, AA.
func ColumnLetters(i int) string {
	s := ""
	for i++; i > 0; i = (i - 1) / 26 {
		s = string(rune('A'+(i-1)%26)) + s
	}
	return s
}

// SheetInfo names a sheet of a book.
type SheetInfo struct {
	Name   string
	Hidden bool
	Part   string // that holds the rows, in an xlsx
}
