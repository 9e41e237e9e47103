package assign

import "slices"

// rules are a problem made ready for quick questions. Nothing here depends on the plan.
type rules struct {
	p           *Problem
	kind        []int32   // category of each work
	need        []int32   // judges each work needs, never less than its fixed ones
	pool        [][]int32 // by category: who may score it
	fit         [][]bool  // by category and judge: the same
	known       [][]bool  // by category and judge: it is one of his
	most, least []int32   // load limits
	bars        [][]int32 // conflicts of each work
	wish        [][]seatWish
	content     bool // no wish and no preference: Σλ² is all that counts
}

type seatWish struct {
	judge  int32
	weight int
}

func newRules(p *Problem) rules {
	r := rules{
		p: p, kind: make([]int32, p.Works), need: make([]int32, p.Works), most: make([]int32, p.Judges), least: make([]int32, p.Judges),
		bars: make([][]int32, p.Works), wish: make([][]seatWish, p.Works),
	}
	kinds := 0
	for w := range p.Works {
		r.kind[w], r.need[w] = int32(p.category(w)), int32(p.need(w))
		kinds = max(kinds, p.category(w)+1)
	}
	for j := range p.Judges {
		r.most[j], r.least[j] = int32(p.most(j)), int32(p.least(j))
	}
	for _, q := range p.Conflicts {
		r.bars[q.Work] = append(r.bars[q.Work], int32(q.Judge))
	}
	for _, q := range p.Wishes {
		r.wish[q.Work] = append(r.wish[q.Work], seatWish{int32(q.Judge), q.Weight})
	}
	for c := range kinds {
		r.addCategory(c)
	}
	doubt := func(known []bool) bool { return slices.Contains(known, false) }
	r.content = len(p.Wishes) == 0 && (p.Match != Prefer || !slices.ContainsFunc(r.known, doubt))
	return r
}

// addCategory sets who knows, and who may score, the next category c.
func (r *rules) addCategory(c int) {
	known, fit, pool := make([]bool, r.p.Judges), make([]bool, r.p.Judges), []int32(nil)
	for j := range r.p.Judges {
		known[j] = r.p.expert(j, c)
		fit[j] = r.p.open(j) && (r.p.Match != Force || known[j])
		if fit[j] {
			pool = append(pool, int32(j))
		}
	}
	r.known, r.fit, r.pool = append(r.known, known), append(r.fit, fit), append(r.pool, pool)
}

// fits reports whether judge j may score work w at all.
func (r *rules) fits(w, j int32) bool {
	return r.fit[r.kind[w]][j] && !holds(r.bars[w], j)
}

func (r *rules) senior(j int32) bool { return r.p.Senior != nil && r.p.Senior[j] }

// taste is how much the wishes want j on w, in units of Σλ².
func (r *rules) taste(w, j int32) (sum int) {
	for _, q := range r.wish[w] {
		if q.judge == j {
			sum += q.weight
		}
	}
	if r.stranger(w, j) {
		sum -= strangerCost
	}
	return sum
}

// stranger reports whether w lies outside j's categories though he may score it.
func (r *rules) stranger(w, j int32) bool { return r.p.Match == Prefer && !r.known[r.kind[w]][j] }
