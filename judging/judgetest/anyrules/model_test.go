package anyrules

import (
	"cmp"
	"math/big"
	"slices"
	"strconv"

	"fayi/judging"
	"fayi/judging/audience"
	"fayi/judging/terms"
	"fayi/judging/voting"
)

// standing is what the plain model makes of a work.
type standing struct {
	piece
	place    int
	official *big.Rat
}

func exact(v float64) *big.Rat {
	out, _ := new(big.Rat).SetString(strconv.FormatFloat(v, 'f', 6, 64))
	return out
}

func sumOf(list []*big.Rat) *big.Rat {
	out := new(big.Rat)
	for _, v := range list {
		out.Add(out, v)
	}
	return out
}

func meanOf(list []*big.Rat) *big.Rat {
	if len(list) == 0 {
		return new(big.Rat)
	}
	return new(big.Rat).Quo(sumOf(list), big.NewRat(int64(len(list)), 1))
}

func higher(a, b *big.Rat) int { return -a.Cmp(b) }

// halfUp rounds to so many decimals.
func halfUp(v *big.Rat, decimals int) *big.Rat {
	unit := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil))
	n := floor(new(big.Rat).Add(new(big.Rat).Mul(v, unit), big.NewRat(1, 2)))
	return new(big.Rat).Quo(new(big.Rat).SetInt(n), unit)
}

// floor is the greatest whole number not above v.
func floor(v *big.Rat) *big.Int { return new(big.Int).Div(v.Num(), v.Denom()) }

// combined is what a way to combine makes of some values, as a notice says it.
func combined(c judging.Combine, values []*big.Rat) *big.Rat {
	list := slices.SortedFunc(slices.Values(values), higher)
	n := len(list)
	low, high := c.DropLow, c.DropHigh
	if low+high == 0 {
		low, high = 1, 1
	}
	switch {
	case c.Method == judging.Trimmed && n >= c.TrimFrom && n >= 3:
		list = list[high : n-low]
	case c.Method == judging.Median && n%2 == 1:
		list = list[n/2 : n/2+1]
	case c.Method == judging.Median && n > 0:
		list = list[n/2-1 : n/2+1]
	case c.Method == judging.Best:
		list = list[:min(n, c.Best)]
	}
	return meanOf(list)
}

// list is the works that are placed together.
type list struct {
	d     drawn
	works []piece
}

func (p piece) totals(keep func(said) bool) (out []*big.Rat) {
	for _, s := range p.said {
		if keep == nil || keep(s) {
			out = append(out, s.whole)
		}
	}
	return out
}

func (p piece) marks(criterion int, keep func(said) bool) (out []*big.Rat) {
	for _, s := range p.said {
		if (keep == nil || keep(s)) && s.marks[criterion] != off {
			out = append(out, exact(s.marks[criterion]))
		}
	}
	return out
}

func (p piece) whole(keep func(said) bool) bool {
	return !slices.ContainsFunc(p.said, func(s said) bool { return s.marks == nil && (keep == nil || keep(s)) })
}

// in tells whether a work can have a place at all, apart from ranks.
func (l list) in(p piece) bool {
	flagged := 0
	for _, s := range p.said {
		if s.flag != "" {
			flagged++
		}
	}
	if v := l.d.sheet.RubricOf(p.category).Vetoes; len(v) > 0 && l.d.sheet.Voting == nil && flagged >= v[0].Judges {
		return false
	}
	if len(l.d.sheet.Panels) > 0 && l.d.sheet.Voting == nil {
		for panel := range l.d.sheet.Panels {
			if len(p.totals(func(s said) bool { return l.d.panels[s.judge] == panel })) == 0 {
				return false
			}
		}
	}
	if l.d.sheet.Audience != nil && p.votes == nil {
		return false
	}
	least := 1
	if l.d.sheet.Missing == judging.NeedScores {
		least = l.d.sheet.MinScores
	}
	return len(p.said) >= least
}

// rank is the place of a work in one judge's order of the list; equals share the mean of their places.
func (l list) rank(p piece, judge int) *big.Rat {
	value := func(p piece) *big.Rat {
		for _, s := range p.said {
			if s.judge == judge {
				return new(big.Rat).Add(s.whole, exact(p.offset))
			}
		}
		return nil
	}
	mine, better, same := value(p), int64(0), int64(0)
	for _, o := range l.works {
		switch v := value(o); {
		case v == nil:
		case v.Cmp(mine) > 0:
			better++
		case v.Cmp(mine) == 0:
			same++
		}
	}
	return big.NewRat(2*better+same+1, 2)
}

