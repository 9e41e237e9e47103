package match

import (
	"cmp"
	"slices"

	"fayi/internal/unionfind"
)

// largeGroup is how many series may contend for rows and still be settled exactly; more are settled one by one,
// heaviest first.
const largeGroup = 600

// choose settles all claims together. The weight of a choice is that of its pairs, less spare for each series
// beyond the first at a row (the first too where taken says that the row has files): so a row without files draws
// what fits it, and a file whose best row is better served by another takes its next best. Claims that contend for
// no common row are settled apart from each other, each such group exactly (see contest).
func choose(claims []claim, taken func(row int) bool) []claim {
	units := unite(claims)
	for _, group := range apartGroups(units) {
		settleGroup(group, taken)
	}
	for _, u := range units {
		for _, c := range u.claims {
			claims[c].chosen, claims[c].margin, claims[c].extra = u.chosenIn(claims[c].edges), u.margin, !u.first
		}
	}
	for i, c := range claims {
		if c.form && len(c.edges) > 0 { // a form takes nobody's place
			claims[i].chosen, claims[i].margin = 0, c.edges[0].weight
			if len(c.edges) > 1 {
				claims[i].margin -= c.edges[1].weight
			}
		}
	}
	return claims
}

// unit is what goes to a row as one: a file, or the files of a series that say the same.
type unit struct {
	claims []int // indexes of claims
	edges  []edge
	row    int // chosen, -1 for none
	first  bool
	margin float64
}

func (u *unit) chosenIn(edges []edge) int {
	return slices.IndexFunc(edges, func(e edge) bool { return e.row == u.row })
}

// weight is what the unit says for a row, 0 for nothing.
func (u *unit) weight(row int) float64 {
	if i := u.chosenRow(row); i >= 0 {
		return u.edges[i].weight
	}
	return 0
}

func (u *unit) chosenRow(row int) int {
	return slices.IndexFunc(u.edges, func(e edge) bool { return e.row == row })
}

// unite joins the claims of one series whose best row is one and the same.
func unite(claims []claim) []*unit {
	type mark struct {
		series string
		row    int
	}
	var units []*unit
	at := map[mark]*unit{}
	for i, c := range claims {
		if len(c.edges) == 0 || c.form {
			continue
		}
		m := mark{c.series, c.edges[0].row}
		if u := at[m]; u != nil {
			u.claims = append(u.claims, i)
			continue
		}
		u := &unit{claims: []int{i}, edges: c.edges, row: -1}
		at[m] = u
		units = append(units, u)
	}
	return units
}

// apartGroups splits units into groups that have no row in common. An edge far below a unit's best can't be chosen
// and joins nothing.
func apartGroups(units []*unit) [][]*unit {
	joined := unionfind.New(len(units))
	first := map[int]int{} // row -> unit
	for i, u := range units {
		for _, e := range u.edges {
			if e.weight < u.edges[0].weight-2*spare {
				break
			}
			if j, ok := first[e.row]; ok {
				joined.Union(i, j)
			} else {
				first[e.row] = i
			}
		}
	}
	groups := map[int32][]*unit{}
	var order []int32
	for i, u := range units {
		l := int32(joined.Find(i))
		if groups[l] == nil {
			order = append(order, l)
		}
		groups[l] = append(groups[l], u)
	}
	out := make([][]*unit, len(order))
	for i, l := range order {
		out[i] = groups[l]
	}
	return out
}

// settleGroup chooses rows for a group and measures by how much each choice is better than all without it.
func settleGroup(group []*unit, taken func(int) bool) {
	c := newContest(group, taken)
	if len(group) > largeGroup {
		c.greedy()
	} else {
		for i := range group {
			c.place(i)
		}
	}
	owner := c.apply()
	for i, u := range group {
		u.margin = c.margin(i, owner)
	}
}

// contest is a group while it is settled: a best matching of units to the first places of rows, by gain over going
// there as a spare.
type contest struct {
	units  []*unit
	taken  func(int) bool
	owner  map[int]int // row -> unit that has its first place
	places []int       // unit -> row whose first place it has, -1 for none
}

