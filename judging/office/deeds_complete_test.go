package office_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// calledIn lists what a function calls: names of functions, and of methods of whatever.
func calledIn(n ast.Node) map[string]bool {
	out := map[string]bool{}
	ast.Inspect(n, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		switch f := call.Fun.(type) {
		case *ast.Ident:
			out[f.Name] = true
		case *ast.SelectorExpr:
			out[f.Sel.Name] = true
		}
		return true
	})
	return out
}

// forPeople reports whether a method is one that a page or a command calls: it is given a context, and no transaction
// or records, as another room would.
func forPeople(f *ast.FuncDecl) bool {
	var types []string
	for _, p := range f.Type.Params.List {
		of := p.Type
		if at, ok := of.(*ast.StarExpr); ok {
			of = at.X
		}
		if s, ok := of.(*ast.SelectorExpr); ok {
			types = append(types, s.Sel.Name)
		}
	}
	return f.Recv != nil && f.Name.IsExported() && slices.Contains(types, "Context") &&
		!slices.Contains(types, "Tx") && !slices.Contains(types, "Records")
}

// writers lists the exported methods of a package that open a change of the contest, by themselves or through
// functions of their package.
func writers(t *testing.T, dir string) (out []string) {
	t.Helper()
	calls, methods := map[string]map[string]bool{}, map[string]bool{}
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Body == nil {
				continue
			}
			name := f.Name.Name
			if calls[name] == nil {
				calls[name] = map[string]bool{}
			}
			for c := range calledIn(f.Body) {
				calls[name][c] = true
			}
			methods[name] = methods[name] || forPeople(f)
		}
	}
	writes := map[string]bool{"Change": true, "ChangeIn": true}
	for grown := true; grown; {
		grown = false
		for name, all := range calls {
			for c := range all {
				if writes[c] && !writes[name] {
					writes[name], grown = true, true
				}
			}
		}
	}
	for name := range methods {
		if methods[name] && writes[name] {
			out = append(out, name)
		}
	}
	return out
}

// Each method of a room that changes the contest is one of the deeds, so that locks, a full disk and a second program
// are tried with it.
func TestEveryMethodThatChangesAContestIsADeed(t *testing.T) {
	done := map[string]bool{}
	files := []string{"deeds_test.go", "deeds_later_test.go", "deeds_ready_test.go", "deeds_pledge_test.go",
		"deeds_compare_test.go"}
	for _, path := range files {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				done[s.Sel.Name] = true
			}
			return true
		})
	}
	found := 0
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		if d.Name() == "internal" || d.Name() == "testdata" {
			return filepath.SkipDir
		}
		for _, name := range writers(t, path) {
			if found++; !done[name] {
				t.Errorf("%s: %s changes the contest and is no deed", path, name)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found < 80 {
		t.Errorf("only %d methods that change a contest were found", found)
	}
}
