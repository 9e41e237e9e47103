package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/printer"
	"go/token"
	"go/types"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// mutantKey names a mutant by what stands in the code, so that it is found again when lines move.
type mutantKey struct {
	file, function, expr string
	occurrence           int
}

// mutant is one changed operator.
type mutant struct {
	mutantKey
	id     int // from 1, among those that are built in together
	line   int
	op, to token.Token
	node   ast.Node // *ast.BinaryExpr, or *ast.AssignStmt of +=

	tests  []string // that reach it
	fate   fate
	killer string // first lines of what failed
	equal  string // why it changes nothing
}

// loaded is one package with its mutants.
type loaded struct {
	target  target
	name    string
	fset    *token.FileSet
	sources map[string][]byte // file name -> text
	syntax  map[string]*ast.File
	before  int // mutants of other packages that are built in with these
	mutants []*mutant
}

// neighbours are the operators that change and what they become.
var neighbours = map[token.Token]token.Token{
	token.EQL: token.NEQ, token.NEQ: token.EQL, token.LSS: token.LEQ, token.LEQ: token.LSS,
	token.GTR: token.GEQ, token.GEQ: token.GTR,
	token.LAND: token.LOR, token.LOR: token.LAND, token.ADD: token.SUB, token.ADD_ASSIGN: token.SUB_ASSIGN,
}

// loadPackage reads and type-checks the package and lists its mutants, those of files with the text only. Their
// numbers begin after before.
func loadPackage(t target, only string, before int) (*loaded, error) {
	listed, exports, err := goList(t.pkg)
	if err != nil {
		return nil, err
	}
	p := &loaded{target: t, name: listed.Name, fset: token.NewFileSet(),
		sources: map[string][]byte{}, syntax: map[string]*ast.File{}, before: before}
	var files []*ast.File
	for _, name := range listed.GoFiles {
		text, err := os.ReadFile(filepath.Join(t.pkg, name))
		if err != nil {
			return nil, err
		}
		f, err := parser.ParseFile(p.fset, filepath.Join(t.pkg, name), text, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		p.sources[name], p.syntax[name] = text, f
		files = append(files, f)
	}
	open := func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) }
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	conf := types.Config{Importer: importer.ForCompiler(p.fset, "gc", open)}
	if _, err := conf.Check(listed.ImportPath, p.fset, files, info); err != nil {
		return nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(t.files)) {
		if p.syntax[name] == nil {
			return nil, fmt.Errorf("targets.txt names %s, which is not there", name)
		}
		if strings.Contains(t.pkg+"/"+name, only) {
			if err := p.find(name, info); err != nil {
				return nil, err
			}
		}
	}
	return p, nil
}

type listedPackage struct {
	ImportPath, Name, Export string
	GoFiles                  []string
}

// goList asks the go tool for the package and for where the compiled declarations of all that it imports lie.
func goList(pkg string) (listedPackage, map[string]string, error) {
	cmd := exec.Command("go", "list", "-export", "-deps", "-json=ImportPath,Name,Export,GoFiles", "./"+pkg)
	cmd.Stderr = os.Stderr
	data, err := cmd.Output()
	if err != nil {
		return listedPackage{}, nil, fmt.Errorf("go list: %w", err)
	}
	exports := map[string]string{}
	var last listedPackage // the package itself comes after all that it imports
	for d := json.NewDecoder(bytes.NewReader(data)); d.More(); {
		last = listedPackage{}
		if err := d.Decode(&last); err != nil {
			return last, nil, err
		}
		exports[last.ImportPath] = last.Export
	}
	return last, exports, nil
}

// find lists the mutants of one file.
func (p *loaded) find(name string, info *types.Info) error {
	wanted := p.target.files[name]
	met := map[string]bool{}
	for _, decl := range p.syntax[name].Decls {
		for _, part := range declParts(decl) {
			if len(wanted) > 0 && !slices.Contains(wanted, part.name) {
				continue
			}
			met[part.name] = true
			p.findIn(name, part, info)
		}
	}
	for _, w := range wanted {
		if !met[w] {
			return fmt.Errorf("targets.txt names %s in %s, which is not there", w, name)
		}
	}
	return nil
}

// declPart is a function, or one name of a declaration of variables.
type declPart struct {
	name string
	node ast.Node
}

func declParts(decl ast.Decl) (out []declPart) {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		name := d.Name.Name
		if d.Recv != nil && len(d.Recv.List) > 0 {
			name = receiverName(d.Recv.List[0].Type) + "." + name
		}
		out = append(out, declPart{name, d})
	case *ast.GenDecl:
		for _, s := range d.Specs {
			if v, ok := s.(*ast.ValueSpec); ok && d.Tok == token.VAR {
				out = append(out, declPart{v.Names[0].Name, v})
			}
		}
	}
	return out
}

func receiverName(t ast.Expr) string {
	switch t := t.(type) {
	case *ast.StarExpr:
		return receiverName(t.X)
	case *ast.IndexExpr:
		return receiverName(t.X)
	case *ast.Ident:
		return t.Name
	}
	return "?"
}

func (p *loaded) findIn(name string, part declPart, info *types.Info) {
	seen := map[string]int{}
	ast.Inspect(part.node, func(n ast.Node) bool {
		op, at, ok := mutable(n, info)
		if !ok {
			return true
		}
		var text strings.Builder
		printer.Fprint(&text, token.NewFileSet(), n)
		expr := strings.Join(strings.Fields(text.String()), " ")
		seen[expr]++
		p.mutants = append(p.mutants, &mutant{
			mutantKey: mutantKey{p.target.pkg + "/" + name, part.name, expr, seen[expr]},
			id:        p.before + len(p.mutants) + 1, line: p.fset.Position(at).Line,
			op: op, to: neighbours[op], node: n,
		})
		return true
	})
}

// mutable reports whether a node has an operator to change. Constants are left alone, and so is + of anything but
// numbers.
func mutable(n ast.Node, info *types.Info) (token.Token, token.Pos, bool) {
	switch n := n.(type) {
	case *ast.BinaryExpr:
		_, known := neighbours[n.Op]
		whole := info.Types[n]
		if !known || whole.Value != nil || n.Op == token.ADD && !isNumber(whole.Type) {
			return 0, 0, false
		}
		return n.Op, n.OpPos, true
	case *ast.AssignStmt:
		if n.Tok == token.ADD_ASSIGN && isNumber(info.Types[n.Lhs[0]].Type) {
			return n.Tok, n.TokPos, true
		}
	}
	return 0, 0, false
}

func isNumber(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&(types.IsInteger|types.IsFloat) != 0
}
