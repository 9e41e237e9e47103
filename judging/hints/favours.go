package hints

import (
	"cmp"
	"math"
	"slices"
)

// leastOf is the number of works of a unit from which a judge's scores of them are looked at.
const leastOf = 3

// rest is how far a score lies above what the other scores of its work let expect.
type rest struct {
	work, unit, list int
	points, sd       float64 // sd is how far points vary by chance
}

// pair is a judge and a unit that are looked at.
type pair struct {
	Favour
	reach float64 // by how many deviations a usual favour would raise what is seen
}

// Favours returns the judges who favoured a unit, the most unusual first.
func (r Round) Favours() []Favour {
	v := r.view()
	usual := usualFavour * math.Sqrt(r.Fit.Fit.Residual)
	var looked []pair
	for j := range v.by {
		rests := v.rests(j)
		for _, unit := range unitsOf(rests) {
			p := pair{Favour: Favour{Judge: j, Unit: unit, Own: at(r.Own, j, -1) == unit}}
			if p.weigh(rests, usual) {
				looked = append(looked, p)
			}
		}
	}
	inRound(looked)
	var found []Favour
	for _, p := range looked {
		if said(p.Chance) {
			found = append(found, p.Favour)
		}
	}
	slices.SortStableFunc(found, func(a, b Favour) int { return cmp.Compare(a.Chance, b.Chance) })
	return found
}

// rests returns a judge's scores of which others say something.
func (v view) rests(judge int) (out []rest) {
	a := v.Fit.Judges[judge].Scale
	for _, k := range v.by[judge] {
		work := v.Table.Scores[k].Work
		m, variance := v.others(work, judge, judge)
		if math.IsInf(variance, 1) {
			continue
		}
		points := v.c[k] - a*m
		out = append(out, rest{
			work: work, unit: v.Unit[work], list: at(v.List, work, 0),
			points: points, sd: math.Sqrt(v.noise2(judge) + a*a*variance),
		})
	}
	return out
}

// unitsOf lists the units with enough works to look at, in their order.
func unitsOf(rests []rest) (out []int) {
	works := map[int]int{}
	for _, r := range rests {
		if r.unit >= 0 {
			works[r.unit]++
		}
	}
	for unit, n := range works {
		if n >= leastOf {
			out = append(out, unit)
		}
	}
	slices.Sort(out)
	return out
}

// weigh fills p in, for a usual favour of so many points; false where the judge scored too little besides the unit's
// works to compare them with.
func (p *pair) weigh(rests []rest, usual float64) bool {
	byList := map[int]*stratum{}
	var lists []int
	for _, r := range rests {
		s := byList[r.list]
		if s == nil {
			s = &stratum{}
			byList[r.list], lists = s, append(lists, r.list)
		}
		s.add(r, r.unit == p.Unit)
		if r.unit == p.Unit {
			p.Works = append(p.Works, r.work)
		}
	}
	var compared []*stratum
	n, raised, variance := 0, 0.0, 0.0
	for _, list := range lists {
		s := byList[list]
		chosen, others := float64(s.chosen), float64(len(s.z)-s.chosen)
		if chosen == 0 || others == 0 {
			continue
		}
		compared = append(compared, s)
		n += s.chosen
		p.Points += chosen * (s.inside/chosen - s.outside/others)
		raised += usual * s.clear * others / (chosen + others)
		variance += chosen * others / (chosen + others - 1)
	}
	if n < leastOf {
		return false
	}
	p.Points /= float64(n)
	p.Alone = chanceOf(compared)
	p.reach = raised / math.Sqrt(variance)
	return true
}

// stratum is a judge's scores of one list, of which some are of the unit.
type stratum struct {
	z               []float64
	steps           []int   // z on the grid, above the least that a score may be
	sum             float64 // of z, of the unit's
	reached         int     // the same of steps
	chosen          int     // that are of the unit
	inside, outside float64 // sums of points
	clear           float64 // sum of 1/sd, of the unit's
}

func (s *stratum) add(r rest, chosen bool) {
	z := max(-mostZ, min(mostZ, r.points/r.sd))
	step := int(math.Round((z + mostZ) * grid))
	s.z, s.steps = append(s.z, z), append(s.steps, step)
	if !chosen {
		s.outside += r.points
		return
	}
	s.chosen++
	s.sum += z
	s.reached += step
	s.inside += r.points
	s.clear += 1 / r.sd
}

const (
	mostZ    = 8.0 // what is farther counts as this
	grid     = 16  // parts of a standard deviation
	worthIt  = 2.0 // deviations of the sum above which its chance is computed exactly
	mostWork = 5e7 // steps of a convolution that are still taken
)

// chanceOf is the chance that as many scores drawn from each list sum up to as much as the unit's.
func chanceOf(lists []*stratum) float64 {
	sum, mean, variance, work := 0.0, 0.0, 0.0, 0.0
	for _, s := range lists {
		m, v := moments(s.z)
		n, all := float64(s.chosen), float64(len(s.z))
		sum += s.sum
		mean += n * m
		variance += n * v * (all - n) / max(1, all-1)
		work += n * n * all * 2 * mostZ * grid
	}
	if variance <= 0 {
		return 1
	}
	z := (sum - mean) / math.Sqrt(variance)
	if z < worthIt || work > mostWork {
		return math.Erfc(z/math.Sqrt2) / 2
	}
	total, reached := []float64{1}, 0
	for _, s := range lists {
		ways, got := s.sums()
		total, reached = convolve(total, ways), reached+got
	}
	tail := 0.0
	for _, p := range slices.Backward(total[reached:]) {
		tail += p
	}
	return min(1, tail)
}

func moments(z []float64) (mean, variance float64) {
	for _, x := range z {
		mean += x / float64(len(z))
	}
	for _, x := range z {
		variance += (x - mean) * (x - mean) / float64(len(z))
	}
	return mean, variance
}

// sums returns the chance of each sum of as many scores as are of the unit, and which sum the unit's have; both above
// the least sum that there may be, in steps of the grid.
func (s *stratum) sums() (chances []float64, got int) {
	low := slices.Min(s.steps)
	most := slices.Max(s.steps) - low
	// ways[n][x]: the share of the subsets of n of the scores so far, among all of them, with the sum x
	ways := make([][]float64, s.chosen+1)
	for n := range ways {
		ways[n] = make([]float64, s.chosen*most+1)
	}
	ways[0][0] = 1
	for i, step := range s.steps {
		step -= low
		for n := min(s.chosen, i+1); n >= 1; n-- {
			in := float64(n) / float64(i+1)
			for x := n * most; x >= 0; x-- {
				without, with := 0.0, 0.0
				if n <= i {
					without = ways[n][x]
				}
				if x >= step {
					with = ways[n-1][x-step]
				}
				ways[n][x] = (1-in)*without + in*with
			}
		}
	}
	return ways[s.chosen], s.reached - s.chosen*low
}

func convolve(a, b []float64) []float64 {
	out := make([]float64, len(a)+len(b)-1)
	for i, x := range a {
		if x == 0 {
			continue
		}
		for k, y := range b {
			out[i+k] += x * y
		}
	}
	return out
}
