package assign

import (
	"slices"

	"fayi/judging"
)

// Pair is one judge scoring one work, both as indices from 0.
type Pair struct{ Work, Judge int }

// Match says how the expertise of judges is used.
type Match int

// The ways to use expertise.
const (
	Force  Match = iota // judges score works of their categories only
	Prefer              // their categories come first where equal loads allow it
	Ignore              // every judge may score every work
)

// Wish is a soft preference: one unit of Weight is worth one unit of Σλ². Negative weights push a judge away from a
// work.
type Wish struct {
	Pair
	Weight int
}

// Problem is the question “who scores what” in plain indices; the caller keeps the names. A nil slice has the
// default given with the field.
type Problem struct {
	Works, Judges int
	PerWork       int   // judges a work needs
	Need          []int // the same for each work, 0 for none; nil: PerWork for all
	Category      []int // of each work, from 0; nil: all 0

	Expertise [][]int // categories of each judge; an empty row: all categories
	Match     Match
	Conflicts []Pair // never together; repeats are harmless

	Min, Max []int  // load limits of each judge, in works; 0: no limit
	Closed   []bool // judges who take nothing new (withdrawn); their Fixed pairs stay

	Unit           []int // unit of each judge, from 1; 0: none
	NoTwoOfOneUnit bool  // no two judges of one unit on one work
	Senior         []bool
	NeedSenior     bool // at least one senior judge on each work

	Wishes []Wish
	Fixed  []Pair // pairs that stay whatever the other rules say: scores already entered
}

// need returns how many judges work w needs.
func (p *Problem) need(w int) int {
	if p.Need != nil {
		return p.Need[w]
	}
	return p.PerWork
}

// category returns the category of work w.
func (p *Problem) category(w int) int {
	if p.Category != nil {
		return p.Category[w]
	}
	return 0
}

// expert reports whether category c is one of judge j's.
func (p *Problem) expert(j, c int) bool {
	return p.Expertise == nil || len(p.Expertise[j]) == 0 || slices.Contains(p.Expertise[j], c)
}

// open reports whether judge j may take new works.
func (p *Problem) open(j int) bool { return p.Closed == nil || !p.Closed[j] }

// sameUnit reports whether the rule for units forbids judges a and b on one work.
func (p *Problem) sameUnit(a, b int32) bool {
	return p.NoTwoOfOneUnit && p.Unit != nil && p.Unit[a] != 0 && p.Unit[a] == p.Unit[b]
}

// most returns the largest load of judge j; without a limit, every work.
func (p *Problem) most(j int) int {
	if p.Max == nil || p.Max[j] == 0 {
		return p.Works
	}
	return p.Max[j]
}

// least returns the smallest load of judge j.
func (p *Problem) least(j int) int {
	if p.Min == nil || !p.open(j) {
		return 0
	}
	return p.Min[j]
}

// maxNumber is the largest number that a field may hold, and maxCategory the largest category: categories are meant
// to be dense.
const (
	maxNumber   = 1 << 30
	maxCategory = 1 << 16
)

// bad is the error for a malformed problem; field names the faulty one.
func bad(field string) error {
	return judging.Fail(judging.Invalid, "assign.bad_problem", judging.Args{"Field": field})
}

// check returns an error with key assign.bad_problem if p contradicts itself.
func (p *Problem) check() error {
	sized := []struct {
		field     string
		got, want int
	}{
		{"Need", len(p.Need), p.Works}, {"Category", len(p.Category), p.Works},
		{"Expertise", len(p.Expertise), p.Judges}, {"Min", len(p.Min), p.Judges}, {"Max", len(p.Max), p.Judges},
		{"Closed", len(p.Closed), p.Judges}, {"Unit", len(p.Unit), p.Judges}, {"Senior", len(p.Senior), p.Judges},
	}
	for _, s := range sized {
		if s.got != 0 && s.got != s.want {
			return bad(s.field)
		}
	}
	natural := []struct {
		field  string
		values []int
	}{
		{"Works", []int{p.Works}}, {"Judges", []int{p.Judges}}, {"PerWork", []int{p.PerWork}}, {"Need", p.Need},
		{"Category", p.Category}, {"Min", p.Min}, {"Max", p.Max}, {"Unit", p.Unit},
	}
	for _, n := range natural {
		if slices.ContainsFunc(n.values, func(v int) bool { return v < 0 || v > maxNumber }) {
			return bad(n.field)
		}
	}
	if slices.ContainsFunc(p.Category, func(c int) bool { return c > maxCategory }) {
		return bad("Category")
	}
	for j := range p.Min {
		if p.most(j) < p.Min[j] && p.Max != nil && p.Max[j] > 0 {
			return bad("Min")
		}
	}
	return p.checkPairs()
}

// inside reports whether q names a work and a judge of p.
func (p *Problem) inside(q Pair) bool {
	return q.Work >= 0 && q.Work < p.Works && q.Judge >= 0 && q.Judge < p.Judges
}

func (p *Problem) checkPairs() error {
	wished := make([]Pair, 0, len(p.Wishes))
	for _, q := range p.Wishes {
		wished = append(wished, q.Pair)
	}
	for _, list := range []struct {
		field string
		pairs []Pair
	}{{"Conflicts", p.Conflicts}, {"Fixed", p.Fixed}, {"Wishes", wished}} {
		for _, q := range list.pairs {
			if !p.inside(q) {
				return bad(list.field)
			}
		}
	}
	if p.Match < Force || p.Match > Ignore {
		return bad("Match")
	}
	return nil
}
