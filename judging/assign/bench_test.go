package assign

import (
	"context"
	"testing"

	"fayi/internal/measure"
)

// benchmark says how far Σλ² is above its bound, and the A-efficiency, next to the time.
func benchmark(b *testing.B, p Problem) {
	var q Proof
	before := measure.Processor()
	for b.Loop() {
		plan, err := Solve(context.Background(), p, 1, nil)
		if err != nil {
			b.Fatal(err)
		}
		q = plan.Proof
	}
	b.ReportMetric(float64((measure.Processor()-before).Microseconds())/1000/float64(b.N), "processor-ms/op")
	b.ReportMetric(float64(q.PairSumSquares), "Σλ²")
	b.ReportMetric(float64(q.PairSumSquares)/float64(q.Bound), "Σλ²/bound")
	b.ReportMetric(q.AEfficiency, "A-eff")
	b.ReportMetric(float64(q.MaxLoad-q.MinLoad), "spread")
}

func BenchmarkSolve600x30x3(b *testing.B) { benchmark(b, Problem{Works: 600, Judges: 30, PerWork: 3}) }
func BenchmarkSolve600x30x5(b *testing.B) { benchmark(b, Problem{Works: 600, Judges: 30, PerWork: 5}) }
func BenchmarkSolve3000x125x5(b *testing.B) {
	benchmark(b, Problem{Works: 3000, Judges: 125, PerWork: 5})
}
func BenchmarkSolve100000x1000x5(b *testing.B) {
	benchmark(b, Problem{Works: 100_000, Judges: 1000, PerWork: 5})
}
func BenchmarkSolveFiveCategories(b *testing.B) { benchmark(b, ring(600, 30, 3, 5)) }
func BenchmarkSolveConflicts(b *testing.B) {
	benchmark(b, barred(Problem{Works: 3000, Judges: 125, PerWork: 5}, .05))
}
func BenchmarkSolveFewWorks(b *testing.B)        { benchmark(b, Problem{Works: 100, Judges: 60, PerWork: 3}) }
func BenchmarkSolveLargeCategories(b *testing.B) { benchmark(b, ring(3000, 125, 5, 6)) }
func BenchmarkSolveHugeCategories(b *testing.B) {
	n := measure.Works(100_000)
	benchmark(b, ring(n, max(30, n/100), 5, 8))
}
func BenchmarkSolvePrefer(b *testing.B) {
	p := ring(3000, 125, 5, 6)
	p.Match = Prefer
	for w := range p.Category {
		p.Category[w] = min(w%6, w%5)
	}
	benchmark(b, p)
}

func BenchmarkAdjust3000x125x5(b *testing.B) {
	p := Problem{Works: 3000, Judges: 125, PerWork: 5}
	plan := solved(b, p)
	p.Closed = make([]bool, 125)
	p.Closed[3], p.Closed[77] = true, true
	var made int
	for b.Loop() {
		_, list, err := Adjust(context.Background(), p, plan.Pairs(), 1, nil)
		if err != nil {
			b.Fatal(err)
		}
		made = len(list)
	}
	b.ReportMetric(float64(made), "moves")
}

func BenchmarkProof1000Judges(b *testing.B) {
	p := Problem{Works: 20_000, Judges: 1000, PerWork: 5}
	plan := solved(b, p)
	p.Fixed = plan.Pairs()
	d := newDraft(&p, 1)
	for b.Loop() {
		d.efficiency(plan.Proof.Overall.Groups)
	}
}
