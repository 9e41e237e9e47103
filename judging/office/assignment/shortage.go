package assignment

import (
	"errors"
	"fmt"
	"strings"

	"fayi/judging"
	"fayi/judging/assign"
)

// Shortages says why no plan is possible, in sums that anyone can check.
type Shortages struct {
	Missing []Shortage
}

// Shortage is one group of categories whose judges can't carry the load: Needed scores, Capacity for them, Short
// the difference.
type Shortage struct {
	// places, judges, units, senior, works or clash; what Capacity is depends on it, see [assign.Shortage]
	Cause    assign.Cause `json:"cause"`
	Category string       `json:"category"` // names joined by "、"
	Works    int          `json:"works"`
	PerWork  string       `json:"per_work"`
	Judges   int          `json:"judges"`
	Needed   int          `json:"needed"`
	Capacity int          `json:"capacity"`
	Short    int          `json:"short"`
}

// Text is the key of the sentence that says so.
func (s Shortage) Text() string {
	switch s.Cause {
	case assign.NoSenior:
		return "assign.shortage_senior"
	case assign.TooFewUnits:
		return "assign.shortage_units"
	case assign.TooFewWorks:
		return "assign.shortage_works"
	case assign.Clash:
		return "assign.shortage_clash"
	}
	return "assign.shortage"
}

// Args gives Text what it tells.
func (s Shortage) Args() judging.Args {
	return judging.Args{
		"Category": s.Category,
		"Works":    s.Works,
		"PerWork":  s.PerWork,
		"Judges":   s.Judges,
		"Needed":   s.Needed,
		"Capacity": s.Capacity,
		"Short":    s.Short,
	}
}

// Error tells all shortages in one line, for the log.
func (s *Shortages) Error() string {
	parts := make([]string, len(s.Missing))
	for i, m := range s.Missing {
		parts[i] = fmt.Sprintf("%s: needed %d, capacity %d, short %d", m.Category, m.Needed, m.Capacity, m.Short)
	}
	return "assign.shortage: " + strings.Join(parts, "; ")
}

// Unwrap gives one Error a shortage, so that every door can tell them.
func (s *Shortages) Unwrap() []error {
	out := make([]error, len(s.Missing))
	for i, m := range s.Missing {
		out[i] = judging.Fail(judging.Invalid, m.Text(), m.Args())
	}
	return out
}

// Explain puts names to the indices of an infeasible problem.
func (in planInput) Explain(err error) error {
	var apart *assign.Disconnected
	if errors.As(err, &apart) {
		l := apart.Links[0]
		args := in.warningArgs(assign.Warning{Category: l.Category, Groups: l.Groups})
		return judging.Fail(judging.Clash, "assign.disconnected", judging.Args{
			"Category": args["Category"],
			"Groups":   len(l.Groups),
			"Names":    args["Groups"],
		})
	}
	var infeasible *assign.Infeasible
	if !errors.As(err, &infeasible) {
		return err
	}
	out := &Shortages{}
	for _, s := range infeasible.Shortages {
		names := make([]string, len(s.Categories))
		for i, c := range s.Categories {
			names[i] = in.Rules.Categories[c].Name
		}
		each := in.options.PerWork
		if each == 0 && len(s.Categories) > 0 {
			each = in.Rules.PerWorkOf(in.Rules.Categories[s.Categories[0]].Name)
		}
		out.Missing = append(out.Missing, Shortage{
			Cause:    s.Cause,
			Category: strings.Join(names, "、"),
			Works:    len(s.Works),
			PerWork:  fmt.Sprint(each),
			Judges:   len(s.Judges),
			Needed:   s.Needed,
			Capacity: s.Capacity,
			Short:    s.Short,
		})
	}
	return out
}
