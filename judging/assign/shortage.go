package assign

import (
	"fmt"
	"slices"

	"fayi/judging"
)

// Cause is why a shortage arises.
type Cause string

// The causes, from the most to the least common.
const (
	TooFewPlaces Cause = "places" // the judges' load limits are full
	TooFewJudges Cause = "judges" // a work has fewer possible judges than it needs
	TooFewUnits  Cause = "units"  // a work has too few judges from different units
	NoSenior     Cause = "senior" // a work has no possible senior judge
	TooFewWorks  Cause = "works"  // judges can't reach their least load
	Clash        Cause = "clash"  // unit and senior rules together: no plan was found, though none is proved impossible
)

// Shortage is one reason why no plan exists, in plain sums: these works need Needed scores, these judges can give Capacity of them, Short are missing.
// It is a Hall set: the works of a smallest cut, so lifting any other limit does not help. For TooFewWorks the sums count the judges' least loads.
type Shortage struct {
	Cause      Cause
	Categories []int // of the works, ascending
	Works      []int // ascending
	Needed     int   // scores
	Judges     []int // who may score any of the works, ascending
	Capacity   int   // scores these judges can give to these works
	Short      int   // Needed − Capacity
}

// Infeasible says that no plan meets the hard rules, and why. It unwraps to a judging.Error with key assign.infeasible.
type Infeasible struct{ Shortages []Shortage }

// Error returns the sums in one line for a log.
func (e *Infeasible) Error() string {
	s := "assign: infeasible"
	for _, m := range e.Shortages {
		s += fmt.Sprintf("; %s: categories %v, %d works need %d, %d judges give %d, short %d",
			m.Cause, m.Categories, len(m.Works), m.Needed, len(m.Judges), m.Capacity, m.Short)
	}
	return s
}

// Unwrap returns the error a user sees.
func (e *Infeasible) Unwrap() error {
	args := judging.Args{"Needed": 0, "Capacity": 0, "Short": 0}
	for _, m := range e.Shortages {
		args["Needed"] = args["Needed"].(int) + m.Needed
		args["Capacity"] = args["Capacity"].(int) + m.Capacity
		args["Short"] = args["Short"].(int) + m.Short
	}
	return judging.Fail(judging.Invalid, "assign.infeasible", args)
}

// shortages turns the works that kept an empty seat into Hall sets, one for each group of categories that compete for the same full judges.
func (c *chains) shortages(short []int32) *Infeasible {
	clear(c.dead)
	c.start()
	none := func(int32) bool { return false }
	for _, w := range short {
		c.offer(w, -1, none)
	}
	c.run(none)
	inside := make([]bool, c.p.Works)
	lacks := make([]bool, len(c.pool))
	for _, w := range short {
		inside[w], lacks[c.kind[w]] = true, true
	}
	groups := newForest(len(c.pool))
	for _, a := range c.queue {
		first := int32(-1)
		for k, works := range c.duties[a] {
			for _, w := range works {
				inside[w] = true
			}
			if len(works) > 0 || lacks[k] && c.fit[k][a] {
				if first < 0 {
					first = int32(k)
				}
				groups.join(first, int32(k))
			}
		}
	}
	sets := make([]*Shortage, len(c.pool))
	out := &Infeasible{}
	for w, in := range inside {
		if !in {
			continue
		}
		g := groups.root(c.kind[w])
		if sets[g] == nil {
			sets[g] = &Shortage{}
		}
		c.count(sets[g], int32(w))
	}
	for _, s := range sets {
		if s != nil {
			c.finish(s)
			out.Shortages = append(out.Shortages, *s)
		}
	}
	return out
}

// count adds work w to the sums of s.
func (c *chains) count(s *Shortage, w int32) {
	s.Works = append(s.Works, int(w))
	s.Needed += int(c.need[w])
	s.Capacity += len(c.panel[w])
	s.Short += int(c.holes(w))
	if k := int(c.kind[w]); !slices.Contains(s.Categories, k) {
		s.Categories = append(s.Categories, k)
	}
}

// finish names the judges and the cause of s.
func (c *chains) finish(s *Shortage) {
	slices.Sort(s.Categories)
	s.Cause = Clash
	can := make([]bool, c.p.Judges)
	for _, w := range s.Works {
		for j := range can {
			can[j] = can[j] || c.fits(int32(w), int32(j)) || holds(c.panel[int32(w)], int32(j))
		}
		if c.holes(int32(w)) > 0 && s.Cause == Clash {
			s.Cause = c.cause(int32(w))
		}
	}
	for j, ok := range can {
		if ok {
			s.Judges = append(s.Judges, j)
		}
	}
}

// cause says what keeps an empty seat of w empty.
func (c *chains) cause(w int32) Cause {
	var possible, units, seniors, full int
	seen := map[int]bool{}
	for j := range int32(c.p.Judges) {
		if !c.fits(w, j) && !holds(c.panel[w], j) {
			continue
		}
		possible++
		if c.senior(j) {
			seniors++
		}
		u := 0
		if c.p.Unit != nil {
			u = c.p.Unit[j]
		}
		if u == 0 || !seen[u] {
			units++
		}
		seen[u] = true
		if c.load[j] >= c.most[j] && !holds(c.panel[w], j) {
			full++
		}
	}
	need := int(c.need[w])
	switch {
	case possible < need:
		return TooFewJudges
	case c.p.NoTwoOfOneUnit && units < need:
		return TooFewUnits
	case c.p.NeedSenior && seniors == 0:
		return NoSenior
	case full > 0:
		return TooFewPlaces
	}
	return Clash
}

// underload is the error for judges who can't reach their least load.
func (c *chains) underload(low []int32) *Infeasible {
	s := Shortage{Cause: TooFewWorks}
	may := func(w int32) bool {
		return slices.ContainsFunc(low, func(j int32) bool { return c.fits(w, j) || holds(c.panel[w], j) })
	}
	for w := range c.panel {
		if may(int32(w)) {
			s.Works = append(s.Works, w)
			if k := int(c.kind[w]); !slices.Contains(s.Categories, k) {
				s.Categories = append(s.Categories, k)
			}
		}
	}
	slices.Sort(s.Categories)
	for _, j := range low {
		s.Judges = append(s.Judges, int(j))
		s.Needed += int(c.least[j])
		s.Capacity += int(min(c.load[j], c.least[j]))
	}
	s.Short = s.Needed - s.Capacity
	return &Infeasible{[]Shortage{s}}
}
