package judging

import (
	"maps"
	"slices"

	"fayi/judging/terms"
)

// What keeps a ballot with all its marks from being complete.
const (
	LacksLimits  = "limits"  // the sum lies outside the limits of a total
	LacksComment = "comment" // one is compulsory
	LacksNote    = "note"    // a flag that vetoes has no reason
)

// Lacks returns what keeps a ballot that has all its marks, or its total, from being complete; "" for nothing.
func (r Rubric) Lacks(b Ballot) string {
	wanted := r.Comment.Wanted(b.Total)
	for _, c := range r.Criteria {
		mark, given := b.Marks[c.Name]
		wanted = wanted || given && terms.Applies(mark) && c.Comment.Wanted(mark)
	}
	switch {
	case !r.Holds(b.Total, r.Scale):
		return LacksLimits
	case wanted && Tidy(b.Comment) == "":
		return LacksComment
	case Tidy(b.FlagNote) == "" && slices.ContainsFunc(b.Flags, r.vetoes):
		return LacksNote
	}
	return ""
}

// Asked reports whether all marks of a ballot are there, or its total, and it is not complete for what else it lacks.
func (r Rubric) Asked(b Ballot) bool {
	whole := len(b.Marks) == len(r.Criteria) || len(b.Marks) == 0 && b.Total != 0
	return b.State == Started && whole && r.Lacks(b) != ""
}

func (r Rubric) vetoes(f Flag) bool {
	return slices.ContainsFunc(r.Vetoes, func(v terms.Veto) bool { return v.Flag == string(f) })
}

// Vetoed returns the first flag of the rubric's vetoes that enough of a work's judges raised; raised has the flags of
// each judge whose score counts. "" where none has.
func (r Rubric) Vetoed(raised [][]Flag) Flag {
	for _, v := range r.Vetoes {
		n := 0
		for _, flags := range raised {
			if slices.Contains(flags, Flag(v.Flag)) {
				n++
			}
		}
		if n >= v.Judges {
			return Flag(v.Flag)
		}
	}
	return ""
}

// SameTerms reports whether two rubrics ask the same of a ballot beyond its marks.
func (r Rubric) SameTerms(o Rubric) bool {
	same := r.Limits == o.Limits && r.Comment == o.Comment && slices.Equal(r.Vetoes, o.Vetoes)
	return same && slices.EqualFunc(r.Criteria, o.Criteria, func(a, b Criterion) bool {
		return a.Limits == b.Limits && a.Comment == b.Comment && a.Optional == b.Optional
	})
}

// asks reports whether the rubric has terms that older programs know nothing of.
func (r Rubric) asks() bool {
	plain := Rubric{Criteria: make([]Criterion, len(r.Criteria))}
	return !r.SameTerms(plain)
}

// checkTerms refuses limits that marks can't keep, comments that nobody or everybody would owe by a limit, and vetoes
// by no flag.
func (r Rubric) checkTerms(where string) (out []error) {
	out = faulty(terms.LimitFaults(where, "", r.Scale, r.Step, r.Limits, r.Comment))
	least, most := Points(0), Points(0)
	for _, c := range r.Criteria {
		l, m := c.Within(c.Weight)
		least, most = least+Exact(l), most+Exact(m)
	}
	if l, m := r.Within(r.Scale); len(out) == 0 && (most < Exact(l) || least > Exact(m)) {
		out = append(out, Fail(Invalid, "rules.limits_sum", Args{
			"Where": where, "Least": least.String(), "Most": most.String(),
		}))
	}
	return append(out, faulty(terms.VetoFaults(where, r.Vetoes, func(flag string) bool {
		return slices.Contains(Flags, Flag(flag))
	}))...)
}

// Unsworn reports whether the judge has to accept the pledge before anything of the list can be scored.
func (d Duties) Unsworn() bool {
	return d.Pledge.Open() && (!d.Submitted || slices.ContainsFunc(d.Works, func(w Duty) bool { return w.Reopened }))
}

// Swears reports whether the list asks what programs before the pledge know nothing of.
func (d Duties) Swears() bool { return d.Pledge != nil }

// Asks reports whether the list asks what programs before package terms know nothing of.
func (d Duties) Asks() bool {
	for _, r := range d.Rubrics {
		if r.asks() {
			return true
		}
	}
	return false
}

// Asks reports whether the rules say anything that programs before package terms know nothing of: they must not run a
// contest by them.
func (r Rules) Asks() bool {
	return r.Combine.Method == RankSum || r.Feedback != terms.FeedbackNone || len(r.Specials)+len(r.Totals) > 0 ||
		slices.ContainsFunc(r.Ties, func(s TieStep) bool { return !s.Plain() }) ||
		slices.ContainsFunc(r.Rounds, func(n RoundRule) bool { return n.MinScores > 0 }) ||
		slices.ContainsFunc(r.Rubrics, func(n NamedRubric) bool { return n.asks() })
}

// Swears reports whether the rules say anything that programs before the pledge know nothing of.
func (r Rules) Swears() bool { return r.Pledge != "" }

// Optional reports whether the list has a criterion that need not apply, of which older programs know nothing.
func (d Duties) Optional() bool {
	return slices.ContainsFunc(slices.Collect(maps.Values(d.Rubrics)), Rubric.Optional)
}

// Optional reports whether the rules have such a criterion, as Duties.Optional.
func (r Rules) Optional() bool {
	return slices.ContainsFunc(r.Rubrics, func(n NamedRubric) bool { return n.Rubric.Optional() })
}
