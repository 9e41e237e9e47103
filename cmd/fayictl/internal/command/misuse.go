package command

import (
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"fayi/judging"
)

// badFormat returns an error for an unknown form of output.
func (t *Tree) badFormat(d *Command) error {
	given := t.root.PersistentFlags().Lookup("format").Value.String()
	if given == "text" || given == "json" {
		return nil
	}
	return d.Misused("cli.bad_choice", judging.Args{"Flag": "--format", "Value": given, "Choices": "text, json"})
}

// stray is what happens when a word is missing or misspelt.
func (t *Tree) stray(cmd *cobra.Command, args []string) (err error) {
	if cmd == t.root && *t.version && len(args) == 0 {
		t.done, err = tellVersion()
		return err
	}
	fail := func(key string, args judging.Args) error {
		args["Command"] = pathOf(cmd)
		return judging.Fail(Misuse, key, args)
	}
	if len(args) == 0 {
		return fail("cli.no_verb", judging.Args{"Choices": strings.Join(names(cmd), t.call.Text.T("kit.comma", nil))})
	}
	if near := nearest(args[0], names(cmd)); near != "" {
		return fail("cli.unknown_verb_near", judging.Args{"Noun": cmd.CommandPath(), "Word": args[0], "Near": near})
	}
	return fail("cli.unknown_verb", judging.Args{"Noun": cmd.CommandPath(), "Word": args[0],
		"Choices": strings.Join(names(cmd), t.call.Text.T("kit.comma", nil))})
}

// flagError puts a mistake with a flag into the person's language.
func (t *Tree) flagError(cmd *cobra.Command, err error) error {
	d := t.commands[cmd]
	if d == nil {
		d = &Command{cobra: cmd, Text: t.call.Text}
	}
	var unknown *pflag.NotExistError
	var empty *pflag.ValueRequiredError
	var wrong *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		return t.unknownFlag(d, unknown)
	case errors.As(err, &empty):
		return d.Misused("cli.flag_empty", judging.Args{"Flag": "--" + empty.GetFlag().Name})
	case errors.As(err, &wrong):
		key, f := "cli.bad_value", wrong.GetFlag()
		switch f.Value.Type() {
		case "int":
			key = "cli.not_whole"
		case "uint64":
			key = "cli.not_natural"
		case "float64":
			key = "cli.not_number"
		case "bool":
			key = "cli.not_switch"
		}
		return d.Misused(key, judging.Args{"Flag": "--" + f.Name, "Value": wrong.GetValue()})
	}
	var syntax *pflag.InvalidSyntaxError
	if errors.As(err, &syntax) {
		return d.Misused("cli.bad_flag", judging.Args{"Word": syntax.GetSpecifiedFlag()})
	}
	return d.Misused("cli.bad_flag", judging.Args{"Word": ""})
}

func (t *Tree) unknownFlag(d *Command, e *pflag.NotExistError) error {
	word, dashes := e.GetSpecifiedName(), "--"
	if e.GetSpecifiedShortnames() != "" {
		word, dashes = e.GetSpecifiedShortnames(), "-"
	}
	word, _, _ = strings.Cut(word, "=")
	if err := d.misspelt(d.cobra.Flags().Args()); err != nil {
		return err
	}
	var known []string
	note := func(f *pflag.Flag) { known = append(known, f.Name) }
	d.cobra.Flags().VisitAll(note)
	d.cobra.InheritedFlags().VisitAll(note)
	if near := nearest(word, known); near != "" {
		return d.Misused("cli.unknown_flag_near", judging.Args{"Word": dashes + word, "Near": "--" + near})
	}
	return d.Misused("cli.unknown_flag", judging.Args{"Word": dashes + word})
}

// nearest returns the word of known that word was most likely meant to be, "" if none is near.
func nearest(word string, known []string) string {
	best, least := "", min(max(1, len([]rune(word))/3), 4)+1
	for _, k := range slices.Sorted(slices.Values(known)) {
		if n := distance(word, k); n < least {
			best, least = k, n
		}
	}
	if best == "" && len(word) > 2 {
		for _, k := range slices.Sorted(slices.Values(known)) {
			if strings.HasPrefix(k, word) {
				return k
			}
		}
	}
	return best
}

// mostWord bounds the words whose distance is measured; no command or flag is longer.
const mostWord = 40

// distance counts the letters to add, drop, change or swap with their neighbour to make a into b (restricted
// Damerau–Levenshtein).
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	if len(s) > mostWord || len(t) > mostWord {
		return mostWord
	}
	rows := [3][]int{make([]int, len(t)+1), make([]int, len(t)+1), make([]int, len(t)+1)}
	for j := range rows[1] {
		rows[1][j] = j
	}
	for i := range s {
		before, last, now := rows[0], rows[1], rows[2]
		now[0] = i + 1
		for j := range t {
			change := 1
			if s[i] == t[j] {
				change = 0
			}
			now[j+1] = min(last[j]+change, last[j+1]+1, now[j]+1)
			if i > 0 && j > 0 && s[i] == t[j-1] && s[i-1] == t[j] {
				now[j+1] = min(now[j+1], before[j-1]+1)
			}
		}
		rows[0], rows[1], rows[2] = last, now, before
	}
	return rows[1][len(t)]
}
