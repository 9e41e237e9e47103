package main

import (
	"errors"
	"fmt"
	"strings"

	"fayi/judging"
	"fayi/judging/office"
)

// behind puts the command of an act behind its gate: it takes ticks by --accept, and tells what was open when the act
// went on. A refusal tells its reasons itself.
func behind(gate office.Gate, declare declaration) declaration {
	return func(cmd *command) handler {
		run := declare(cmd)
		ticks := cmd.many("accept", "KIND,...", "flag.accept_points")
		return func(c *call, args []string) (result, error) {
			c.ctx = office.Ticking(c.ctx, kindsOf(*ticks)...)
			open, err := c.openAt(args[0], gate)
			if err != nil {
				return run(c, args) // which says why the contest can't be read
			}
			res, err := run(c, args)
			if err != nil {
				return res, err
			}
			return result{res.doc, func(pr *printer) { res.Text(pr); pr.tellPoints(open) }}, nil
		}
	}
}

// kindsOf splits what was given with --accept.
func kindsOf(given []string) []string {
	return strings.FieldsFunc(strings.Join(given, ","), func(r rune) bool { return r == ',' || r == '，' || r == ' ' })
}

// openAt lists what is open at a gate.
func (c *call) openAt(dir string, gate office.Gate) (open []office.Point, err error) {
	_, err = c.with(dir, func(o *office.Office) (result, error) {
		open, err = o.OpenPointsAt(c.ctx, gate)
		return result{}, err
	})
	return open, err
}

// tellPoints notes what is open below an answer.
func (pr *printer) tellPoints(all []office.Point) {
	for _, p := range all {
		pr.say(p.Text, p.Args)
	}
}

// tickHint says how to go on where a gate only asks; nothing where something stops the act.
func (o *output) tickHint(err error) string {
	var open *office.OpenError
	if !errors.As(err, &open) || len(open.Tickable()) == 0 {
		return ""
	}
	return o.text.T("open.tick", judging.Args{"Kinds": strings.Join(open.Tickable(), ",")})
}

// pointJSON is an open point with its words.
type pointJSON struct {
	office.Point
	Words string `json:"text"`
}

func (c *call) pointsInWords(all []office.Point) []pointJSON {
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
		return answer(c.pointsInWords(all), func(pr *printer) { pr.printPoints(all) })
	})
}

// printPoints lists points with their kinds and what they bear on.
func (pr *printer) printPoints(all []office.Point) {
	if len(all) == 0 {
		pr.say("open.none", nil)
		return
	}
	pr.say("open.title", judging.Args{"Count": len(all)})
	for _, p := range all {
		fmt.Fprintf(pr.out, "  %s  %s  %s\n", p.Kind, pr.text.T(p.Text, p.Args), pr.effects(p))
	}
}

// effects says at which gates a point stops, asks or is noted.
func (pr *printer) effects(p office.Point) string {
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
