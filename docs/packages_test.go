package docs

import (
	"flag"
	"fmt"
	"go/doc"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// update writes the list of packages instead of comparing it: make docs.
var update = flag.Bool("update", false, "write the list of packages")

const listStart, listEnd = "<!-- packages -->\n", "<!-- /packages -->"

// packages finds each package of the project with what its own documentation says first.
func packages(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, top := range []string{"app", "assets", "cmd", "docs", "internal", "judging", "scripts"} {
		root := filepath.Join("..", top)
		err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if e.IsDir() && (e.Name() == "testdata" || e.Name() == "node_modules") {
				return filepath.SkipDir
			}
			if e.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return nil
			}
			f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.PackageClauseOnly|parser.ParseComments)
			if err != nil {
				return err
			}
			dir := filepath.ToSlash(filepath.Dir(path)[len("../"):])
			if dir == "scripts" { // files that are run one by one
				return nil
			}
			said := new(doc.Package).Synopsis(f.Doc.Text())
			if said != "" || out[dir] == "" {
				out[dir] = said
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// TestEveryPackageStandsInTheArchitecture with what it says of itself: a package that nobody finds is written again.
func TestEveryPackageStandsInTheArchitecture(t *testing.T) {
	all := packages(t)
	if len(all) < 130 {
		t.Fatalf("only %d packages found", len(all))
	}
	var list strings.Builder
	for _, dir := range slices.Sorted(maps.Keys(all)) {
		said := all[dir]
		if said == "" {
			t.Errorf("package %s says nothing of itself", dir)
		}
		fmt.Fprintf(&list, "- `%s`: %s\n", dir, strings.TrimSuffix(said, "."))
	}
	text, err := os.ReadFile("architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(text), listStart)
	stands, after, ended := strings.Cut(rest, listEnd)
	if !found || !ended {
		t.Fatal("architecture.md has no list of packages")
	}
	if *update {
		whole := before + listStart + list.String() + listEnd + after
		if err := os.WriteFile("architecture.md", []byte(whole), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	has := map[string]bool{}
	for line := range strings.Lines(stands) {
		has[line] = true
	}
	for line := range strings.Lines(list.String()) {
		if !has[line] {
			t.Errorf("architecture.md lacks (make docs): %s", line)
		}
		delete(has, line)
	}
	for line := range has {
		t.Errorf("architecture.md has a line of no package (make docs): %s", line)
	}
}
