package hints

import (
	"cmp"
	"math"
	"slices"
)

// leastShared is the number of works that two judges both scored from which they are compared.
const leastShared = 5

// around is how many pairs of marks on works of about the same level, to either side, a pair of marks is held against.
const around = 200

// Copies returns the pairs of judges whose marks agree more than those of two who work apart, the most unusual first.
func (r Round) Copies() []Copy {
	v := r.view()
	p := v.pairs()
	var found []Copy
	keys := p.shared()
	for _, key := range keys {
		c := p.compare(key)
		c.Chance = min(1, c.Alone*float64(len(keys)))
		if said(c.Chance) && c.near() {
			c.Equal, c.Run = p.same(key)
			found = append(found, c)
		}
	}
	slices.SortStableFunc(found, func(a, b Copy) int { return cmp.Compare(a.Chance, b.Chance) })
	return found
}

// near reports whether the marks are nearer to each other than a bit of luck brings them, whatever its chance.
func (c Copy) near() bool { return c.Points < c.Usual/2 }

// couple is two judges, the lower number first.
type couple struct{ a, b int }

func coupleOf(a, b int) couple { return couple{min(a, b), max(a, b)} }

// shared lists the couples with enough works in common.
func (p *pairs) shared() (out []couple) {
	for c, n := range p.of {
		if n >= leastShared {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b couple) int { return cmp.Or(cmp.Compare(a.a, b.a), cmp.Compare(a.b, b.b)) })
	return out
}

// gap is how far two judges' marks of one work are apart, severities taken out.
type gap struct {
	couple
	work   int
	points float64 // above 0
	ratio  float64 // to what the two are apart from others
}

// part sums up gaps.
type part struct{ n, points float64 }

func (p *part) add(points float64) { p.n, p.points = p.n+1, p.points+points }

func (p part) less(q part) part { return part{p.n - q.n, p.points - q.points} }

// pairs is all gaps of a round, by the level of their works.
type pairs struct {
	view
	gaps  []gap          // by level, then work
	start []int          // of each work's gaps
	of    map[couple]int // how many works a couple shares
	each  []part         // by judge
	both  map[couple]part
	all   part
	known map[couple]float64 // by how many points a couple is usually apart
}

func (v view) pairs() *pairs {
	p := &pairs{
		view:  v,
		start: make([]int, v.Table.Works),
		of:    map[couple]int{},
		each:  make([]part, v.Table.Judges),
		both:  map[couple]part{},
		known: map[couple]float64{},
	}
	for _, work := range v.byLevel() {
		p.start[work] = len(p.gaps)
		for x, k := range v.of[work] {
			for _, l := range v.of[work][:x] {
				p.add(gap{
					couple: coupleOf(v.judge(k), v.judge(l)), work: work,
					points: v.apart(work, v.judge(k), v.judge(l), v.c[k], v.c[l]),
				})
			}
		}
	}
	for i := range p.gaps {
		g := &p.gaps[i]
		usual, known := p.known[g.couple]
		if !known {
			usual, _ = p.usual(g.couple)
			p.known[g.couple] = usual
		}
		g.ratio = g.points / usual
	}
	return p
}

func (p *pairs) add(g gap) {
	p.gaps = append(p.gaps, g)
	p.of[g.couple]++
	p.each[g.a].add(g.points)
	p.each[g.b].add(g.points)
	both := p.both[g.couple]
	both.add(g.points)
	p.both[g.couple] = both
	p.all.add(g.points)
}

// apart is how far what two judges say of a work is apart, each on their own scale.
func (v view) apart(work, one, two int, said, other float64) float64 {
	scale := v.Fit.Judges[one].Scale - v.Fit.Judges[two].Scale
	return math.Abs(said - other - scale*v.Fit.Works[work].Value)
}

// byLevel lists the works by the mean of what their scores say.
func (v view) byLevel() []int {
	level, works := make([]float64, v.Table.Works), make([]int, v.Table.Works)
	for i, scores := range v.of {
		works[i] = i
		for _, k := range scores {
			level[i] += v.c[k] / float64(len(scores))
		}
	}
	slices.SortStableFunc(works, func(a, b int) int { return cmp.Compare(level[a], level[b]) })
	return works
}

// usual is by how many points two judges would be apart who work apart: found by what each is apart from third
// judges, so that two who copy can't make themselves look exact. short is how far it may be too high.
func (p *pairs) usual(c couple) (usual, short float64) {
	both := p.both[c]
	a, b := p.each[c.a].less(both), p.each[c.b].less(both)
	rest := p.all.less(p.each[c.a]).less(b)
	square, spread := 0.0, 0.0
	term := func(x part, sign float64) float64 { // with a few gaps of any two judges, where there are few
		mean := (x.points + few*p.all.points/p.all.n) / (x.n + few)
		square += sign * mean * mean
		spread += math.Pow(mean, 4) / (x.n + few)
		return mean
	}
	least := min(term(a, 1), term(b, 1)) / 2
	term(rest, -1)
	usual = max(leastGap, math.Sqrt(max(least*least, square)))
	return usual, min(mostShort, gapSD*math.Sqrt(spread)/(usual*usual))
}

const (
	gapSD     = .756 // of |D| over its mean, for normal noise
	mostShort = .5
)

const (
	few      = 5    // gaps
	leastGap = 1e-3 // points
)

// compare weighs a couple's gaps.
func (p *pairs) compare(key couple) Copy {
	c := Copy{Judge: key.a, Other: key.b}
	w := p.scales(key)
	for _, k := range p.by[key.a] {
		work := p.Table.Scores[k].Work
		l, both := p.score(work, key.b)
		if !both {
			continue
		}
		c.Works = append(c.Works, work)
		c.Points += math.Abs(p.Table.Scores[k].Value - p.Table.Scores[l].Value)
		w.add(work, p.Table.Scores[k].Value, p.Table.Scores[l].Value, 1)
	}
	c.Points /= float64(len(c.Works))
	c.Usual, c.Alone = w.usual, w.chance()
	return c
}

