package award

import (
	"cmp"
	"math/big"
	"slices"

	"fayi/judging"
	"fayi/judging/terms"
)

// Field is the works of a round ready to be placed: what the rules make of each is computed once, however often a few
// of them change. It is not for several goroutines at once.
type Field struct {
	rules   judging.Rules
	tallies []Tally
	works   []contender // parallel to tallies
	lists   [][]*contender
	by      []steps // parallel to lists
	at      map[judging.WorkID]int
	other   map[judging.WorkID]bool
}

// NewField gets works ready; tallies stay the caller's and must not change.
func NewField(rules judging.Rules, tallies []Tally) *Field {
	f := &Field{rules: rules, tallies: tallies, other: map[judging.WorkID]bool{}}
	f.works = contenders(&f.rules, tallies)
	f.lists = listsOf(&f.rules, f.works)
	for _, list := range f.lists {
		by := stepsFor(&f.rules, list)
		by.sort(list)
		f.by = append(f.by, by)
	}
	return f
}

// Rank is the function Rank of the field's works.
func (f *Field) Rank() (out []judging.Placing) {
	out = slices.Grow(out, len(f.works))
	for i, list := range f.lists {
		out = placeList(f.by[i], list, out)
	}
	return out
}

// With is Rank with other tallies of some of the works, which are all in the field.
func (f *Field) With(others []Tally) []judging.Placing {
	// one work may change what others of its list count for
	if looksAtLists(f.rules) || f.rules.Combine.Uniform || f.rules.Audience != nil {
		return Rank(f.rules, f.replaced(others))
	}
	clear(f.other)
	for i := range others {
		f.other[others[i].Work] = true
	}
	changed := contenders(&f.rules, others)
	moved := map[[2]string][]*contender{}
	for i := range changed {
		key := [2]string{changed[i].Category, changed[i].Group}
		moved[key] = append(moved[key], &changed[i])
	}
	out, room := make([]judging.Placing, 0, len(f.works)), make([]*contender, 0, len(f.works))
	for i, list := range f.lists {
		from, in := len(room), moved[[2]string{list[0].Category, list[0].Group}]
		for _, c := range list {
			if len(in) == 0 || !f.other[c.Work] {
				room = append(room, c)
			}
		}
		kept := len(room)
		room = append(room, in...)
		list = room[from:]
		by := stepsFor(&f.rules, list)
		if by.gaps != f.by[i].gaps { // steps that are passed over have changed
			by.sort(list[:kept-from])
		}
		by.sort(in)
		merge(list, list[:kept-from], in, by.compare)
		out = placeList(by, list, out)
	}
	return out
}

// merge puts a, the first of to, and b into to in order, from the end.
func merge(to, a, b []*contender, compare func(a, b *contender) int) {
	for k := len(to) - 1; len(b) > 0; k-- {
		if last := len(a) - 1; last >= 0 && compare(a[last], b[len(b)-1]) > 0 {
			to[k], a = a[last], a[:last]
		} else {
			to[k], b = b[len(b)-1], b[:len(b)-1]
		}
	}
}

func (f *Field) replaced(others []Tally) []Tally {
	if f.at == nil {
		f.at = make(map[judging.WorkID]int, len(f.tallies))
		for i, t := range f.tallies {
			f.at[t.Work] = i
		}
	}
	all := slices.Clone(f.tallies)
	for _, t := range others {
		all[f.at[t.Work]] = t
	}
	return all
}

// contender is a work with all that the tie chain may look at.
type contender struct {
	judging.Placing
	official judging.Points
	sorted   []float64  // totals as exact as points go, highest first
	all      fraction   // mean of all totals
	exact    []*big.Rat // the totals exactly, highest first, where sorted is not that
	criteria []fraction // mean mark of each criterion, where the tie chain looks at criteria

	tally      *Tally
	totalsOnly bool   // a total was given without marks
	placed     bool   // has scores enough for a place
	gaps       uint64 // the rules' steps of the tie chain that find nothing to look at in it, a bit each
}

// kind is what all works of a category and group have in common.
type kind struct {
	rules  *judging.Rules // as their totals are combined
	rubric judging.Rubric
	group  string // of their list
	least  int    // scores for a place
}

