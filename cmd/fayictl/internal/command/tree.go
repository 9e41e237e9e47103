package command

import (
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// globals are the flags that stand anywhere in a command line.
type globals struct{ lang, format string }

// scanGlobals finds the global flags before anything is parsed, because a mistake, too, is reported in the language
// and form asked for.
func scanGlobals(args []string, lang string) globals {
	g := globals{lang: lang, format: "text"}
	for i, a := range args {
		if a == "--" {
			break
		}
		name, value, joined := strings.Cut(a, "=")
		if !joined && i+1 < len(args) {
			value = args[i+1]
		}
		switch name {
		case "--lang":
			g.lang = value
		case "--format":
			g.format = value
		}
	}
	return g
}

// Tree is all commands of one run.
type Tree struct {
	call     *Call
	root     *cobra.Command
	commands map[*cobra.Command]*Command // those that can be run
	all      []*Command                  // in the order of their declaration
	global   []*option
	done     Result
	ran      *Command
	failed   error // of help that was asked for
	version  *bool
}

// wanted returns the nouns whose commands a command line can mean: one, if its first word is a noun, else all.
// Declaring one noun instead of all takes a millisecond from each start.
func wanted(nouns []Noun, args []string) []Noun {
	for i := 0; i < len(args); i++ {
		switch a := args[i]; {
		case a == "--lang" || a == "--format":
			i++
		case strings.HasPrefix(a, "-"):
		default:
			if n := slices.IndexFunc(nouns, func(n Noun) bool { return n.Name == a }); n >= 0 {
				return nouns[n : n+1]
			}
			return nouns
		}
	}
	return nouns
}

// newTree declares the commands of list. Cobra itself writes to out only what completes a command line.
func newTree(c *Call, list []Noun, out io.Writer) *Tree {
	t := &Tree{call: c, commands: map[*cobra.Command]*Command{}}
	cobra.EnableCommandSorting = false // commands stand in the order of a contest
	cobra.MousetrapHelpText = c.Text.T("cli.mousetrap", nil)
	t.root = t.group("fayictl")
	t.root.CompletionOptions.DisableDefaultCmd = true
	t.root.SetOut(out)
	t.root.SetErr(c.err)
	t.root.SetHelpFunc(t.askedForHelp)
	t.root.SetFlagErrorFunc(t.flagError)
	t.globals()
	for _, n := range list {
		for _, declare := range n.Commands {
			t.declare(declare)
		}
	}
	t.declare(t.showHelp)
	t.root.SetHelpCommand(t.all[len(t.all)-1].cobra)
	t.declare(t.completion)
	return t
}

// globals declares the flags that stand anywhere.
func (t *Tree) globals() {
	d := &Command{cobra: t.root, Text: t.call.Text}
	flags := t.root.PersistentFlags()
	for _, g := range []struct{ name, value, preset, key string }{
		{"lang", "zh|en", "", "flag.lang"}, {"format", "text|json", "text", "flag.format"},
	} {
		flags.String(g.name, g.preset, t.call.Text.T(g.key, nil))
		t.global = append(t.global, &option{Flag: flags.Lookup(g.name), value: g.value})
		complete(t.root, t.global[len(t.global)-1], t.call)
	}
	flags.BoolP("help", "h", false, t.call.Text.T("flag.help", nil))
	t.global = append(t.global, &option{Flag: flags.Lookup("help")})
	t.version = d.Yes("version", "flag.version")
}

// askedForHelp answers --help. A misspelt word is reported all the same.
func (t *Tree) askedForHelp(cmd *cobra.Command, _ []string) {
	if args := cmd.Flags().Args(); len(args) > 0 && t.commands[cmd] == nil {
		t.failed = t.stray(cmd, args)
		return
	}
	t.done = t.help(cmd)
}

// group makes a word that leads to others and does nothing itself.
func (t *Tree) group(name string) *cobra.Command {
	cmd := &cobra.Command{Use: name, SilenceErrors: true, SilenceUsage: true, Args: cobra.ArbitraryArgs}
	cmd.Flags().SortFlags = false
	cmd.FParseErrWhitelist.UnknownFlags = name != "fayictl"
	cmd.RunE = func(cmd *cobra.Command, args []string) error { return t.stray(cmd, args) }
	return cmd
}

// declare puts one command into its place, and above it the groups that are not there yet.
func (t *Tree) declare(fn Declaration) {
	d := &Command{Text: t.call.Text, cobra: &cobra.Command{SilenceErrors: true, SilenceUsage: true,
		Args: cobra.ArbitraryArgs}}
	d.cobra.Flags().SortFlags = false
	d.run = fn(d)
	d.askFor()
	d.cobra.Short = t.call.Text.T(d.brief(), nil)
	parent := t.root
	for _, word := range d.words[:len(d.words)-1] {
		next := child(parent, word)
		if next == nil {
			next = t.group(word)
			parent.AddCommand(next)
			next.Short = t.call.Text.T(BriefKey(strings.Fields(pathOf(next))), nil)
		}
		parent = next
	}
	parent.AddCommand(d.cobra)
	t.commands[d.cobra], t.all = d, append(t.all, d)
	d.cobra.ValidArgsFunction = d.completeArgs
	for _, o := range d.flags {
		complete(d.cobra, o, t.call)
	}
	d.cobra.RunE = func(_ *cobra.Command, args []string) (err error) {
		t.ran = d
		if err = t.badFormat(d); err == nil {
			err = d.check(args)
		}
		if err != nil {
			return err
		}
		t.call.role = roleOf(d.path())
		if t.call.role == Organiser && len(d.args) > 0 && d.args[0] == "CONTEST" {
			if err := t.call.enter(args[0]); err != nil {
				return err
			}
		}
		if err = d.free(t.call); err == nil {
			t.done, err = d.run(t.call, args)
		}
		return FirstError(err, t.call.leave())
	}
}

// pathOf returns the words of cmd without the program's name.
func pathOf(cmd *cobra.Command) string {
	return strings.TrimSpace(strings.TrimPrefix(cmd.CommandPath(), "fayictl"))
}

func child(parent *cobra.Command, name string) *cobra.Command {
	for _, c := range parent.Commands() {
		if c.Name() == name {
			return c
		}
	}
	return nil
}

// names lists the words that may follow cmd.
func names(cmd *cobra.Command) (out []string) {
	for _, c := range cmd.Commands() {
		if !c.Hidden {
			out = append(out, c.Name())
		}
	}
	return out
}

// execute runs the command line.
func (t *Tree) execute(args []string) (Result, error) {
	if args == nil {
		args = []string{}
	}
	t.root.SetArgs(args)
	err := t.root.ExecuteContext(t.call.Ctx)
	return t.done, FirstError(err, t.failed)
}
