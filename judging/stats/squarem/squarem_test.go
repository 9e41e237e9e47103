package squarem_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"fayi/judging/stats/squarem"
)

// walk takes steps until they stand still, and returns where and how many there were.
func walk(step func([]float64), state []float64, leaping bool) (steps int) {
	pace := squarem.New(state)
	last := make([]float64, len(state))
	for steps = 1; steps < 100_000; steps++ {
		copy(last, state)
		step(state)
		moved := 0.0
		for i := range state {
			moved = max(moved, math.Abs(state[i]-last[i]))
		}
		if moved < 1e-12 {
			break
		}
		if leaping {
			next, _ := pace.Next(state)
			copy(state, next)
		}
	}
	return steps
}

// A linear map whose limit is known closes in at several speeds, one of them very slow.
func TestLeapsReachAKnownLimit(t *testing.T) {
	for seed := range uint64(20) {
		random := rand.New(rand.NewPCG(seed, 3))
		n := 3 + random.IntN(20)
		limit, speed, slow, fast := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
		for i := range limit {
			limit[i], speed[i] = 10*random.NormFloat64(), random.Float64()*.9
			slow[i] = 10 * random.NormFloat64()
		}
		speed[0] = .995
		copy(fast, slow)
		step := func(x []float64) {
			for i := range x {
				x[i] = limit[i] + speed[i]*(x[i]-limit[i])
			}
		}
		many, few := walk(step, slow, false), walk(step, fast, true)
		for i := range limit {
			if math.Abs(fast[i]-limit[i]) > 1e-8 {
				t.Errorf("seed %d: %v, the limit is %v", seed, fast[i], limit[i])
			}
		}
		if few*2 > many {
			t.Errorf("seed %d: %d steps with leaps, %d without", seed, few, many)
		}
	}
}

// A map that throws back what leaps too far: leaps are taken back, and the limit is still reached.
func TestALeapThatWasWrongIsTakenBack(t *testing.T) {
	step := func(x []float64) {
		y := .99 * x[0]
		if x[0] < 0 { // beyond the limit it runs away from it, up to a wall
			y = max(-50, 3*x[0]) + 60*math.Abs(math.Sin(x[0]))
		}
		x[0] = y
	}
	state := []float64{40}
	if walk(step, state, true); math.Abs(state[0]) > 1e-6 {
		t.Errorf("it ended at %v", state[0])
	}
}
