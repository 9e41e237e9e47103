package hints

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"testing"

	"fayi/judging/stats"
)

// sheet makes a view of marks, by work and then judge, below 0 where there is none: as a fit would see them that finds
// 70 points on average and judges of these severities and scales. Judges come to works in their order.
func sheet(marks [][]float64, severity, scale []float64) view {
	judges := len(severity)
	v := view{
		Round: Round{
			Table: stats.Table{Works: len(marks), Judges: judges},
			Fit:   &stats.Result{Judges: make([]stats.Profile, judges), Works: make([]stats.Standing, len(marks))},
		},
		of: make([][]int32, len(marks)), by: make([][]int32, judges),
	}
	v.Fit.Fit.Mean = 70
	for j := range judges {
		v.Fit.Judges[j].Severity, v.Fit.Judges[j].Scale = severity[j], scale[j]
	}
	for i, row := range marks {
		for j, y := range row {
			if y < 0 {
				continue
			}
			k := int32(len(v.c))
			v.Table.Scores = append(v.Table.Scores, stats.Score{Work: i, Judge: j, Value: y, Order: i + 1})
			v.c, v.weight = append(v.c, y-70-severity[j]), append(v.weight, 1)
			v.of[i], v.by[j] = append(v.of[i], k), append(v.by[j], k)
		}
	}
	return v
}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-12*max(1, math.Abs(b)) }

// TestGapsHeldInHand works the gaps of three judges out by hand: severities and scales are taken out, works stand by
// what their scores say, and those that two share are counted.
func TestGapsHeldInHand(t *testing.T) {
	v := sheet([][]float64{{80, 71, -1}, {60, 62, 66}, {-1, 75, 70}}, []float64{2, -3, 0}, []float64{1.5, 1, 1})
	v.Fit.Works[0].Value, v.Fit.Works[1].Value = 4, -10
	// c is 8 and 4; -12, -5 and -4; 8 and 0. The levels are 6, -7 and 4.
	if got := v.byLevel(); !slices.Equal(got, []int{1, 2, 0}) {
		t.Fatalf("levels %v", got)
	}
	p := v.pairs()
	want := []gap{
		{couple{0, 1}, 1, 2, 0}, // |-12 + 5 - .5 · -10|
		{couple{0, 2}, 1, 3, 0}, // |-12 + 4 - .5 · -10|
		{couple{1, 2}, 1, 1, 0},
		{couple{1, 2}, 2, 8, 0},
		{couple{0, 1}, 0, 2, 0}, // |8 - 4 - .5 · 4|
	}
	if len(p.gaps) != len(want) {
		t.Fatalf("%+v", p.gaps)
	}
	for i, g := range p.gaps {
		usual, _ := p.usual(g.couple)
		if w := want[i]; g.couple != w.couple || g.work != w.work || !near(g.points, w.points) ||
			!near(g.ratio, w.points/usual) {
			t.Errorf("gap %d is %+v, not %+v over %v", i, g, w, usual)
		}
	}
	if !slices.Equal(p.start, []int{4, 0, 3}) {
		t.Errorf("works start at %v", p.start)
	}
	if p.all != (part{5, 16}) || p.both[couple{0, 1}] != (part{2, 4}) || p.each[1] != (part{4, 13}) ||
		p.of[couple{1, 2}] != 2 {
		t.Errorf("sums %+v, %+v, %+v", p.all, p.both, p.each)
	}
}

// TestCouplesHeldAreThoseWithFiveWorks: five are enough, four are not.
func TestCouplesHeldAreThoseWithFiveWorks(t *testing.T) {
	p := &pairs{of: map[couple]int{{2, 3}: 5, {0, 1}: 4, {0, 4}: 9, {0, 2}: 6}}
	if got := p.shared(); !slices.Equal(got, []couple{{0, 2}, {0, 4}, {2, 3}}) {
		t.Error(got)
	}
}

