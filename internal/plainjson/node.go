package plainjson

import (
	"encoding"
	stdjson "encoding/json"
	"reflect"
	"slices"
	"strings"

	json "github.com/go-json-experiment/json/v1"
)

// node reads values of one type.
type node struct {
	read func(s *scanner, v reflect.Value) bool
}

// maker makes the nodes of a type.
type maker struct {
	known map[reflect.Type]*node
	texts int // string fields so far
}

var (
	ownJSON = reflect.TypeFor[stdjson.Unmarshaler]()
	ownText = reflect.TypeFor[encoding.TextUnmarshaler]()
)

func (m *maker) node(t reflect.Type) *node {
	if n := m.known[t]; n != nil {
		return n
	}
	n := &node{}
	if t.Kind() != reflect.String { // each text has its own last one
		m.known[t] = n // a type may hold itself
	}
	n.read = m.reading(t)
	return n
}

func (m *maker) reading(t reflect.Type) func(*scanner, reflect.Value) bool {
	switch p := reflect.PointerTo(t); {
	case p.Implements(ownJSON):
		return readOwn
	case p.Implements(ownText), t.Implements(ownJSON), t.Implements(ownText):
		return readOther
	}
	switch t.Kind() {
	case reflect.String:
		return m.text()
	case reflect.Bool:
		return readBool
	case reflect.Float64:
		return readFloat
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return readInt
	case reflect.Struct:
		return m.fields(t)
	case reflect.Slice:
		return m.slice(t)
	case reflect.Map:
		return m.table(t)
	}
	return readOther
}

// readOwn lets a type read itself.
func readOwn(s *scanner, v reflect.Value) bool {
	raw, ok := s.value()
	return ok && raw[0] != 'n' && v.Addr().Interface().(stdjson.Unmarshaler).UnmarshalJSON(raw) == nil
}

// readOther leaves a value to the decoder that knows all of JSON.
func readOther(s *scanner, v reflect.Value) bool {
	raw, ok := s.value()
	return ok && json.Unmarshal(raw, v.Addr().Interface()) == nil
}

// text reads strings. The last one stays, since texts of neighbours are often the same.
func (m *maker) text() func(*scanner, reflect.Value) bool {
	at := m.texts
	m.texts++
	return func(s *scanner, v reflect.Value) bool {
		if s.null() {
			return true
		}
		raw, plain, ok := s.text()
		if !ok {
			return false
		}
		if !plain {
			out, ok := unescaped(raw)
			v.SetString(out)
			return ok
		}
		inner := raw[1 : len(raw)-1]
		if s.last[at] != string(inner) {
			s.last[at] = string(inner)
		}
		v.SetString(s.last[at])
		return true
	}
}

func readBool(s *scanner, v reflect.Value) bool {
	switch {
	case s.word("true"):
		v.SetBool(true)
	case s.word("false"):
	default:
		return s.null()
	}
	return true
}

func readFloat(s *scanner, v reflect.Value) bool {
	if s.null() {
		return true
	}
	f, ok := s.float()
	v.SetFloat(f)
	return ok
}

func readInt(s *scanner, v reflect.Value) bool {
	if s.null() {
		return true
	}
	n, ok := s.integer()
	if !ok || v.OverflowInt(n) {
		return false
	}
	v.SetInt(n)
	return true
}

func (m *maker) slice(t reflect.Type) func(*scanner, reflect.Value) bool {
	if t.Elem().Kind() == reflect.Uint8 {
		return readOther
	}
	item := m.node(t.Elem())
	return func(s *scanner, v reflect.Value) bool {
		if s.null() {
			return true
		}
		if !s.byte('[') {
			return false
		}
		if s.byte(']') {
			v.Set(reflect.MakeSlice(t, 0, 0))
			return true
		}
		for n := 0; ; n++ {
			if n == v.Cap() {
				v.Grow(1)
			}
			v.SetLen(n + 1)
			if !item.read(s, v.Index(n)) {
				return false
			}
			if s.byte(']') {
				return true
			}
			if !s.byte(',') {
				return false
			}
		}
	}
}

