package command

import (
	"errors"
	"strings"

	"fayi/judging"
	"fayi/judging/office"
)

// Behind puts the command of an act behind its gate: it takes ticks by --accept, and tells what was open when the act
// went on. A refusal tells its reasons itself.
func Behind(gate office.Gate, declare Declaration) Declaration {
	return func(cmd *Command) Handler {
		run := declare(cmd)
		ticks := cmd.Many("accept", "KIND,...", "flag.accept_points")
		return func(c *Call, args []string) (Result, error) {
			c.Ctx = office.Ticking(c.Ctx, kindsOf(*ticks)...)
			open, err := openAt(c, args[0], gate)
			if err != nil {
				return run(c, args) // which says why the contest can't be read
			}
			res, err := run(c, args)
			if err != nil {
				return res, err
			}
			return NewResult(res.doc, func(pr *Printer) { res.Text(pr); tellPoints(pr, open) }), nil
		}
	}
}

// kindsOf splits what was given with --accept.
func kindsOf(given []string) []string {
	return strings.FieldsFunc(strings.Join(given, ","), func(r rune) bool { return r == ',' || r == '，' || r == ' ' })
}

// openAt lists what is open at a gate.
func openAt(c *Call, dir string, gate office.Gate) (open []office.Point, err error) {
	_, err = c.With(dir, func(o *office.Office) (Result, error) {
		open, err = o.OpenPointsAt(c.Ctx, gate)
		return Result{}, err
	})
	return open, err
}

// tellPoints notes what is open below an answer.
func tellPoints(pr *Printer, all []office.Point) {
	for _, p := range all {
		pr.Say(p.Text, p.Args)
	}
}

// tickHint says how to go on where a gate only asks; nothing where something stops the act.
func tickHint(o *output, err error) string {
	var open *office.OpenError
	if !errors.As(err, &open) || len(open.Tickable()) == 0 {
		return ""
	}
	return o.Text.T("open.tick", judging.Args{"Kinds": strings.Join(open.Tickable(), ",")})
}
