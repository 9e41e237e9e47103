package comparison

import (
	"context"
	"math"

	"gonum.org/v1/gonum/mat"

	"fayi/judging"
)

const (
	spreadWorks = 2    // as many works of spread 1 are added when the spread is learned: few answers say little of it
	judgeSpread = 0.35 // deviation of the logarithm of a judge's discrimination
	mostRounds  = 300
	mostSteps   = 60
	still       = 1e-6 // what moves less has ended
)

// model is a fit on its way.
type model struct {
	Table
	quality []float64 // θ of each work
	sharp   []float64 // log α of each judge
	spread2 float64   // τ²
	chol    mat.Cholesky
	cov     mat.SymDense // of the works at the mode
	rounds  int
	done    bool // the rounds led to an end
}

// fit finds quality, discrimination and spread in turn until none of them moves.
func fit(ctx context.Context, t Table) (*model, error) {
	m := &model{Table: t, quality: make([]float64, t.Works), sharp: make([]float64, t.Judges), spread2: 1}
	for m.rounds < mostRounds && !m.done {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		m.rounds++
		if err := m.settle(); err != nil {
			return nil, err
		}
		moved := m.sharpen()
		if err := m.chol.InverseTo(&m.cov); err != nil {
			return nil, m.unfit()
		}
		sum, n := float64(spreadWorks), float64(t.Works+spreadWorks)
		for i, q := range m.quality {
			sum += q*q + m.cov.At(i, i)
		}
		next := sum / n
		m.done = max(moved, math.Abs(next/m.spread2-1)) < still
		m.spread2 = next
	}
	return m, nil
}

// settle moves the qualities to their mode, the rest held: the objective is concave, and a step that overshoots is
// halved.
func (m *model) settle() error {
	h, g := mat.NewSymDense(m.Works, nil), mat.NewVecDense(m.Works, nil)
	var step mat.VecDense
	at := m.objective()
	for range mostSteps {
		m.slopes(h, g)
		if !m.chol.Factorize(h) || m.chol.SolveVecTo(&step, g) != nil {
			return m.unfit()
		}
		before, far := append([]float64(nil), m.quality...), 1.0
		for {
			for i := range m.quality {
				m.quality[i] = before[i] + far*step.AtVec(i)
			}
			now := m.objective()
			if now >= at-1e-12*math.Abs(at) {
				at = now
				break
			}
			far /= 2
			if far < 1e-9 {
				copy(m.quality, before)
				return nil
			}
		}
		if far*mat.Norm(&step, math.Inf(1)) < still/100 {
			return nil
		}
	}
	return nil
}

func (m *model) unfit() error { return judging.Fail(judging.Internal, "table.pairs_unfit", nil) }

// objective is the logarithm of the posterior of the qualities, up to a constant.
func (m *model) objective() float64 {
	sum := 0.0
	for _, a := range m.Answers {
		x := math.Exp(m.sharp[a.Judge]) * (m.quality[a.Left] - m.quality[a.Right])
		y := (1 + float64(a.Better)) / 2
		sum += y*x - softplus(x)
	}
	for _, q := range m.quality {
		sum -= q * q / (2 * m.spread2)
	}
	return sum
}

// slopes writes the negative curvature and the slope of the objective.
func (m *model) slopes(h *mat.SymDense, g *mat.VecDense) {
	h.Zero()
	g.Zero()
	for i, q := range m.quality {
		h.SetSym(i, i, 1/m.spread2)
		g.SetVec(i, -q/m.spread2)
	}
	for _, a := range m.Answers {
		alpha := math.Exp(m.sharp[a.Judge])
		p := logistic(alpha * (m.quality[a.Left] - m.quality[a.Right]))
		d, w := alpha*((1+float64(a.Better))/2-p), alpha*alpha*p*(1-p)
		g.SetVec(a.Left, g.AtVec(a.Left)+d)
		g.SetVec(a.Right, g.AtVec(a.Right)-d)
		h.SetSym(a.Left, a.Left, h.At(a.Left, a.Left)+w)
		h.SetSym(a.Right, a.Right, h.At(a.Right, a.Right)+w)
		h.SetSym(a.Left, a.Right, h.At(a.Left, a.Right)-w)
	}
}

// sharpen moves each judge's discrimination one step of Newton's towards its mode and returns the longest step.
func (m *model) sharpen() (longest float64) {
	slope, curve := make([]float64, m.Judges), make([]float64, m.Judges)
	for j, s := range m.sharp {
		slope[j], curve[j] = -s/(judgeSpread*judgeSpread), 1/(judgeSpread*judgeSpread)
	}
	for _, a := range m.Answers {
		x := math.Exp(m.sharp[a.Judge]) * (m.quality[a.Left] - m.quality[a.Right])
		p := logistic(x)
		slope[a.Judge] += x * ((1+float64(a.Better))/2 - p)
		curve[a.Judge] += x * x * p * (1 - p) // the expected curvature, which is never negative
	}
	for j := range m.sharp {
		step := max(-1, min(1, slope[j]/curve[j]))
		m.sharp[j] += step
		longest = max(longest, math.Abs(step))
	}
	return longest
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// softplus is log(1 + exp x) without overflow.
func softplus(x float64) float64 { return max(x, 0) + math.Log1p(math.Exp(-math.Abs(x))) }
