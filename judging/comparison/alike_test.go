package comparison_test

import (
	"math/rand/v2"
	"testing"

	"fayi/judging/comparison"
)

// TestWorksOfWhichAsMuchWasSaidShareAPlace asks about rings, in which each work is better than the next and worse than
// the one before, and of one work that is better than all of them, whatever the works' numbers, the sides and the order
// of the answers.
func TestWorksOfWhichAsMuchWasSaidShareAPlace(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 9))
	for range 60 {
		works, judges := 3+random.IntN(6), 1+random.IntN(3)
		ring := random.Perm(works)
		best := works
		var answers []comparison.Answer
		for j := range judges {
			for a := range works {
				answers = append(answers, comparison.Answer{Judge: j, Left: best, Right: a, Better: comparison.Left})
			}
			for k, a := range ring {
				b := ring[(k+1)%works]
				one := comparison.Answer{Judge: j, Left: a, Right: b, Better: comparison.Left}
				if random.IntN(2) == 0 {
					one = comparison.Answer{Judge: j, Left: b, Right: a, Better: comparison.Right}
				}
				answers = append(answers, one)
			}
		}
		random.Shuffle(len(answers), func(i, k int) { answers[i], answers[k] = answers[k], answers[i] })
		r, err := comparison.Fit(t.Context(), comparison.Table{Works: works + 1, Judges: judges, Answers: answers},
			comparison.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for i, w := range r.Works {
			want := 2
			if i == best {
				want = 1
			}
			if w.Place != want {
				t.Fatalf("%d works, %d judges: work %d has place %d, value %g", works, judges, i, w.Place, w.Value)
			}
		}
	}
}
