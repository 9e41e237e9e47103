package assets

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// banned are the words that docs/glossary.md replaces. The phrase with “none” is plain English only after “there”.
var banned = regexp.MustCompile(`(?i)\b(reckon(s|ed|ing)?|anew|deaf|lends?|lent|mend(s|ed|ing)?|beside|told|` +
	`dear (to|in|for)|dearer|upon|lest|shall|he|him|his|himself|she|hers?|herself)\b|` +
	`(there )?\b(is|are|was|were) none\b`)

// faults returns the banned words of text.
func faults(text string) (words []string) {
	for _, m := range banned.FindAllStringSubmatch(text, -1) {
		if m[5] == "" {
			words = append(words, m[0])
		}
	}
	return words
}

func TestBannedWordsAreFound(t *testing.T) {
	for text, want := range map[string]int{
		"read the list anew": 1, "the button is deaf": 1, "bytes lent until": 1, "a phone that is none": 1,
		"His score":            1,
		"nil if there is none": 0, "the other one": 0, "besides": 0, "they are toldless": 0, "mended, then lent": 2,
		"Shall we?": 1, "commended": 0, "none is": 0, "there are none left that are none": 1,
	} {
		if got := faults(text); len(got) != want {
			t.Errorf("%q: %q, want %d", text, got, want)
		}
	}
}

func TestCommentsUseTheWordsOfTheGlossary(t *testing.T) {
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		name := filepath.ToSlash(strings.TrimPrefix(path, ".."+string(filepath.Separator)))
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && d.Name() != ".."):
			return filepath.SkipDir
		case d.IsDir() || filepath.Ext(path) != ".go":
			return nil
		}
		for _, c := range comments(t, path) {
			for _, word := range faults(c.text) {
				t.Errorf("%s:%d: %q, see docs/glossary.md", name, c.line, word)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// comment is one group of comments and its line.
type comment struct {
	text string
	line int
}

// comments lists the comments of a Go file, each group as one text, since a phrase may run over the end of a line.
func comments(t *testing.T, path string) (list []comment) {
	t.Helper()
	set := token.NewFileSet()
	f, err := parser.ParseFile(set, path, nil, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range f.Comments {
		var b strings.Builder
		for _, c := range g.List {
			b.WriteString(strings.TrimLeft(c.Text, "/* "))
			b.WriteByte(' ')
		}
		list = append(list, comment{b.String(), set.Position(g.Pos()).Line})
	}
	return list
}

func TestDocumentsUseTheWordsOfTheGlossary(t *testing.T) {
	files, err := filepath.Glob("../docs/*.en.md")
	if err != nil || len(files) < 2 {
		t.Fatalf("%q %v", files, err)
	}
	files = append(files, "../docs/noise.md", "../docs/architecture.md")
	files = append(files, "../README.md", "../CONTRIBUTING.md", "../CHANGELOG.md")
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for line := range strings.Lines(string(data)) {
			n++
			if words := faults(line); words != nil {
				t.Errorf("%s:%d: %q, see docs/glossary.md", file, n, words)
			}
		}
	}
	for key, text := range texts(t, "en") {
		if words := faults(text); words != nil {
			t.Errorf("%s: %q, see docs/glossary.md", key, words)
		}
	}
}
