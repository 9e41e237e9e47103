package read

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/sheettest"
)

var fuzzLimits = grid.Limits{Unzipped: 4 << 20, Rows: 5000, Columns: 64, Cell: 4096, File: 1 << 20}

// fuzzWhole opens a file of any bytes and reads it to its end.
func fuzzWhole(f *testing.F, pattern string) {
	seeds, err := filepath.Glob(pattern)
	if err != nil || len(seeds) == 0 {
		f.Fatalf("no seeds, %v", err)
	}
	for _, s := range seeds {
		data, err := os.ReadFile(s)
		if err != nil {
			f.Fatal(err)
		}
		if !strings.HasSuffix(s, ".tsv") {
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := Open(sheettest.TempFile(t, "x", data), "x", fuzzLimits)
		if err != nil {
			sheettest.MustBeOurs(t, err)
			return
		}
		defer b.Close()
		for i := range b.Infos() {
			areas, _ := b.Merges(i)
			sheettest.MustBeOurs(t, b.Rows(i, areas, func(grid.Line) error { return nil }))
		}
	})
}

// FuzzMHT reads saved pages.
func FuzzMHT(f *testing.F) { fuzzWhole(f, "testdata/containers/page.*") }

// FuzzText reads tables of text in any encoding.
func FuzzText(f *testing.F) { fuzzWhole(f, "testdata/containers/text.*") }

// FuzzElder reads workbooks of Excel 5.
func FuzzElder(f *testing.F) { fuzzWhole(f, "testdata/containers/elder.*.xls") }
