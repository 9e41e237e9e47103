package read

import (
	"os"
	"testing"

	"fayi/judging/sheet/sheettest"
)

// FuzzBIFF reads the bare records of a workbook of Excel 97, to the end of each sheet.
func FuzzBIFF(f *testing.F) {
	whole, err := os.ReadFile("testdata/small.xls")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	b, err := Open("testdata/small.xls", "x", Limits{})
	if err != nil {
		f.Fatal(err)
	}
	defer b.Close()
	f.Add(b.source.(*xlsSource).stream)
	small := Limits{Unzipped: 4 << 20, Rows: 5000, Columns: 64, Cell: 4096, File: 1 << 20}
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := openBIFF(data, "x", small.withDefaults())
		if err != nil {
			sheettest.MustBeOurs(t, err)
			return
		}
		for i := range s.sheets() {
			_, _ = s.merges(i)
			sheettest.MustBeOurs(t, s.rows(i, func(Line) error { return nil }))
		}
	})
}
