package assets

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"
)

// A text that is reported with an argument missing reads “<no value>”. This test finds, in the source, every place
// that makes arguments next to a key of the catalogue – in a call or in a literal of a struct –, follows the key
// back to all values that it can have, and fails where a text in any language needs an argument that the place does
// not give. A place whose key can't be followed fails too, so that none escapes unseen.

// neverMeets lists places by file and key that compose keys, where the search takes one more to be possible than
// there is, with the reason why it is not.
var neverMeets = map[string]string{
	"board_rule.go awardboard.ask_tie": "ask is for rulings on a work; one on a tie has a text of its own",
	"collect.go app.judge_skipped":     "skipped is no stage of judgeStage",
	"severity_row.go fair.tag_odd":     "hints are those of analysis.hint_, and odd is not one of them",
	"severity_row.go fair.say_look":    "hints are those of analysis.hint_, and look is not one of them",
}

// given returns the names of the arguments that e makes; false where it makes none but hands on what others made.
func (s *source) given(e ast.Expr) ([]string, bool) {
	var out []string
	switch x := e.(type) {
	case *ast.CompositeLit:
		for _, el := range x.Elts {
			if kv, ok := el.(*ast.KeyValueExpr); ok {
				out = append(out, literal(kv.Key))
			}
		}
	case *ast.Ident:
		if x.Name == "nil" {
			break
		}
		o := s.object(x)
		made := false
		for _, v := range s.values[o] {
			if lit, ok := v.(*ast.CompositeLit); ok && !s.isParam(o) {
				more, _ := s.given(lit)
				out, made = append(out, more...), true
			}
		}
		if !made {
			return nil, false
		}
		if out = append(out, s.adds[o]...); slices.Contains(out, "") {
			return nil, false
		}
	case *ast.CallExpr:
		o := s.object(x.Fun)
		if o == nil || len(s.returns[o]) == 0 {
			return nil, false
		}
		return s.given(s.returns[o][0])
	default:
		return nil, false
	}
	return append(out, s.added(s.makes[e], map[types.Object]bool{})...), true
}

func (s *source) isParam(o types.Object) bool {
	for _, p := range s.makes {
		if p == o {
			return true
		}
	}
	return false
}

// added lists what a function, and those to which it hands the arguments on, add to them.
func (s *source) added(param types.Object, seen map[types.Object]bool) []string {
	if param == nil || seen[param] {
		return nil
	}
	seen[param] = true
	out := slices.Clone(s.adds[param])
	for _, p := range s.passes[param] {
		out = append(out, s.added(p, seen)...)
	}
	return out
}

// isArgs reports whether a type is that of arguments of texts.
func isArgs(t types.Type) bool {
	m, ok := t.Underlying().(*types.Map)
	if !ok {
		return false
	}
	key, is := m.Key().(*types.Basic)
	i, any := m.Elem().Underlying().(*types.Interface)
	return is && key.Kind() == types.String && any && i.Empty()
}

func isString(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Kind() == types.String
}

// pair is a key with arguments, as one place puts them together.
type pair struct {
	key  ast.Expr
	args []string
}

// pairIn finds arguments among values and the key that goes before them; slot says what the i-th value fills.
func (s *source) pairIn(list []ast.Expr, slot func(i int) types.Object) (pair, bool) {
	for i, e := range list {
		o := slot(i)
		if o == nil || !isArgs(o.Type()) {
			continue
		}
		args, ok := s.given(e)
		for k := i - 1; k >= 0 && ok; k-- {
			if before := slot(k); before != nil && isString(before.Type()) {
				return pair{list[k], args}, true
			}
		}
	}
	return pair{}, false
}

// pairs finds the pairs of a file.
func (s *source) pairs(f *ast.File) (out []pair) {
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if slices.Contains(journalWriters, name(n.Fun)) {
				return false
			}
			if p, ok := s.pairIn(n.Args, func(i int) types.Object { return s.makes[n.Args[i]] }); ok {
				out = append(out, p)
			}
		case *ast.CompositeLit:
			values, slots := s.slots(n)
			if p, ok := s.pairIn(values, func(i int) types.Object { return slots[i] }); ok {
				out = append(out, p)
			}
		}
		return true
	})
	return out
}