// ranked is the sum of a work's ranks; nil where some judge of the list did not score each work of it.
func (l list) ranked(p piece) *big.Rat {
	spoke := map[int]int{}
	scored := 0
	for _, o := range l.works {
		if len(o.said) > 0 {
			scored++
		}
		for _, s := range o.said {
			spoke[s.judge]++
		}
	}
	for _, n := range spoke {
		if n != scored {
			return nil
		}
	}
	var all []*big.Rat
	for _, s := range p.said {
		all = append(all, l.rank(p, s.judge))
	}
	return sumOf(all)
}

// official is a work's score before it is rounded.
func (l list) official(p piece) *big.Rat {
	sheet := l.d.sheet
	if v := sheet.Voting; v != nil {
		yes := sumOf(p.totals(func(s said) bool { return s.total == voting.For }))
		if v.Kind == voting.Approval {
			yes.Mul(yes, big.NewRat(100, int64(max(1, len(p.said)))))
		}
		return yes
	}
	if sheet.Combine.Method == judging.RankSum {
		return l.ranked(p)
	}
	c := sheet.Combine
	if c.Uniform && c.Method == judging.Trimmed {
		for _, o := range l.works {
			if l.least(o) && len(o.said) < c.From() {
				c.Method = judging.Mean
			}
		}
	}
	part := func(keep func(said) bool) *big.Rat {
		if !c.ByCriterion || !p.whole(keep) {
			return combined(c, p.totals(keep))
		}
		sum, apply := new(big.Rat), new(big.Rat)
		for k, criterion := range sheet.RubricOf(p.category).Criteria {
			if marks := p.marks(k, keep); len(marks) > 0 {
				sum.Add(sum, combined(c, marks))
				apply.Add(apply, exact(criterion.Weight))
			}
		}
		if apply.Sign() == 0 {
			return sum
		}
		return sum.Mul(sum, apply.Quo(exact(sheet.RubricOf(p.category).Scale), apply))
	}
	out := new(big.Rat)
	if len(sheet.Panels) == 0 {
		out = part(nil)
	}
	for i, panel := range sheet.Panels {
		own := part(func(s said) bool { return l.d.panels[s.judge] == i })
		out.Add(out, own.Mul(own, exact(panel.Weight/100)))
	}
	if a := sheet.Audience; a != nil && p.votes != nil {
		worth := exact(a.Weight / 100)
		own := new(big.Rat).Mul(l.crowd(p), exact(sheet.RubricOf(p.category).Scale/100))
		out.Mul(out, new(big.Rat).Sub(big.NewRat(1, 1), worth)).Add(out, own.Mul(own, worth))
	}
	if out.Add(out, exact(p.offset)); out.Sign() < 0 {
		return new(big.Rat)
	}
	return out
}

// crowd is what the votes of a work are worth of 100, as a notice says it.
func (l list) crowd(p piece) *big.Rat {
	a := l.d.sheet.Audience
	held := func(p piece) int {
		n := *p.votes
		if a.Most > 0 && n > a.Most {
			n = a.Most
		}
		if n < a.Least {
			return 0
		}
		return n
	}
	best, place := 0, 1
	for _, o := range l.works {
		if o.votes == nil {
			continue
		}
		best = max(best, held(o))
		if held(o) > held(p) {
			place++
		}
	}
	switch {
	case *p.votes < a.Least, a.By == audience.Share && best == 0:
		return new(big.Rat)
	case a.By == audience.Share:
		return big.NewRat(int64(100*held(p)), int64(best))
	}
	for _, s := range a.Steps {
		if a.By == audience.Places && place <= s.At || a.By == audience.Bands && held(p) >= s.At {
			return exact(s.Mark)
		}
	}
	return new(big.Rat)
}

// least tells whether a work has as many scores as the rules ask for.
func (l list) least(p piece) bool {
	return len(p.said) > 0 && (l.d.sheet.Missing != judging.NeedScores || len(p.said) >= l.d.sheet.MinScores)
}

