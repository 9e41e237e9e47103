package assign

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// efficiency returns the A-efficiency H/μ* of the least efficient group and the E-efficiency λ₂/μ* of the same, each rounded to 1e-6. Groups of one judge have
// none; 0 if there is no other.
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
	return math.Round(a*1e6) / 1e6, math.Round(e*1e6) / 1e6
}

// groupEfficiency works on the Laplacian C = R − N K⁻¹ Nᵀ of one connected group.
func (d *draft) groupEfficiency(group []int) (a, e float64) {
	m := len(group)
	at := make(map[int32]int, m)
	for i, j := range group {
		at[int32(j)] = i
	}
	c := mat.NewSymDense(m, nil)
	total := 0.0
	for _, panel := range d.panel {
		if len(panel) == 0 {
			continue
		}
		if _, ok := at[panel[0]]; !ok {
			continue
		}
		total += float64(len(panel) - 1)
		part := 1 / float64(len(panel))
		for i, j := range panel {
			x := at[j]
			c.SetSym(x, x, c.At(x, x)+1-part)
			for _, l := range panel[:i] {
				c.SetSym(x, at[l], c.At(x, at[l])-part)
			}
		}
	}
	mu := total / float64(m-1)
	fill := mu / float64(m)
	for x := range m {
		for y := range x + 1 {
			c.SetSym(x, y, c.At(x, y)+fill)
		}
	}
	var ch mat.Cholesky
	if !ch.Factorize(c) {
		return 0, 0
	}
	var inv mat.SymDense
	if ch.InverseTo(&inv) != nil {
		return 0, 0
	}
	h := float64(m-1) / (mat.Trace(&inv) - 1/mu)
	return h / mu, 0
}
