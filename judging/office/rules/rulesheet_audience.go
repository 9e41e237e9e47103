package rules

import (
	"strings"

	"fayi/judging"
)

// audience tells what votes of an audience weigh, and how they become marks.
func (t ruleTale) audience() []string {
	r := t.Audience
	if r == nil {
		return nil
	}
	var steps []string
	from := 1
	for _, s := range r.Steps {
		steps = append(steps, t.say("audience_step_"+string(r.By), judging.Args{
			"From": from, "At": s.At, "Mark": judging.Exact(s.Mark).String(),
		}))
		from = s.At + 1
	}
	return []string{t.say("audience", judging.Args{
		"Weight": judging.Exact(r.Weight).String(), "Rest": judging.Exact(100 - r.Weight).String(), "By": string(r.By),
		"Steps": strings.Join(steps, "，"), "Least": r.Least, "Most": r.Most, "Later": len(t.Rounds) > 0,
	})}
}
