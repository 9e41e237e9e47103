package main

import (
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

// fill FROM TO MARK... copies a score sheet and types the marks into every row, one for each criterion, as a judge
// would in a spreadsheet program.
func fill(ts *testscript.TestScript, _ bool, args []string) {
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close()
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		ts.Check(err)
		var columns []int
		for r, row := range rows {
			if len(row) > 1 && row[1] == "作品编号" {
				columns = markColumns(row)
				continue
			}
			if len(row) < 3 || !strings.Contains(row[1], "-") {
				continue
			}
			for i, c := range columns {
				at, err := excelize.CoordinatesToCellName(c+1, r+1)
				ts.Check(err)
				mark, err := strconv.Atoi(args[2+i])
				ts.Check(err)
				ts.Check(f.SetCellValue(sheet, at, mark))
			}
		}
	}
	ts.Check(f.SaveAs(ts.MkAbs(args[1])))
}

func markColumns(heads []string) (out []int) {
	for c, head := range heads {
		if name, _, ranged := strings.Cut(head, "\n0–"); ranged && name != "合计" {
			out = append(out, c)
		}
	}
	return out
}