// scales weighs gaps of one couple, as marks and as what is left of them without severities: who copies hands in the
// same marks, or always some points less.
type scales struct {
	*pairs
	couple
	usual, safe float64 // points: by how many the two would be apart; the same less its errors
	step        float64 // of the marks that the two give, points
	raw, pure   ranks
}

func (p *pairs) scales(c couple) *scales {
	usual, short := p.usual(c)
	return &scales{
		pairs: p, couple: c, usual: usual, safe: usual * (1 - short), step: max(p.stepOf(c.a), p.stepOf(c.b)),
	}
}

// add takes in what the couple's first judge and their second one gave a work. Gaps of two who look with better eyes
// than they did are multiplied by wider.
func (s *scales) add(work int, first, second, wider float64) {
	pure := s.apart(work, s.a, s.b, s.said(s.a, first), s.said(s.b, second))
	s.pure.add(s.rank(s.couple, work, wider*pure/s.safe))
	// Rounded marks are the same where the marks before were half a step apart. That severities differ makes equal
	// marks rarer, never likelier, so that the ranks are no lower than uniform (Anderson 1955).
	s.raw.add(s.rank(s.couple, work, wider*(math.Abs(first-second)+s.step/2)/s.safe))
}

// chance is twice that of the rarer of the two.
func (s *scales) chance() float64 { return min(1, 2*min(s.raw.chance(), s.pure.chance())) }

// stepOf is in which steps a judge gives marks, on average over those given: the share of equal ones among their
// marks, over what it would be in steps of a point.
func (v view) stepOf(judge int) float64 {
	marks := make([]float64, 0, len(v.by[judge]))
	for _, k := range v.by[judge] {
		marks = append(marks, v.Table.Scores[k].Value)
	}
	_, variance := moments(marks)
	return v.Fit.Judges[judge].Ties * 2 * math.SqrtPi * math.Sqrt(variance)
}

// score finds a judge's score of a work.
func (v view) score(work, judge int) (k int32, found bool) {
	for _, k := range v.of[work] {
		if v.judge(k) == judge {
			return k, true
		}
	}
	return 0, false
}

// rank is the share of other couples' gaps on works of about the same level that are as small as ratio.
func (p *pairs) rank(key couple, work int, ratio float64) float64 {
	n, small := 1.0, 1.0
	from, to := max(0, p.start[work]-around), min(len(p.gaps), p.start[work]+around)
	for _, g := range p.gaps[from:to] {
		if g.couple == key {
			continue
		}
		if n++; g.ratio <= ratio {
			small++
		}
	}
	return small / n
}

// ranks collects numbers that are uniform where nobody copies, or lie above: near 0 is what copying makes of them.
type ranks struct {
	n    int
	near [len(nearest)]int // how many are at or below each of nearest
	far  float64           // -Σ log(1-u)
}

// nearest are shares of all gaps.
var nearest = [...]float64{.1, .25}

func (r *ranks) add(u float64) {
	r.n++
	r.far -= math.Log(max(1e-3, 1-u))
	for i, share := range nearest {
		if u <= share {
			r.near[i]++
		}
	}
}

// chance is that of so many small gaps, or of so few wide ones, whichever is rarer: the first shows copies of some
// works, the second of all.
func (r ranks) chance() float64 {
	least := lower(r.far, r.n)
	for i, share := range nearest {
		least = min(least, atLeast(r.near[i], r.n, share))
	}
	return min(1, float64(1+len(nearest))*least)
}

// lower is the chance that n numbers drawn from the standard exponential sum up to x or less: that x or more of
// Poisson's law are n or more. It is added up from the largest term on, since the first may be too small for a number.
func lower(x float64, n int) (sum float64) {
	if x == 0 {
		return 0
	}
	largest := max(n, int(x))
	log, _ := math.Lgamma(float64(largest + 1))
	top := math.Exp(float64(largest)*math.Log(x) - x - log)
	term := top
	for i := range largest + 100 { // what comes after is nothing
		sum += term
		term *= x / float64(largest+i+1)
	}
	term = top
	for i := largest; i > n; i-- {
		term *= float64(i) / x
		sum += term
	}
	return min(1, sum)
}

// atLeast is the chance that k or more of n happen, each with chance p.
func atLeast(k, n int, p float64) (sum float64) {
	for i := n; i >= k; i-- {
		sum += math.Exp(logChoose(n, i) + float64(i)*math.Log(p) + float64(n-i)*math.Log1p(-p))
	}
	return min(1, sum)
}

func logChoose(n, k int) float64 {
	lg := func(x int) float64 { v, _ := math.Lgamma(float64(x + 1)); return v }
	return lg(n) - lg(k) - lg(n-k)
}

// same counts the works on which the two have the very same mark, and the longest run of them.
func (p *pairs) same(key couple) (equal, longest int) {
	mine := slices.Clone(p.by[key.a])
	slices.SortStableFunc(mine, func(a, b int32) int {
		return cmp.Compare(p.Table.Scores[a].Order, p.Table.Scores[b].Order)
	})
	run := 0
	for _, k := range mine {
		l, both := p.score(p.Table.Scores[k].Work, key.b)
		if !both {
			continue
		}
		if run++; p.Table.Scores[k].Value != p.Table.Scores[l].Value {
			run = 0
			continue
		}
		equal++
		longest = max(longest, run)
	}
	return equal, longest
}
