package assign

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// lanczosSteps gives six digits of the smallest eigenvalue in every plan measured.
const lanczosSteps = 80

// efficiency returns the A-efficiency H/μ* of the least efficient group and the E-efficiency λ₂/μ* of the same
// group, both rounded to 1e-6. Groups of one judge have no efficiency; without any other group, the result is 0.
func (d *draft) efficiency(groups [][]int) (a, e float64) {
	a = math.Inf(1)
	for _, g := range groups {
		if len(g) < 2 {
			continue
		}
		if ga, ge := d.groupEfficiency(g); ga < a {
			a, e = ga, ge
		}
	}
	if math.IsInf(a, 1) {
		return 0, 0
	}
	const digits = 1e6 // what lanczosSteps gives
	return math.Round(a*digits) / digits, math.Round(e*digits) / digits
}

// groupEfficiency returns the A- and E-efficiency of one group of two judges or more; 0 if it is not connected.
func (d *draft) groupEfficiency(group []int) (a, e float64) {
	inv, mu := d.inverse(group)
	if inv == nil {
		return 0, 0
	}
	h := float64(len(group)-1) / (mat.Trace(inv) - 1/mu)
	return min(h/mu, 1), min(1/(largest(inv)*mu), 1)
}

// inverse inverts the Laplacian of one connected group, made regular by adding μ*/m to each entry: that gives the
// constant vector the eigenvalue μ* and leaves the others alone. It also returns μ*. The inverse is nil if the
// group is not connected.
func (d *draft) inverse(group []int) (*mat.SymDense, float64) {
	m := len(group)
	c, total := d.laplacian(group)
	mu := total / float64(m-1)
	for x := range m {
		for y := range x + 1 {
			c.SetSym(x, y, c.At(x, y)+mu/float64(m))
		}
	}
	var ch mat.Cholesky
	inv := &mat.SymDense{}
	if !ch.Factorize(c) || ch.InverseTo(inv) != nil {
		return nil, mu
	}
	return inv, mu
}

// laplacian returns C = R − N K⁻¹ Nᵀ of group, and its trace Σ(k−1) over the works.
func (d *draft) laplacian(group []int) (*mat.SymDense, float64) {
	at := make([]int, d.problem.Judges)
	for x, j := range group {
		at[j] = x + 1
	}
	c := mat.NewSymDense(len(group), nil)
	total := 0.0
	for _, panel := range d.panels {
		if len(panel) == 0 || at[panel[0]] == 0 {
			continue
		}
		total += float64(len(panel) - 1)
		part := 1 / float64(len(panel))
		for i, j := range panel {
			x := at[j] - 1
			c.SetSym(x, x, c.At(x, x)+1-part)
			for _, l := range panel[:i] {
				c.SetSym(x, at[l]-1, c.At(x, at[l]-1)-part)
			}
		}
	}
	return c, total
}

// largest returns the largest eigenvalue of a among vectors that sum to zero, by the method of Lanczos with full
// reorthogonalisation. It starts from a fixed vector, so that a plan always has the same figures.
func largest(a *mat.SymDense) float64 {
	m := a.SymmetricDim()
	rng := rand.New(rand.NewPCG(1, 1)) // any vector that is no eigenvector will do
	v := make([]float64, m)
	for i := range v {
		v[i] = rng.Float64() - .5
	}
	var basis [][]float64
	var alpha, beta []float64
	for len(basis) < min(m-1, lanczosSteps) {
		for range 2 { // after one pass, rounding errors are as large as what is left of v
			floats.AddConst(-floats.Sum(v)/float64(m), v)
			for _, q := range basis {
				floats.AddScaled(v, -floats.Dot(q, v), q)
			}
		}
		n := floats.Norm(v, 2)
		if len(basis) > 0 && n < 1e-10*alpha[0] { // the basis spans all that a can reach
			break
		}
		if len(basis) > 0 {
			beta = append(beta, n)
		}
		floats.Scale(1/n, v)
		q := append([]float64(nil), v...)
		basis = append(basis, q)
		mat.NewVecDense(m, v).MulVec(a, mat.NewVecDense(m, q))
		alpha = append(alpha, floats.Dot(q, v))
	}
	t := mat.NewSymDense(len(alpha), nil)
	for i, x := range alpha {
		t.SetSym(i, i, x)
		if i < len(beta) {
			t.SetSym(i, i+1, beta[i])
		}
	}
	var eig mat.EigenSym
	if !eig.Factorize(t, false) {
		return math.Inf(1)
	}
	return floats.Max(eig.Values(nil))
}