// TestWhatIsUsualHeldByHand: the two are 3 and 4 points from third judges, with five gaps of two points, which is the
// mean, added to each; third judges are 104/75 from each other. Where these are farther apart than the two from them,
// it is half of what the nearer one is from them.
func TestWhatIsUsualHeldByHand(t *testing.T) {
	both := part{5, 1}
	p := &pairs{
		each: []part{{10 + both.n, 35 + both.points}, {15 + both.n, 70 + both.points}},
		both: map[couple]part{{0, 1}: both},
		all:  part{100, 200},
	}
	rest := (200. - 36 - 70 + 5*2) / (100 - 15 - 15 + 5)
	want, spread := math.Sqrt(9+16-rest*rest), 81./15+256./20+math.Pow(rest, 4)/75
	usual, short := p.usual(couple{0, 1})
	if !near(usual, want) || !near(short, .756*math.Sqrt(spread)/(want*want)) || short >= .5 {
		t.Errorf("usual %v and short %v, not %v", usual, short, want)
	}
	p.all.points = 625
	usual, short = p.usual(couple{0, 1})
	if want := (35 + 5*6.25) / 15 / 2; !near(usual, want) || short != .5 {
		t.Errorf("usual %v, not %v; short %v", usual, want, short)
	}
}

// TestRanksHeldAmongNeighbours: 200 gaps to either side, without the couple's own; as small counts as smaller.
func TestRanksHeldAmongNeighbours(t *testing.T) {
	p := &pairs{start: []int{250, 0, 600}}
	for i := range 700 {
		p.gaps = append(p.gaps, gap{couple: couple{0, 1}, ratio: float64(i)})
	}
	own := couple{0, 2}
	for i := 100; i < 110; i++ {
		p.gaps[i].couple = own
	}
	for _, c := range []struct {
		work     int
		ratio    float64
		small, n float64
	}{
		{0, 60, 1 + 11, 1 + 390}, // 50 to 449 without ten
		{0, 49, 1, 1 + 390},      // none
		{0, 449, 1 + 390, 391},   // all
		{1, 5, 1 + 6, 1 + 190},   // from the first on
		{2, 400, 1 + 1, 1 + 300}, // to the last
		{2, 399, 1, 1 + 300},     //
		{2, 699, 1 + 300, 1 + 300},
	} {
		if got := p.rank(own, c.work, c.ratio); !near(got, c.small/c.n) {
			t.Errorf("work %d, %v: %v, not %v of %v", c.work, c.ratio, got, c.small, c.n)
		}
	}
}

// TestRanksHeldTogether: at most .1, at most .25, and what all say together, of which the rarest counts three times.
func TestRanksHeldTogether(t *testing.T) {
	var r ranks
	for _, u := range []float64{.1, .25, .05, .5, 1} {
		r.add(u)
	}
	far := -math.Log(.9) - math.Log(.75) - math.Log(.95) - math.Log(.5) - math.Log(.001)
	if r.n != 5 || r.near != [2]int{2, 3} || !near(r.far, far) {
		t.Errorf("%+v", r)
	}
	for _, c := range []struct {
		r    ranks
		want float64
	}{
		{ranks{n: 3, near: [2]int{2, 2}, far: 9}, 3 * (3*.01*.9 + .001)},
		{ranks{n: 3, near: [2]int{0, 3}, far: 9}, 3 * .25 * .25 * .25},
		{ranks{n: 2, near: [2]int{0, 0}, far: .1}, 3 * (1 - math.Exp(-.1)*1.1)},
		{ranks{n: 2, near: [2]int{0, 0}, far: 9}, 1},
	} {
		if got := c.r.chance(); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%+v: chance %v, not %v", c.r, got, c.want)
		}
	}
	s := scales{raw: ranks{n: 2, far: .1}, pure: ranks{n: 2, far: 9}}
	if want := 6 * (1 - math.Exp(-.1)*1.1); math.Abs(s.chance()-want) > 1e-12 {
		t.Errorf("chance %v, not %v", s.chance(), want)
	}
}