// table reads maps from texts.
func (m *maker) table(t reflect.Type) func(*scanner, reflect.Value) bool {
	switch t {
	case reflect.TypeFor[map[string]float64]():
		return readMarks
	}
	if t.Key().Kind() != reflect.String || reflect.PointerTo(t.Key()).Implements(ownText) {
		return readOther
	}
	item := m.node(t.Elem())
	return func(s *scanner, v reflect.Value) bool {
		if s.null() {
			return true
		}
		out := reflect.MakeMap(t)
		v.Set(out)
		n := 0
		return s.entries(func(name []byte) bool {
			value := reflect.New(t.Elem()).Elem()
			if !item.read(s, value) {
				return false
			}
			out.SetMapIndex(reflect.ValueOf(string(name)).Convert(t.Key()), value)
			n++
			return out.Len() == n // a name given twice is not plain
		})
	}
}

func readMarks(s *scanner, v reflect.Value) bool {
	if s.null() {
		return true
	}
	out := map[string]float64{}
	*v.Addr().Interface().(*map[string]float64) = out
	n := 0
	return s.entries(func(name []byte) bool {
		f, ok := s.float()
		out[s.name(name)] = f
		n++
		return ok && len(out) == n
	})
}

// field is a field of a struct, or of one embedded in it.
type field struct {
	name  string
	index []int
	node  *node
}

const mostFields = 64 // as many as a word has bits

// fields reads structs.
func (m *maker) fields(t reflect.Type) func(*scanner, reflect.Value) bool {
	list, ok := m.gather(t, nil, nil)
	if !ok || len(list) > mostFields {
		return readOther
	}
	at, folded := map[string]int{}, map[string]bool{}
	for i, f := range list {
		if _, twice := at[f.name]; twice {
			return readOther
		}
		at[f.name], folded[strings.ToLower(f.name)] = i, true
		list[i].node = m.node(t.FieldByIndex(f.index).Type)
	}
	return func(s *scanner, v reflect.Value) bool {
		if s.null() {
			return true
		}
		seen, next := uint64(0), 0
		return s.entries(func(name []byte) bool {
			i := next
			for i < len(list) && list[i].name != string(name) && i < next+4 {
				i++ // encoders write fields in their order and leave some out
			}
			if i == len(list) || list[i].name != string(name) {
				known := false
				if i, known = at[string(name)]; !known {
					return lower(name) && !folded[string(name)] && s.skip(0)
				}
			}
			if seen&(1<<i) != 0 {
				return false
			}
			seen |= 1 << i
			next = i + 1
			f := &list[i]
			if len(f.index) == 1 {
				return f.node.read(s, v.Field(f.index[0]))
			}
			return f.node.read(s, v.FieldByIndex(f.index))
		})
	}
}

// gather lists the fields of a struct as JSON has them, those of embedded structs in their place; false for what only a
// decoder that knows all of it gets right.
func (m *maker) gather(t reflect.Type, path []int, list []field) ([]field, bool) {
	ok := true
	for i := range t.NumField() {
		f := t.Field(i)
		tag, tagged := f.Tag.Lookup("json")
		name, options, _ := strings.Cut(tag, ",")
		index := append(append([]int{}, path...), i)
		embedded := f.Anonymous && name == "" && f.Type.Kind() == reflect.Struct
		switch {
		case tag == "-" && tagged, !f.IsExported() && !embedded:
			continue
		case slices.ContainsFunc(strings.Split(options, ","), func(o string) bool {
			return o != "" && o != "omitempty" && o != "omitzero"
		}):
			return list, false
		case f.Anonymous && !embedded, embedded && !f.IsExported():
			return list, false
		case embedded:
			if list, ok = m.gather(f.Type, index, list); !ok {
				return list, false
			}
			continue
		case name == "":
			name = f.Name
		}
		list = append(list, field{name: name, index: index})
	}
	return list, true
}

// lower reports whether a name is of small letters, so that it can be no other spelling of another.
func lower(name []byte) bool {
	for _, c := range name {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' {
			return false
		}
	}
	return true
}
