package command

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"fayi/judging"
)

// Help is the stable form of help on a command.
type Help struct {
	Command  string     `json:"command"`
	Brief    string     `json:"brief"`
	Usage    string     `json:"usage"`
	Example  string     `json:"example,omitempty"`
	Flags    []FlagHelp `json:"flags"`
	Rules    []string   `json:"rules,omitempty"` // which flags go together
	Commands []Brief    `json:"commands"`
	Globals  []FlagHelp `json:"global_flags"`
	Exits    []Exit     `json:"exit_codes"`
	Role     Role       `json:"role,omitempty"`        // who may run it
	Settings []Brief    `json:"environment,omitempty"` // variables that commands read
	Note     string     `json:"note,omitempty"`
}

// FlagHelp is the stable form of help on a flag.
type FlagHelp struct {
	Flag     string `json:"flag"`              // with its dashes, and its letter before it: "-h, --help"
	Value    string `json:"value,omitempty"`   // what to give; "" for a flag that is given or not
	Brief    string `json:"brief"`             // a sentence
	Needed   bool   `json:"needed"`            // must be given
	Repeated bool   `json:"repeated"`          // may be given several times
	Preset   string `json:"default,omitempty"` // what holds without it
}

// Brief is a name, of a command or a variable of the environment, with a sentence about it.
type Brief struct {
	Name  string `json:"name"`
	Brief string `json:"brief"`
}

// Exit is an exit code with what it means.
type Exit struct {
	Code  int    `json:"code"`
	Brief string `json:"brief"`
}

// showHelp declares the command help.
func (t *Tree) showHelp(cmd *Command) Handler {
	cmd.Use("help [COMMAND...]", "help works import")
	return func(c *Call, args []string) (Result, error) {
		at := t.root
		for _, word := range args {
			next := child(at, word)
			if next == nil {
				return Result{}, t.stray(at, []string{word})
			}
			at = next
		}
		return t.help(at), nil
	}
}

// help returns help on a command, or on the words that may follow one.
func (t *Tree) help(cmd *cobra.Command) Result {
	doc := t.describe(cmd)
	return NewResult(doc, func(pr *Printer) { pr.help(doc) })
}

func (t *Tree) describe(cmd *cobra.Command) Help {
	text := t.call.Text
	path := pathOf(cmd)
	doc := Help{Command: path, Brief: cmd.Short,
		Usage: strings.TrimSpace("fayictl " + path + " " + text.T("cli.verb", nil)), Flags: []FlagHelp{},
		Commands: []Brief{}, Exits: []Exit{}}
	if cmd == t.root {
		doc.Brief = text.T("command.fayictl", nil)
		doc.Usage = "fayictl " + text.T("cli.noun_verb", nil)
		doc.Note = text.T("cli.help_json", nil)
		for _, s := range settings {
			doc.Settings = append(doc.Settings, Brief{s.name, text.T(s.key, nil)})
		}
	}
	if d := t.commands[cmd]; d != nil {
		doc.Usage, doc.Example = "fayictl "+d.usage(), "fayictl "+d.example
		doc.Role = roleOf(d.path())
		for _, o := range d.flags {
			doc.Flags = append(doc.Flags, o.describe())
		}
		for _, l := range d.limits {
			doc.Rules = append(doc.Rules, text.T("cli.rule_"+string(l.kind),
				judging.Args{"Flags": l.list(text.T("kit.comma", nil))}))
		}
	}
	for _, sub := range cmd.Commands() {
		if !sub.Hidden {
			doc.Commands = append(doc.Commands, Brief{sub.Name(), sub.Short})
		}
	}
	for _, o := range t.global {
		doc.Globals = append(doc.Globals, o.describe())
	}
	for _, code := range t.exits(cmd) {
		doc.Exits = append(doc.Exits, Exit{code, text.T(exitMeanings[code], nil)})
	}
	return doc
}

