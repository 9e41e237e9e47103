package stats

import (
	"math"
	"math/bits"

	"gonum.org/v1/gonum/floats"
)

// factor is a symmetric positive definite matrix in lower triangle and, after decompose, its Cholesky factor L.
// With its unknowns in an elimination order of least degree most of L stays 0, and the loops, which skip zeros, do
// little more than the sparse work. Entries must not cancel to 0 on the way, which the signs of normal equations
// rule out.
type factor struct {
	n  int
	a  []float64 // entry (i, j), i ≥ j, at j*n + i
	nz []int32   // scratch of below
}

func newFactor(n int) *factor {
	return &factor{n: n, a: make([]float64, n*n), nz: make([]int32, 0, n)}
}

// column returns column j, whose entries above the diagonal mean nothing.
func (f *factor) column(j int) []float64 { return f.a[j*f.n : (j+1)*f.n] }

// below lists the rows under the diagonal of column j that are not 0. It is valid until the next call.
func (f *factor) below(j int) []int32 {
	nz := f.nz[:0]
	for i, v := range f.column(j) {
		if i > j && v != 0 {
			nz = append(nz, int32(i))
		}
	}
	return nz
}

// decompose replaces the matrix by L and returns the logarithm of its determinant; false where it is not positive
// definite.
func (f *factor) decompose() (logDet float64, ok bool) {
	for j := range f.n {
		col := f.column(j)
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
		full := len(nz) == f.n-1-j
		for k, q := range nz {
			target, l := f.column(int(q)), col[q]
			if full {
				floats.AddScaled(target[q:], -l, col[q:])
				continue
			}
			for _, i := range nz[k:] {
				target[i] -= l * col[i]
			}
		}
	}
	return logDet, true
}

// solve overwrites x with the solution of A x = rhs, x being the rhs.
func (f *factor) solve(x []float64) {
	for j := range f.n {
		col := f.column(j)
		x[j] /= col[j]
		floats.AddScaled(x[j+1:], -x[j], col[j+1:])
	}
	for j := f.n - 1; j >= 0; j-- {
		col := f.column(j)
		x[j] = (x[j] - floats.Dot(col[j+1:], x[j+1:])) / col[j]
	}
}

// invert replaces L by the entries of the inverse on L's own pattern, which holds every entry of the matrix
// (Takahashi's recurrence: with l = L below the diagonal over it, the column is -Zl and the diagonal 1/L² + lZl).
// Other entries stay 0.
func (f *factor) invert() {
	l, z := make([]float64, f.n), make([]float64, f.n)
	for j := f.n - 1; j >= 0; j-- {
		col := f.column(j)
		nz := f.below(j)
		for _, i := range nz {
			l[i], z[i] = col[i]/col[j], 0
		}
		full := len(nz) == f.n-1-j
		for k, q := range nz {
			inverse := f.column(int(q))
			z[q] += inverse[q] * l[q]
			if full {
				z[q] += floats.Dot(inverse[q+1:], l[q+1:])
				floats.AddScaled(z[q+1:], l[q], inverse[q+1:])
				continue
			}
			sum := 0.0
			for _, i := range nz[k+1:] {
				sum += inverse[i] * l[i]
				z[i] += inverse[i] * l[q]
			}
			z[q] += sum
		}
		col[j] = 1 / (col[j] * col[j])
		for _, i := range nz {
			col[i] = -z[i]
			col[j] += l[i] * z[i]
		}
	}
}

// leastDegree returns an elimination order for a symmetric pattern: at each step the unknown with fewest
// neighbours, the lowest number among equals. near holds a bit set of neighbours per unknown and is used up.
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
