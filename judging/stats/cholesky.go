package stats

import (
	"math"
	"math/bits"
)

// factor is a symmetric positive definite matrix in lower triangle and, after decompose, its Cholesky factor L. Rows are kept in an elimination
// order of least degree, so that most of L stays zero and the loops, which skip zeros, do little more than the sparse work.
type factor struct {
	n  int
	at []int32   // row of each unknown
	a  []float64 // n × n, by columns of the lower triangle: entry (i, j), i ≥ j, at j*n + i
	nz []int32   // scratch: rows below the pivot that are not zero
}

func newFactor(order []int32) *factor {
	n := len(order)
	f := &factor{n: n, at: make([]int32, n), a: make([]float64, n*n), nz: make([]int32, 0, n)}
	for row, unknown := range order {
		f.at[unknown] = int32(row)
	}
	return f
}

// add adds v to the entry of unknowns p and q, once for the symmetric pair.
func (f *factor) add(p, q int32, v float64) {
	i, j := f.at[p], f.at[q]
	f.a[int(min(i, j))*f.n+int(max(i, j))] += v
}

// get returns the entry of unknowns p and q.
func (f *factor) get(p, q int32) float64 {
	i, j := f.at[p], f.at[q]
	return f.a[int(min(i, j))*f.n+int(max(i, j))]
}

// below lists the rows under the diagonal of column j that are not zero.
func (f *factor) below(j int) []int32 {
	col := f.a[j*f.n : (j+1)*f.n]
	nz := f.nz[:0]
	for i := j + 1; i < f.n; i++ {
		if col[i] != 0 {
			nz = append(nz, int32(i))
		}
	}
	return nz
}

// decompose replaces the matrix by L and returns the logarithm of its determinant; false where it is not positive definite.
func (f *factor) decompose() (logDet float64, ok bool) {
	for j := range f.n {
		col := f.a[j*f.n : (j+1)*f.n]
		if !(col[j] > 0) {
			return 0, false
		}
		logDet += math.Log(col[j])
		pivot := math.Sqrt(col[j])
		col[j] = pivot
		nz := f.below(j)
		for _, i := range nz {
			col[i] /= pivot
		}
		for k, q := range nz {
			target, l := f.a[int(q)*f.n:int(q+1)*f.n], col[q]
			for _, i := range nz[k:] {
				target[i] -= l * col[i]
			}
		}
	}
	return logDet, true
}

// solve overwrites x, indexed by unknown, with the solution of A x = rhs.
func (f *factor) solve(rhs []float64) {
	x := make([]float64, f.n)
	for u, row := range f.at {
		x[row] = rhs[u]
	}
	for j := range f.n {
		col := f.a[j*f.n : (j+1)*f.n]
		x[j] /= col[j]
		for i := j + 1; i < f.n; i++ {
			x[i] -= col[i] * x[j]
		}
	}
	for j := f.n - 1; j >= 0; j-- {
		col := f.a[j*f.n : (j+1)*f.n]
		sum := x[j]
		for i := j + 1; i < f.n; i++ {
			sum -= col[i] * x[i]
		}
		x[j] = sum / col[j]
	}
	for u, row := range f.at {
		rhs[u] = x[row]
	}
}

// invert replaces L by the entries of the inverse on L's own pattern, which holds every entry of the matrix (Takahashi's recurrence); other
// entries stay zero.
func (f *factor) invert() {
	l, z := make([]float64, f.n), make([]float64, f.n)
	for j := f.n - 1; j >= 0; j-- {
		col := f.a[j*f.n : (j+1)*f.n]
		nz := f.below(j)
		for k, i := range nz {
			l[k], z[k] = col[i]/col[j], 0
		}
		for k, q := range nz {
			inv := f.a[int(q)*f.n : int(q+1)*f.n]
			sum, lk := inv[q]*l[k], l[k]
			for m := k + 1; m < len(nz); m++ {
				v := inv[nz[m]]
				sum += v * l[m]
				z[m] += v * lk
			}
			z[k] += sum
		}
		diag := 1 / (col[j] * col[j])
		for k, i := range nz {
			col[i] = -z[k]
			diag += l[k] * z[k]
		}
		col[j] = diag
	}
}

// leastDegree returns an elimination order for a symmetric pattern: at each step the unknown with fewest neighbours, the lowest number among equals.
// near holds a bit set of neighbours per unknown and is used up.
func leastDegree(near [][]uint64) []int32 {
	n := len(near)
	order, degree, done := make([]int32, 0, n), make([]int, n), make([]bool, n)
	for i, set := range near {
		set[i/64] |= 1 << (i % 64)
		degree[i] = count(set)
	}
	for range n {
		best := -1
		for i := range n {
			if !done[i] && (best < 0 || degree[i] < degree[best]) {
				best = i
			}
		}
		done[best] = true
		order = append(order, int32(best))
		near[best][best/64] &^= 1 << (best % 64)
		for k, word := range near[best] {
			for ; word != 0; word &= word - 1 {
				i := k*64 + bits.TrailingZeros64(word)
				union(near[i], near[best])
				near[i][best/64] &^= 1 << (best % 64)
				degree[i] = count(near[i])
			}
		}
	}
	return order
}

func count(set []uint64) (n int) {
	for _, w := range set {
		n += bits.OnesCount64(w)
	}
	return n
}

func union(into, from []uint64) {
	for k, w := range from {
		into[k] |= w
	}
}
