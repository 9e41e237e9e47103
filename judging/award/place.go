package award

import (
	"cmp"
	"math/big"
	"slices"

	"fayi/judging"
	"fayi/judging/terms"
)

// Tally holds the scores of one work that count.
type Tally struct {
	Work     judging.WorkID
	Category string
	Group    string
	Totals   []float64            // one for each judge, to ten-thousandths
	Marks    []map[string]float64 // parallel to Totals, as judging.Ballot; empty where only a total was given
	Panels   []int                // parallel to Totals: the place of the judge's panel; nil where rules have none
	Judges   []judging.JudgeID    // parallel to Totals; nil where nothing asks for it
	Seniors  []bool               // parallel to Totals: whether the judge is a senior one; nil as Judges
	Flags    [][]judging.Flag     // parallel to Totals; nil where no flag vetoes
	// by WithRanks: parallel to Totals, the work's rank with each judge; nil where they can't be compared
	Ranks  []float64
	Firsts int // by WithRanks: judges who gave it the highest total of their list
	// computed elsewhere, not yet rounded: by Rules.Official, or from several rounds. nil: the totals are combined
	Official *big.Rat
	Dropped  int // with Official: totals that it leaves out as highest and lowest
	// points that the office adds to the official score, or takes off below 0; none where Official has them in it
	Offset judging.Points
	Votes  *int // of an audience; nil where none came in for it
	// by WithAudience: what Votes are worth, of 100; nil where they count for nothing, or none came in
	Audience *big.Rat
	Heard    bool // Official has Audience in it
}

// offset adds the office's points to an exact score. What is taken off ends at 0; what is added may pass full marks.
func (t Tally) offset(score *big.Rat) *big.Rat {
	if t.Offset == 0 {
		return score
	}
	out := new(big.Rat).Add(score, big.NewRat(int64(t.Offset), pointParts))
	if out.Sign() < 0 {
		return new(big.Rat)
	}
	return out
}

// meanOf returns the exact mean of values in points, 0 for none.
func meanOf(values []float64) *big.Rat {
	if len(values) == 0 {
		return new(big.Rat)
	}
	return big.NewRat(int64(sumOf(values)), int64(len(values))*pointParts)
}

// pointParts is how many Points make a point.
const pointParts = 10000

func sumOf(values []float64) (sum judging.Points) {
	for _, v := range values {
		sum += judging.Exact(v)
	}
	return sum
}

// rounded rounds an exact number of points half up to so many decimals, 0-4: 84.125 becomes 84.13.
func rounded(v *big.Rat, decimals int) float64 {
	scale := big.NewInt(1)
	for range decimals {
		scale.Mul(scale, big.NewInt(10))
	}
	twice := new(big.Int).Mul(v.Num(), scale)
	twice.Lsh(twice, 1).Add(twice, v.Denom())
	n := new(big.Int).Div(twice, new(big.Int).Lsh(v.Denom(), 1)) // rounds down, below 0 too
	out, _ := new(big.Rat).SetFrac(n, scale).Float64()
	return out
}

// roundHalfUp returns the mean of values to so many decimals, exactly: 84.125 becomes 84.13.
func roundHalfUp(values []float64, decimals int) float64 {
	if len(values) == 0 {
		return 0
	}
	sum, unit := int64(sumOf(values)), int64(1)
	for i := decimals; i < 4; i++ {
		unit *= 10
	}
	n := int64(len(values)) * unit
	return float64((2*sum+n)/(2*n)) * float64(unit) / 10000
}

// Rank places works within their category and group by official score, ties parted by the rules' tie chain. Works
// with fewer scores than the rules ask for come last with place 0. The order is best first within category (in the
// rules' order) and group; equals stay in the order of their identities.
func Rank(rules judging.Rules, tallies []Tally) []judging.Placing {
	return NewField(rules, tallies).Rank()
}

// listOf names the list of a work: its category, and its group where the category ranks it apart.
func listOf(rules *judging.Rules, t *Tally) [2]string {
	if rules.RankedApart(t.Category, t.Group) {
		return [2]string{t.Category, t.Group}
	}
	return [2]string{t.Category, ""}
}

// listsByMean names the lists whose totals are averaged though the rules drop some: where one formula is to hold
// for a list, that of its work with fewest scores. Works without a place have no say.
func listsByMean(rules judging.Rules, tallies []Tally) map[[2]string]bool {
	out := map[[2]string]bool{}
	if !rules.Combine.Uniform || rules.Combine.Method != judging.Trimmed {
		return out
	}
	for _, t := range tallies {
		if n := len(t.Totals); n >= rules.LeastScores() && n < rules.Combine.From() {
			out[listOf(&rules, &t)] = true
		}
	}
	return out
}

func listOrder(rules judging.Rules, lists map[[2]string]*[]*contender) [][2]string {
	rank := map[[2]string]int{}
	for i, c := range rules.Categories {
		for g, name := range append(slices.Clone(c.Groups), "") {
			rank[[2]string{c.Name, name}] = i*1000 + g + 1
		}
	}
	keys := make([][2]string, 0, len(lists))
	for k := range lists {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b [2]string) int {
		return cmp.Or(cmp.Compare(rank[a], rank[b]), cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]))
	})
	return keys
}

// fraction is an exact mean: sum divided by n, 0 where n is.
type fraction struct {
	sum judging.Points
	n   int64
}

// none reports whether it is a mean of nothing.
func (a fraction) none() bool { return a.n == 0 }

func fractionOf(values []float64) fraction { return fraction{sumOf(values), int64(len(values))} }

// compare is negative when a is the smaller. Sums of up to 50 scores stay far below what overflows.
func (a fraction) compare(b fraction) int {
	return cmp.Compare(int64(a.sum)*max(1, b.n), int64(b.sum)*max(1, a.n))
}

func criterionMeans(r judging.Rubric, marks []map[string]float64) []fraction {
	out := make([]fraction, len(r.Criteria))
	for i, values := range criterionMarks(r, marks) {
		out[i] = fractionOf(values)
	}
	return out
}

// criterionMarks gathers the marks of each criterion, in the rubric's order. By whom it does not apply has none.
func criterionMarks(r judging.Rubric, marks []map[string]float64) [][]float64 {
	out := make([][]float64, len(r.Criteria))
	for i, cr := range r.Criteria {
		for _, m := range marks {
			if v, ok := m[cr.Name]; ok && terms.Applies(v) {
				out[i] = append(out[i], v)
			}
		}
	}
	return out
}