func newContest(units []*unit, taken func(int) bool) *contest {
	c := &contest{units: units, taken: taken, owner: map[int]int{}, places: make([]int, len(units))}
	for i := range c.places {
		c.places[i] = -1
	}
	return c
}

// gain is what the first place at a row is worth to a unit over being a spare at its best row; not positive: nothing.
func (c *contest) gain(i int, e edge) float64 {
	if c.taken(e.row) {
		return 0
	}
	return spare - (c.units[i].edges[0].weight - e.weight)
}

// greedy gives first places away by falling weight.
func (c *contest) greedy() {
	order := make([]int, len(c.units))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(c.units[b].edges[0].weight, c.units[a].edges[0].weight)
	})
	for _, i := range order {
		for _, e := range c.units[i].edges {
			if _, has := c.owner[e.row]; !has && c.gain(i, e) > 0 {
				c.owner[e.row], c.places[i] = i, e.row
				break
			}
		}
	}
}

// place brings unit i in by the chain of moves that gains most (a longest path without gainful cycles, found by
// relaxing).
func (c *contest) place(i int) {
	type step struct {
		gain float64
		from int // unit that moves to this row
	}
	best := map[int]step{} // row -> best chain that ends there
	queue := []int{i}
	got := map[int]float64{i: 0}
	for len(queue) > 0 {
		u := queue[0]
		queue = queue[1:]
		for _, e := range c.units[u].edges {
			g := c.gain(u, e)
			if g <= 0 || e.row == c.places[u] {
				continue
			}
			total := got[u] + g
			if b, ok := best[e.row]; ok && b.gain >= total-1e-9 {
				continue
			}
			best[e.row] = step{total, u}
			if o, has := c.owner[e.row]; has {
				left := total - c.gain(o, c.units[o].edges[c.units[o].chosenRow(e.row)])
				if was, ok := got[o]; !ok || left > was+1e-9 {
					got[o] = left
					queue = append(queue, o)
				}
			}
		}
	}
	end, most := -1, 1e-9 // a chain ends at a free row, or by making an owner a spare
	for _, row := range sortedRows(best) {
		v := best[row].gain
		if o, has := c.owner[row]; has {
			v -= c.gain(o, c.units[o].edges[c.units[o].chosenRow(row)])
		}
		if v > most {
			end, most = row, v
		}
	}
	for row := end; row >= 0; {
		u := best[row].from
		if o, has := c.owner[row]; has && row == end {
			c.places[o] = -1
		}
		before := c.places[u]
		c.owner[row], c.places[u] = u, row
		if u == i {
			break
		}
		row = before
	}
}

func sortedRows[V any](m map[int]V) []int {
	out := make([]int, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// apply writes the choice into the units: first places, and for all others their best row as a spare.
func (c *contest) apply() map[int]int {
	for i, u := range c.units {
		u.row, u.first = c.places[i], c.places[i] >= 0
		if u.row < 0 {
			u.row = u.edges[0].row
		}
	}
	return c.owner
}

// margin is by how much the sum falls when unit i must not have its row: it goes elsewhere, and may there drive one
// other away.
func (c *contest) margin(i int, owner map[int]int) float64 {
	u := c.units[i]
	now := u.weight(u.row)
	if !u.first {
		now -= spare
	}
	other := 0.0 // belong to nobody
	for _, e := range u.edges {
		if e.row == u.row {
			continue
		}
		v := e.weight - spare
		if o, has := owner[e.row]; !has && !c.taken(e.row) {
			v = e.weight
		} else if has && o != i {
			v = max(v, e.weight-c.loss(o, e.row, u))
		}
		other = max(other, v)
	}
	return now - other
}

// loss is what unit o loses when it is driven from the first place of row, when the place that by gives up becomes
// free.
func (c *contest) loss(o, row int, by *unit) float64 {
	u := c.units[o]
	now := u.weight(row)
	next := now - spare
	for _, e := range u.edges {
		if e.row == row {
			continue
		}
		_, has := c.owner[e.row]
		switch {
		case e.row == by.row && by.first, !has && !c.taken(e.row):
			next = max(next, e.weight)
		default:
			next = max(next, e.weight-spare)
		}
	}
	return now - next
}
