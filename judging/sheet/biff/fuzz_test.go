package biff

import (
	"bytes"
	"os"
	"testing"

	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/sheettest"
)

// FuzzBIFF reads the bare records of a workbook of Excel 97, to the end of each sheet.
func FuzzBIFF(f *testing.F) {
	whole, err := os.ReadFile("testdata/small.xls")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	book, err := OpenCompound(bytes.NewReader(whole), int64(len(whole)), "x", grid.Limits{}.WithDefaults())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(book.stream)
	small := grid.Limits{Unzipped: 4 << 20, Rows: 5000, Columns: 64, Cell: 4096, File: 1 << 20}
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := OpenStream(data, "x", small.WithDefaults())
		if err != nil {
			sheettest.MustBeOurs(t, err)
			return
		}
		for i := range s.Sheets() {
			_, _ = s.Merges(i)
			sheettest.MustBeOurs(t, s.Rows(i, func(grid.Line) error { return nil }))
		}
	})
}