// kindsOf returns a function that tells a work's kind, each looked up once.
func kindsOf(rules *judging.Rules, tallies []Tally) func(t *Tally) *kind {
	averaged := *rules
	averaged.Combine.Method = judging.Mean
	means, known := listsByMean(*rules, tallies), map[[2]string]*kind{}
	return func(t *Tally) *kind {
		own := [2]string{t.Category, t.Group}
		if k := known[own]; k != nil {
			return k
		}
		list := listOf(rules, t)
		k := &kind{rules, rules.RubricOf(t.Category), list[1], rules.LeastScores()}
		if means[list] {
			k.rules = &averaged
		}
		known[own] = k
		return k
	}
}

func contenders(rules *judging.Rules, tallies []Tally) []contender {
	tallies = amongOthers(*rules, tallies)
	kindOf := kindsOf(rules, tallies)
	scores := 0
	for i := range tallies {
		scores += len(tallies[i].Totals)
	}
	out, room := make([]contender, len(tallies)), make([]float64, scores)
	for i := range tallies {
		t := &tallies[i]
		n := len(t.Totals)
		out[i].fill(kindOf(t), t, room[:n:n])
		room = room[n:]
	}
	return out
}

// listsOf sorts works into their lists, in the order of the rules.
func listsOf(rules *judging.Rules, works []contender) (out [][]*contender) {
	lists := map[[2]string]*[]*contender{}
	var key [2]string
	var list *[]*contender
	for i := range works {
		if own := [2]string{works[i].Category, works[i].Group}; own != key || list == nil {
			if key, list = own, lists[own]; list == nil {
				list = &[]*contender{}
				lists[own] = list
			}
		}
		*list = append(*list, &works[i])
	}
	for _, key := range listOrder(*rules, lists) {
		out = append(out, *lists[key])
	}
	return out
}

// fill computes all there is of a work; sorted has room for its totals.
func (c *contender) fill(k *kind, t *Tally, sorted []float64) {
	rules, rubric := k.rules, k.rubric
	official, dropped := officialOf(rules, t)
	c.tally, c.official, c.sorted, c.exact = t, judging.Exact(official), sorted, highestFirst(t.exactly(rubric))
	for i, v := range t.Totals {
		sorted[i] = judging.Exact(v).Float()
	}
	slices.Sort(sorted)
	slices.Reverse(sorted)
	c.Placing = judging.Placing{
		Work:     t.Work,
		Category: t.Category,
		Group:    k.group,
		Official: official,
		Scores:   len(t.Totals),
		Dropped:  dropped,
		Offset:   t.Offset.Float(),
		Vetoed:   k.rubric.Vetoed(t.Flags),
	}
	c.placed = len(t.Totals) >= k.least && c.Vetoed == "" && !lacksAny(rules, t)
	if n := len(sorted); n > 0 {
		c.all, c.Raw = fractionOf(t.Totals), roundHalfUp(t.Totals, 4)
		c.Range = (judging.Exact(sorted[0]) - judging.Exact(sorted[n-1])).Float()
	}
	if c.exact != nil {
		c.Raw, c.Range = rounded(meanRat(c.exact), 4), rounded(rangeOf(c.exact), 4)
	}
	c.totalsOnly = slices.ContainsFunc(t.Marks, func(m map[string]float64) bool { return len(m) == 0 })
	if slices.Contains(rules.Ties, judging.TieCriteria) || slices.Contains(rules.Ties, judging.TieTrimmed) {
		c.criteria = criterionMeans(rubric, t.Marks)
	}
	for i, step := range rules.Ties {
		if c.lacks(step) {
			c.gaps |= 1 << i
		}
	}
}

// lacksAny reports whether a work lacks, besides scores, something without which the rules give it no place.
func lacksAny(rules *judging.Rules, t *Tally) bool {
	if len(rules.Panels) == 0 && rules.Combine.Method != judging.RankSum && rules.Audience == nil {
		return false // as nearly always
	}
	_, panel := LacksPanel(*rules, *t)
	return panel || LacksRanks(*rules, *t) || LacksVotes(*rules, *t)
}

// officialOf is the official score of a work, rounded, and how many totals it leaves out.
func officialOf(rules *judging.Rules, t *Tally) (float64, int) {
	if official, dropped, plain := plainOfficial(rules, t); plain {
		return official, dropped
	}
	exact, dropped := t.Official, t.Dropped
	if exact == nil {
		exact, dropped = madeOf(*rules, *t)
	}
	exact = t.heard(*rules, exact)
	if rules.Combine.Method != judging.RankSum { // ranks have it in them
		exact = t.offset(exact)
	}
	return rounded(exact, rules.Combine.Decimals), dropped
}

