package docs

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// windowKinds are the pages that no organiser's package names.
var windowKinds = []string{"seat", "packet", "packet-desk", "packet-done", "help"}

// kinds reads the kinds of routes out of the organiser's package: this package may not import it.
func kinds(t *testing.T) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), filepath.FromSlash("../app/organizer/page/routes.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	out := slices.Clone(windowKinds)
	ast.Inspect(f, func(n ast.Node) bool {
		if spec, is := n.(*ast.ValueSpec); is {
			for _, v := range spec.Values {
				if lit, is := v.(*ast.BasicLit); is && lit.Kind == token.STRING {
					kind, err := strconv.Unquote(lit.Value)
					if err != nil {
						t.Fatal(err)
					}
					out = append(out, kind)
				}
			}
		}
		return true
	})
	if len(out) < 30 {
		t.Fatalf("only %d kinds were found", len(out))
	}
	return out
}

func TestEachPageHasItsSectionInBothLanguages(t *testing.T) {
	for _, lang := range []string{"zh-Hans", "en"} {
		all, known := Manual(lang), kinds(t)
		for _, kind := range known {
			if s, ok := About(all, kind); !ok || len(s.Lines) == 0 {
				t.Errorf("%s: nothing about the page %q", lang, kind)
			}
		}
		for _, s := range all {
			for _, page := range s.Pages {
				if !slices.Contains(known, page) {
					t.Errorf("%s: %q speaks of a page %q that is none", lang, s.Title, page)
				}
			}
		}
	}
}

func TestBothManualsHaveTheSameSectionsAndPictures(t *testing.T) {
	zh, en := Manual("zh-Hans"), Manual("en")
	if len(zh) != len(en) {
		t.Fatalf("%d sections and %d", len(zh), len(en))
	}
	for i := range zh {
		if !slices.Equal(zh[i].Pages, en[i].Pages) {
			t.Errorf("%q is about %v, %q about %v", zh[i].Title, zh[i].Pages, en[i].Title, en[i].Pages)
		}
	}
	if a, b := pictures(chinese), pictures(english); !slices.Equal(a, b) {
		t.Errorf("pictures %v\nand %v", a, b)
	}
}

func TestReleaseNotesSayTheSameInBothLanguages(t *testing.T) {
	zh, en := Releases("zh-Hans"), Releases("en")
	if zh.Title == "" || en.Title == "" || len(zh.Lines) < 5 {
		t.Fatalf("%q %q %d lines", zh.Title, en.Title, len(zh.Lines))
	}
	kinds := func(s Section) (out []LineKind) {
		for _, l := range s.Lines {
			out = append(out, l.Kind)
		}
		return out
	}
	if a, b := kinds(zh), kinds(en); !slices.Equal(a, b) || a[0] != Heading {
		t.Errorf("%v\n%v", a, b)
	}
}

func TestPicturesAreThereAndSmall(t *testing.T) {
	const most = 150 << 10
	for _, p := range pictures(chinese) {
		info, err := os.Stat(p)
		if len(ReadPicture(p)) == 0 {
			t.Errorf("%s is not in the program", p)
		}
		switch {
		case err != nil:
			t.Error(err)
		case info.Size() > most:
			t.Errorf("%s has %d bytes, at most %d", p, info.Size(), most)
		}
	}
}

// pictures lists the files that a manual shows.
func pictures(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		if _, rest, is := strings.Cut(strings.TrimSpace(line), "]("); is && strings.HasPrefix(line, "![") {
			out = append(out, strings.TrimSuffix(rest, ")"))
		}
	}
	return out
}
