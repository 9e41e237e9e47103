package rules

import (
	"strings"

	"fayi/judging"
)

func (t ruleTale) prizes() []string {
	var out []string
	for _, u := range t.UnitPrizes {
		var points []string
		for _, a := range t.Awards {
			if p, ok := u.Points[a.Name]; ok {
				points = append(points, a.Name+" "+judging.Exact(p).String())
			}
		}
		out = append(out, t.say("unit_prize", judging.Args{
			"Name":    u.Name,
			"N":       u.Count,
			"PerWork": judging.Exact(u.PerWork).String(),
			"Points":  strings.Join(points, "，"),
			"Least":   u.MinWorks,
		}))
	}
	for _, m := range t.Mentors {
		out = append(out, t.say("mentor_prize", judging.Args{"Name": m.Name, "From": strings.Join(m.From, "、")}))
	}
	for _, p := range t.Specials {
		args := judging.Args{"Name": p.Name, "By": string(p.By), "Criterion": p.Criterion, "N": p.Count,
			"From": strings.Join(p.From, "、"), "Per": string(p.Per)}
		out = append(out, t.say("special_prize", args))
	}
	return out
}
