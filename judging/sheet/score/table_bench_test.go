package score

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"testing"

	"fayi/judging/sheet/sheettest"
)

// BenchmarkReadScores reads 500,000 scores from gzipped text.
func BenchmarkReadScores(b *testing.B) {
	var buf bytes.Buffer
	z := gzip.NewWriter(&buf)
	fmt.Fprintln(z, "work,judge,score")
	for w := range 100_000 {
		for k := range 5 {
			fmt.Fprintf(z, "%d,%d,%d\n", w+1, (w*7+k*131)%500+1, 60+(w+k)%40)
		}
	}
	if err := z.Close(); err != nil {
		b.Fatal(err)
	}
	path := sheettest.TempFile(b, "scores.csv.gz", buf.Bytes())
	b.ReportAllocs()
	for b.Loop() {
		table, problems, err := ReadScores(context.Background(), path, "scores.csv.gz", false)
		if err != nil || len(problems) > 0 || len(table.Rows) != 500_000 {
			b.Fatal(len(table.Rows), problems, err)
		}
	}
}
