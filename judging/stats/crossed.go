package stats

// crossed is the two-way layout of a table: scores sorted by row, each with a column. The rows are eliminated, the columns stay in a matrix of
// columns × columns, so the caller makes the smaller side the columns.
type crossed struct {
	rows, cols int
	start      []int32   // scores of row i: start[i] to start[i+1]
	col        []int32   // column of each score
	w, y       []float64 // precision and value of each score
	item       []int32   // its place in the table
	rowW, colW []float64 // sums of w
	order      []int32   // elimination order of the columns
}

// newCrossed lays out t with works as rows, or judges if flip. Weights are ignored (all 1) if !weighted.
func newCrossed(t Table, flip, weighted bool) *crossed {
	x, c := newIndex(t), &crossed{rows: t.Works, cols: t.Judges}
	if flip {
		x, c.rows, c.cols = newJudgeIndex(t), t.Judges, t.Works
	}
	n := len(t.Scores)
	c.start, c.item = x.start[:c.rows+1], x.item
	c.col, c.w, c.y = make([]int32, n), make([]float64, n), make([]float64, n)
	c.rowW, c.colW = make([]float64, c.rows), make([]float64, c.cols)
	for i := range c.rows {
		for k := c.start[i]; k < c.start[i+1]; k++ {
			s := t.Scores[c.item[k]]
			c.col[k], c.y[k], c.w[k] = int32(s.Judge), s.Value, 1
			if flip {
				c.col[k] = int32(s.Work)
			}
			if weighted {
				c.w[k] = s.weight()
			}
			c.rowW[i] += c.w[k]
			c.colW[c.col[k]] += c.w[k]
		}
	}
	return c
}

// neighbours returns for each column the set of columns that share a row with it.
func (c *crossed) neighbours() [][]uint64 {
	words := (c.cols + 63) / 64
	near, bits := make([][]uint64, c.cols), make([]uint64, c.cols*words)
	for j := range near {
		near[j] = bits[j*words : (j+1)*words]
	}
	row := make([]uint64, words)
	for i := range c.rows {
		cols := c.col[c.start[i]:c.start[i+1]]
		for _, j := range cols {
			row[j/64] |= 1 << (j % 64)
		}
		for _, j := range cols {
			union(near[j], row)
		}
		clear(row)
	}
	return near
}

// laplacian returns the matrix left for the columns once the rows are eliminated, one column of each piece being held at 0 (grounded lists them).
func (c *crossed) laplacian(piece []int) (f *factor, grounded []int32) {
	if c.order == nil {
		c.order = leastDegree(c.neighbours())
	}
	f = newFactor(c.order)
	for j, w := range c.colW {
		f.add(int32(j), int32(j), w)
	}
	for i := range c.rows {
		for k := c.start[i]; k < c.start[i+1]; k++ {
			v := c.w[k] / c.rowW[i]
			for l := k; l < c.start[i+1]; l++ {
				f.add(c.col[k], c.col[l], -v*c.w[l])
			}
		}
	}
	// The last of each piece in elimination order is held: nothing is eliminated after it, so an added 1 on its diagonal does just that.
	last := map[int]int32{}
	for _, j := range c.order {
		last[piece[j]] = j
	}
	for j := range int32(c.cols) {
		if piece[j] < 0 || last[piece[j]] == j {
			f.add(j, j, 1)
			grounded = append(grounded, j)
		}
	}
	return f, grounded
}
