package judging

import (
	"cmp"
	"math"
	"slices"
)

// Tally holds the scores of one work that count.
type Tally struct {
	Work     WorkID
	Category string
	Group    string
	Totals   []float64            // one for each judge
	Marks    []map[string]float64 // beside Totals; empty where only a total was given
	Official *float64             // reckoned elsewhere by Rules.Official; nil: the totals are combined
}

// Placing is a work's place among the works of its category and group.
type Placing struct {
	Work     WorkID  `json:"work"`
	Category string  `json:"category"`
	Group    string  `json:"group,omitempty"` // "" where the category is ranked as one
	Place    int     `json:"place"`           // 1224: equals share a place and the next ones are skipped; 0: not enough scores
	Official float64 `json:"official"`        // by the rule sheet, rounded
	Raw      float64 `json:"raw"`             // plain mean of all totals
	Scores   int     `json:"scores"`
	Dropped  int     `json:"dropped"`            // totals left out as highest and lowest
	Range    float64 `json:"range"`              // 极差: highest less lowest total
	Tied     bool    `json:"tied"`               // the tie chain ended undecided
	TieStep  TieStep `json:"tie_step,omitempty"` // the step that parted it from the one before of equal official score
	Round    Round   `json:"round,omitempty"`    // the round after the first that the numbers are of
}

// OfficialOf combines totals by the rules: their mean, or the mean without one highest and one lowest, rounded half up to the decimals of c.
// The second result is how many were dropped. The result is 0 for no totals.
func OfficialOf(c Combine, totals []float64) (float64, int) {
	kept := slices.Sorted(slices.Values(totals))
	dropped := 0
	if c.Method == Trimmed && len(kept) >= max(3, c.TrimFrom) {
		kept, dropped = kept[1:len(kept)-1], 2
	}
	return roundHalfUp(kept, c.Decimals), dropped
}

// roundHalfUp returns the mean of values to so many decimals, exactly: 84.125 becomes 84.13.
func roundHalfUp(values []float64, decimals int) float64 {
	if len(values) == 0 {
		return 0
	}
	var sum, unit int64 = 0, 1
	for _, v := range values {
		sum += int64(Exact(v))
	}
	for i := decimals; i < 4; i++ {
		unit *= 10
	}
	n := int64(len(values)) * unit
	return float64((2*sum+n)/(2*n)) * float64(unit) / 10000
}

// Rank places works within their category and group by official score, ties parted by the rules' tie chain. Works with fewer scores than the rules ask
// for come last with place 0. The order is best first within category (in the rules' order) and group; equals stay in the order of their identities.
func Rank(rules Rules, tallies []Tally) []Placing {
	lists := map[[2]string][]contender{}
	for _, t := range tallies {
		group := ""
		if rules.RankedApart(t.Category, t.Group) {
			group = t.Group
		}
		key := [2]string{t.Category, group}
		lists[key] = append(lists[key], newContender(rules, t, group))
	}
	var out []Placing
	for _, key := range listOrder(rules, lists) {
		out = append(out, placeList(rules, lists[key])...)
	}
	return out
}

func listOrder(rules Rules, lists map[[2]string][]contender) [][2]string {
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

// contender is a work with all that the tie chain may look at.
type contender struct {
	Placing
	official Points
	sorted   []float64 // totals as exact as points go, highest first
	criteria []Points  // mean mark of each criterion

	totalsOnly bool // a total was given without marks
	placed     bool // has scores enough for a place
}

func newContender(rules Rules, t Tally, group string) contender {
	official, dropped := OfficialOf(rules.Combine, t.Totals)
	if t.Official != nil {
		official, dropped = roundHalfUp([]float64{*t.Official}, rules.Combine.Decimals), 0
	}
	c := contender{official: Exact(official), sorted: make([]float64, len(t.Totals))}
	for i, v := range t.Totals {
		c.sorted[i] = Exact(v).Float()
	}
	slices.Sort(c.sorted)
	slices.Reverse(c.sorted)
	c.Placing = Placing{Work: t.Work, Category: t.Category, Group: group, Official: official, Scores: len(t.Totals), Dropped: dropped}
	c.placed = len(t.Totals) >= rules.LeastScores()
	if n := len(c.sorted); n > 0 {
		c.Raw = roundHalfUp(t.Totals, 4)
		c.Range = (Exact(c.sorted[0]) - Exact(c.sorted[n-1])).Float()
	}
	c.totalsOnly = slices.ContainsFunc(t.Marks, func(m map[string]float64) bool { return len(m) == 0 })
	c.criteria = criterionMeans(rules.RubricOf(t.Category), t.Marks)
	return c
}

func criterionMeans(r Rubric, marks []map[string]float64) []Points {
	out := make([]Points, len(r.Criteria))
	for i, cr := range r.Criteria {
		var values []float64
		for _, m := range marks {
			if v, ok := m[cr.Name]; ok {
				values = append(values, v)
			}
		}
		out[i] = Exact(roundHalfUp(values, 4))
	}
	return out
}

// lacksMarks reports whether a score of the work is a total without marks: then criteria can't be compared in its list.
func (c contender) lacksMarks() bool { return c.totalsOnly }

func placeList(rules Rules, list []contender) []Placing {
	if slices.ContainsFunc(list, contender.lacksMarks) {
		rules.Ties = slices.DeleteFunc(slices.Clone(rules.Ties), func(s TieStep) bool { return s == TieCriteria })
	}
	slices.SortFunc(list, func(a, b contender) int {
		order, _ := compareTies(rules, a, b)
		return cmp.Or(order, cmp.Compare(a.Work, b.Work))
	})
	out := make([]Placing, len(list))
	for i := range list {
		c := &list[i]
		if c.placed {
			c.Place = i + 1
		}
		if i > 0 && c.placed && list[i-1].placed {
			before := &list[i-1]
			order, step := compareTies(rules, *before, *c)
			if order == 0 {
				c.Place, c.Tied = before.Place, true
				before.Tied, out[i-1].Tied = true, true
			} else if step != "" {
				c.TieStep = step
			}
		}
		out[i] = c.Placing
	}
	return out
}

// compareTies is negative when a ranks before b; the step is the one of the tie chain that decided, "" when the official score did.
func compareTies(r Rules, a, b contender) (int, TieStep) {
	if a.placed != b.placed {
		if a.placed {
			return -1, ""
		}
		return 1, ""
	}
	if d := -cmp.Compare(a.official, b.official); d != 0 {
		return d, ""
	}
	for _, step := range r.Ties {
		if d := tieSteps[step](a, b); d != 0 {
			return d, step
		}
	}
	return 0, ""
}

var tieSteps = map[TieStep]func(a, b contender) int{
	TieAllScores: func(a, b contender) int { return -cmp.Compare(Exact(a.Raw), Exact(b.Raw)) },
	TieCriteria:  func(a, b contender) int { return -slices.Compare(a.criteria, b.criteria) },
	TieTop:       func(a, b contender) int { return -slices.Compare(a.sorted, b.sorted) },
	TieRange:     func(a, b contender) int { return cmp.Compare(Exact(a.Range), Exact(b.Range)) },
}

// PlacesOf returns how many places share s gives among n ranked works, never more than n.
func (s Share) PlacesOf(n int) int {
	places := s.Count
	if s.Percent > 0 {
		exact := s.Percent * float64(n) / 100
		switch s.Rounding {
		case Down:
			places = int(math.Floor(exact + 1e-9))
		case Up:
			places = int(math.Ceil(exact - 1e-9))
		default:
			places = int(math.Floor(exact + 0.5 + 1e-9))
		}
	}
	return min(places, n)
}
