package contest

import (
	"strings"

	"fayi/cmd/fayictl/internal/command"
	"fayi/judging"
	"fayi/judging/office"
)

// pointJSON is an open point with its words.
type pointJSON struct {
	office.Point
	Words string `json:"text"`
}

func pointsInWords(c *command.Call, all []office.Point) []pointJSON {
	out := []pointJSON{}
	for _, p := range all {
		out = append(out, pointJSON{p, c.Text.T(p.Text, p.Args)})
	}
	return out
}

// contestOpenPoints lists everything unfinished or inconsistent.
func contestOpenPoints(cmd *command.Command) command.Handler {
	cmd.Use("contest open-points CONTEST", "contest open-points 2020.fayi")
	return command.OnContest(func(c *command.Call, o *office.Office, _ []string) (command.Result, error) {
		all, err := o.OpenPoints(c.Ctx)
		if err != nil {
			return command.Result{}, err
		}
		return command.Answer(pointsInWords(c, all), func(pr *command.Printer) { printPoints(pr, all) })
	})
}

// printPoints lists points with their kinds and what they bear on.
func printPoints(pr *command.Printer, all []office.Point) {
	if len(all) == 0 {
		pr.Say("open.none", nil)
		return
	}
	pr.Say("open.title", judging.Args{"Count": len(all)})
	for _, p := range all {
		pr.Line("  %s  %s  %s", p.Kind, pr.Text.T(p.Text, p.Args), effects(pr, p))
	}
}

// effects says at which gates a point stops, asks or is noted.
func effects(pr *command.Printer, p office.Point) string {
	var parts []string
	for _, e := range []struct {
		key   string
		gates []office.Gate
	}{{"open.effect_stops", p.Stops}, {"open.effect_asks", p.Asks}, {"open.effect_says", p.Says}} {
		var names []string
		for _, g := range e.gates {
			names = append(names, pr.Text.T("open.gate_"+string(g), nil))
		}
		if len(names) > 0 {
			parts = append(parts, pr.Text.T(e.key, judging.Args{"Gates": strings.Join(names, pr.Text.T("kit.comma",
				nil))}))
		}
	}
	return strings.Join(parts, " ")
}
