package comparison_test

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"fayi/judging"
	"fayi/judging/comparison"
)

// answered draws answers of judges about works of given qualities.
func answered(works, judges, answers int, seed uint64) (comparison.Table, []float64) {
	random := rand.New(rand.NewPCG(seed, 7))
	quality, sharp := make([]float64, works), make([]float64, judges)
	for i := range quality {
		quality[i] = 1.5 * random.NormFloat64()
	}
	for j := range sharp {
		sharp[j] = math.Exp(.3 * random.NormFloat64())
	}
	t := comparison.Table{Works: works, Judges: judges}
	for range answers {
		l, r, j := random.IntN(works), random.IntN(works-1), random.IntN(judges)
		if r >= l {
			r++
		}
		a := comparison.Answer{Judge: j, Left: l, Right: r, Better: comparison.Right}
		if random.Float64() < 1/(1+math.Exp(-sharp[j]*(quality[l]-quality[r]))) {
			a.Better = comparison.Left
		}
		if random.IntN(12) == 0 {
			a.Better = comparison.Equal
		}
		t.Answers = append(t.Answers, a)
	}
	return t, quality
}

func fitted(t *testing.T, table comparison.Table, cuts ...int) *comparison.Result {
	t.Helper()
	r, err := comparison.Fit(t.Context(), table, comparison.Options{Cuts: cuts})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// posterior is the model of the package page, written down plainly: the logarithm of the density of everything that is
// not held.
func posterior(table comparison.Table, quality, sharp []float64, spread2 float64) float64 {
	sum := 0.0
	for _, a := range table.Answers {
		p := 1 / (1 + math.Exp(math.Exp(sharp[a.Judge])*(quality[a.Right]-quality[a.Left])))
		switch a.Better {
		case comparison.Left:
			sum += math.Log(p)
		case comparison.Right:
			sum += math.Log(1 - p)
		default:
			sum += (math.Log(p) + math.Log(1-p)) / 2
		}
	}
	for _, q := range quality {
		sum -= q * q / (2 * spread2)
	}
	for _, s := range sharp {
		sum -= s * s / (2 * .35 * .35)
	}
	return sum
}

// inverse is Gauss and Jordan's.
func inverse(a [][]float64) [][]float64 {
	n := len(a)
	out := make([][]float64, n)
	for i := range out {
		out[i] = make([]float64, n)
		out[i][i] = 1
	}
	for c := range n {
		p := a[c][c]
		for k := range n {
			a[c][k], out[c][k] = a[c][k]/p, out[c][k]/p
		}
		for i := range n {
			if f := a[i][c]; i != c {
				for k := range n {
					a[i][k], out[i][k] = a[i][k]-f*a[c][k], out[i][k]-f*out[c][k]
				}
			}
		}
	}
	return out
}

// TestAFitIsTheModeOfThePlainModel wants slopes of 0 by differences, errors from the inverse of the curvature by
// differences, and the spread that these two give.
func TestAFitIsTheModeOfThePlainModel(t *testing.T) {
	table, _ := answered(9, 4, 120, 1)
	r := fitted(t, table)
	quality, sharp, spread2 := []float64{}, []float64{}, r.Spread*r.Spread
	for _, w := range r.Works {
		quality = append(quality, w.Value)
	}
	for _, j := range r.Judges {
		sharp = append(sharp, math.Log(j.Sharp))
	}
	const step = 1e-4
	at := func(vary []float64, i int, by float64) float64 {
		old := vary[i]
		defer func() { vary[i] = old }()
		vary[i] += by
		return posterior(table, quality, sharp, spread2)
	}
	for name, vary := range map[string][]float64{"quality": quality, "judge": sharp} {
		for i := range vary {
			if slope := (at(vary, i, step) - at(vary, i, -step)) / (2 * step); math.Abs(slope) > 1e-4 {
				t.Errorf("%s %d could be better: slope %v", name, i, slope)
			}
		}
	}
	curve := make([][]float64, len(quality))
	for i := range curve {
		curve[i] = make([]float64, len(quality))
		for k := range curve[i] {
			both := func(x, y float64) float64 {
				old := quality[k]
				defer func() { quality[k] = old }()
				quality[k] += y
				return at(quality, i, x)
			}
			curve[i][k] = -(both(step, step) - both(step, -step) - both(-step, step) + both(-step, -step)) /
				(4 * step * step)
		}
	}
	cov := inverse(curve)
	sum := 2.0
	for i, w := range r.Works {
		if want := math.Sqrt(cov[i][i]); math.Abs(w.SE-want) > 1e-3*want {
			t.Errorf("work %d has an error of %v, want %v", i, w.SE, want)
		}
		sum += w.Value*w.Value + cov[i][i]
	}
	if want := sum / float64(len(quality)+2); math.Abs(spread2-want) > 1e-3*want {
		t.Errorf("the spread is %v², want %v²", r.Spread, math.Sqrt(want))
	}
}

// TestAnOrderDependsOnWhatWasSaidOnly turns every pair round, mixes the answers and renumbers works and judges.
func TestAnOrderDependsOnWhatWasSaidOnly(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		works, judges := rapid.IntRange(2, 9).Draw(rt, "works"), rapid.IntRange(1, 4).Draw(rt, "judges")
		table, _ := answered(works, judges, rapid.IntRange(1, 60).Draw(rt, "answers"), rapid.Uint64().Draw(rt, "seed"))
		a := fitted(t, table)
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "mix"), 1))
		w, j := random.Perm(works), random.Perm(judges)
		other := comparison.Table{Works: works, Judges: judges}
		for _, i := range random.Perm(len(table.Answers)) {
			x := table.Answers[i]
			other.Answers = append(other.Answers,
				comparison.Answer{Judge: j[x.Judge], Left: w[x.Right], Right: w[x.Left], Better: -x.Better})
		}
		b := fitted(t, other)
		for i, s := range a.Works {
			if o := b.Works[w[i]]; math.Abs(o.Value-s.Value) > 1e-5 || o.N != s.N || o.Wins != s.Wins {
				rt.Fatalf("work %d is %+v, told otherwise %+v", i, s, o)
			}
		}
		for k, s := range a.Judges {
			if o := b.Judges[j[k]]; math.Abs(o.Sharp-s.Sharp) > 1e-5 || math.Abs(o.Infit-s.Infit) > 1e-4 {
				rt.Fatalf("judge %d is %+v, told otherwise %+v", k, s, o)
			}
		}
	})
}

