package stats

import "sort"

// layout is the two-way layout y = mean + row + column + e of a table, scores sorted by row. The rows are
// eliminated, the columns stay in a matrix of columns × columns.
type layout struct {
	rows, cols int
	start      []int32   // scores of row i: start[i] to start[i+1]
	col        []int32   // column of each score
	w, y       []float64 // precision and value of each score
	rowW, colW []float64 // sums of w
	item       []int32   // number of each score in the table
}

// newLayout lays out t with works as rows, or judges if flip. Weights are ignored (all 1) if !weighted.
func newLayout(t Table, flip, weighted bool) *layout {
	x, c := newIndex(t), &layout{rows: t.Works, cols: t.Judges}
	if flip {
		x, c.rows, c.cols = newJudgeIndex(t), t.Judges, t.Works
	}
	n := len(t.Scores)
	c.start, c.item = x.start[:c.rows+1], x.item
	c.col, c.w, c.y = make([]int32, n), make([]float64, n), make([]float64, n)
	c.rowW, c.colW = make([]float64, c.rows), make([]float64, c.cols)
	for i := range c.rows {
		for k := c.start[i]; k < c.start[i+1]; k++ {
			s := t.Scores[x.item[k]]
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

// each visits every score with its row and column.
func (c *layout) each(visit func(k, i int, j int32)) {
	for i := range c.rows {
		for k := c.start[i]; k < c.start[i+1]; k++ {
			visit(int(k), i, c.col[k])
		}
	}
}

// sum returns the weighted inner product of a and b, which are by score.
func (c *layout) sum(a, b []float64) (s float64) {
	for k, w := range c.w {
		s += w * a[k] * b[k]
	}
	return s
}

// reorder renumbers the columns in an elimination order under which few products arise, sorts each row by it, and
// returns for each new column its old number. Two columns meet where they share a row.
func (c *layout) reorder() []int32 {
	order := leastDegree(c.meetings())
	at, colW := make([]int32, c.cols), make([]float64, c.cols)
	for now, old := range order {
		at[old], colW[now] = int32(now), c.colW[old]
	}
	c.colW = colW
	for i := range c.rows {
		row := byColumn{c.col[c.start[i]:c.start[i+1]], c.w[c.start[i]:c.start[i+1]], c.y[c.start[i]:c.start[i+1]]}
		for k, j := range row.col {
			row.col[k] = at[j]
		}
		sort.Sort(row)
	}
	return order
}

// meetings returns for each column the set of columns that share a row with it.
func (c *layout) meetings() [][]uint64 {
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

// byColumn sorts the scores of a row.
type byColumn struct {
	col  []int32
	w, y []float64
}

func (r byColumn) Len() int           { return len(r.col) }
func (r byColumn) Less(a, b int) bool { return r.col[a] < r.col[b] }
func (r byColumn) Swap(a, b int) {
	r.col[a], r.col[b] = r.col[b], r.col[a]
	r.w[a], r.w[b] = r.w[b], r.w[a]
	r.y[a], r.y[b] = r.y[b], r.y[a]
}
