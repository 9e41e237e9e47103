package comparison_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"fayi/judging/comparison"
)

// perceived is a judge's view of a work: quality and an error of their own at every look.
func perceived(random *rand.Rand, quality, noise float64) float64 {
	return quality + noise*random.NormFloat64()
}

// asked has judges answer one after the other what next says, until each work was looked at so often on the average.
func asked(t *testing.T, quality []float64, judges int, looks, noise float64, next string, seed uint64,
	cuts ...int) *comparison.Result {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, 11))
	table := comparison.Table{Works: len(quality), Judges: judges}
	r := fitted(t, table, cuts...)
	for n := 0; float64(2*n) < looks*float64(len(quality)); n++ {
		judge := n % judges
		p, ok := comparison.Pair{}, true
		if next == "chosen" {
			p, ok = r.Next(judge, nil, seed)
		} else {
			p.Left, p.Right = random.IntN(len(quality)), random.IntN(len(quality)-1)
			if p.Right >= p.Left {
				p.Right++
			}
		}
		if !ok {
			break
		}
		better := comparison.Right
		if perceived(random, quality[p.Left], noise) > perceived(random, quality[p.Right], noise) {
			better = comparison.Left
		}
		table.Answers = append(table.Answers,
			comparison.Answer{Judge: judge, Left: p.Left, Right: p.Right, Better: better})
		if next == "chosen" {
			r = fitted(t, table, cuts...)
		}
	}
	return fitted(t, table, cuts...)
}

// TestPairsAreAskedOnceAndWorksAboutEquallyOften asks until there is nothing left to ask.
func TestPairsAreAskedOnceAndWorksAboutEquallyOften(t *testing.T) {
	const works, judges = 7, 2
	table := comparison.Table{Works: works, Judges: judges}
	seen, left := map[[3]int]bool{}, make([]int, works)
	for n := 0; ; n++ {
		r := fitted(t, table)
		if n == works { // each answer shows two works: the least is what is fair
			for i, w := range r.Works {
				if w.N < 1 || w.N > 3 {
					t.Errorf("after %d answers work %d was seen %d times", n, i, w.N)
				}
			}
		}
		p, ok := r.Next(n%judges, nil, 4)
		if again, _ := fitted(t, table).Next(n%judges, nil, 4); again != p {
			t.Fatalf("asked for %v, then for %v", p, again)
		}
		if !ok {
			break
		}
		key := [3]int{n % judges, min(p.Left, p.Right), max(p.Left, p.Right)}
		if seen[key] {
			t.Fatalf("%v is asked twice", key)
		}
		seen[key] = true
		left[p.Left]++
		table.Answers = append(table.Answers, comparison.Answer{
			Judge: n % judges, Left: p.Left, Right: p.Right, Better: comparison.Side(1 - n%3)})
	}
	if want := judges * works * (works - 1) / 2; len(seen) != want {
		t.Errorf("%d pairs were asked, want %d", len(seen), want)
	}
	for i, n := range left {
		if all := judges * (works - 1); n < all/2-2 || n > all/2+2 {
			t.Errorf("work %d stood on the left %d of %d times", i, n, all)
		}
	}
}

// TestAJudgeIsShownOnlyWhatTheyMaySee keeps an own pupil's work from a judge.
func TestAJudgeIsShownOnlyWhatTheyMaySee(t *testing.T) {
	table := comparison.Table{Works: 4, Judges: 1}
	for range 10 {
		r := fitted(t, table)
		p, ok := r.Next(0, func(w int) bool { return w != 2 }, 1)
		if !ok {
			if len(table.Answers) != 3 {
				t.Errorf("%d pairs of three works", len(table.Answers))
			}
			return
		}
		if p.Left == 2 || p.Right == 2 {
			t.Fatal("the work is shown")
		}
		table.Answers = append(table.Answers, comparison.Answer{Left: p.Left, Right: p.Right, Better: comparison.Left})
	}
	t.Error("it never ends")
}

// TestFewerLooksForTheSameOrder sets the curve of chosen pairs next to pairs at random and to marks of as many looks.
// A mark is what a judge perceives plus that judge's severity; an answer is which of two perceived is more, so both
// come from the same eyes. It prints the curve, which stands on the package's page.
func TestFewerLooksForTheSameOrder(t *testing.T) {
	contests, works, curve := 12, 24, []float64{4, 8, 12}
	if testing.Short() {
		contests, works, curve = 3, 16, []float64{6}
	}
	const judges, noise, cut = 6, .7, 5
	for _, looks := range curve {
		got := map[string]float64{}
		for c := range contests {
			random := rand.New(rand.NewPCG(uint64(c), 3))
			quality := make([]float64, works)
			for i := range quality {
				quality[i] = random.NormFloat64()
			}
			for _, next := range []string{"chosen", "any"} {
				r := asked(t, quality, judges, looks, noise, next, uint64(c), cut)
				got[next+" τ"] += kendall(r, quality) / float64(contests)
				got[next+" cut"] += hits(values(r), quality, cut) / float64(contests)
			}
			scored := scores(random, quality, judges, looks, noise)
			got["marks cut"] += hits(scored, quality, cut) / float64(contests)
		}
		t.Logf("%2.0f looks a work: chosen τ %.3f, first %d right %.2f; any pair τ %.3f, %.2f; marks %.2f",
			looks, got["chosen τ"], cut, got["chosen cut"], got["any τ"], got["any cut"], got["marks cut"])
		if got["chosen cut"] < got["any cut"]-.02 {
			t.Errorf("%v looks: chosen pairs find %.2f of the best, any pairs %.2f",
				looks, got["chosen cut"], got["any cut"])
		}
	}
}

func values(r *comparison.Result) []float64 {
	out := make([]float64, len(r.Works))
	for i, w := range r.Works {
		out[i] = w.Value
	}
	return out
}

// scores are means of marks, each judge with a severity of their own, works dealt in turn.
func scores(random *rand.Rand, quality []float64, judges int, looks, noise float64) []float64 {
	severity, out := make([]float64, judges), make([]float64, len(quality))
	for j := range severity {
		severity[j] = .4 * random.NormFloat64()
	}
	for i, q := range quality {
		for k := range int(math.Round(looks)) {
			out[i] += perceived(random, q, noise) + severity[(i*3+k)%judges]
		}
	}
	return out
}

// hits is the share of the truly first works that are among the first.
func hits(got, quality []float64, first int) float64 {
	top := func(by []float64) []int {
		order := make([]int, len(by))
		for i := range order {
			order[i] = i
		}
		slices.SortFunc(order, func(a, b int) int {
			if by[a] > by[b] {
				return -1
			}
			return 1
		})
		return order[:first]
	}
	n := 0.0
	for _, i := range top(got) {
		if slices.Contains(top(quality), i) {
			n++
		}
	}
	return n / float64(first)
}
