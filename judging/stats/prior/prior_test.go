package prior_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"fayi/judging/stats/prior"
)

// Of two crowds each glimpse belongs to the nearer one: what is learned must be nearer the truth than the normal is,
// and its errors not too small; stopped early, they are rather too large.
func TestTwoCrowdsAreTold(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	const n, noise = 3000, 3.0
	truth, list := make([]float64, n), make([]prior.Glimpse, n)
	for i := range truth {
		truth[i] = math.Copysign(6, r.Float64()-.5) + r.NormFloat64()
		list[i] = prior.Glimpse{Value: truth[i] + noise*r.NormFloat64(), Precision: 1 / (noise * noise)}
	}
	q, ok := prior.Learn(list, 0, 37)
	if !ok {
		t.Fatal("nothing was learned")
	}
	learned, normal, z := 0.0, 0.0, 0.0
	for i, s := range list {
		m, sd := q.Moments(s)
		plain := s.Value * 37 / (37 + noise*noise)
		learned += (m - truth[i]) * (m - truth[i]) / n
		normal += (plain - truth[i]) * (plain - truth[i]) / n
		z += (m - truth[i]) * (m - truth[i]) / (sd * sd) / n
	}
	if learned > .7*normal || z < .5 || z > 1.15 {
		t.Errorf("mean square error %.3f, of the normal %.3f; over its own variance %.3f", learned, normal, z)
	}
}

// Where quality is normal the posterior is the normal's.
func TestANormalIsLeftNormal(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	list := make([]prior.Glimpse, 20000)
	for i := range list {
		list[i] = prior.Glimpse{Value: 5*r.NormFloat64() + 4*r.NormFloat64(), Precision: 1. / 16}
	}
	q, _ := prior.Learn(list, 0, 25)
	for _, v := range []float64{-10, -3, 0, 4, 9} {
		m, sd := q.Moments(prior.Glimpse{Value: v, Precision: 1. / 16})
		if math.Abs(m-v*25/41) > .35 || math.Abs(sd-math.Sqrt(25.*16/41)) > .25 {
			t.Errorf("%g: %.2f ± %.2f, of the normal %.2f ± %.2f", v, m, sd, v*25/41, math.Sqrt(25.*16/41))
		}
	}
}

func TestTooFewTeachNothing(t *testing.T) {
	list := make([]prior.Glimpse, 74)
	for i := range list {
		list[i] = prior.Glimpse{Value: float64(i), Precision: 1}
	}
	if _, ok := prior.Learn(list, 37, 400); ok {
		t.Error("learned from 74")
	}
	for i := range list {
		list[i].Value = 5
	}
	if _, ok := prior.Learn(append(list, list...), 5, 400); ok {
		t.Error("learned from what is all alike")
	}
}
