package results

import (
	"strings"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/terms"
)

// byCriterion reports whether the marks of each criterion of a work are combined, not its totals.
func (s Scoring) byCriterion(work judging.WorkID) bool {
	return s.Rules.Combine.ByCriterion && !award.LacksMarks(s.Tally(work))
}

// criteria says which marks of each criterion were left out and what the rest makes, and returns the sum.
func (s Scoring) criteria(e Explanation) (out []Remark, sum float64) {
	c := s.Rules.Combine
	if e.Dropped == 0 {
		c.Method = judging.Mean // its list may go by the mean
	}
	var of, full judging.Points
	for _, criterion := range s.Rules.RubricOf(e.Category).Criteria {
		var marks, kept, left []float64
		for _, j := range e.Judges {
			if mark, ok := j.Marks[criterion.Name]; ok && j.Void == "" && terms.Applies(mark) {
				marks = append(marks, mark)
			}
		}
		full += judging.Exact(criterion.Weight)
		if len(marks) == 0 {
			out = append(out, Remark{Text: "analysis.say_criterion_off", Args: judging.Args{"Name": criterion.Name}})
			continue
		}
		of += judging.Exact(criterion.Weight)
		for i, dropped := range award.Dropped(c, marks) {
			if dropped {
				left = append(left, marks[i])
			} else {
				kept = append(kept, marks[i])
			}
		}
		mean := 0.0
		for _, v := range kept {
			mean += v / float64(len(kept))
		}
		sum += mean
		out = append(out, Remark{Text: "analysis.say_criterion", Args: judging.Args{
			"Name": criterion.Name, "Kept": numbers(kept), "Left": numbers(left), "Mean": judging.Decimal(mean, 4),
			"Few": e.Dropped > 0 && len(left) == 0,
		}})
	}
	if of != full && of > 0 {
		scaled := sum * full.Float() / of.Float()
		out = append(out, Remark{Text: "analysis.say_criteria_scaled", Args: judging.Args{
			"Sum": judging.Decimal(sum, 4), "Full": full.String(), "Of": of.String(),
			"Scaled": judging.Decimal(scaled, 4),
		}})
		sum = scaled
	}
	return out, sum
}

// panels says what the judges of each panel make and how much it weighs, and returns the sum.
func (s Scoring) panels(e Explanation) (out []Remark, sum float64) {
	for i, p := range s.Rules.Panels {
		var kept []float64
		alone := s.Rules
		alone.Panels = nil
		if e.Dropped == 0 {
			alone.Combine.Method = judging.Mean // its list may go by the mean
		}
		tally := award.Tally{Work: e.Work, Category: e.Category, Group: e.Group}
		for _, j := range e.Judges {
			if j.Void != "" || s.Rules.PanelOf(s.Judges[j.Judge]) != i {
				continue
			}
			tally.Totals, tally.Marks = append(tally.Totals, j.Total), append(tally.Marks, j.Marks)
			if !j.Dropped {
				kept = append(kept, j.Total)
			}
		}
		if len(tally.Totals) == 0 {
			continue
		}
		made, _ := award.Alone(alone, []award.Tally{tally})[e.Work].Official.Float64()
		sum += made * p.Weight / 100
		out = append(out, Remark{Text: "analysis.say_panel", Args: judging.Args{
			"Panel": p.Name, "Weight": judging.Exact(p.Weight).String(), "Mean": judging.Decimal(made, 4),
			"Kept": numbers(kept), "Each": s.Rules.Combine.ByCriterion,
		}})
	}
	return out, sum
}

// marksText lists marks in the rubric's order: "主题 38 + 书写 45", or "(主题 38 + 书写 45) × 100 ÷ 90" where criteria do
// not apply; empty where only a total was given.
func marksText(r judging.Rubric, marks map[string]float64) string {
	var out []string
	for _, c := range r.Criteria {
		if v, ok := marks[c.Name]; ok && terms.Applies(v) {
			out = append(out, c.Name+" "+Points(v))
		}
	}
	text, sum := strings.Join(out, " + "), r.Sum(marks)
	if len(out) == 0 || !sum.Scaled() {
		return text
	}
	return "(" + text + ") × " + sum.Full.String() + " ÷ " + sum.Of.String()
}

// besides is what is said of a score apart from its numbers: what does not apply to the work, and the comment.
func (j ExplainedScore) besides(r judging.Rubric) (out []Remark) {
	var off []string
	for _, c := range r.Criteria {
		if v, ok := j.Marks[c.Name]; ok && !terms.Applies(v) {
			off = append(off, c.Name)
		}
	}
	if len(off) > 0 {
		out = append(out, Remark{Text: "analysis.say_not_applicable", Args: judging.Args{
			"Judge": judgeName(j), "Names": strings.Join(off, "、"), "Full": r.Sum(nil).Full.String(),
		}})
	}
	if j.Comment != "" {
		args := judging.Args{"Judge": judgeName(j), "Comment": j.Comment}
		out = append(out, Remark{Text: "analysis.say_comment", Args: args})
	}
	return out
}
