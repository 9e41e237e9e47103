package comparison

import (
	"cmp"
	"context"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// draws is how many orders are drawn to count places and chances; the error of a chance is below .012.
const draws = 2000

// alike is a difference of values that means nothing: the fit ends when none moves by more. Of works of which as much
// was said, rounding would else put one before the other, and an award between them.
const alike = 10 * still

// Options are what a fit needs beyond the answers.
type Options struct {
	Cuts []int // cut lines, in places: Standing.Award has the chance of each
}

// Standing is what the answers say about one work.
type Standing struct {
	N       int     // answers
	Wins    float64 // answers for the work; an equal one is half
	Piece   int     // works of one piece are held together by answers; -1 without an answer
	Value   float64 // quality, in logits; a difference of 1.1 is a chance of 3 in 4
	SE      float64 // its standard error
	Place   int     // 1 is best; values that differ by rounding share a place; 0 without an answer
	PlaceLo int     // 95 % interval of the true place
	PlaceHi int
	Award   []float64 // for each cut line c, the chance that the true place is c or better
	onLeft  int
}

// Judge is how one judge answers.
type Judge struct {
	N      int
	Equal  int     // answers that name no side
	Sharp  float64 // discrimination: 1 is usual, near 0 answers at random
	Infit  float64 // mean square of the surprises, weighted by what was open: near 1 usual, above 1.3 worth a look
	Agrees float64 // share of the answers with a side that are on the side of the fit, 0 to 1
}

// Result is an order made of answers.
type Result struct {
	Works     []Standing
	Judges    []Judge
	Spread    float64 // standard deviation of quality among works, logits
	Pieces    int     // groups of works that no answer holds together; 1 where all places can be compared
	Converged bool

	model *model
	cuts  []int
	asked map[[3]int]bool // judge and the two works, the lower number first
}

// Fit makes an order of the works. It changes nothing in t, reads no clock and draws with a fixed seed. It fails with
// code invalid for a table that Check refuses, and with ctx's error once ctx is done.
func Fit(ctx context.Context, t Table, o Options) (*Result, error) {
	if err := t.Check(); err != nil {
		return nil, err
	}
	m, err := fit(ctx, t)
	if err != nil {
		return nil, err
	}
	r := &Result{Works: make([]Standing, t.Works), Judges: make([]Judge, t.Judges), Spread: math.Sqrt(m.spread2),
		Converged: m.done, model: m, cuts: o.Cuts, asked: map[[3]int]bool{}}
	r.count()
	r.watch()
	if err := r.place(ctx); err != nil {
		return nil, err
	}
	return r, nil
}

// count adds up the answers of each work.
func (r *Result) count() {
	m := r.model
	for i := range r.Works {
		r.Works[i] = Standing{Piece: -1, Value: m.quality[i], SE: math.Sqrt(m.cov.At(i, i)),
			Award: make([]float64, len(r.cuts))}
	}
	for _, a := range m.Answers {
		left, right, won := &r.Works[a.Left], &r.Works[a.Right], (1+float64(a.Better))/2
		left.N, left.Wins, left.onLeft = left.N+1, left.Wins+won, left.onLeft+1
		right.N, right.Wins = right.N+1, right.Wins+1-won
		r.asked[pairOf(a.Judge, a.Left, a.Right)] = true
	}
	piece, _ := m.pieces()
	numbers := map[int]int{}
	for i := range r.Works {
		if r.Works[i].N == 0 {
			continue
		}
		if _, ok := numbers[piece[i]]; !ok {
			numbers[piece[i]] = len(numbers)
		}
		r.Works[i].Piece = numbers[piece[i]]
	}
	r.Pieces = len(numbers)
}

// watch sets each judge next to the fit.
func (r *Result) watch() {
	m := r.model
	surprise, open := make([]float64, m.Judges), make([]float64, m.Judges)
	for _, a := range m.Answers {
		x, j := m.quality[a.Left]-m.quality[a.Right], &r.Judges[a.Judge]
		p := logistic(x)
		d := (1+float64(a.Better))/2 - p
		surprise[a.Judge] += d * d
		open[a.Judge] += p * (1 - p)
		j.N++
		switch {
		case a.Better == Equal:
			j.Equal++
		case float64(a.Better)*x > 0:
			j.Agrees++
		}
	}
	for i := range r.Judges {
		j := &r.Judges[i]
		j.Sharp = math.Exp(m.sharp[i])
		if j.N > 0 {
			j.Infit = surprise[i] / open[i]
		}
		if sided := j.N - j.Equal; sided > 0 {
			j.Agrees /= float64(sided)
		}
	}
}

// place gives the places, and counts over draws how far they may move.
func (r *Result) place(ctx context.Context) error {
	var ranked []int
	for i, s := range r.Works {
		if s.N > 0 {
			ranked = append(ranked, i)
		}
	}
	byValue(ranked, r.model.quality)
	for k, i := range ranked {
		r.Works[i].Place = k + 1
		if k > 0 && r.Works[ranked[k-1]].Value-r.Works[i].Value <= alike {
			r.Works[i].Place = r.Works[ranked[k-1]].Place
		}
	}
	var chol mat.Cholesky
	if !chol.Factorize(&r.model.cov) {
		return r.model.unfit()
	}
	var lower mat.TriDense
	chol.LTo(&lower)
	seen := make([][]int32, len(r.Works)) // of each work, how often it had each place
	for _, i := range ranked {
		seen[i] = make([]int32, len(ranked)+1)
	}
	random := rand.New(rand.NewPCG(1, 2))
	z, order := mat.NewVecDense(len(r.Works), nil), slices.Clone(ranked)
	var moved mat.VecDense
	for range draws {
		if err := ctx.Err(); err != nil {
			return err
		}
		for i := range len(r.Works) {
			z.SetVec(i, random.NormFloat64())
		}
		moved.MulVec(&lower, z)
		for i, q := range r.model.quality {
			moved.SetVec(i, moved.AtVec(i)+q)
		}
		byValue(order, moved.RawVector().Data)
		for k, i := range order {
			seen[i][k+1]++
		}
	}
	for _, i := range ranked {
		r.Works[i].spread(seen[i], r.cuts)
	}
	return nil
}

// byValue sorts works by their values, the highest first, equal ones by number.
func byValue(works []int, value []float64) {
	slices.SortFunc(works, func(a, b int) int {
		return cmp.Or(cmp.Compare(value[b], value[a]), cmp.Compare(a, b))
	})
}

// spread reads interval and chances off how often the work had each place.
func (s *Standing) spread(seen []int32, cuts []int) {
	below, tail := int32(0), int32(draws/40)
	for p := 1; p < len(seen); p++ {
		below += seen[p]
		if s.PlaceLo == 0 && below > tail {
			s.PlaceLo = p
		}
		if s.PlaceHi == 0 && below >= draws-tail {
			s.PlaceHi = p
		}
		for c, cut := range cuts {
			if p <= cut {
				s.Award[c] += float64(seen[p]) / draws
			}
		}
	}
	s.PlaceLo, s.PlaceHi = min(s.PlaceLo, s.Place), max(s.PlaceHi, s.Place)
}

// Doubtful lists the works whose side of a cut line is open: those with a chance above .1 and below .9. None is what
// one asks for before one stops.
func (r *Result) Doubtful(cut int) (works []int) {
	for i, s := range r.Works {
		if s.N > 0 && s.Award[cut] > .1 && s.Award[cut] < .9 {
			works = append(works, i)
		}
	}
	return works
}
