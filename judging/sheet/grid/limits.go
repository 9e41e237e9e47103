package grid

import "fayi/internal/bomb"

// Limits bound what a file may cost. A zero field means its default.
type Limits struct {
	Unzipped int64 // bytes of one unpacked part of an xlsx file; default 1 GiB
	Rows     int   // the last row that may hold something; default and most 1,048,576
	Columns  int   // the last column that may hold something; default 1,024, most 16,384
	Cell     int   // bytes of text in one cell; default 128 KiB (Excel's own limit is 32,767 characters)
	File     int64 // bytes of a file that is read whole (xls, web tables); default 128 MiB
}

// The most of each that a book may have: rows and columns are those of the format, the others bound what is kept.
const (
	MaxRows    = 1 << 20
	MaxColumns = 1 << 14
	MaxMerges  = 1 << 21
	MaxSheets  = 1 << 10
)

// WithDefaults fills in what is zero.
func (l Limits) WithDefaults() Limits {
	l.Unzipped = orDefault(l.Unzipped, bomb.Workbook.Part)
	l.Rows = min(orDefault(l.Rows, MaxRows), MaxRows)
	l.Columns = min(orDefault(l.Columns, 1024), MaxColumns)
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
