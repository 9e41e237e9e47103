package assets

import (
	"go/ast"
	"go/constant"
	"go/types"
	"maps"
	"regexp"
	"strings"
)

// keys returns all keys of the catalogue that e can be. Other strings are no keys and do not matter.
func (s *source) keys(e ast.Expr, seen map[types.Object]bool) map[string]bool {
	out := map[string]bool{}
	if v := s.info.Types[e].Value; v != nil && v.Kind() == constant.String {
		if s.known[constant.StringVal(v)] != "" {
			out[constant.StringVal(v)] = true
		}
		return out
	}
	switch x := e.(type) {
	case *ast.ParenExpr:
		return s.keys(x.X, seen)
	case *ast.BinaryExpr:
		return s.composed(x)
	case *ast.IndexExpr:
		return s.keys(x.X, seen)
	case *ast.CompositeLit:
		for _, el := range x.Elts {
			if kv, is := el.(*ast.KeyValueExpr); is {
				el = kv.Value
			}
			maps.Copy(out, s.keys(el, seen))
		}
	case *ast.CallExpr:
		return s.returned(x, seen)
	case *ast.Ident, *ast.SelectorExpr:
		o := s.object(x)
		if o == nil || seen[o] {
			return out
		}
		seen[o] = true
		for _, v := range s.values[o] {
			maps.Copy(out, s.keys(v, seen))
		}
	}
	return out
}

// composed returns the keys that a sum of strings can be. A part that can't be followed may be anything, but not a
// whole key behind its area.
func (s *source) composed(e ast.Expr) map[string]bool { return s.composedWith(e, nil, nil) }

// composedWith does the same where one part is known to be value.
func (s *source) composedWith(e ast.Expr, part types.Object, value ast.Expr) map[string]bool {
	var pattern, fixed strings.Builder
	var add func(e ast.Expr)
	add = func(e ast.Expr) {
		if b, ok := e.(*ast.BinaryExpr); ok && s.info.Types[e].Value == nil {
			add(b.X)
			add(b.Y)
			return
		}
		if o := s.object(e); o != nil && o == part {
			part = nil
			add(value)
			return
		}
		parts := map[string]bool{}
		s.strings(e, parts, map[types.Object]bool{})
		if len(parts) == 0 {
			pattern.WriteString("[a-z0-9_]*")
			return
		}
		fixed.WriteString("x")
		quoted := []string{}
		for p := range parts {
			quoted = append(quoted, regexp.QuoteMeta(p))
			if strings.HasSuffix(p, ".") && len(parts) == 1 {
				fixed.Reset()
			}
		}
		pattern.WriteString("(" + strings.Join(quoted, "|") + ")")
	}
	add(e)
	out := map[string]bool{}
	if fixed.Len() == 0 {
		return out
	}
	is := regexp.MustCompile("^" + pattern.String() + "$")
	for key := range s.known {
		if is.MatchString(key) {
			out[key] = true
		}
	}
	return out
}

// between returns the keys that begin and end so.
func (s *source) between(start, end string) map[string]bool {
	out := map[string]bool{}
	for key := range s.known {
		if strings.Contains(start, ".") && strings.HasPrefix(key, start) && strings.HasSuffix(key, end) {
			out[key] = true
		}
	}
	return out
}

// strings collects the strings that an expression can be, as far as they stand in the code.
func (s *source) strings(e ast.Expr, out map[string]bool, seen map[types.Object]bool) {
	if v := s.info.Types[e].Value; v != nil && v.Kind() == constant.String {
		out[constant.StringVal(v)] = true
		return
	}
	if call, ok := e.(*ast.CallExpr); ok && s.info.Types[call.Fun].IsType() {
		s.strings(call.Args[0], out, seen)
		return
	}
	if list := constants(s.info.Types[e].Type); len(list) > 0 {
		for _, c := range list {
			out[c] = true
		}
		return
	}
	if o := s.object(e); o != nil && !seen[o] {
		seen[o] = true
		for _, v := range s.values[o] {
			s.strings(v, out, seen)
		}
	}
}

// constants lists the constants of a named type of strings: what its values are.
func constants(t types.Type) (out []string) {
	named, ok := t.(*types.Named)
	if !ok || !isString(t) || named.Obj().Pkg() == nil {
		return nil
	}
	scope := named.Obj().Pkg().Scope()
	for _, n := range scope.Names() {
		if c, is := scope.Lookup(n).(*types.Const); is && types.Identical(c.Type(), t) {
			out = append(out, constant.StringVal(c.Val()))
		}
	}
	return out
}

// returned follows a call: where it is given the beginning of keys, to those; else to what the function returns.
func (s *source) returned(call *ast.CallExpr, seen map[types.Object]bool) map[string]bool {
	out := map[string]bool{}
	for _, arg := range call.Args {
		if name(call.Fun) == "append" {
			maps.Copy(out, s.keys(arg, seen))
		}
		maps.Copy(out, s.between(literal(arg), ""))
	}
	o := s.object(call.Fun)
	if o == nil || seen[o] || len(out) > 0 {
		return out
	}
	seen[o] = true
	for _, r := range s.returns[o] {
		maps.Copy(out, s.keys(r, seen))
	}
	return out
}
