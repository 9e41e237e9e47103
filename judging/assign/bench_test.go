package assign

import (
	"context"
	"testing"
)

func BenchmarkHuge(b *testing.B) {
	for b.Loop() {
		p, err := Solve(context.Background(), Problem{Works: 100000, Judges: 1000, PerWork: 5}, 1, nil)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(p.Proof.PairSumSquares)/float64(p.Proof.Bound), "ratio")
	}
}
