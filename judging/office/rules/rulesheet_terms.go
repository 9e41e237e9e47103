package rules

import (
	"strings"

	"fayi/judging"
	"fayi/judging/terms"
)

// terms tells what each rubric in use asks of marks, comments and flags.
func (t ruleTale) terms() (out []string) {
	for _, r := range t.Rubrics {
		used := t.usersOf(r.Name)
		if used == "" {
			continue
		}
		out = append(out, t.termsOf(used, "", r.Scale, r.Limits, r.Comment)...)
		for _, c := range r.Criteria {
			out = append(out, t.termsOf(used, c.Name, c.Weight, c.Limits, c.Comment)...)
			if c.Optional {
				out = append(out, t.say("optional", judging.Args{"Categories": used, "Name": c.Name}))
			}
		}
		for _, v := range r.Vetoes {
			out = append(out, t.say("veto", judging.Args{
				"Categories": used, "Judges": v.Judges, "Flag": t.words("desk.flag_"+v.Flag, nil),
			}))
		}
	}
	return out
}

// usersOf names the categories that use a rubric, in the first round or a later one.
func (t ruleTale) usersOf(rubric string) string {
	var out []string
	for _, c := range t.Categories {
		used := c.Rubric == rubric
		for _, r := range t.Rounds {
			used = used || r.Rubrics[c.Name] == rubric
		}
		if used {
			out = append(out, c.Name)
		}
	}
	return strings.Join(out, "、")
}

func (t ruleTale) termsOf(used, name string, full float64, l terms.Limits, c terms.Comment) (out []string) {
	args := judging.Args{"Categories": used, "Name": name, "At": judging.Exact(c.At).String()}
	if l != (terms.Limits{}) {
		least, most := l.Within(full)
		args["Least"], args["Most"] = judging.Exact(least).String(), judging.Exact(most).String()
		out = append(out, t.say("limits", args))
	}
	if c.When != "" {
		out = append(out, t.say("comment_"+string(c.When), args))
	}
	return out
}

// roundLeast says how many scores a work needs for a place in a round, where the round has a number of its own.
func (t ruleTale) roundLeast(r judging.RoundRule) string {
	if r.MinScores == 0 {
		return ""
	}
	return t.say("round_min", judging.Args{"N": r.MinScores})
}
