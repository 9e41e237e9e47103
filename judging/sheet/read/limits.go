package read

import (
	"fayi/internal/bomb"
)

// Limits bound what a file may cost. A zero field means its default.
type Limits struct {
	Unzipped int64 // bytes of one unpacked part of an xlsx file; default 1 GiB
	Rows     int   // the last row that may hold something; default and most 1,048,576
	Columns  int   // the last column that may hold something; default 1,024, most 16,384
	Cell     int   // bytes of text in one cell; default 128 KiB (Excel's own limit is 32,767 characters)
	File     int64 // bytes of a file that is read whole (xls, web tables); default 128 MiB
}

const (
	maxRows    = 1 << 20
	maxColumns = 1 << 14
	maxMerges  = 1 << 21
	maxSheets  = 1 << 10
)

func (l Limits) withDefaults() Limits {
	l.Unzipped = orDefault(l.Unzipped, bomb.Workbook.Part)
	l.Rows = min(orDefault(l.Rows, maxRows), maxRows)
	l.Columns = min(orDefault(l.Columns, 1024), maxColumns)
	l.Cell = orDefault(l.Cell, 128<<10)
	l.File = orDefault(l.File, 128<<20)
	return l
}

func orDefault[N int | int64](n, d N) N {
	if n <= 0 {
		return d
	}
	return n
}
