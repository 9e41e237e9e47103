package quickjson

import (
	"bytes"
	"reflect"
	"strings"
)

func (r *reader) list(s *shape, v reflect.Value) bool {
	if !r.take('[') {
		return false
	}
	if r.take(']') {
		v.Set(reflect.MakeSlice(v.Type(), 0, 0))
		return true
	}
	for n := 0; ; n++ {
		v.Grow(1)
		v.SetLen(n + 1)
		if !r.value(s.elem, v.Index(n)) {
			return false
		}
		if !r.take(',') {
			return r.take(']')
		}
	}
}

// each calls read at each value of an object, with its key, which is valid until then.
func (r *reader) each(read func(key []byte) bool) bool {
	if !r.take('{') {
		return false
	}
	if r.take('}') {
		return true
	}
	for {
		r.space()
		key, plain, ok := r.quoted()
		if !ok || !plain || !r.take(':') || !read(key) {
			return false
		}
		if !r.take(',') {
			return r.take('}')
		}
	}
}

func (r *reader) table(s *shape, v reflect.Value) bool {
	v.Set(reflect.MakeMap(v.Type()))
	if plain, simple := v.Addr().Interface().(*map[string]string); simple {
		return r.each(func(key []byte) bool {
			name := string(key)
			if r.space() == 'n' {
				(*plain)[name] = ""
				return r.word("null")
			}
			value, ok := r.text()
			(*plain)[name] = value
			return ok
		})
	}
	keys := v.Type().Key()
	return r.each(func(key []byte) bool {
		value := reflect.New(s.typ).Elem()
		name := reflect.ValueOf(string(key)).Convert(keys)
		ok := r.value(s.elem, value)
		v.SetMapIndex(name, value)
		return ok
	})
}

// record reads fields, which stand in the order in which they were written: the next one is looked for behind the last.
// A key that comes twice is left to encoding/json, as one in other letters than the field's.
func (r *reader) record(s *shape, v reflect.Value) bool {
	next, met := 0, uint64(0)
	return r.each(func(key []byte) bool {
		i := s.find(key, next)
		if i < 0 {
			return !s.resembles(key) && r.skip()
		}
		if met&(1<<i) != 0 {
			return false
		}
		met |= 1 << i
		next = i + 1
		f := &s.fields[i]
		at := v.Field(f.index[0])
		for _, k := range f.index[1:] {
			at = at.Field(k)
		}
		return r.value(f.shape, at)
	})
}

// find returns which field key names, -1 for none. It looks from next on first.
func (s *shape) find(key []byte, next int) int {
	for i := next; i < len(s.fields); i++ {
		if s.fields[i].name == string(key) {
			return i
		}
	}
	for i := range min(next, len(s.fields)) {
		if s.fields[i].name == string(key) {
			return i
		}
	}
	return -1
}

// resembles reports whether encoding/json might take key for the name of a field.
func (s *shape) resembles(key []byte) bool {
	for _, f := range s.fields {
		if strings.EqualFold(f.name, string(key)) {
			return true
		}
	}
	return false
}

// deepest is how deep values that nobody reads may be nested here.
const deepest = 100

// skip passes over one value, whatever it is.
func (r *reader) skip() bool {
	if r.deep++; r.deep > deepest {
		r.deep--
		return false
	}
	defer func() { r.deep-- }()
	switch c := r.space(); c {
	case '"':
		_, _, ok := r.quoted()
		return ok
	case '{':
		r.at++
		return r.entries('}', func() bool {
			r.space()
			_, _, ok := r.quoted()
			return ok && r.take(':') && r.skip()
		})
	case '[':
		r.at++
		return r.entries(']', r.skip)
	default:
		if bytes.IndexByte([]byte("ntf"), c) >= 0 {
			return r.word("null") || r.word("true") || r.word("false")
		}
		_, _, ok := r.figures()
		return ok
	}
}

// entries passes over what stands between commas until end.
func (r *reader) entries(end byte, one func() bool) bool {
	if r.take(end) {
		return true
	}
	for {
		if !one() {
			return false
		}
		if !r.take(',') {
			return r.take(end)
		}
	}
}
