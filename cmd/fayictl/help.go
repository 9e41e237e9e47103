package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"fayi/judging"
)

// helpJSON is the stable form of help on a command.
type helpJSON struct {
	Command  string      `json:"command"`
	Brief    string      `json:"brief"`
	Usage    string      `json:"usage"`
	Example  string      `json:"example,omitempty"`
	Flags    []flagJSON  `json:"flags"`
	Rules    []string    `json:"rules,omitempty"` // which flags go together
	Commands []briefJSON `json:"commands"`
	Globals  []flagJSON  `json:"global_flags"`
	Exits    []exitJSON  `json:"exit_codes"`
	Settings []briefJSON `json:"environment,omitempty"` // variables that commands read
	Note     string      `json:"note,omitempty"`
}

type flagJSON struct {
	Flag     string `json:"flag"`
	Value    string `json:"value,omitempty"`
	Brief    string `json:"brief"`
	Needed   bool   `json:"needed"`
	Repeated bool   `json:"repeated"`
	Preset   string `json:"default,omitempty"`
}

type briefJSON struct {
	Name  string `json:"name"`
	Brief string `json:"brief"`
}

type exitJSON struct {
	Code  int    `json:"code"`
	Brief string `json:"brief"`
}

// exitMeanings are the exit codes from 0 on.
var exitMeanings = []string{"cli.exit_done", "cli.exit_internal", "cli.exit_usage", "cli.exit_invalid",
	"cli.exit_not_found",
	"cli.exit_conflict", "cli.exit_forbidden", "cli.exit_busy", "cli.exit_corrupt"}

// showHelp declares the command help.
func (t *tree) showHelp(cmd *command) handler {
	cmd.use("help [COMMAND...]", "help works import")
	return func(c *call, args []string) (result, error) {
		at := t.root
		for _, word := range args {
			next := child(at, word)
			if next == nil {
				return result{}, t.stray(at, []string{word})
			}
			at = next
		}
		return t.help(at), nil
	}
}

// help returns help on a command, or on the words that may follow one.
func (t *tree) help(cmd *cobra.Command) result {
	doc := t.describe(cmd)
	return newResult(doc, func(pr *printer) { pr.help(doc) })
}

func (t *tree) describe(cmd *cobra.Command) helpJSON {
	text := t.call.text
	path := pathOf(cmd)
	doc := helpJSON{Command: path, Brief: cmd.Short,
		Usage: strings.TrimSpace("fayictl " + path + " " + text.T("cli.verb", nil)), Flags: []flagJSON{},
		Commands: []briefJSON{}, Exits: []exitJSON{}}
	if cmd == t.root {
		doc.Brief = text.T("command.fayictl", nil)
		doc.Usage = "fayictl " + text.T("cli.noun_verb", nil)
		doc.Note = text.T("cli.help_json", nil)
		for _, s := range settings {
			doc.Settings = append(doc.Settings, briefJSON{s.name, text.T(s.key, nil)})
		}
	}
	if d := t.commands[cmd]; d != nil {
		doc.Usage, doc.Example = "fayictl "+d.usage(), "fayictl "+d.example
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
			doc.Commands = append(doc.Commands, briefJSON{sub.Name(), sub.Short})
		}
	}
	for _, o := range t.global {
		doc.Globals = append(doc.Globals, o.describe())
	}
	for code, key := range exitMeanings {
		doc.Exits = append(doc.Exits, exitJSON{code, text.T(key, nil)})
	}
	return doc
}

// describe returns help on one flag.
func (o *option) describe() flagJSON {
	preset := o.DefValue
	if preset == "false" || preset == "[]" || preset == "0" {
		preset = ""
	}
	name := "--" + o.Name
	if o.Shorthand != "" {
		name = "-" + o.Shorthand + ", " + name
	}
	return flagJSON{name, o.value, o.Usage, o.needed, o.repeated, preset}
}

// usage is the line of the command without the program's name: words, arguments, flags, those that may be left out in
// brackets.
func (d *command) usage() string {
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
func (pr *printer) help(doc helpJSON) {
	fmt.Fprintf(pr.out, "%s\n\n", doc.Brief)
	pr.say("cli.help_usage", nil)
	fmt.Fprintf(pr.out, "  %s\n", doc.Usage)
	if doc.Example != "" {
		pr.part("cli.help_example", [][]string{{doc.Example}})
	}
	pr.part("cli.help_commands", briefRows(doc.Commands))
	pr.part("cli.help_flags", pr.flagRows(doc.Flags))
	for _, r := range doc.Rules {
		fmt.Fprintf(pr.out, "  %s\n", r)
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
		pr.say("cli.help_see", nil)
	}
	if len(doc.Commands) > 0 {
		fmt.Fprintln(pr.out)
		pr.say("cli.more_help",
			judging.Args{"Command": strings.TrimSpace("fayictl "+doc.Command) + " " + pr.text.T("cli.verb", nil)})
	}
}

// part writes a headed list of help, nothing for an empty one.
func (pr *printer) part(head string, rows [][]string) {
	if len(rows) == 0 {
		return
	}
	fmt.Fprintln(pr.out)
	pr.say(head, nil)
	for i := range rows {
		rows[i][0] = "  " + rows[i][0]
	}
	pr.table(rows)
}

func briefRows(list []briefJSON) (rows [][]string) {
	for _, b := range list {
		rows = append(rows, []string{b.Name, b.Brief})
	}
	return rows
}

func (pr *printer) flagRows(list []flagJSON) (rows [][]string) {
	for _, f := range list {
		rows = append(rows, []string{strings.TrimSpace(f.Flag + " " + f.Value), pr.flagBrief(f)})
	}
	return rows
}

// flagBrief is the sentence about a flag with what else is to be known of it.
func (pr *printer) flagBrief(f flagJSON) string {
	var more []string
	if f.Needed {
		more = append(more, pr.text.T("cli.flag_needed", nil))
	}
	if f.Repeated {
		more = append(more, pr.text.T("cli.flag_repeated", nil))
	}
	if f.Preset != "" {
		more = append(more, pr.text.T("cli.flag_preset", judging.Args{"Value": f.Preset}))
	}
	if len(more) == 0 {
		return f.Brief
	}
	return pr.text.T("cli.flag_more", judging.Args{"Brief": f.Brief,
		"More": strings.Join(more, pr.text.T("kit.semicolon", nil))})
}
