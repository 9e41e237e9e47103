package shapes

import (
	"cmp"
	"context"
	"math"
	"slices"

	"fayi/judging/stats"
)

// Of each list, the parts whose finding and whose chances are judged.
const (
	topShare   = .05
	awardShare = .15
)

// Seen is how well a method found the truth of one contest, the mean over its lists.
type Seen struct {
	Tau   float64 // Kendall's τ-b of values and truth
	Top   float64 // F1 of the top 5 %: the share of them that the first 5 % by value are
	Brier float64 // mean square error of the chance of a place in the top 15 %
	Cover float64 // share of true places within their 95 % intervals
	// sums over works of squares of the chances less 15 %, and of their products with what became of them
	Claimed, Real float64
}

// Rank ranks a drawn contest by a method and judges what came of it. It fails as stats.Rank does.
func (c Contest) Rank(ctx context.Context, m stats.Method) (Seen, error) {
	r, err := stats.Rank(ctx, c.Table, m, stats.Options{})
	if err != nil {
		return Seen{}, err
	}
	var out Seen
	for _, list := range c.Lists {
		cut := max(1, int(math.Round(awardShare*float64(len(list)))))
		truth := make([]float64, len(list))
		for k, i := range list {
			truth[k] = c.Truth[i]
		}
		out.add(r.Among(list, []int{cut}), truth, cut, float64(len(c.Lists)))
	}
	return out, nil
}

// add judges the standings of one of so many lists.
func (s *Seen) add(list []stats.Standing, truth []float64, cut int, lists float64) {
	places, n := placesOf(truth), float64(len(truth))
	top := max(1, int(math.Round(topShare*n)))
	values := make([]float64, len(list))
	for k, w := range list {
		values[k] = w.Value
	}
	s.Tau += tau(values, truth) / lists
	for k, place := range placesOf(values) {
		if place <= top && places[k] <= top {
			s.Top += 1 / float64(top) / lists
		}
	}
	mean := float64(cut) / n
	for k, w := range list {
		p, in := w.Award[0], 0.0
		if places[k] <= cut {
			in = 1
		}
		s.Brier += (p - in) * (p - in) / n / lists
		s.Claimed += (p - mean) * (p - mean)
		s.Real += (p - mean) * (in - mean)
		if w.RankLo <= places[k] && places[k] <= w.RankHi {
			s.Cover += 1 / n / lists
		}
	}
}

// placesOf returns the place of each value, the highest 1; equal ones in their order.
func placesOf(values []float64) []int {
	order, places := make([]int, len(values)), make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(values[b], values[a]) })
	for place, i := range order {
		places[i] = place + 1
	}
	return places
}

// tau is Kendall's τ-b of values with the truth, which has no ties, counted pair by pair.
func tau(values, truth []float64) float64 {
	sum, ties, pairs := 0, 0, len(values)*(len(values)-1)/2
	for i, x := range values {
		for j, y := range values[:i] {
			if math.Abs(x-y) < 1e-9 {
				ties++
				continue
			}
			sum += cmp.Compare(x, y) * cmp.Compare(truth[i], truth[j])
		}
	}
	if ties == pairs {
		return 0
	}
	return float64(sum) / math.Sqrt(float64(pairs)*float64(pairs-ties))
}

// Sample is what was seen of one method in contests of one shape, in the order of their seeds.
type Sample []Seen

// Figure is a mean over contests with its standard error.
type Figure struct{ Mean, Error float64 }

// Of returns the mean of what value tells of each contest.
func (s Sample) Of(value func(Seen) float64) Figure {
	list := make([]float64, len(s))
	for k, seen := range s {
		list[k] = value(seen)
	}
	return mean(list)
}

// Gain returns how much more value tells of the contests by this method than by the other, contest by contest.
func (s Sample) Gain(other Sample, value func(Seen) float64) Figure {
	list := make([]float64, len(s))
	for k, seen := range s {
		list[k] = value(seen) - value(other[k])
	}
	return mean(list)
}

// Slope is 1 where chances are what they say, below where they promise too much, above where they are too timid. Its
// error is the jackknife's over contests.
func (s Sample) Slope() Figure {
	claimed, real := 0.0, 0.0
	for _, seen := range s {
		claimed, real = claimed+seen.Claimed, real+seen.Real
	}
	list := make([]float64, len(s))
	for k, seen := range s {
		list[k] = (real - seen.Real) / (claimed - seen.Claimed)
	}
	f := mean(list)
	return Figure{real / claimed, f.Error * float64(len(s)-1)}
}

// mean returns the mean of a list with its standard error.
func mean(list []float64) (f Figure) {
	n := float64(len(list))
	for _, x := range list {
		f.Mean += x / n
	}
	square := 0.0
	for _, x := range list {
		square += (x - f.Mean) * (x - f.Mean)
	}
	if n > 1 {
		f.Error = math.Sqrt(square / (n - 1) / n)
	}
	return f
}

// Run draws a shape with the seeds 1 to n and ranks it by each method. It fails as stats.Rank does.
func (s Shape) Run(ctx context.Context, seeds int, methods ...stats.Method) (map[stats.Method]Sample, error) {
	out := map[stats.Method]Sample{}
	for seed := range seeds {
		c := s.Draw(uint64(seed) + 1)
		for _, m := range methods {
			seen, err := c.Rank(ctx, m)
			if err != nil {
				return nil, err
			}
			out[m] = append(out[m], seen)
		}
	}
	return out, nil
}
