package assign

import "math"

// oracle is a plain min-cost max-flow (successive shortest paths by Bellman-Ford), written apart from the package's
// own search to check it.
type oracle struct {
	from, to, room, cost []int
	out                  [][]int
}

func (o *oracle) node() int {
	o.out = append(o.out, nil)
	return len(o.out) - 1
}

func (o *oracle) edge(a, b, room, cost int) {
	o.out[a] = append(o.out[a], len(o.to))
	o.out[b] = append(o.out[b], len(o.to)+1)
	o.from, o.to = append(o.from, a, b), append(o.to, b, a)
	o.room, o.cost = append(o.room, room, 0), append(o.cost, cost, -cost)
}

func (o *oracle) run(s, t int) (flow, cost int) {
	for {
		dist, by := make([]int, len(o.out)), make([]int, len(o.out))
		for i := range dist {
			dist[i] = math.MaxInt / 2
		}
		dist[s] = 0
		for changed := true; changed; {
			changed = false
			for e, a := range o.from {
				if b := o.to[e]; o.room[e] > 0 && dist[a] < math.MaxInt/4 && dist[a]+o.cost[e] < dist[b] {
					dist[b], by[b], changed = dist[a]+o.cost[e], e, true
				}
			}
		}
		if dist[t] > math.MaxInt/4 {
			return flow, cost
		}
		for v := t; v != s; v = o.from[by[v]] {
			o.room[by[v]]--
			o.room[by[v]^1]++
		}
		flow, cost = flow+1, cost+dist[t]
	}
}

// Weights of the oracle's aims, each worth more than all below it.
const (
	aimLeast = 1_000_000_000_000 // a work towards a judge's least load
	aimLoad  = 1_000_000         // one unit of Σ load²
)

// truth is what the oracle finds out about a problem without a senior rule.
type truth struct {
	covered, least bool
	squares        int // Σ load² over all judges
	price          int // Σ of price over open pairs
}

// ask solves p by the oracle; price is the cost of an open pair.
func ask(p Problem, price func(w, j int) int) truth {
	o := &oracle{}
	s, t := o.node(), o.node()
	fixed := fixedPanels(p)
	base := make([]int, p.Judges)
	for _, panel := range fixed {
		for _, j := range panel {
			base[j]++
		}
	}
	wants, offset := 0, 0
	judge := make([]int, p.Judges)
	for j := range judge {
		judge[j] = o.node()
		offset += base[j] * base[j]
		for l := base[j]; l < p.most(j) && p.open(j); l++ {
			c := aimLoad * (2*l + 1)
			if l < p.least(j) {
				c -= aimLeast
				wants++
			}
			o.edge(s, judge[j], 1, c)
		}
	}
	need := 0
	for w, panel := range fixed {
		need += max(0, p.need(w)-len(panel))
		addWork(o, p, w, panel, judge, t, price)
	}
	flow, cost := o.run(s, t)
	met := 0
	for cost < -aimLeast/2 {
		cost += aimLeast
		met++
	}
	return truth{flow == need, met == wants, cost/aimLoad + offset, cost % aimLoad}
}

func addWork(o *oracle, p Problem, w int, fixed, judge []int, t int, price func(w, j int) int) {
	node := o.node()
	o.edge(node, t, max(0, p.need(w)-len(fixed)), 0)
	units := map[int]int{}
	for j := range judge {
		if !allowed(p, w, j) || clash(p, fixed, j) {
			continue
		}
		at := node
		if u := unitOf(p, j); u > 0 {
			if _, ok := units[u]; !ok {
				units[u] = o.node()
				o.edge(units[u], node, 1, 0)
			}
			at = units[u]
		}
		o.edge(judge[j], at, 1, price(w, j))
	}
}

// unitOf returns the unit that rules bind j by, or 0.
func unitOf(p Problem, j int) int {
	if !p.NoTwoOfOneUnit || p.Unit == nil {
		return 0
	}
	return p.Unit[j]
}

// allowed reports whether an open pair (w, j) is within the rules for single pairs.
func allowed(p Problem, w, j int) bool {
	for _, q := range p.Conflicts {
		if q.Work == w && q.Judge == j {
			return false
		}
	}
	return p.open(j) && (p.Match != Force || p.expert(j, p.category(w)))
}

// clash reports whether j can't score a work together with panel.
func clash(p Problem, panel []int, j int) bool {
	for _, m := range panel {
		if m == j || unitOf(p, j) > 0 && unitOf(p, m) == unitOf(p, j) {
			return true
		}
	}
	return false
}

func fixedPanels(p Problem) [][]int {
	panels := make([][]int, p.Works)
	seen := map[Pair]bool{}
	for _, q := range p.Fixed {
		if !seen[q] {
			seen[q] = true
			panels[q.Work] = append(panels[q.Work], q.Judge)
		}
	}
	return panels
}

// exists searches all plans of p by backtracking, rules for seniors included; for very small problems without Min.
func exists(p Problem) bool {
	load := make([]int, p.Judges)
	panels := fixedPanels(p)
	for _, panel := range panels {
		for _, j := range panel {
			load[j]++
		}
	}
	var from func(w, j int) bool
	from = func(w, j int) bool {
		if w == p.Works {
			return true
		}
		if len(panels[w]) >= p.need(w) {
			return (len(panels[w]) > p.need(w) || j == 0 || hasSenior(p, panels[w])) && from(w+1, 0)
		}
		for ; j < p.Judges; j++ {
			if !allowed(p, w, j) || clash(p, panels[w], j) || load[j] >= p.most(j) {
				continue
			}
			panels[w] = append(panels[w], j)
			load[j]++
			if from(w, j+1) {
				return true
			}
			panels[w] = panels[w][:len(panels[w])-1]
			load[j]--
		}
		return false
	}
	return from(0, 0)
}

func hasSenior(p Problem, panel []int) bool {
	for _, j := range panel {
		if p.Senior != nil && p.Senior[j] {
			return true
		}
	}
	return !p.NeedSenior
}

// every calls visit with each complete plan of p that has no senior rule; for very small problems.
func every(p Problem, visit func(panels [][]int)) {
	panels := fixedPanels(p)
	var from func(w, j int)
	from = func(w, j int) {
		if w == p.Works {
			visit(panels)
			return
		}
		if len(panels[w]) >= p.need(w) {
			from(w+1, 0)
			return
		}
		for ; j < p.Judges; j++ {
			if allowed(p, w, j) && !clash(p, panels[w], j) {
				panels[w] = append(panels[w], j)
				from(w, j+1)
				panels[w] = panels[w][:len(panels[w])-1]
			}
		}
	}
	from(0, 0)
}
