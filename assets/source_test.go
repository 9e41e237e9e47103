package assets

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// source is all Go code of the project but tests, with what each name means. Libraries are left out: only our own
// functions and types carry keys.
type source struct {
	set      *token.FileSet
	info     *types.Info
	packages map[string]*types.Package
	files    []*ast.File
	known    map[string]string // key -> text of the first language

	values  map[types.Object][]ast.Expr // variable, parameter or field -> what is put into it
	returns map[types.Object][]ast.Expr // function -> its results
	lits    map[*ast.FuncLit]types.Object
	sums    map[types.Object][]ast.Expr // parameter -> sums of strings that it is a part of
	adds    map[types.Object][]string   // parameter -> arguments that its function adds
	passes  map[types.Object][]types.Object
	makes   map[ast.Expr]types.Object // argument of a call -> the parameter it fills
}

// readSource parses and resolves the tree.
func readSource(t *testing.T) *source {
	t.Helper()
	s := &source{set: token.NewFileSet(), packages: map[string]*types.Package{}, known: texts(t, Languages[0]),
		info: &types.Info{Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{},
			Types: map[ast.Expr]types.TypeAndValue{}},
		values: map[types.Object][]ast.Expr{}, returns: map[types.Object][]ast.Expr{},
		lits: map[*ast.FuncLit]types.Object{},
		sums: map[types.Object][]ast.Expr{}, adds: map[types.Object][]string{},
		passes: map[types.Object][]types.Object{},
		makes:  map[ast.Expr]types.Object{}}
	for _, top := range []string{"app", "cmd", "judging"} {
		err := filepath.WalkDir("../"+top, func(path string, d os.DirEntry, err error) error {
			if err == nil && d.IsDir() && d.Name() != "testdata" {
				_, err = s.Import("fayi/" + strings.TrimPrefix(filepath.ToSlash(path), "../"))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range s.files {
		s.collect(f)
	}
	return s
}

// Import resolves one package of the project; any other is taken as empty, and what is used of it has no meaning
// here.
func (s *source) Import(path string) (*types.Package, error) {
	if p := s.packages[path]; p != nil {
		return p, nil
	}
	empty := types.NewPackage(path, path[strings.LastIndex(path, "/")+1:])
	own, is := strings.CutPrefix(path, "fayi/")
	names, _ := filepath.Glob("../" + own + "/*.go")
	if !is || len(names) == 0 {
		empty.MarkComplete()
		s.packages[path] = empty
		return empty, nil
	}
	var files []*ast.File
	var wrong error
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(s.set, name, nil, parser.SkipObjectResolution)
		wrong = errors.Join(wrong, err)
		files = append(files, f)
	}
	if wrong != nil {
		return nil, wrong
	}
	conf := types.Config{Importer: s, Error: func(error) {}, FakeImportC: true} // libraries are missing by intent
	p, _ := conf.Check(path, s.set, files, s.info)
	s.packages[path], s.files = p, append(s.files, files...)
	return p, nil
}

// object returns what a name or a selection means, of generic code the one declared.
func (s *source) object(e ast.Expr) types.Object {
	switch e := e.(type) {
	case *ast.Ident:
		if o := s.info.Uses[e]; o != nil {
			return origin(o)
		}
		return s.info.Defs[e]
	case *ast.SelectorExpr:
		return s.object(e.Sel)
	case *ast.ParenExpr:
		return s.object(e.X)
	case *ast.IndexExpr:
		return s.object(e.X)
	}
	return nil
}

func origin(o types.Object) types.Object {
	switch o := o.(type) {
	case *types.Var:
		return o.Origin()
	case *types.Func:
		return o.Origin()
	}
	return o
}

func (s *source) put(o types.Object, e ast.Expr) {
	if o != nil {
		s.values[o] = append(s.values[o], e)
	}
}

// collect notes where values go in one file: by assignment, by call, by literals of structs, by return.
func (s *source) collect(f *ast.File) {
	var within []types.Object // functions around
	var enter func(n ast.Node) bool
	body := func(o types.Object, b ast.Node) {
		within = append(within, o)
		ast.Inspect(b, enter)
		within = within[:len(within)-1]
	}
	enter = func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			if n.Body != nil {
				body(s.info.Defs[n.Name], n.Body)
			}
			return false
		case *ast.FuncLit:
			body(s.lits[n], n.Body)
			return false
		case *ast.ReturnStmt:
			if o := within[len(within)-1]; o != nil {
				s.returns[o] = append(s.returns[o], n.Results...)
			}
		case *ast.AssignStmt:
			s.assign(n)
		case *ast.ValueSpec:
			for i, name := range n.Names {
				if i < len(n.Values) {
					s.fill(s.info.Defs[name], n.Values[i])
				}
			}
		case *ast.RangeStmt:
			if n.Value != nil {
				s.put(s.object(n.Value), n.X)
			}
		case *ast.BinaryExpr:
			s.sum(n, n)
		case *ast.CallExpr:
			s.call(n)
		case *ast.CompositeLit:
			s.literal(n)
		}
		return true
	}
	ast.Inspect(f, enter)
}

func (s *source) fill(o types.Object, e ast.Expr) {
	if lit, ok := e.(*ast.FuncLit); ok {
		s.lits[lit] = o
	}
	s.put(o, e)
}

func (s *source) assign(n *ast.AssignStmt) {
	for i, left := range n.Lhs {
		right := n.Rhs[0]
		if len(n.Lhs) == len(n.Rhs) {
			right = n.Rhs[i]
		}
		if x, ok := left.(*ast.IndexExpr); ok {
			if o := s.object(x.X); o != nil {
				s.adds[o] = append(s.adds[o], literal(x.Index)) // "" for one that only the run tells
			}
		}
		s.fill(s.object(left), right)
	}
}

// sum notes of what a sum of strings is made.
func (s *source) sum(whole, part ast.Expr) {
	if b, ok := part.(*ast.BinaryExpr); ok && b.Op == token.ADD {
		s.sum(whole, b.X)
		s.sum(whole, b.Y)
	} else if o := s.object(part); o != nil {
		s.sums[o] = append(s.sums[o], whole)
	}
}

// call fills the parameters of what is called, be it declared, a method or a literal in a variable.
func (s *source) call(n *ast.CallExpr) {
	for i, arg := range n.Args {
		p := s.param(n.Fun, i)
		if p == nil {
			continue
		}
		s.fill(p, arg)
		s.makes[arg] = p
		if o := s.object(arg); o != nil {
			s.passes[o] = append(s.passes[o], p)
		}
	}
}

// param returns the i-th parameter of a function.
func (s *source) param(fun ast.Expr, i int) types.Object {
	if o, ok := s.object(fun).(*types.Var); ok { // a literal in a variable
		for _, v := range s.values[o] {
			if lit, is := v.(*ast.FuncLit); is {
				return fieldAt(lit.Type.Params, i, s.info)
			}
		}
	}
	t := s.info.Types[fun].Type
	if f := s.object(fun); f != nil {
		t = f.Type() // of generic code the one declared
	}
	if t == nil {
		return nil
	}
	sig, ok := t.Underlying().(*types.Signature)
	if !ok || sig.Params().Len() == 0 {
		return nil
	}
	return sig.Params().At(min(i, sig.Params().Len()-1))
}

func fieldAt(list *ast.FieldList, i int, info *types.Info) types.Object {
	for _, f := range list.List {
		for _, n := range f.Names {
			if i == 0 {
				return info.Defs[n]
			}
			i--
		}
	}
	return nil
}

// literal fills the fields of a struct.
func (s *source) literal(n *ast.CompositeLit) {
	for i, el := range n.Elts {
		if kv, ok := el.(*ast.KeyValueExpr); ok {
			if key, is := kv.Key.(*ast.Ident); is {
				s.fill(s.object(key), kv.Value)
			}
			continue
		}
		if f := s.fieldOf(n, i); f != nil {
			s.fill(f, el)
		}
	}
}

// fieldOf returns the i-th field of the struct that a literal makes, nil where it makes none.
func (s *source) fieldOf(n *ast.CompositeLit, i int) types.Object {
	t := s.info.Types[n].Type
	if t == nil {
		return nil
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	st, ok := t.Underlying().(*types.Struct)
	if !ok || i >= st.NumFields() {
		return nil
	}
	return st.Field(i).Origin()
}
