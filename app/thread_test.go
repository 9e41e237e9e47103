package app

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// hops lists where the Go file at path starts a goroutine or hops between threads.
func hops(t *testing.T, path string) []string {
	t.Helper()
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			out = append(out, fmt.Sprintf("%s: go", files.Position(n.Pos())))
		case *ast.SelectorExpr:
			pkg, _ := n.X.(*ast.Ident)
			if pkg == nil {
				break
			}
			switch pkg.Name + "." + n.Sel.Name {
			case "fyne.Do", "fyne.DoAndWait", "time.AfterFunc", "time.NewTicker", "time.NewTimer", "time.Tick",
				"fyne.NewAnimation":
				out = append(out, fmt.Sprintf("%s: %s.%s", files.Position(n.Pos()), pkg.Name, n.Sel.Name))
			}
		}
		return true
	})
	return out
}

func TestOnlyTheTaskFileStartsGoroutines(t *testing.T) {
	seen := 0
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		found := hops(t, path)
		if path == "task.go" {
			seen = len(found)
			return nil
		}
		for _, place := range found {
			t.Errorf("%s outside task.go: use kit.Shell's Run and After", place)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen < 2 {
		t.Error("this test no longer sees the goroutine in task.go")
	}
}
