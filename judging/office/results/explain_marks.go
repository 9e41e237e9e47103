package results

import (
	"strings"

	"fayi/judging"
	"fayi/judging/award"
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
	for _, criterion := range s.Rules.RubricOf(e.Category).Criteria {
		var marks, kept, left []float64
		for _, j := range e.Judges {
			if mark, ok := j.Marks[criterion.Name]; ok && j.Void == "" {
				marks = append(marks, mark)
			}
		}
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
		}})
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

// marksText lists marks in the rubric's order: "主题 38 + 书写 45"; empty where only a total was given.
func marksText(r judging.Rubric, marks map[string]float64) string {
	var out []string
	for _, c := range r.Criteria {
		if v, ok := marks[c.Name]; ok {
			out = append(out, c.Name+" "+Points(v))
		}
	}
	return strings.Join(out, " + ")
}