func TestWhatCannotBeAnAnswerIsRefused(t *testing.T) {
	for name, a := range map[string]comparison.Answer{
		"itself": {Left: 1, Right: 1, Better: comparison.Left}, "no such work": {Left: 3, Right: 1},
		"below": {Left: -1, Right: 1}, "no such judge": {Judge: 2, Left: 0, Right: 1},
		"side": {Left: 0, Right: 1, Better: 2},
	} {
		_, err := comparison.Fit(t.Context(), comparison.Table{Works: 3, Judges: 2,
			Answers: []comparison.Answer{{Left: 0, Right: 1}, a}}, comparison.Options{})
		if judging.CodeOf(err) != judging.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := comparison.Fit(t.Context(), comparison.Table{Works: comparison.MostWorks + 1},
		comparison.Options{}); judging.CodeOf(err) != judging.Invalid {
		t.Error("too large a table is taken")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	table, _ := answered(9, 4, 120, 1)
	if _, err := comparison.Fit(ctx, table, comparison.Options{}); err != context.Canceled {
		t.Error(err)
	}
}

func TestNothingAnsweredIsNoOrder(t *testing.T) {
	r := fitted(t, comparison.Table{Works: 3, Judges: 1}, 1)
	for i, w := range r.Works {
		if w.Place != 0 || w.Piece != -1 || w.Award[0] != 0 {
			t.Errorf("work %d is %+v", i, w)
		}
	}
	if p, ok := r.Next(0, nil, 1); !ok || p.Left == p.Right {
		t.Error("nothing is asked", p, ok)
	}
}

// TestPiecesThatNobodyComparedAreTold has two pairs that no answer joins, and a work nobody was asked about.
func TestPiecesThatNobodyComparedAreTold(t *testing.T) {
	r := fitted(t, comparison.Table{Works: 5, Judges: 1, Answers: []comparison.Answer{
		{Left: 0, Right: 1, Better: comparison.Left}, {Left: 2, Right: 3, Better: comparison.Left}}})
	if r.Pieces != 2 || r.Works[0].Piece != r.Works[1].Piece || r.Works[0].Piece == r.Works[2].Piece ||
		r.Works[4].Piece != -1 || r.Works[4].Place != 0 {
		t.Errorf("%d pieces: %+v", r.Pieces, r.Works)
	}
}

// TestAJudgeAtRandomCountsForLess has nine judges who know and one who throws a coin.
func TestAJudgeAtRandomCountsForLess(t *testing.T) {
	table, quality := answered(20, 10, 1500, 3)
	random := rand.New(rand.NewPCG(5, 5))
	for i, a := range table.Answers {
		if a.Judge == 9 {
			table.Answers[i].Better = comparison.Side(2*random.IntN(2) - 1)
		}
	}
	r := fitted(t, table)
	for j, judge := range r.Judges {
		if (judge.Sharp < .5) != (j == 9) || (judge.Infit > 1.3) != (j == 9) {
			t.Errorf("judge %d: %+v", j, judge)
		}
	}
	if tau := kendall(r, quality); tau < .8 {
		t.Errorf("τ %.3f", tau)
	}
}

// kendall is τ of the values with the truth.
func kendall(r *comparison.Result, quality []float64) float64 {
	sum, n := 0.0, 0.0
	for i, a := range r.Works {
		for k, b := range r.Works[:i] {
			n++
			switch d := (a.Value - b.Value) * (quality[i] - quality[k]); {
			case d > 0:
				sum++
			case d < 0:
				sum--
			}
		}
	}
	return sum / n
}

// TestPlacesAndChancesHoldWhatTheyPromise counts over many contests how often the true place is in its interval, and
// how often works with a chance of about so much get in.
func TestPlacesAndChancesHoldWhatTheyPromise(t *testing.T) {
	const contests = 120
	in, all, promised, got := 0, 0, 0.0, 0
	for seed := range contests {
		table, quality := answered(16, 5, 16*6, uint64(seed)+100)
		r := fitted(t, table, 5)
		for i, w := range r.Works {
			place := 1
			for _, q := range quality {
				if q > quality[i] {
					place++
				}
			}
			all++
			if w.PlaceLo <= place && place <= w.PlaceHi {
				in++
			}
			if w.Award[0] > .1 && w.Award[0] < .9 {
				promised += w.Award[0]
				if place <= 5 {
					got++
				}
			}
		}
	}
	cover := float64(in) / float64(all)
	t.Logf("%d places, %.3f in their intervals; chances add up to %.1f, got %d", all, cover, promised, got)
	// places are whole numbers, so of 16 the smallest interval that holds .95 holds more
	if cover < .94 || cover > .995 {
		t.Errorf("%.3f of the places are in their intervals", cover)
	}
	if math.Abs(promised-float64(got)) > .12*promised+3 {
		t.Errorf("chances add up to %.1f, and %d got in", promised, got)
	}
}
