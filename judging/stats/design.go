package stats

import "math"

// Design tells how well the works are spread over the judges, whatever the scores: the judges form a graph, two being joined by each work they share.
type Design struct {
	Components       int     // pieces of the graph; above 1, severities of different pieces cannot be compared
	MinLoad, MaxLoad int     // fewest and most scores of a judge who has any
	AEfficiency      float64 // harmonic mean of the Laplacian's eigenvalues over their greatest possible value, 0 to 1; below .9 worth a warning
	EEfficiency      float64 // the least eigenvalue over the same, 0 to 1; 0 where disconnected
}

// Spread returns the design of t. It fails as Check does, and for too many judges.
func Spread(t Table) (Design, error) {
	if err := t.Check(); err != nil {
		return Design{}, err
	}
	return newData(t).design()
}

func (d *data) design() (Design, error) {
	g := Design{Components: d.pieces.Count}
	for j := range d.Judges {
		n := len(d.byJudge.of(j))
		if n > 0 && (g.MinLoad == 0 || n < g.MinLoad) {
			g.MinLoad = n
		}
		g.MaxLoad = max(g.MaxLoad, n)
	}
	judges := scored(d.pieces.Judge)
	if g.Components != 1 || judges < 2 {
		return g, nil
	}
	q, err := newEquations(newCrossed(d.Table, false, false), d.pieces.Judge)
	if err != nil {
		return Design{}, err
	}
	q.decompose(0, 0)
	best := float64(len(d.Scores)-scored(d.pieces.Work)) / float64(judges-1)
	g.EEfficiency = 1 / (q.largest(d.pieces.Judge) * best)
	g.AEfficiency = float64(judges-1) / (q.trace(d.pieces.Judge) * best)
	return g, nil
}

// trace returns the trace of the Laplacian's pseudo-inverse, and uses up the factor.
func (q *equations) trace(piece []int) (sum float64) {
	x, n := q.ones(piece), 0.0
	q.f.solve(x)
	for j, old := range q.old {
		if piece[old] >= 0 {
			sum -= x[j]
			n++
		}
	}
	sum /= n
	q.f.invert()
	for j, old := range q.old {
		if piece[old] >= 0 {
			sum += q.f.column(j)[j]
		}
	}
	return sum
}

// ones returns a vector that is 1 for each judge with a score.
func (q *equations) ones(piece []int) []float64 {
	x := make([]float64, q.cols)
	for j, old := range q.old {
		if piece[old] >= 0 {
			x[j] = 1
		}
	}
	return x
}

// largest returns the largest eigenvalue of the Laplacian's pseudo-inverse by the power method.
func (q *equations) largest(piece []int) (eigenvalue float64) {
	in := q.ones(piece)
	x := make([]float64, q.cols)
	for j := range x {
		x[j] = in[j] * math.Sin(float64(j+1)) // any start that no symmetry makes orthogonal to the answer
	}
	for range 500 {
		centre(x, in)
		norm := math.Sqrt(squares(x))
		for j := range x {
			x[j] /= norm
		}
		before := append([]float64(nil), x...)
		q.f.solve(x)
		centre(x, in)
		last := eigenvalue
		eigenvalue = 0
		for j := range x {
			eigenvalue += x[j] * before[j]
		}
		if math.Abs(eigenvalue-last) < 1e-12*eigenvalue {
			break
		}
	}
	return eigenvalue
}

// centre takes the mean out of x over the entries that are in, and zeroes the others.
func centre(x, in []float64) {
	mean, n := 0.0, 0.0
	for j, v := range x {
		mean, n = mean+v*in[j], n+in[j]
	}
	for j := range x {
		x[j] = in[j] * (x[j] - mean/n)
	}
}
