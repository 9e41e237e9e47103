package judging

import (
	"math"
	"slices"

	"fayi/judging/terms"
)

// Rubric 评分标准 is how one kind of work is marked: each criterion is given points between 0 and its weight, the total
// is their sum. Where a criterion does not apply, the sum of the others is brought to the full total in proportion.
type Rubric struct {
	Scale    float64     `toml:"scale" json:"scale"` // the full total, usually 100; the weights add up to it
	Step     float64     `toml:"step" json:"step"`   // the smallest difference of a mark: 1, 0.5 or 0.1
	Criteria []Criterion `toml:"criteria" json:"criteria"`
	Bands    []Band      `toml:"bands" json:"bands"`                         // words for totals, best first
	Phrases  []string    `toml:"phrases,omitempty" json:"phrases,omitempty"` // quick phrases for comments

	terms.Limits               // of a total
	Comment      terms.Comment `toml:"comment,omitempty" json:"comment,omitzero"` // compulsory, by the total
	Vetoes       []terms.Veto  `toml:"vetoes,omitempty" json:"vetoes,omitempty"`  // flags that keep a work from a place
}

// Criterion 评分项 is one thing looked at.
type Criterion struct {
	Name   string  `toml:"name" json:"name"`
	Weight float64 `toml:"weight" json:"weight"` // the most points it can be given
	Hint   string  `toml:"hint,omitempty" json:"hint,omitempty"`
	// own words; without them the rubric's, in proportion
	Bands []Band `toml:"bands,omitempty" json:"bands,omitempty"`
	// a judge may say that it does not apply to a work
	Optional bool `toml:"optional,omitempty" json:"optional,omitempty"`

	terms.Limits               // of its mark
	Comment      terms.Comment `toml:"comment,omitempty" json:"comment,omitzero"` // compulsory, by its mark
}

// Band gives a word to marks; Points is an exact amount. See package terms.
type (
	Band   = terms.Band
	Points = terms.Points
)

// most bounds Points.
const most = terms.Most

// Exact converts v points, rounding to the nearest ten-thousandth. What is no number becomes 0, what is beyond
// ±10¹¹ points ends there.
func Exact(v float64) Points { return terms.Exact(v) }

// Decimal writes a number as people do, with at most places decimals and no idle zeros: 81, 81.5, 0.25.
func Decimal(v float64, places int) string { return terms.Decimal(v, places) }

// Label returns the word of the band that total falls in, "" where there is none.
func (r Rubric) Label(total float64) string { return terms.Label(r.Bands, total) }

// CriterionLabel returns the word for a mark of criterion i: from its own bands, else from the rubric's in
// proportion to its weight.
func (r Rubric) CriterionLabel(i int, mark float64) string {
	c := r.Criteria[i]
	if len(c.Bands) > 0 || c.Weight == 0 || !terms.Applies(mark) {
		return terms.Label(c.Bands, mark)
	}
	return r.Label(terms.Floor(mark/c.Weight*r.Scale, r.Step))
}

// Sum adds up marks, which are under the rubric's own names of criteria.
func (r Rubric) Sum(marks map[string]float64) (sum terms.Marked) {
	for _, c := range r.Criteria {
		mark, given := marks[c.Name]
		sum.Full += Exact(c.Weight)
		if given && !terms.Applies(mark) {
			continue
		}
		sum.Given, sum.Of = sum.Given+Exact(mark), sum.Of+Exact(c.Weight)
	}
	return sum
}

// Optional reports whether some criterion need not apply to a work.
func (r Rubric) Optional() bool {
	return slices.ContainsFunc(r.Criteria, func(c Criterion) bool { return c.Optional })
}

// Index returns the place of the criterion called name among the criteria, or -1.
func (r Rubric) Index(name string) int {
	for i, c := range r.Criteria {
		if Fold(c.Name) == Fold(name) {
			return i
		}
	}
	return -1
}

// CheckMark reports what is wrong with v as a mark within the limits of a full mark in steps of r.Step; nil when it is
// right.
func (r Rubric) CheckMark(name string, v, full float64, within terms.Limits) error {
	least, most := within.Within(full)
	args := Args{
		"Name": name, "Mark": Exact(v).String(), "Min": Exact(least).String(), "Max": Exact(most).String(),
		"Step": Exact(r.Step).String(),
	}
	switch {
	case math.IsNaN(v) || math.IsInf(v, 0) || !within.Holds(v, full):
		return Fail(Invalid, "score.out_of_range", args)
	case Exact(r.Step) > 0 && Exact(v)%Exact(r.Step) != 0:
		return Fail(Invalid, "score.off_step", args)
	}
	return nil
}

// Check lists what makes the rubric unusable; where names it in each problem.
func (r Rubric) Check(where string) []error {
	var out []error
	bad := func(key string, args Args) {
		args["Where"] = where
		out = append(out, Fail(Invalid, key, args))
	}
	if scale, step := Exact(r.Scale), Exact(r.Step); step <= 0 || scale < step || scale >= most || scale%step != 0 {
		bad("rules.bad_scale", Args{"Scale": r.Scale, "Step": r.Step})
		return out
	}
	out = append(out, r.checkCriteria(where)...)
	out = append(out, faulty(terms.BandFaults(r.Bands, where, r.Scale, r.Step))...)
	return append(out, r.checkTerms(where)...)
}

func (r Rubric) checkCriteria(where string) []error {
	var out []error
	var sum Points
	seen := map[string]bool{}
	for _, c := range r.Criteria {
		args := Args{"Where": where, "Name": c.Name, "Weight": c.Weight}
		if Fold(c.Name) == "" || seen[Fold(c.Name)] {
			out = append(out, Fail(Invalid, "rules.criterion_name", args))
		}
		if Exact(c.Weight) <= 0 || Exact(c.Weight)%Exact(r.Step) != 0 {
			out = append(out, Fail(Invalid, "rules.criterion_weight", args))
		}
		seen[Fold(c.Name)] = true
		sum += Exact(c.Weight)
		out = append(out, faulty(terms.BandFaults(c.Bands, where+" · "+c.Name, c.Weight, r.Step))...)
		out = append(out, faulty(terms.LimitFaults(where, c.Name, c.Weight, r.Step, c.Limits, c.Comment))...)
	}
	if len(r.Criteria) > 0 && !slices.ContainsFunc(r.Criteria, func(c Criterion) bool { return !c.Optional }) {
		out = append(out, Fail(Invalid, "rules.none_applies", Args{"Where": where}))
	}
	if len(r.Criteria) == 0 || sum != Exact(r.Scale) {
		out = append(out, Fail(Invalid, "rules.weights_sum", Args{
			"Where": where,
			"Sum":   sum.String(),
			"Scale": Exact(r.Scale).String(),
		}))
	}
	return out
}

// faulty makes errors of what terms can't be.
func faulty(faults []terms.Fault) (out []error) {
	for _, f := range faults {
		out = append(out, Fail(Invalid, f.Text, f.Args))
	}
	return out
}
