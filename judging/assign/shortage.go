package assign

import (
	"fmt"
	"slices"

	"fayi/internal/unionfind"
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
	Clash        Cause = "clash"  // unit and senior rules together: no plan was found, but none is proved impossible
)

// Ending is what the keys of texts about a shortage end with, by what Capacity is: "" where the judges can give so many
// scores; else "_units", "_senior" or "_clash" where so many seats could be taken under that rule though judges have
// room, and "_works" where the works fill so much of the judges' least loads.
func (c Cause) Ending() string {
	switch c {
	case TooFewUnits, NoSenior, TooFewWorks, Clash:
		return "_" + string(c)
	}
	return ""
}

// Shortage is one reason why no plan exists, in plain sums: these works need Needed scores, these judges can give
// Capacity of them, Short are missing. It is a Hall set, the works of a minimum cut, so lifting any other limit
// does not help. For TooFewWorks the sums count the least loads of the judges. For NoSenior, TooFewUnits and Clash
// Capacity is no limit of the judges: it is how many seats of these works are taken, and the others stay empty.
type Shortage struct {
	Cause      Cause
	Categories []int // of the works, ascending
	Works      []int // ascending
	Needed     int   // scores
	Judges     []int // who may score any of the works, ascending
	Capacity   int   // scores these judges can give to these works; see above
	Short      int   // Needed − Capacity
}

// Infeasible says that no plan meets the hard rules, and why. It unwraps to a judging.Error with key
// assign.infeasible.
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

// shortages turns the works that kept an empty seat into Hall sets, one for each group of categories that compete for
// the same full judges, ordered by their first category.
func (c *augmenter) shortages(short []int32) *Infeasible {
	d := c.draft
	clear(c.exhausted)
	c.begin()
	none := func(int32) bool { return false }
	for _, w := range short {
		c.offer(w, -1, none)
	}
	c.follow(none)
	inside := make([]bool, d.problem.Works)
	for _, w := range short {
		inside[w] = true
	}
	for _, a := range c.queue {
		for _, works := range c.works[a] {
			for _, w := range works {
				inside[w] = true
			}
		}
	}
	groups := c.competing(short)
	sets := make([]*Shortage, len(d.pool))
	for w, in := range inside {
		if !in {
			continue
		}
		g := groups.Find(int(d.category[w]))
		if sets[g] == nil {
			sets[g] = &Shortage{}
		}
		c.count(sets[g], int32(w))
	}
	out := &Infeasible{}
	for _, s := range sets {
		if s != nil {
			c.describe(s)
			out.Shortages = append(out.Shortages, *s)
		}
	}
	slices.SortFunc(out.Shortages, func(a, b Shortage) int { return a.Categories[0] - b.Categories[0] })
	return out
}

// competing joins the categories that share judges among those reached, through their works or the short ones.
func (c *augmenter) competing(short []int32) unionfind.Sets {
	lacks := make([]bool, len(c.draft.pool))
	for _, w := range short {
		lacks[c.draft.category[w]] = true
	}
	groups := unionfind.New(len(c.draft.pool))
	for _, a := range c.queue {
		first := -1
		for k, works := range c.works[a] {
			if len(works) > 0 || lacks[k] && c.draft.eligible[k][a] {
				if first < 0 {
					first = k
				}
				groups.Union(first, k)
			}
		}
	}
	return groups
}

// count adds work w to the sums of s.
func (c *augmenter) count(s *Shortage, w int32) {
	s.Works = append(s.Works, int(w))
	s.Needed += int(c.draft.need[w])
	s.Capacity += len(c.draft.panels[w])
	s.Short += int(c.draft.missing(w))
	if k := int(c.draft.category[w]); !slices.Contains(s.Categories, k) {
		s.Categories = append(s.Categories, k)
	}
}

// describe names the judges and the cause of s.
func (c *augmenter) describe(s *Shortage) {
	slices.Sort(s.Categories)
	s.Cause = Clash
	can := make([]bool, c.draft.problem.Judges)
	for _, w := range s.Works {
		for j := range can {
			can[j] = can[j] || c.draft.allows(int32(w), int32(j)) || contains(c.draft.panels[int32(w)], int32(j))
		}
		if c.draft.missing(int32(w)) > 0 && s.Cause == Clash {
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
func (c *augmenter) cause(w int32) Cause {
	var possible, units, seniors, full int
	seen := map[int]bool{}
	for j := range int32(c.draft.problem.Judges) {
		if !c.draft.allows(w, j) && !contains(c.draft.panels[w], j) {
			continue
		}
		possible++
		if c.draft.senior(j) {
			seniors++
		}
		u := 0
		if c.draft.problem.Unit != nil {
			u = c.draft.problem.Unit[j]
		}
		if u == 0 || !seen[u] {
			units++
		}
		seen[u] = true
		if c.draft.loads[j] >= c.draft.maxLoad[j] && !contains(c.draft.panels[w], j) {
			full++
		}
	}
	need := int(c.draft.need[w])
	switch {
	case possible < need:
		return TooFewJudges
	case c.draft.problem.NoTwoOfOneUnit && units < need:
		return TooFewUnits
	case c.draft.problem.NeedSenior && seniors == 0:
		return NoSenior
	case full > 0:
		return TooFewPlaces
	}
	return Clash
}

// underload is the error for judges who can't reach their least load.
func (c *augmenter) underload(low []int32) *Infeasible {
	s := Shortage{Cause: TooFewWorks}
	may := func(w int32) bool {
		return slices.ContainsFunc(low, func(j int32) bool {
			return c.draft.allows(w, j) || contains(c.draft.panels[w], j)
		})
	}
	for w := range c.draft.panels {
		if may(int32(w)) {
			s.Works = append(s.Works, w)
			if k := int(c.draft.category[w]); !slices.Contains(s.Categories, k) {
				s.Categories = append(s.Categories, k)
			}
		}
	}
	slices.Sort(s.Categories)
	for _, j := range low {
		s.Judges = append(s.Judges, int(j))
		s.Needed += int(c.draft.minLoad[j])
		s.Capacity += int(min(c.draft.loads[j], c.draft.minLoad[j]))
	}
	s.Short = s.Needed - s.Capacity
	return &Infeasible{[]Shortage{s}}
}
