package quickjson

import (
	"encoding"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
)

// shape says how a Go type is read.
type shape struct {
	kind   kind
	elem   *shape       // of a list, a map, a pointer
	typ    reflect.Type // of the elements of a list or a map, of what a pointer points to
	fields []field      // of a record
}

// kind tells shapes apart.
type kind uint8

const (
	foreign kind = iota // left to encoding/json
	text
	whole // a signed number
	count // an unsigned number
	real
	truth
	moment // time.Time
	raw    // json.RawMessage
	list
	table // a map with texts as keys
	pointer
	record
)

// field is a field of a record.
type field struct {
	name  string
	index []int // more than one for a field of an embedded record
	shape *shape
}

// mostFields is how many fields a record may have: which were met is a word of bits.
const mostFields = 64

var (
	shapes      sync.Map // reflect.Type -> *shape
	momentType  = reflect.TypeFor[time.Time]()
	rawType     = reflect.TypeFor[json.RawMessage]()
	readsJSON   = reflect.TypeFor[json.Unmarshaler]()
	readsText   = reflect.TypeFor[encoding.TextUnmarshaler]()
	strangeOnly = &shape{}
)

// shapeOf returns how t is read.
func shapeOf(t reflect.Type) *shape {
	if s, known := shapes.Load(t); known {
		return s.(*shape)
	}
	s, _ := shapes.LoadOrStore(t, newShape(t, nil))
	return s.(*shape)
}

// newShape is shapeOf for a type within others. A type within itself is left to encoding/json.
func newShape(t reflect.Type, within []reflect.Type) *shape {
	switch t {
	case momentType:
		return &shape{kind: moment}
	case rawType:
		return &shape{kind: raw}
	}
	if slices.Contains(within, t) || reads(t, readsJSON) || reads(t, readsText) {
		return strangeOnly
	}
	within = append(slices.Clone(within), t)
	switch t.Kind() {
	case reflect.String:
		return &shape{kind: text}
	case reflect.Bool:
		return &shape{kind: truth}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return &shape{kind: whole}
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return &shape{kind: count}
	case reflect.Float64:
		return &shape{kind: real}
	case reflect.Pointer:
		return &shape{kind: pointer, elem: newShape(t.Elem(), within), typ: t.Elem()}
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			return strangeOnly // base64
		}
		return &shape{kind: list, elem: newShape(t.Elem(), within), typ: t.Elem()}
	case reflect.Map:
		if t.Key().Kind() != reflect.String || reads(t.Key(), readsText) {
			return strangeOnly
		}
		return &shape{kind: table, elem: newShape(t.Elem(), within), typ: t.Elem()}
	case reflect.Struct:
		if fields, plain := fieldsOf(t, nil, within); plain && len(fields) <= mostFields && apart(fields) {
			return &shape{kind: record, fields: fields}
		}
	}
	return strangeOnly
}

// reads reports whether a value of t, or a pointer to one, reads itself.
func reads(t, how reflect.Type) bool {
	return t.Implements(how) || reflect.PointerTo(t).Implements(how)
}

// fieldsOf lists the fields of a record, those of embedded ones too. It is not plain where encoding/json has rules that
// this package lacks.
func fieldsOf(t reflect.Type, at []int, within []reflect.Type) (out []field, plain bool) {
	for i := range t.NumField() {
		f := t.Field(i)
		index := append(slices.Clone(at), i)
		tag := f.Tag.Get("json")
		name, options, _ := strings.Cut(tag, ",")
		if f.Anonymous {
			if f.Type.Kind() != reflect.Struct || tag != "" || reads(f.Type, readsJSON) || reads(f.Type, readsText) ||
				slices.Contains(within, f.Type) {
				return nil, false
			}
			more, ok := fieldsOf(f.Type, index, append(slices.Clone(within), f.Type))
			if !ok {
				return nil, false
			}
			out = append(out, more...)
			continue
		}
		if !f.IsExported() || tag == "-" {
			continue
		}
		if strings.ContainsFunc(name, strange) || !slices.Contains([]string{"", "omitempty", "omitzero"}, options) {
			return nil, false
		}
		if name == "" {
			name = f.Name
		}
		out = append(out, field{name, index, newShape(f.Type, within)})
	}
	return out, true
}

func strange(r rune) bool { return r != '_' && r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// apart reports whether no two fields could be meant by one key: encoding/json does not mind case.
func apart(fields []field) bool {
	for i, f := range fields {
		for _, g := range fields[:i] {
			if strings.EqualFold(f.name, g.name) {
				return false
			}
		}
	}
	return true
}

// Left names the parts of T that are left to encoding/json, as "versions.at"; "" is all of it.
func Left[T any]() []string { return shapeOf(reflect.TypeFor[T]()).left("") }

func (s *shape) left(at string) (out []string) {
	switch s.kind {
	case foreign:
		return []string{strings.TrimPrefix(at, ".")}
	case list, table, pointer:
		return s.elem.left(at)
	case record:
		for _, f := range s.fields {
			out = append(out, f.shape.left(at+"."+f.name)...)
		}
	}
	return out
}
