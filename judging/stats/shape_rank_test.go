package stats_test

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"testing"

	"fayi/judging/stats"
)

// seen is what a method made of contests of a shape, judged within their lists; the moments of each figure.
type seen struct {
	n                            float64
	tau, tau2, top, brier, cover float64
	claimed, real                float64 // sums of squares and products about the share, for the slope of chances
}

// share is the part of each list whose chances are judged.
const share = .15

func (s shape) seen(tb testing.TB, m stats.Method, seeds int) (sum seen) {
	lists := max(1, s.groups)
	size := s.works / lists
	cut := int(math.Round(share * float64(size)))
	for seed := range seeds {
		c := s.draw(uint64(seed) + 1)
		r := rank(tb, c.table, m, stats.Options{})
		tau := 0.0
		for l := range lists {
			var works []int
			for i := range c.truth {
				if c.list[i] == l {
					works = append(works, i)
				}
			}
			truth := make([]float64, len(works))
			for k, i := range works {
				truth[k] = c.truth[i]
			}
			in := r
			in.Works = r.Among(works, []int{cut})
			got := against(in, truth)
			tau += got.tau / float64(lists)
			sum.top += got.f5 / float64(lists)
			sum.cover += got.covered / float64(lists)
			sum.chances(in.Works, truth, cut, lists)
		}
		sum.n, sum.tau, sum.tau2 = sum.n+1, sum.tau+tau, sum.tau2+tau*tau
	}
	sum.tau /= sum.n
	sum.tau2 = math.Sqrt(max(0, sum.tau2/sum.n-sum.tau*sum.tau) / sum.n) // the standard error
	sum.top, sum.brier, sum.cover = sum.top/sum.n, sum.brier/sum.n, sum.cover/sum.n
	return sum
}

func (a *seen) chances(list []stats.Standing, truth []float64, cut, lists int) {
	line := slices.Sorted(slices.Values(truth))[len(truth)-cut]
	mean := float64(cut) / float64(len(truth))
	for i, w := range list {
		p, in := w.Award[0], 0.0
		if truth[i] >= line {
			in = 1
		}
		a.brier += (p - in) * (p - in) / float64(len(list)*lists)
		a.claimed += (p - mean) * (p - mean)
		a.real += (p - mean) * (in - mean)
	}
}

// slope is 1 where chances are what they say, below where they promise too much.
func (a seen) slope() float64 { return a.real / a.claimed }

func (a seen) String() string {
	return fmt.Sprintf(
		"tau %.4f ±%.4f  top 5 %% %.3f  Brier %.4f  covered %.3f  slope %.2f",
		a.tau, a.tau2, a.top, a.brier, a.cover, a.slope(),
	)
}

// One method must be near the best in every shape, and its intervals and chances must be true in each.
func TestOneMethodIsGoodInEveryShape(t *testing.T) {
	seeds := 10
	if testing.Short() {
		seeds = 3
	}
	gains := map[string]float64{"heavy tails": .012, "gross errors": .018, "drift": .008}
	for _, s := range shapes() {
		t.Run(s.name, func(t *testing.T) {
			seeds := seeds * max(1, 600/s.works)
			now := s.seen(t, stats.Hier, seeds)
			t.Log(now)
			for _, m := range []stats.Method{stats.Mean, stats.ZScore, stats.Hier1} {
				was := s.seen(t, m, seeds)
				least := -.012 // where judges are alike, what is not there to be corrected costs this
				if m == stats.Hier1 {
					least = -.003 + gains[s.name]
				}
				if now.tau < was.tau+least {
					t.Errorf("hier %v; %s %v", now, m, was)
				}
			}
			if now.cover < .925 || now.cover > .985 || now.slope() < .9 || now.slope() > 1.1 {
				t.Error("intervals or chances are not what they say:", now)
			}
		})
	}
}

// What a list's works are corrected to and what their chances are come from one fit: they never contradict.
func TestChancesFollowValuesWithinAList(t *testing.T) {
	for _, s := range shapes() {
		c := s.draw(1)
		for _, m := range stats.Methods() {
			r := rank(t, c.table, m, stats.Options{})
			for l := range max(1, s.groups) {
				var works []int
				for i := range c.truth {
					if c.list[i] == l {
						works = append(works, i)
					}
				}
				list := r.Among(works, []int{2, 5})
				slices.SortFunc(list, func(a, b stats.Standing) int { return cmp.Compare(a.Rank, b.Rank) })
				for i, a := range list[:len(list)-1] {
					x, y := a.Award, list[i+1].Award
					if list[i+1].Rank > a.Rank && (y[0] > x[0] || y[1] > x[1]) || x[0] > x[1] {
						t.Fatalf("%s, %s: place %d has chances %v, the next %v", s.name, m, a.Rank, x, y)
					}
				}
			}
		}
	}
}

// BenchmarkShapes prints every method on every shape of contest: tau with its standard error and the rest.
func BenchmarkShapes(b *testing.B) {
	for range b.N {
		for _, s := range shapes() {
			for _, m := range []stats.Method{stats.Mean, stats.ZScore, stats.BLUP, stats.Hier1, stats.Hier} {
				fmt.Printf("%-18s %-8s %v\n", s.name, m, s.seen(b, m, 20))
			}
		}
	}
}
