// Package formkey is the hidden row of a registration workbook: it says of each column what it means, and of the
// workbook for which contest and which unit it was made.
//
// It promises that a workbook is read by this row and not by its heads, whatever became of the heads: each cell of the
// row speaks for its own column, so that it survives another program, another format, moved columns and a copy into a
// new file. What it reads may be forged: it names columns of works, and what the call was then (package kitmark).
package formkey

import (
	"strings"

	"fayi/judging/kitmark"
	"fayi/judging/sheet/grid"
)

const (
	prefix = "fayi-form/1:"
	parted = "|" // between the parts of the cell that names contest and unit
	notes  = "notes"
)

// Fields are what columns of the workbook may mean, in their order there.
var Fields = []string{
	"row_no", "title", "category", "group", "author", "unit", "teacher", "phone", "intro", "file_name",
	"consent", "remark",
}

// Key is what a hidden row says.
type Key struct {
	Contest string         // the identity of the contest; "" where that cell is lost
	Unit    string         // for which the workbook was made; "" for all
	Columns map[int]string // index from 0 -> one of Fields
	Notes   bool           // the sheet holds instructions and no works
	Mark    kitmark.Mark   // the call that it was made for; zero where that cell is lost, and in older workbooks
}

// Row returns the cells of the hidden row over columns of these fields.
func Row(contest, unit string, mark kitmark.Mark, fields []string) []string {
	cells := make([]string, len(fields))
	for i, f := range fields {
		cells[i] = prefix + f
	}
	if len(cells) > 0 {
		cells[0] += parted + contest + parted + unit
	}
	if said := mark.String(); len(cells) > 1 && said != "" {
		cells[1] += parted + said
	}
	return cells
}

// Notes returns the cell that marks a sheet of instructions, in its first row.
func Notes() string { return prefix + notes }

// Read reads a hidden row; ok is false for any other row.
func Read(l grid.Line) (key Key, ok bool) {
	key.Columns = map[int]string{}
	taken := map[string]bool{}
	for i, c := range l.Cells {
		said, is := strings.CutPrefix(strings.TrimSpace(c.Text), prefix)
		if !is || c.Fill {
			continue
		}
		if said == notes {
			key.Notes = true
		}
		name, rest, long := strings.Cut(said, parted)
		if mark, is := kitmark.Parse(rest); is {
			key.Mark = mark
		} else if long {
			key.Contest, key.Unit, _ = strings.Cut(rest, parted)
		}
		if known(name) && !taken[name] {
			taken[name], key.Columns[i] = true, name
		}
	}
	return key, key.Notes || taken["title"]
}

func known(field string) bool {
	for _, f := range Fields {
		if f == field {
			return true
		}
	}
	return false
}