// step compares two works by a step of the chain.
func (l list) step(step judging.TieStep, a, b piece) int {
	each := func(p piece, of func([]*big.Rat) *big.Rat) (out []*big.Rat) {
		for k := range l.d.sheet.RubricOf(p.category).Criteria {
			out = append(out, of(p.marks(k, nil)))
		}
		return out
	}
	switch step {
	case terms.TieAllScores:
		return higher(meanOf(a.totals(nil)), meanOf(b.totals(nil)))
	case terms.TieCriteria:
		return slices.CompareFunc(each(a, meanOf), each(b, meanOf), higher)
	case terms.TieTop:
		x := slices.SortedFunc(slices.Values(a.totals(nil)), higher)
		y := slices.SortedFunc(slices.Values(b.totals(nil)), higher)
		return -slices.CompareFunc(x, y, (*big.Rat).Cmp)
	case terms.TieRange:
		span := func(p piece) *big.Rat {
			x := slices.SortedFunc(slices.Values(p.totals(nil)), higher)
			return new(big.Rat).Sub(x[0], x[len(x)-1])
		}
		return span(a).Cmp(span(b))
	case terms.TieTrimmed:
		trim := l.d.sheet.Combine
		if trim.Method != judging.Trimmed {
			trim = judging.Combine{Method: judging.Trimmed, TrimFrom: 3}
		}
		of := func(v []*big.Rat) *big.Rat { return combined(trim, v) }
		return slices.CompareFunc(each(a, of), each(b, of), higher)
	case terms.TieMedian:
		middle := judging.Combine{Method: judging.Median}
		return higher(combined(middle, a.totals(nil)), combined(middle, b.totals(nil)))
	case terms.TieRankSum:
		return l.ranked(a).Cmp(l.ranked(b))
	case terms.TieSenior:
		senior := func(s said) bool { return l.d.senior[s.judge] }
		return higher(meanOf(a.totals(senior)), meanOf(b.totals(senior)))
	case terms.TieFirsts:
		return cmp.Compare(l.firsts(b), l.firsts(a))
	}
	panic(step)
}

// firsts is how many judges gave a work the best of their totals in the list.
func (l list) firsts(p piece) (n int) {
	for _, s := range p.said {
		top := true
		for _, o := range l.works {
			for _, other := range o.said {
				mine := new(big.Rat).Add(s.whole, exact(p.offset))
				theirs := new(big.Rat).Add(other.whole, exact(o.offset))
				top = top && (other.judge != s.judge || theirs.Cmp(mine) <= 0)
			}
		}
		if top {
			n++
		}
	}
	return n
}

// fits tells whether a step can look at each work of the list that can have a place.
func (l list) fits(step judging.TieStep) bool {
	for _, p := range l.works {
		switch {
		case !l.in(p):
		case (step == terms.TieCriteria || step == terms.TieTrimmed) && (!p.whole(nil) || l.bare(p)),
			step == terms.TieRankSum && l.ranked(p) == nil,
			step == terms.TieSenior && len(p.totals(func(s said) bool { return l.d.senior[s.judge] })) == 0:
			return false
		}
	}
	return true
}

// bare tells whether no judge of a work gave a mark to some criterion.
func (l list) bare(p piece) bool {
	for k := range l.d.sheet.In(1).RubricOf(p.category).Criteria {
		if len(p.marks(k, nil)) == 0 {
			return true
		}
	}
	return false
}

// compare tells whether a stands before b, as scores and the chain of ties have it.
func (l list) compare(a, b piece) int {
	x, y := halfUp(l.official(a), l.decimals()), halfUp(l.official(b), l.decimals())
	if c := x.Cmp(y); c != 0 {
		if l.d.sheet.Combine.Method == judging.RankSum && l.d.sheet.Voting == nil {
			return c
		}
		return -c
	}
	if l.d.sheet.Voting != nil {
		return 0
	}
	for _, s := range l.d.sheet.Ties {
		if l.fits(s) {
			if c := l.step(s, a, b); c != 0 {
				return c
			}
		}
	}
	return 0
}

func (l list) decimals() int {
	if l.d.sheet.Voting != nil {
		return 2
	}
	return l.d.sheet.Combine.Decimals
}

// stand places the works of the list; place 0 means that it has no place.
func (l list) stand() (out []standing) {
	for _, p := range l.works {
		s := standing{piece: p, official: new(big.Rat)}
		if v := l.official(p); v != nil {
			s.official = halfUp(v, l.decimals())
		}
		if l.placed(p) {
			s.place = 1
			for _, o := range l.works {
				if l.placed(o) && l.compare(o, p) < 0 {
					s.place++
				}
			}
		}
		out = append(out, s)
	}
	return out
}

func (l list) placed(p piece) bool { return l.in(p) && l.official(p) != nil }
