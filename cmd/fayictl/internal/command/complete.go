package command

import (
	"bytes"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/text"
)

// Shells are those for which completion can be written.
var Shells = []string{"bash", "zsh", "fish", "powershell"}

// completion declares the command that writes the script by which a shell completes command lines.
func (t *Tree) completion(cmd *Command) Handler {
	cmd.Use("completion SHELL", "completion bash > ~/.local/share/bash-completion/completions/fayictl")
	return func(c *Call, args []string) (Result, error) {
		var b bytes.Buffer
		var err error
		switch args[0] {
		case "bash":
			err = t.root.GenBashCompletionV2(&b, true)
		case "zsh":
			err = t.root.GenZshCompletion(&b)
		case "fish":
			err = t.root.GenFishCompletion(&b, true)
		case "powershell":
			err = t.root.GenPowerShellCompletionWithDesc(&b)
		default:
			return Result{}, cmd.Misused("cli.unknown_shell",
				judging.Args{"Value": args[0], "Choices": strings.Join(Shells, ", ")})
		}
		if err != nil {
			return Result{}, err
		}
		return Answer(map[string]string{"shell": args[0], "script": b.String()}, func(pr *Printer) {
			_, _ = b.WriteTo(pr.out)
		})
	}
}

// completeArgs says what may stand at the next place of the command line: a folder for the contest, else a file.
func (d *Command) completeArgs(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) >= len(d.args) && (len(d.args) == 0 || !strings.Contains(d.args[len(d.args)-1], "...")) {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	switch place := d.args[min(len(args), len(d.args)-1)]; place {
	case "CONTEST", "EARLIER", "BATCH", "DIR":
		return nil, cobra.ShellCompDirectiveFilterDirs
	case "SHELL":
		return Shells, cobra.ShellCompDirectiveNoFileComp
	case "[COMMAND...]":
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return nil, cobra.ShellCompDirectiveDefault
}

// complete says what may be given to a flag. It follows from the word that stands for its value: the contest's own
// works, judges and categories, choices, files, folders.
func complete(cmd *cobra.Command, o *option, c *Call) {
	var fn cobra.CompletionFunc
	value, _, _ := strings.Cut(o.value, ",")
	switch lower := o.value == strings.ToLower(o.value); {
	case o.value == "":
		return
	case strings.Contains(o.value, "|") && lower:
		fn = cobra.FixedCompletions(strings.Split(o.value, "|"), cobra.ShellCompDirectiveNoFileComp)
	case value == "DIR" || value == "REHEARSAL":
		fn = cobra.FixedCompletions(nil, cobra.ShellCompDirectiveFilterDirs)
	case strings.HasPrefix(value, "FILE") || value == "BACKUP.db":
		return
	default:
		fn = c.records(strings.TrimSuffix(value, "|all"))
	}
	if err := cmd.RegisterFlagCompletionFunc(o.Name, fn); err != nil {
		panic(err) // the flag was declared a moment ago
	}
}

// records completes what the contest that stands first on the line holds. A contest that can't be opened completes
// nothing.
func (c *Call) records(kind string) cobra.CompletionFunc {
	list := map[string]func(*office.Office) ([]string, error){"W": c.workIDs, "J": c.judgeIDs, "C": c.categoryNames,
		"G": c.groupNames}[kind]
	return func(_ *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
		if list == nil || len(args) == 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		var all []string
		quiet := *c // a completion asks nobody, and tries no password
		quiet.ask, quiet.role = nil, Anyone
		_, err := quiet.With(args[0], func(o *office.Office) (Result, error) {
			has, err := o.Secrets().HasPassword(c.Ctx)
			if err == nil && (!has || o.Secrets().Sealed()) {
				all, err = list(o)
			}
			return Result{}, err
		})
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return slices.DeleteFunc(all, func(s string) bool {
			return !strings.HasPrefix(s,
				begun)
		}), cobra.ShellCompDirectiveNoFileComp
	}
}

func (c *Call) workIDs(o *office.Office) ([]string, error) {
	works, err := o.Works(c.Ctx, office.WorkFilter{})
	out := make([]string, len(works))
	for i, w := range works {
		out[i] = cobra.CompletionWithDesc(string(w.ID), oneLine(w.Title))
	}
	return out, err
}

func (c *Call) judgeIDs(o *office.Office) ([]string, error) {
	judges, err := o.Assignment().Judges(c.Ctx)
	out := make([]string, len(judges))
	for i, j := range judges {
		out[i] = cobra.CompletionWithDesc(string(j.ID), oneLine(j.Name))
	}
	return out, err
}

func (c *Call) categoryNames(o *office.Office) ([]string, error) {
	rules, err := o.Rules(c.Ctx)
	var out []string
	for _, k := range rules.Categories {
		out = append(out, oneLine(k.Name))
	}
	return out, err
}

func (c *Call) groupNames(o *office.Office) ([]string, error) {
	rules, err := o.Rules(c.Ctx)
	var out []string
	for _, g := range rules.Groups {
		out = append(out, oneLine(g.Name))
	}
	return out, err
}

// oneLine keeps a title from being taken for two lines of a completion.
func oneLine(s string) string { return strings.Join(strings.Fields(text.Harmless(s)), " ") }
