package main

import (
	"errors"
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
			open, err := openAt(c, args[0], gate)
			if err != nil {
				return run(c, args) // which says why the contest can't be read
			}
			res, err := run(c, args)
			if err != nil {
				return res, err
			}
			return newResult(res.doc, func(pr *printer) { res.Text(pr); tellPoints(pr, open) }), nil
		}
	}
}

// kindsOf splits what was given with --accept.
func kindsOf(given []string) []string {
	return strings.FieldsFunc(strings.Join(given, ","), func(r rune) bool { return r == ',' || r == '，' || r == ' ' })
}

// openAt lists what is open at a gate.
func openAt(c *call, dir string, gate office.Gate) (open []office.Point, err error) {
	_, err = c.with(dir, func(o *office.Office) (result, error) {
		open, err = o.OpenPointsAt(c.ctx, gate)
		return result{}, err
	})
	return open, err
}

// tellPoints notes what is open below an answer.
func tellPoints(pr *printer, all []office.Point) {
	for _, p := range all {
		pr.say(p.Text, p.Args)
	}
}

// tickHint says how to go on where a gate only asks; nothing where something stops the act.
func tickHint(o *output, err error) string {
	var open *office.OpenError
	if !errors.As(err, &open) || len(open.Tickable()) == 0 {
		return ""
	}
	return o.text.T("open.tick", judging.Args{"Kinds": strings.Join(open.Tickable(), ",")})
}
