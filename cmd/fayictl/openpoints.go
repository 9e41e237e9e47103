package main

import (
	"fmt"
	"strings"

	"fayi/judging"
	"fayi/judging/office"
)

// pointJSON is an open point with its words.
type pointJSON struct {
	office.Point
	Words string `json:"text"`
}

func pointsInWords(c *call, all []office.Point) []pointJSON {
	out := []pointJSON{}
	for _, p := range all {
		out = append(out, pointJSON{p, c.text.T(p.Text, p.Args)})
	}
	return out
}

// contestOpenPoints lists everything unfinished or inconsistent.
func contestOpenPoints(cmd *command) handler {
	cmd.use("contest open-points CONTEST", "contest open-points 2020.fayi")
	return onContest(func(c *call, o *office.Office, _ []string) (result, error) {
		all, err := o.OpenPoints(c.ctx)
		if err != nil {
			return result{}, err
		}
		return answer(pointsInWords(c, all), func(pr *printer) { printPoints(pr, all) })
	})
}

// printPoints lists points with their kinds and what they bear on.
func printPoints(pr *printer, all []office.Point) {
	if len(all) == 0 {
		pr.say("open.none", nil)
		return
	}
	pr.say("open.title", judging.Args{"Count": len(all)})
	for _, p := range all {
		fmt.Fprintf(pr.out, "  %s  %s  %s\n", p.Kind, pr.text.T(p.Text, p.Args), effects(pr, p))
	}
}

// effects says at which gates a point stops, asks or is noted.
func effects(pr *printer, p office.Point) string {
	var parts []string
	for _, e := range []struct {
		key   string
		gates []office.Gate
	}{{"open.effect_stops", p.Stops}, {"open.effect_asks", p.Asks}, {"open.effect_says", p.Says}} {
		var names []string
		for _, g := range e.gates {
			names = append(names, pr.text.T("open.gate_"+string(g), nil))
		}
		if len(names) > 0 {
			parts = append(parts, pr.text.T(e.key, judging.Args{"Gates": strings.Join(names, pr.text.T("kit.comma",
				nil))}))
		}
	}
	return strings.Join(parts, " ")
}
