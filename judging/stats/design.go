package stats

// Design says how well the works are spread over the judges, whatever the scores: the judges form a graph, two
// being joined by each work they share.
type Design struct {
	Components       int // pieces of the graph; above 1, severities of different pieces cannot be compared
	MinLoad, MaxLoad int // fewest and most scores of a judge who has any
	// harmonic mean of the Laplacian's eigenvalues over their greatest possible value, 0 to 1; 0 where
	// disconnected; below .9 worth a warning
	AEfficiency float64
}

// design returns the design of the scores. Errors: Invalid for too many judges.
func (d *data) design() (Design, error) {
	g := Design{Components: d.pieces.Count}
	for j := range d.Judges {
		n := len(d.byJudge.of(j))
		if n > 0 && (g.MinLoad == 0 || n < g.MinLoad) {
			g.MinLoad = n
		}
		g.MaxLoad = max(g.MaxLoad, n)
	}
	judges := float64(scored(d.pieces.Judge))
	if g.Components != 1 || judges < 2 {
		return g, nil
	}
	q, err := d.newEquations(false, false)
	if err != nil {
		return Design{}, err
	}
	q.decompose(0, 0)
	total := q.judgesTotal()
	_, ofJudge := q.sides(total.row, total.col)
	q.f.invert()
	_, variance := q.sides(q.variances())
	trace := 0.0 // of the Laplacian's pseudo-inverse, with the mean taken out as in additiveErrors
	for j, p := range d.pieces.Judge {
		if p == 0 {
			trace += variance[j] - ofJudge[j]/judges
		}
	}
	best := (float64(len(d.Scores)) - float64(scored(d.pieces.Work))) / (judges - 1)
	g.AEfficiency = (judges - 1) / (trace * best)
	return g, nil
}