// plainOfficial is officialOf in whole numbers where that is exact: for a mean of totals to which the office adds
// nothing, as nearly all are.
func plainOfficial(rules *judging.Rules, t *Tally) (official float64, dropped int, plain bool) {
	c := &rules.Combine
	switch c.Method {
	case judging.Mean, judging.Trimmed, judging.Median, judging.Best:
	default:
		return 0, 0, false
	}
	if len(rules.Panels) > 0 || rules.Audience != nil || t.Official != nil || c.ByCriterion || t.Offset != 0 {
		return 0, 0, false
	}
	if t.exactly(rules.RubricOf(t.Category)) != nil {
		return 0, 0, false
	}
	kept := keptOf(*c, t.Totals)
	return roundHalfUp(kept, c.Decimals), len(t.Totals) - len(kept), true
}

// lacks reports whether a step of the tie chain finds nothing to look at in the work: then it is passed over in its
// list. A work without a place has nothing to be parted from.
func (c *contender) lacks(step judging.TieStep) bool {
	switch {
	case !c.placed:
		return false
	case step == judging.TieCriteria || step == judging.TieTrimmed:
		return c.totalsOnly || c.exact != nil && slices.ContainsFunc(c.criteria, fraction.none)
	case step == judging.TieRankSum:
		return c.tally.Sum() == nil
	case step == judging.TieSenior:
		return len(c.tally.bySeniors().Totals) == 0
	}
	return false
}

// steps are what parts the works of one list.
type steps struct {
	rules *judging.Rules
	ties  []tie // those that find something to look at in each of them
	gaps  uint64
}

// tie is a step of the tie chain and how it compares.
type tie struct {
	step    judging.TieStep
	compare func(r *judging.Rules, a, b *contender) int
}

func stepsFor(rules *judging.Rules, list []*contender) steps {
	by := steps{rules: rules}
	for _, c := range list {
		by.gaps |= c.gaps
	}
	for i, s := range rules.Ties {
		if by.gaps&(1<<i) == 0 {
			by.ties = append(by.ties, tie{s, tieSteps[s]})
		}
	}
	return by
}

// compare orders a list; equals stand in the order of their identities.
func (by steps) compare(a, b *contender) int {
	order, _ := by.part(a, b)
	return cmp.Or(order, cmp.Compare(a.Work, b.Work))
}

// sort orders a list by compare. What decides most comparisons is kept next to each other: the works lie far apart in
// memory.
func (by steps) sort(list []*contender) {
	type entry struct {
		*contender
		first judging.Points // the smaller is the better
	}
	all := make([]entry, len(list))
	for i, c := range list {
		all[i] = entry{c, by.first(c)}
	}
	slices.SortFunc(all, func(a, b entry) int {
		if a.first != b.first {
			return cmp.Compare(a.first, b.first)
		}
		return by.compare(a.contender, b.contender)
	})
	for i, e := range all {
		list[i] = e.contender
	}
}

// first is smaller for one of two works if it stands before the other by having a place, or by the official score.
func (by steps) first(c *contender) judging.Points {
	points := c.official
	if by.rules.Combine.Method != judging.RankSum {
		points = -points
	}
	if !c.placed {
		points += 4 * terms.Most // behind all that have one
	}
	return points
}

// placeList appends the works of one list, which is in order, to out with their places.
func placeList(by steps, list []*contender, out []judging.Placing) []judging.Placing {
	first := len(out)
	for i, c := range list {
		p := c.Placing // the field's own stays as it is
		if c.placed {
			p.Place = i + 1
		}
		if i > 0 && c.placed && list[i-1].placed {
			order, step := by.part(list[i-1], c)
			if order == 0 {
				p.Place, p.Tied = out[first+i-1].Place, true
				out[first+i-1].Tied = true
			} else if step != "" {
				p.TieStep = step
			}
		}
		out = append(out, p)
	}
	return out
}

// part is negative when a ranks before b; the step is the one of the tie chain that decided, "" when the official
// score did.
func (by steps) part(a, b *contender) (int, judging.TieStep) {
	if a.placed != b.placed {
		if a.placed {
			return -1, ""
		}
		return 1, ""
	}
	better := cmp.Compare(b.official, a.official)
	if by.rules.Combine.Method == judging.RankSum {
		better = -better
	}
	if better != 0 || !a.placed { // what has no place may lack what the steps look at
		return better, ""
	}
	for _, t := range by.ties {
		if d := t.compare(by.rules, a, b); d != 0 {
			return d, t.step
		}
	}
	return 0, ""
}