// TestTheChanceOfManySmallOnes is held against exact fractions, also where the first term is no number.
func TestTheChanceOfManySmallOnes(t *testing.T) {
	for _, c := range []struct {
		x float64
		n int
	}{{.5, 1}, {3, 5}, {5, 3}, {20, 20}, {100, 130}, {1000, 1000}, {1400, 200}, {690, 100}, {.001, 12}} {
		// 1 - e^-x Σ x^i/i! for i < n, to 4,000 bits
		of := func(x float64) *big.Float { return new(big.Float).SetPrec(4000).SetFloat64(x) }
		term, sum, less := of(1), of(0), of(0)
		for i := 0; i < 20*c.n+6000; i++ {
			if sum.Add(sum, term); i < c.n {
				less.Add(less, term)
			}
			term.Mul(term, of(c.x)).Quo(term, of(float64(i+1)))
		}
		want, _ := of(0).Quo(of(0).Sub(sum, less), sum).Float64() // sum is e^x
		if got := lower(c.x, c.n); !(math.Abs(got-want) <= 1e-10*want) {
			t.Errorf("%d below %v: %v, not %v", c.n, c.x, got, want)
		}
	}
	if got := lower(0, 3); got != 0 {
		t.Errorf("%v", got)
	}
	for _, c := range []struct {
		k, n int
		p    float64
		want string
	}{{0, 4, .3, "1.000000"}, {2, 3, .5, "0.500000"}, {4, 4, .1, "0.000100"}, {3, 4, .1, "0.003700"}} {
		if got := fmt.Sprintf("%.6f", atLeast(c.k, c.n, c.p)); got != c.want {
			t.Errorf("%d of %d: %s, not %s", c.k, c.n, got, c.want)
		}
	}
}

// TestACoupleHeldByHand compares two judges of whom the second gives five points more.
func TestACoupleHeldByHand(t *testing.T) {
	marks := [][]float64{
		{60, 65, -1}, {70, 75, 71}, {80, 80, -1}, {-1, 90, 90}, {75, 75, 60}, {66, 66, -1}, {70, -1, 70},
	}
	v := sheet(marks, []float64{0, 5, 0}, []float64{1, 1, 1})
	v.Fit.Judges[0].Ties, v.Fit.Judges[1].Ties = .1, .2
	p := v.pairs()
	c := p.compare(couple{0, 1})
	if c.Points != 2 || !slices.Equal(c.Works, []int{0, 1, 2, 4, 5}) {
		t.Errorf("%+v", c)
	}
	equal, run := p.same(couple{0, 1})
	if equal != 3 || run != 3 { // work 3, which the first did not score, parts nothing
		t.Errorf("%d equal, a run of %d", equal, run)
	}
	if equal, run = p.same(couple{0, 2}); equal != 1 || run != 1 {
		t.Errorf("%d equal, a run of %d", equal, run)
	}
	if k, found := v.score(3, 0); found {
		t.Errorf("found %d", k)
	}
	// marks of the first: 60, 70, 80, 75, 66, 70: squares about their mean of 421/6
	mean, square := 421./6, 0.0
	for _, y := range []float64{60, 70, 80, 75, 66, 70} {
		square += (y - mean) * (y - mean) / 6
	}
	step := .1 * 2 * math.Sqrt(math.Pi) * math.Sqrt(square)
	if got := v.stepOf(0); math.Abs(got-step) > 1e-9 {
		t.Errorf("steps of %v, not %v", got, step)
	}
	s := p.scales(couple{0, 1})
	if usual, short := p.usual(couple{0, 1}); s.usual != usual || s.safe != usual*(1-short) ||
		s.step != max(v.stepOf(0), v.stepOf(1)) {
		t.Errorf("%+v", s)
	}
	// Without severities the two marks are 5 apart where equal, and not at all where five apart; steps come on top
	// where the marks are as they are.
	s.add(0, 70, 73, 2)
	raw, pure := p.rank(s.couple, 0, 2*(3+s.step/2)/s.safe), p.rank(s.couple, 0, 2*2/s.safe)
	if !near(s.raw.far, -math.Log(max(1e-3, 1-raw))) || !near(s.pure.far, -math.Log(max(1e-3, 1-pure))) || raw == pure {
		t.Errorf("ranks %v and %v: %+v, %+v", raw, pure, s.raw, s.pure)
	}
}

// TestWhatIsSaidHeldAtItsEdges: a chance of 1 % is said, half as far apart as usual is not near.
func TestWhatIsSaidHeldAtItsEdges(t *testing.T) {
	if !said(.01) || said(math.Nextafter(.01, 1)) {
		t.Error("what is said")
	}
	if (Copy{Points: 2, Usual: 4}).near() || !(Copy{Points: 1.99, Usual: 4}).near() {
		t.Error("near")
	}
	if (Approach{Before: 4, After: 2}).nearer() || !(Approach{Before: 4, After: 1.99}).nearer() {
		t.Error("nearer")
	}
}
