package judging_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// What a reader can hold in mind, of code that is not a test.
const (
	mostFunctionLines = 60
	mostFileLines     = 400
	mostPackageLines  = 3500
	mostMethods       = 25 // exported, of one type
)

// sizes is what a walk over the code finds.
type sizes struct {
	packages map[string]int // folder -> lines
	methods  map[string]int // folder.Type -> exported methods
	long     []string       // functions beyond the limit
	large    []string       // files beyond it
}

// measure reads all code of the project that is not a test.
func measure(t *testing.T) sizes {
	t.Helper()
	s := sizes{packages: map[string]int{}, methods: map[string]int{}}
	for _, top := range []string{"app", "assets", "cmd", "docs", "internal", "judging", "scripts"} {
		err := filepath.WalkDir(filepath.Join("..", top), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			return s.file(path)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(s.packages) < 30 {
		t.Fatalf("only %d packages were found", len(s.packages))
	}
	return s
}

func (s *sizes) file(path string) error {
	set := token.NewFileSet()
	f, err := parser.ParseFile(set, path, nil, 0)
	if err != nil {
		return err
	}
	dir := filepath.ToSlash(strings.TrimPrefix(filepath.Dir(path), ".."+string(filepath.Separator)))
	lines := set.File(f.FileStart).LineCount()
	s.packages[dir] += lines
	if lines > mostFileLines {
		s.large = append(s.large, path)
	}
	for _, d := range f.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok {
			continue
		}
		at := set.Position(fn.Pos())
		if set.Position(fn.End()).Line-at.Line+1 > mostFunctionLines {
			s.long = append(s.long, at.String()+" "+fn.Name.Name)
		}
		if fn.Recv != nil && fn.Name.IsExported() {
			s.methods[dir+"."+receiver(fn.Recv.List[0].Type)]++
		}
	}
	return nil
}

func receiver(t ast.Expr) string {
	switch t := t.(type) {
	case *ast.StarExpr:
		return receiver(t.X)
	case *ast.IndexExpr:
		return receiver(t.X)
	case *ast.Ident:
		return t.Name
	}
	return ""
}

func TestSizesOfFunctionsPackagesAndTypes(t *testing.T) {
	s := measure(t)
	for _, where := range s.long {
		t.Errorf("%s has more than %d lines", where, mostFunctionLines)
	}
	for _, path := range s.large {
		t.Errorf("%s has more than %d lines", path, mostFileLines)
	}
	for dir, n := range s.packages {
		if n > mostPackageLines {
			t.Errorf("package %s has %d lines, at most %d", dir, n, mostPackageLines)
		}
	}
	for name, n := range s.methods {
		if n > mostMethods {
			t.Errorf("%s has %d exported methods, at most %d: give some a type of their own", name, n, mostMethods)
		}
	}
}