// slots lists the values of a literal of a struct with the fields that they fill, those of fields with arguments
// last.
func (s *source) slots(n *ast.CompositeLit) (values []ast.Expr, fields []types.Object) {
	var late []ast.Expr
	var lateFields []types.Object
	for i, el := range n.Elts {
		field, value := s.fieldOf(n, i), el
		if kv, ok := el.(*ast.KeyValueExpr); ok {
			field, value = s.object(kv.Key), kv.Value
		}
		if _, is := field.(*types.Var); !is {
			continue
		}
		if isArgs(field.Type()) {
			late, lateFields = append(late, value), append(lateFields, field)
		} else if slices.Contains([]string{"Text", "text", "key"}, field.Name()) && !printed(value) {
			values, fields = append(values, value), append(fields, field)
		}
	}
	return append(values, late...), append(fields, lateFields...)
}

// printed reports whether e is a text ready to be read, as the methods T and Err of a language return it, and no key.
func printed(e ast.Expr) bool {
	call, ok := e.(*ast.CallExpr)
	return ok && (name(call.Fun) == "T" || name(call.Fun) == "Err")
}

// keysOf returns the keys of a pair: what stands there, or what the function that is called makes of it.
func (s *source) keysOf(e ast.Expr) map[string]bool {
	out := s.keys(e, map[types.Object]bool{})
	if len(out) == 0 {
		s.sumsOf(s.makes[e], e, out, map[types.Object]bool{})
	}
	return out
}

// sumsOf adds to out the keys of the sums that a parameter, which is value, is a part of; where it is part of none,
// those of the functions to which it is handed on.
func (s *source) sumsOf(o types.Object, value ast.Expr, out map[string]bool, seen map[types.Object]bool) {
	if o == nil || seen[o] {
		return
	}
	seen[o] = true
	for _, sum := range s.sums[o] {
		maps.Copy(out, s.composedWith(sum, o, value))
	}
	if len(s.sums[o]) > 0 {
		return
	}
	for _, p := range s.passes[o] {
		s.sumsOf(p, value, out, seen)
	}
}

// needs returns what each text needs in any language.
func needs(t *testing.T) map[string][]string {
	out := map[string][]string{}
	for _, lang := range Languages {
		all := texts(t, lang)
		for key, text := range all {
			for _, p := range placeholders(text + all["cli.how_"+flat(key)]) {
				if !slices.Contains(out[key], p) {
					out[key] = append(out[key], p)
				}
			}
		}
	}
	return out
}

func TestEveryCallerGivesWhatItsTextsNeed(t *testing.T) {
	s, need, checked, excused := readSource(t), needs(t), map[token.Pos]bool{}, map[string]bool{}
	for _, f := range s.files {
		for _, p := range s.pairs(f) {
			at := s.set.Position(p.key.Pos())
			keys := s.keysOf(p.key)
			if len(keys) == 0 && len(p.args) > 0 {
				t.Errorf("%s: the key can't be followed", at)
			}
			for _, key := range slices.Sorted(maps.Keys(keys)) {
				checked[p.key.Pos()] = true
				for _, n := range need[key] {
					if excuse := path.Base(at.Filename) + " " + key; neverMeets[excuse] != "" {
						excused[excuse] = true
					} else if !slices.Contains(p.args, n) && !slices.Contains(toldAnew, key) {
						t.Errorf("%s: %s needs %s; given: %s", at, key, n, strings.Join(p.args, " "))
					}
				}
			}
		}
	}
	for excuse := range neverMeets {
		if !excused[excuse] {
			t.Errorf("neverMeets lists %q, which the search does not find any more", excuse)
		}
	}
	if len(checked) < 1500 {
		t.Errorf("only %d places found: the search has lost its way", len(checked))
	}
}
