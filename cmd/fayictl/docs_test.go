package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// update writes the documents instead of comparing them: make docs.
var update = flag.Bool("update", false, "write the documents of the command line")

// TestDocumentsAreThoseOfTheDeclarations compares the manual pages and the documents with what the declarations say.
func TestDocumentsAreThoseOfTheDeclarations(t *testing.T) {
	for _, d := range []struct {
		path, lang string
		write      func(*bytes.Buffer, *tree)
	}{
		{"../../docs/cli.zh-Hans.md", "zh-Hans", writeMarkdown},
		{"../../docs/cli.en.md", "en", writeMarkdown},
		{"../../packaging/fayictl.1", "en", writeManual},
		{"../../packaging/fayictl.zh_CN.1", "zh-Hans", writeManual},
	} {
		var b bytes.Buffer
		d.write(&b, fullTree(t, d.lang))
		if *update {
			if err := os.WriteFile(d.path, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		kept, err := os.ReadFile(d.path)
		if err != nil || !bytes.Equal(kept, b.Bytes()) {
			t.Errorf("%s is not what the commands declare (%v): run make docs", filepath.Base(d.path), err)
		}
	}
}

// described returns what help says of each command, groups first.
func (t *tree) described() (root helpJSON, all []helpJSON) {
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

func writeMarkdown(b *bytes.Buffer, t *tree) {
	pr := printer{text: t.call.text}
	say := func(key string) string { return strings.TrimRight(pr.text.T(key, nil), ":：") }
	root, all := t.described()
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
			fmt.Fprintf(b, "\n```\n%s\n```\n\n%s `%s`\n", c.Usage, pr.text.T("cli.help_example", nil), c.Example)
		}
		if len(c.Flags) > 0 {
			table("cli.help_flags", pr.flagRows(c.Flags))
		}
		for _, r := range c.Rules {
			fmt.Fprintf(b, "\n%s\n", r)
		}
	}
}

func exitRows(exits []exitJSON) (rows [][]string) {
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

// writeManual writes a page for man; the version is put in when the packages are made.
func writeManual(b *bytes.Buffer, t *tree) {
	pr := printer{text: t.call.text}
	say := func(key string) string { return strings.TrimRight(pr.text.T(key, nil), ":：") }
	list := func(rows [][]string) {
		for _, r := range rows {
			fmt.Fprintf(b, ".TP\n.B %s\n%s\n", roff(r[0]), roff(r[1]))
		}
	}
	root, all := t.described()
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
		for _, r := range c.Rules {
			fmt.Fprintf(b, ".PP\n%s\n", roff(r))
		}
		fmt.Fprintf(b, ".PP\n%s\n.br\n.B %s\n", pr.text.T("cli.help_example", nil), roff(c.Example))
	}
	fmt.Fprintf(b, ".SH \"%s\"\n", say("cli.help_environment"))
	list(briefRows(root.Settings))
	fmt.Fprintf(b, ".SH \"%s\"\n", say("cli.help_exits"))
	list(exitRows(root.Exits))
	fmt.Fprint(b, ".SH \"SEE ALSO\"\n.BR fayi (1)\n")
}

// TestEachCommandIsDescribed wants of each command a sentence and an example that the command itself accepts, and of
// each flag a sentence, in both languages.
func TestEachCommandIsDescribed(t *testing.T) {
	for _, lang := range []string{"zh-Hans", "en"} {
		tr := fullTree(t, lang)
		_, all := tr.described()
		for _, c := range all {
			if strings.HasPrefix(c.Brief, "command.") || c.Brief == "" {
				t.Errorf("%s: %s has no sentence", lang, c.Command)
			}
		}
		for _, d := range tr.all {
			for _, o := range d.flags {
				if strings.HasPrefix(o.Usage, "flag.") || o.Usage == "" {
					t.Errorf("%s: %s --%s has no sentence", lang, d.path(), o.Name)
				}
			}
		}
	}
	for _, d := range fullTree(t, "en").all {
		words, _, _ := strings.Cut(d.example, " > ")
		args := strings.Fields(words)[len(d.words):]
		if !strings.HasPrefix(words+" ", d.path()+" ") {
			t.Errorf("the example of %s begins with other words", d.path())
		} else if err := d.cobra.ParseFlags(args); err != nil {
			t.Errorf("the example of %s: %v", d.path(), err)
		} else if err := d.check(d.cobra.Flags().Args()); err != nil {
			t.Errorf("the example of %s: %v", d.path(), err)
		}
	}
}

// TestEverySentenceBelongsToACommand wants no sentence of a command or a flag that none has.
func TestEverySentenceBelongsToACommand(t *testing.T) {
	tr := fullTree(t, "en")
	known := map[string]bool{"command.fayictl": true}
	var walk func(cmd *cobra.Command)
	walk = func(cmd *cobra.Command) {
		for _, sub := range cmd.Commands() {
			known[briefKey(strings.Fields(pathOf(sub)))] = true
			walk(sub)
		}
	}
	walk(tr.root)
	data, err := os.ReadFile("../../assets/text/command.en.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(string(data), "\n") {
		if key, _, ok := strings.Cut(strings.TrimPrefix(strings.TrimSpace(line), `"`), `": `); ok && !known[key] {
			t.Errorf("no command says %s", key)
		}
	}
}
