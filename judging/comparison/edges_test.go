package comparison

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"fayi/judging"
)

func fitOf(t *testing.T, table Table, cuts ...int) *Result {
	t.Helper()
	r, err := Fit(t.Context(), table, Options{Cuts: cuts})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestWhatWasSaidIsCounted has a judge for each way to answer: one who is of the order's mind, one who says both, one
// who never names a side, and one who says nothing.
func TestWhatWasSaidIsCounted(t *testing.T) {
	r := fitOf(t, Table{Works: 5, Judges: 4, Answers: []Answer{
		{0, 0, 1, Left}, {0, 2, 1, Right}, {0, 0, 2, Left}, {0, 1, 0, Right}, {1, 3, 4, Left}, {1, 3, 4, Right},
		{2, 3, 4, Equal},
	}})
	for i, want := range []Standing{
		{N: 3, Wins: 3, Place: 1}, {N: 3, Wins: 1, Place: 4}, {N: 2, Wins: 0, Place: 5}, {N: 3, Wins: 1.5, Place: 2},
		{N: 3, Wins: 1.5, Place: 2},
	} {
		if got := r.Works[i]; got.N != want.N || got.Wins != want.Wins || got.Place != want.Place {
			t.Errorf("work %d: %+v, want %+v", i, got, want)
		}
	}
	for i, want := range []Judge{{N: 4, Agrees: 1}, {N: 2}, {N: 1, Equal: 1}, {}} {
		got := r.Judges[i]
		if got.N != want.N || got.Equal != want.Equal || got.Agrees != want.Agrees || (got.Infit > 0) != (i < 2) ||
			i > 1 && got.Infit != 0 {
			t.Errorf("judge %d: %+v, want %+v", i, got, want)
		}
	}
	if m := r.model; !r.Converged || m.rounds >= mostRounds {
		t.Errorf("it took %d rounds", m.rounds)
	}
}

// TestAnIntervalLeavesOneInFortyOutOnEachSide counts draws off by hand.
func TestAnIntervalLeavesOneInFortyOutOnEachSide(t *testing.T) {
	const tail = draws / 40
	for _, c := range []struct {
		seen          []int32
		place, lo, hi int
	}{
		{[]int32{0, tail, 1, draws - 1 - 2*tail, tail}, 3, 2, 3},
		{[]int32{0, tail + 1, 0, draws - 2 - 2*tail, tail + 1}, 3, 1, 4},
		{[]int32{0, 0, draws, 0}, 1, 1, 2},
		{[]int32{0, 0, draws, 0}, 3, 2, 3},
	} {
		s := Standing{Place: c.place, Award: make([]float64, 1)}
		s.spread(c.seen, []int{2})
		want := float64(c.seen[1])/draws + float64(c.seen[2])/draws
		if s.PlaceLo != c.lo || s.PlaceHi != c.hi || s.Award[0] != want {
			t.Errorf("%v: %+v", c.seen, s)
		}
	}
}

func TestDoubtfulIsWhatMayFallOnEitherSide(t *testing.T) {
	r := &Result{}
	for _, chance := range []float64{.1, .101, .5, .899, .9} {
		r.Works = append(r.Works, Standing{N: 1, Award: []float64{0, chance}}, Standing{Award: []float64{0, chance}})
	}
	if got := r.Doubtful(1); !slices.Equal(got, []int{2, 4, 6}) {
		t.Error(got)
	}
	if got := r.Doubtful(0); got != nil {
		t.Error(got)
	}
}

// TestThePairOfMostUseIsAsked compares with a plain search: of the pairs that may be asked, those of the most use; of
// equals the one that the draw names.
func TestThePairOfMostUseIsAsked(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 1))
	for n := range 60 {
		table := Table{Works: 5, Judges: 2}
		for range n / 2 * 2 {
			left := random.IntN(5)
			table.Answers = append(table.Answers, Answer{random.IntN(2), left, (left + 1 + random.IntN(4)) % 5,
				Side(random.IntN(3) - 1)})
		}
		r := fitOf(t, table, []int{2}[:n%2]...)
		least := slices.MinFunc(r.Works, func(a, b Standing) int { return a.N - b.N }).N
		type pair struct {
			a, b  int
			gain  float64
			drawn uint64
		}
		var all []pair
		for b := range 5 {
			for a := range b {
				told := slices.ContainsFunc(table.Answers, func(x Answer) bool {
					return x.Judge == 0 && min(x.Left, x.Right) == a && max(x.Left, x.Right) == b
				})
				fair := least >= fewest || r.Works[a].N == least || r.Works[b].N == least
				if !told && fair {
					all = append(all, pair{a, b, r.gain(b, a), draw(7, 0, a, b)})
				}
			}
		}
		got, ok := r.Next(0, nil, 7)
		if ok != (len(all) > 0) {
			t.Fatalf("%+v: asked %v of %v", table.Answers, ok, all)
		}
		for _, p := range all {
			best := all[0]
			for _, o := range all {
				if o.gain > best.gain || o.gain == best.gain && o.drawn < best.drawn {
					best = o
				}
			}
			if a, b := min(got.Left, got.Right), max(got.Left, got.Right); a != best.a || b != best.b {
				t.Fatalf("asked %v, want %+v, one of %+v", got, best, p)
			}
		}
	}
}

// TestAWorkNobodySawIsOpen: without lines all works are, with lines those without an answer.
func TestAWorkNobodySawIsOpen(t *testing.T) {
	table := Table{Works: 3, Judges: 1, Answers: []Answer{{0, 0, 1, Left}}}
	if r := fitOf(t, table); r.open(0) != 1 || r.open(2) != 1 {
		t.Error("without lines", r.open(0), r.open(2))
	}
	if r := fitOf(t, table, 3); r.open(0) != .05 || r.open(2) != 1 {
		t.Error("with a line that all pass", r.open(0), r.open(2))
	}
}

func TestAWorkStandsWhereItStoodLess(t *testing.T) {
	r := &Result{Works: []Standing{{N: 2, onLeft: 1}, {N: 4, onLeft: 2}, {N: 2, onLeft: 2}}}
	for _, c := range []struct {
		i, k  int
		drawn uint64
		want  Pair
	}{
		{0, 1, 0, Pair{0, 1}}, {0, 1, 1, Pair{1, 0}}, {0, 2, 1, Pair{0, 2}},
		{2, 0, 0, Pair{0, 2}}, {1, 0, 2, Pair{1, 0}},
	} {
		if got := r.stand(c.i, c.k, c.drawn); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

func TestAFaultNamesTheAnswer(t *testing.T) {
	err := Table{Works: MostWorks, Judges: 1, Answers: []Answer{{0, 0, 1, Left}, {0, 1, 1, Left}}}.Check()
	var fault *judging.Error
	if !errors.As(err, &fault) || fault.Args["N"] != 2 {
		t.Error(err)
	}
	if err := (Table{Works: MostWorks}).Check(); err != nil {
		t.Error(err)
	}
}
