package assign

import "slices"

// rules are a problem prepared for fast queries. Nothing here depends on the plan.
type rules struct {
	problem          *Problem
	category         []int32   // category of each work
	need             []int32   // judges each work needs, never less than its fixed ones
	pool             [][]int32 // by category: who may score it
	eligible         [][]bool  // by category and judge: the same
	expert           [][]bool  // by category and judge: it is one of theirs
	maxLoad, minLoad []int32   // load limits
	conflicts        [][]int32 // conflicts of each work
	wishes           [][]judgeWish
	indifferent      bool // no wish and no preference: Σλ² is all that counts
}

// judgeWish is a wish of one work.
type judgeWish struct {
	judge  int32
	weight int
}

// newRules prepares the checked problem p.
func newRules(p *Problem) rules {
	r := rules{
		problem:   p,
		category:  make([]int32, p.Works),
		need:      make([]int32, p.Works),
		maxLoad:   make([]int32, p.Judges),
		minLoad:   make([]int32, p.Judges),
		conflicts: make([][]int32, p.Works),
		wishes:    make([][]judgeWish, p.Works),
	}
	categories := 0
	for w := range p.Works {
		r.category[w], r.need[w] = int32(p.category(w)), int32(p.need(w))
		categories = max(categories, p.category(w)+1)
	}
	for j := range p.Judges {
		r.maxLoad[j], r.minLoad[j] = int32(p.most(j)), int32(p.least(j))
	}
	for _, q := range p.Conflicts {
		r.conflicts[q.Work] = append(r.conflicts[q.Work], int32(q.Judge))
	}
	for _, q := range p.Wishes {
		r.wishes[q.Work] = append(r.wishes[q.Work], judgeWish{int32(q.Judge), q.Weight})
	}
	for c := range categories {
		r.addCategory(c)
	}
	doubt := func(known []bool) bool { return slices.Contains(known, false) }
	r.indifferent = len(p.Wishes) == 0 && (p.Match != Prefer || !slices.ContainsFunc(r.expert, doubt))
	return r
}

// addCategory records who knows, and who may score, the next category c.
func (r *rules) addCategory(c int) {
	known, fit, pool := make([]bool, r.problem.Judges), make([]bool, r.problem.Judges), []int32(nil)
	for j := range r.problem.Judges {
		known[j] = r.problem.expert(j, c)
		fit[j] = r.problem.open(j) && (r.problem.Match != Force || known[j])
		if fit[j] {
			pool = append(pool, int32(j))
		}
	}
	r.expert, r.eligible, r.pool = append(r.expert, known), append(r.eligible, fit), append(r.pool, pool)
}

// allows reports whether judge j may score work w at all, whoever else does.
func (r *rules) allows(w, j int32) bool {
	return r.eligible[r.category[w]][j] && !contains(r.conflicts[w], j)
}

// senior reports whether j is a senior judge.
func (r *rules) senior(j int32) bool { return r.problem.Senior != nil && r.problem.Senior[j] }

// preference is how much wishes and expertise want j on w, in units of Σλ².
func (r *rules) preference(w, j int32) (sum int) {
	for _, q := range r.wishes[w] {
		if q.judge == j {
			sum += q.weight
		}
	}
	if r.outside(w, j) {
		sum -= outsideCost
	}
	return sum
}

// outside reports whether w lies outside the categories of j, under Prefer.
func (r *rules) outside(w, j int32) bool {
	return r.problem.Match == Prefer && !r.expert[r.category[w]][j]
}
