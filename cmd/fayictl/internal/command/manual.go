package command

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"fayi/assets"
)

// Whole declares all commands of nouns in one language, in order to describe and check them.
func Whole(lang string, nouns []Noun) (*Tree, error) {
	catalogue, err := assets.Load()
	if err != nil {
		return nil, err
	}
	c := &Call{Ctx: context.Background(), Text: catalogue.In(lang), err: io.Discard, Now: time.Now, random: rand.Reader}
	return newTree(c, nouns, io.Discard), nil
}

// Check returns what is wrong with a command line, without running it: words that are no command, flags, arguments.
func (t *Tree) Check(args []string) error {
	cmd, rest, err := t.root.Find(args)
	if err != nil {
		return err
	}
	d := t.commands[cmd]
	if d == nil {
		return t.stray(cmd, rest)
	}
	if err := cmd.ParseFlags(rest); err != nil {
		return t.flagError(cmd, err)
	}
	return d.check(cmd.Flags().Args())
}

// Described returns help on the program, and on each command and each word that leads to some, in the order of their
// declaration, words before the commands that they lead to.
func (t *Tree) Described() (root Help, all []Help) {
	var walk func(cmd *cobra.Command)
	walk = func(cmd *cobra.Command) {
		for _, sub := range cmd.Commands() {
			if !sub.Hidden {
				all = append(all, t.describe(sub))
				walk(sub)
			}
		}
	}
	walk(t.root)
	return t.describe(t.root), all
}

// WriteMarkdown writes the document of all commands.
func (t *Tree) WriteMarkdown(b *bytes.Buffer) {
	pr := Printer{Text: t.call.Text}
	say := func(key string) string { return strings.TrimRight(pr.Text.T(key, nil), ":：") }
	root, all := t.Described()
	fmt.Fprintf(b, "# fayictl\n\n<!-- make docs -->\n\n%s\n\n```\n%s\n```\n\n%s\n", root.Brief, root.Usage, root.Note)
	table := func(head string, rows [][]string) {
		fmt.Fprintf(b, "\n**%s**\n\n", say(head))
		for _, r := range rows {
			fmt.Fprintf(b, "- `%s`: %s\n", r[0], r[1])
		}
	}
	table("cli.help_globals", pr.flagRows(root.Globals))
	table("cli.help_environment", briefRows(root.Settings))
	table("cli.help_exits", exitRows(root.Exits))
	for _, c := range all {
		if strings.Contains(c.Command, " ") {
			fmt.Fprintf(b, "\n### %s\n\n%s\n", c.Command, c.Brief)
		} else {
			fmt.Fprintf(b, "\n## %s\n\n%s\n", c.Command, c.Brief)
		}
		if c.Example != "" {
			fmt.Fprintf(b, "\n```\n%s\n```\n\n%s `%s`\n", c.Usage, pr.Text.T("cli.help_example", nil), c.Example)
		}
		if c.Role != "" {
			fmt.Fprintf(b, "\n%s\n", pr.Text.T("cli.role_"+string(c.Role), nil))
		}
		if len(c.Flags) > 0 {
			table("cli.help_flags", pr.flagRows(c.Flags))
		}
		for _, r := range c.Rules {
			fmt.Fprintf(b, "\n%s\n", r)
		}
	}
}

func exitRows(exits []Exit) (rows [][]string) {
	for _, e := range exits {
		rows = append(rows, []string{fmt.Sprint(e.Code), e.Brief})
	}
	return rows
}

// roff escapes what the typesetter would take for a command.
func roff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(s)
	if strings.HasPrefix(s, ".") || strings.HasPrefix(s, "'") {
		s = `\&` + s
	}
	return s
}

// WriteManual writes a page for man; the version is put in when the packages are made.
func (t *Tree) WriteManual(b *bytes.Buffer) {
	pr := Printer{Text: t.call.Text}
	say := func(key string) string { return strings.TrimRight(pr.Text.T(key, nil), ":：") }
	list := func(rows [][]string) {
		for _, r := range rows {
			fmt.Fprintf(b, ".TP\n.B %s\n%s\n", roff(r[0]), roff(r[1]))
		}
	}
	root, all := t.Described()
	fmt.Fprintf(b, ".\\\" make docs\n.TH FAYICTL 1 \"\" \"fayictl @VERSION@\"\n.SH NAME\nfayictl \\- %s\n",
		roff(root.Brief))
	fmt.Fprintf(b, ".SH SYNOPSIS\n.B %s\n.SH DESCRIPTION\n%s\n", roff(root.Usage), roff(root.Note))
	fmt.Fprintf(b, ".SH \"%s\"\n", say("cli.help_globals"))
	list(pr.flagRows(root.Globals))
	for _, c := range all {
		if !strings.Contains(c.Command, " ") {
			fmt.Fprintf(b, ".SH \"%s\"\n%s\n", strings.ToUpper(c.Command), roff(c.Brief))
		}
		if c.Example == "" {
			continue
		}
		fmt.Fprintf(b, ".SS %s\n", roff(c.Usage))
		if strings.Contains(c.Command, " ") {
			fmt.Fprintln(b, roff(c.Brief))
		}
		list(pr.flagRows(c.Flags))
		for _, r := range append(c.Rules, pr.Text.T("cli.role_"+string(c.Role), nil)) {
			fmt.Fprintf(b, ".PP\n%s\n", roff(r))
		}
		fmt.Fprintf(b, ".PP\n%s\n.br\n.B %s\n", pr.Text.T("cli.help_example", nil), roff(c.Example))
	}
	fmt.Fprintf(b, ".SH \"%s\"\n", say("cli.help_environment"))
	list(briefRows(root.Settings))
	fmt.Fprintf(b, ".SH \"%s\"\n", say("cli.help_exits"))
	list(exitRows(root.Exits))
	fmt.Fprint(b, ".SH \"SEE ALSO\"\n.BR fayi (1)\n")
}
