package command

import (
	"strconv"
	"strings"

	"fayi/judging"
)

// limit says which flags of names go together.
type limit struct {
	kind  LimitKind
	names []string
}

// LimitKind says how many of some flags may be given.
type LimitKind string

// The limits: of the flags named exactly one must be given, at least one, at most one, or all or none.
const (
	ExactlyOne LimitKind = "one_of"
	AtLeastOne LimitKind = "some_of"
	AtMostOne  LimitKind = "not_both"
	AllOrNone  LimitKind = "together"
)

// check returns what is wrong with the number of arguments and with the flags given together.
func (d *Command) check(args []string) error {
	if err := d.checkArgs(args); err != nil {
		return err
	}
	var missing []string
	for _, o := range d.flags {
		switch {
		case o.needed && !o.Changed || o.filled && o.Changed && o.Value.String() == "":
			missing = append(missing, "--"+o.Name)
		case o.needed && o.least > 0:
			if n, err := strconv.Atoi(o.Value.String()); err != nil || n < o.least {
				return d.Misused("cli.too_small", judging.Args{"Flag": "--" + o.Name, "Least": o.least})
			}
		}
	}
	if len(missing) > 0 {
		return d.Misused("cli.missing_flags", judging.Args{"Flags": strings.Join(missing, d.Text.T("kit.comma", nil))})
	}
	for _, l := range d.limits {
		if err := d.checkLimit(l); err != nil {
			return err
		}
	}
	return nil
}

func (d *Command) checkLimit(l limit) error {
	n := 0
	names := make([]string, len(l.names))
	for i, name := range l.names {
		names[i] = "--" + name
		if d.Has(name) {
			n++
		}
	}
	args := judging.Args{"Flags": strings.Join(names, d.Text.T("kit.comma", nil))}
	switch {
	case n == 0 && (l.kind == ExactlyOne || l.kind == AtLeastOne):
		return d.Misused("cli.need_one_of", args)
	case n > 1 && (l.kind == ExactlyOne || l.kind == AtMostOne):
		return d.Misused("cli.not_both", args)
	case n > 0 && n < len(names) && l.kind == AllOrNone:
		return d.Misused("cli.together", args)
	}
	return nil
}

func (d *Command) checkArgs(args []string) error {
	least, most := 0, 0
	for _, a := range d.args {
		if !strings.HasPrefix(a, "[") {
			least++
		}
		if most++; strings.Contains(a, "...") {
			most = len(args)
		}
	}
	switch {
	case len(args) < least:
		return d.Misused("cli.missing_argument", judging.Args{"Argument": strings.Trim(d.args[len(args)], ".")})
	case len(args) > most:
		return FirstError(d.misspelt(args), d.Misused("cli.too_many", judging.Args{"Word": args[most]}))
	}
	return nil
}

// misspelt returns an error when the first argument was most likely meant to be a word of a longer command.
func (d *Command) misspelt(args []string) error {
	if len(args) == 0 {
		return nil
	}
	if near := nearest(args[0], names(d.cobra)); near != "" {
		return d.Misused("cli.unknown_verb_near", judging.Args{"Noun": d.cobra.CommandPath(), "Word": args[0],
			"Near": near})
	}
	return nil
}

func (l limit) list(comma string) string {
	out := make([]string, len(l.names))
	for i, n := range l.names {
		out[i] = "--" + n
	}
	return strings.Join(out, comma)
}
