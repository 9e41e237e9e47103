package main

import (
	"bytes"
	"fayi/cmd/fayictl/internal/command"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// update writes the documents instead of comparing them: make docs.
var update = flag.Bool("update", false, "write the documents of the command line")

// TestDocumentsAreThoseOfTheDeclarations compares the manual pages and the documents with what the declarations say.
func TestDocumentsAreThoseOfTheDeclarations(t *testing.T) {
	for _, d := range []struct {
		path, lang string
		write      func(*command.Tree, *bytes.Buffer)
	}{
		{"../../docs/cli.zh-Hans.md", "zh-Hans", (*command.Tree).WriteMarkdown},
		{"../../docs/cli.en.md", "en", (*command.Tree).WriteMarkdown},
		{"../../packaging/fayictl.1", "en", (*command.Tree).WriteManual},
		{"../../packaging/fayictl.zh_CN.1", "zh-Hans", (*command.Tree).WriteManual},
	} {
		var b bytes.Buffer
		d.write(fullTree(t, d.lang), &b)
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

// TestEachCommandIsDescribed wants of each command a sentence and an example that the command itself accepts, and of
// each flag a sentence, in both languages.
func TestEachCommandIsDescribed(t *testing.T) {
	for _, lang := range []string{"zh-Hans", "en"} {
		tr := fullTree(t, lang)
		_, all := tr.Described()
		for _, c := range all {
			if strings.HasPrefix(c.Brief, "command.") || c.Brief == "" {
				t.Errorf("%s: %s has no sentence", lang, c.Command)
			}
			for _, f := range c.Flags {
				if strings.HasPrefix(f.Brief, "flag.") || f.Brief == "" {
					t.Errorf("%s: %s %s has no sentence", lang, c.Command, f.Flag)
				}
			}
		}
	}
	tr, examples := fullTree(t, "en"), 0
	_, all := tr.Described()
	for _, c := range all {
		if c.Example == "" {
			continue
		}
		examples++
		words, _, _ := strings.Cut(strings.TrimPrefix(c.Example, "fayictl "), " > ")
		if !strings.HasPrefix(words+" ", c.Command+" ") {
			t.Errorf("the example of %s begins with other words", c.Command)
		} else if err := tr.Check(strings.Fields(words)); err != nil {
			t.Errorf("the example of %s: %v", c.Command, err)
		}
	}
	if examples < 100 {
		t.Errorf("only %d examples were checked", examples)
	}
}

// TestEverySentenceBelongsToACommand wants no sentence of a command or a flag that none has.
func TestEverySentenceBelongsToACommand(t *testing.T) {
	known := map[string]bool{"command.fayictl": true}
	_, all := fullTree(t, "en").Described()
	for _, c := range all {
		known[command.BriefKey(strings.Fields(c.Command))] = true
	}
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
