package judging

import (
	"fmt"
	"math"
	"strings"
)

// Rubric 评分标准 is how one kind of work is marked: each criterion is given points between 0 and its weight, the total
// is their sum.
type Rubric struct {
	Scale    float64     `toml:"scale" json:"scale"` // the full total, usually 100; the weights add up to it
	Step     float64     `toml:"step" json:"step"`   // the smallest difference of a mark: 1, 0.5 or 0.1
	Criteria []Criterion `toml:"criteria" json:"criteria"`
	Bands    []Band      `toml:"bands" json:"bands"`                         // words for totals, best first
	Phrases  []string    `toml:"phrases,omitempty" json:"phrases,omitempty"` // quick phrases for comments
}

// Criterion 评分项 is one thing looked at.
type Criterion struct {
	Name   string  `toml:"name" json:"name"`
	Weight float64 `toml:"weight" json:"weight"` // the most points it can be given
	Hint   string  `toml:"hint,omitempty" json:"hint,omitempty"`
	// own words; without them the rubric's, in proportion
	Bands []Band `toml:"bands,omitempty" json:"bands,omitempty"`
}

// Band gives a word to marks From..To, both ends included.
type Band struct {
	Label string  `toml:"label" json:"label"`
	From  float64 `toml:"from" json:"from"`
	To    float64 `toml:"to" json:"to"`
}

// Points is an exact amount in ten-thousandths of a point: sums, means and comparisons of marks are made in it.
type Points int64

// most bounds Points: far above any score, and so far below an int64 that sums do not overflow.
const most Points = 1e15

// Exact converts v points, rounding to the nearest ten-thousandth. What is no number becomes 0, what is beyond
// ±10¹¹ points ends there.
func Exact(v float64) Points {
	if math.IsNaN(v) {
		return 0
	}
	return Points(math.Round(max(-float64(most), min(float64(most), v*10000))))
}

// Float converts back.
func (p Points) Float() float64 { return float64(p) / 10000 }

// Signed writes points with their sign: +2, −1.5.
func (p Points) Signed() string {
	if p < 0 {
		return "−" + (-p).String()
	}
	return "+" + p.String()
}

// String writes p with as many decimals as it needs: "84", "84.5".
func (p Points) String() string {
	s := fmt.Sprintf("%.4f", p.Float())
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// Label returns the word of the band that total falls in, "" where there is none.
func (r Rubric) Label(total float64) string { return label(r.Bands, total) }

// CriterionLabel returns the word for a mark of criterion i: from its own bands, else from the rubric's in
// proportion to its weight.
func (r Rubric) CriterionLabel(i int, mark float64) string {
	c := r.Criteria[i]
	if len(c.Bands) > 0 || c.Weight == 0 {
		return label(c.Bands, mark)
	}
	return r.Label(floorTo(mark/c.Weight*r.Scale, r.Step))
}

func floorTo(v, step float64) float64 {
	if step <= 0 {
		return v
	}
	return math.Floor(v/step+1e-9) * step
}

func label(bands []Band, v float64) string {
	for _, b := range bands {
		if v >= b.From-1e-9 && v <= b.To+1e-9 {
			return b.Label
		}
	}
	return ""
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

// CheckMark reports what is wrong with v as a mark from 0 to limit in steps of r.Step; nil when it is right.
func (r Rubric) CheckMark(name string, v, limit float64) error {
	args := Args{"Name": name, "Mark": Exact(v).String(), "Max": Exact(limit).String(), "Step": Exact(r.Step).String()}
	switch {
	case math.IsNaN(v) || math.IsInf(v, 0) || v < 0 || Exact(v) > Exact(limit):
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
	if len(r.Bands) > 0 {
		out = append(out, checkBands(r.Bands, where, r.Scale, r.Step)...)
	}
	return out
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
		if len(c.Bands) > 0 {
			out = append(out, checkBands(c.Bands, where+" · "+c.Name, c.Weight, r.Step)...)
		}
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

// checkBands refuses bands that overlap, leave a gap, lie outside 0..full or run backwards: every mark must have
// exactly one word.
func checkBands(bands []Band, where string, full, step float64) []error {
	var out []error
	next := Exact(full)
	for _, b := range bands {
		from, to := Exact(b.From), Exact(b.To)
		args := Args{
			"Where": where,
			"Label": b.Label,
			"From":  from.String(),
			"To":    to.String(),
			"Want":  next.String(),
			"Full":  Exact(full).String(),
		}
		switch {
		// so written, it refuses what is no number
		case b.Label == "" || !(0 <= b.From && b.From <= b.To) || to > Exact(full):
			out = append(out, Fail(Invalid, "rules.band_impossible", args))
		case to > next:
			out = append(out, Fail(Invalid, "rules.band_overlap", args))
		case to < next:
			out = append(out, Fail(Invalid, "rules.band_gap", args))
		}
		next = from - Exact(step)
	}
	if len(out) == 0 && next+Exact(step) != 0 {
		out = append(out, Fail(Invalid, "rules.band_gap", Args{
			"Where": where,
			"Label": bands[len(bands)-1].Label,
			"From":  "0",
			"To":    "0",
			"Want":  "0",
			"Full":  Exact(full).String(),
		}))
	}
	return out
}