// describe returns help on one flag.
func (o *option) describe() FlagHelp {
	preset := o.DefValue
	if preset == "false" || preset == "[]" || preset == "0" {
		preset = ""
	}
	name := "--" + o.Name
	if o.Shorthand != "" {
		name = "-" + o.Shorthand + ", " + name
	}
	return FlagHelp{name, o.value, o.Usage, o.needed, o.repeated, preset}
}

// usage is the line of the command without the program's name: words, arguments, flags, those that may be left out in
// brackets.
func (d *Command) usage() string {
	parts := append(append([]string{}, d.words...), d.args...)
	for _, o := range d.flags {
		part := strings.TrimSpace("--" + o.Name + " " + o.value)
		if !o.needed {
			part = "[" + part + "]"
		}
		if o.repeated {
			part += "..."
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, " ")
}

// help writes help for people.
func (pr *Printer) help(doc Help) {
	fmt.Fprintf(pr.out, "%s\n\n", doc.Brief)
	pr.Say("cli.help_usage", nil)
	fmt.Fprintf(pr.out, "  %s\n", doc.Usage)
	if doc.Example != "" {
		pr.part("cli.help_example", [][]string{{doc.Example}})
	}
	pr.part("cli.help_commands", briefRows(doc.Commands))
	pr.part("cli.help_flags", pr.flagRows(doc.Flags))
	for _, r := range doc.Rules {
		fmt.Fprintf(pr.out, "  %s\n", r)
	}
	if doc.Role != "" {
		fmt.Fprintln(pr.out)
		pr.Say("cli.role_"+string(doc.Role), nil)
	}
	pr.part("cli.help_globals", pr.flagRows(doc.Globals))
	pr.part("cli.help_environment", briefRows(doc.Settings))
	var exits [][]string
	for _, e := range doc.Exits {
		exits = append(exits, []string{fmt.Sprint(e.Code), e.Brief})
	}
	pr.part("cli.help_exits", exits)
	fmt.Fprintln(pr.out)
	if doc.Note != "" {
		fmt.Fprintln(pr.out, doc.Note)
	} else {
		pr.Say("cli.help_see", nil)
	}
	if len(doc.Commands) > 0 {
		fmt.Fprintln(pr.out)
		pr.Say("cli.more_help",
			judging.Args{"Command": strings.TrimSpace("fayictl "+doc.Command) + " " + pr.Text.T("cli.verb", nil)})
	}
}

// part writes a headed list of help, nothing for an empty one.
func (pr *Printer) part(head string, rows [][]string) {
	if len(rows) == 0 {
		return
	}
	fmt.Fprintln(pr.out)
	pr.Say(head, nil)
	for i := range rows {
		rows[i][0] = "  " + rows[i][0]
	}
	pr.Table(rows)
}

func briefRows(list []Brief) (rows [][]string) {
	for _, b := range list {
		rows = append(rows, []string{b.Name, b.Brief})
	}
	return rows
}

func (pr *Printer) flagRows(list []FlagHelp) (rows [][]string) {
	for _, f := range list {
		rows = append(rows, []string{strings.TrimSpace(f.Flag + " " + f.Value), pr.flagBrief(f)})
	}
	return rows
}

// flagBrief is the sentence about a flag with what else is to be known of it.
func (pr *Printer) flagBrief(f FlagHelp) string {
	var more []string
	if f.Needed {
		more = append(more, pr.Text.T("cli.flag_needed", nil))
	}
	if f.Repeated {
		more = append(more, pr.Text.T("cli.flag_repeated", nil))
	}
	if f.Preset != "" {
		more = append(more, pr.Text.T("cli.flag_preset", judging.Args{"Value": f.Preset}))
	}
	if len(more) == 0 {
		return f.Brief
	}
	return pr.Text.T("cli.flag_more", judging.Args{"Brief": f.Brief,
		"More": strings.Join(more, pr.Text.T("kit.semicolon", nil))})
}
