package quickjson

import (
	"bytes"
	"encoding/json"
	"hash/maphash"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// Unmarshal reads body into v, whose value is the zero of its type, as json.Unmarshal does. Errors: those of
// json.Unmarshal.
func Unmarshal[T any](body []byte, v *T) error {
	r := readers.Get().(*reader)
	r.body, r.at = body, 0
	ok := r.value(shapeOf(reflect.TypeFor[T]()), reflect.ValueOf(v).Elem()) && r.ended()
	r.body = nil
	readers.Put(r)
	if ok {
		return nil
	}
	var none T
	*v = none
	return json.Unmarshal(body, v)
}

// readers keep the words that they met last.
var readers = sync.Pool{New: func() any { return new(reader) }}

var seed = maphash.MakeSeed()

// Texts up to so many bytes are looked for among the last ones: most of them are one of a few, as categories and units.
const (
	shortText = 48
	mostWords = 512 // a power of two
)

// reader reads one value. Its methods return false for whatever they don't know, and leave all the rest to
// encoding/json then.
type reader struct {
	body  []byte
	at    int
	deep  int
	words [mostWords]string
}

// space passes over white space and returns the next byte, 0 at the end.
func (r *reader) space() byte {
	for r.at < len(r.body) {
		switch c := r.body[r.at]; c {
		case ' ', '\t', '\r', '\n':
			r.at++
		default:
			return c
		}
	}
	return 0
}

func (r *reader) ended() bool { r.space(); return r.at == len(r.body) }

// take passes over c if it is next.
func (r *reader) take(c byte) bool {
	if r.space() != c || r.at == len(r.body) {
		return false
	}
	r.at++
	return true
}

// word passes over a literal if it is next.
func (r *reader) word(w string) bool {
	if len(r.body)-r.at < len(w) || string(r.body[r.at:r.at+len(w)]) != w {
		return false
	}
	r.at += len(w)
	return true
}

// value reads what comes next into v, which is zero and stays so for null.
func (r *reader) value(s *shape, v reflect.Value) bool {
	c := r.space()
	if s.kind == foreign || s.kind == moment || s.kind == raw {
		return r.stranger(s, v)
	}
	if c == 'n' {
		return r.word("null")
	}
	switch s.kind {
	case text:
		out, ok := r.text()
		if ok {
			v.SetString(out)
		}
		return ok
	case whole, count, real:
		return r.number(s.kind, v)
	case truth:
		yes := r.word("true")
		v.SetBool(yes)
		return yes || r.word("false")
	case list:
		return r.list(s, v)
	case table:
		return r.table(s, v)
	case pointer:
		to := reflect.New(s.typ)
		v.Set(to)
		return r.value(s.elem, to.Elem())
	}
	return r.record(s, v)
}

// stranger hands one value to who reads it.
func (r *reader) stranger(s *shape, v reflect.Value) bool {
	from := r.at
	if !r.skip() {
		return false
	}
	part := r.body[from:r.at]
	switch s.kind {
	case moment:
		return v.Addr().Interface().(*time.Time).UnmarshalJSON(part) == nil
	case raw:
		v.SetBytes(bytes.Clone(part))
		return true
	}
	return json.Unmarshal(part, v.Addr().Interface()) == nil
}

// digits passes over digits and reports whether there were any.
func (r *reader) digits() bool {
	from := r.at
	for r.at < len(r.body) && r.body[r.at]-'0' <= 9 {
		r.at++
	}
	return r.at > from
}

// figures passes over a number; plain tells that it has neither a fraction nor an exponent.
func (r *reader) figures() (number []byte, plain, ok bool) {
	from := r.at
	r.word("-")
	if !r.word("0") && !r.digits() {
		return nil, false, false
	}
	plain = true
	if r.word(".") {
		if plain = false; !r.digits() {
			return nil, false, false
		}
	}
	if r.word("e") || r.word("E") {
		plain = false
		if !r.word("+") {
			r.word("-")
		}
		if !r.digits() {
			return nil, false, false
		}
	}
	return r.body[from:r.at], plain, true
}

func (r *reader) number(k kind, v reflect.Value) bool {
	raw, plain, ok := r.figures()
	switch {
	case !ok:
		return false
	case k == real:
		n, err := strconv.ParseFloat(string(raw), 64)
		v.SetFloat(n)
		return err == nil
	case !plain:
		return false
	case k == whole:
		n, err := strconv.ParseInt(string(raw), 10, 64)
		if err != nil || v.OverflowInt(n) {
			return false
		}
		v.SetInt(n)
		return true
	}
	n, err := strconv.ParseUint(string(raw), 10, 64)
	if err != nil || v.OverflowUint(n) {
		return false
	}
	v.SetUint(n)
	return true
}

// quoted passes over a text and returns what stands between its marks; plain tells that this is what it says.
func (r *reader) quoted() (inside []byte, plain, ok bool) {
	if !r.take('"') {
		return nil, false, false
	}
	from, high := r.at, byte(0)
	plain = true
	for ; r.at < len(r.body); r.at++ {
		switch c := r.body[r.at]; {
		case c == '"':
			inside = r.body[from:r.at]
			r.at++
			return inside, plain, high < utf8.RuneSelf || utf8.Valid(inside)
		case c == '\\':
			if plain = false; !r.escape() {
				return nil, false, false
			}
		case c < ' ':
			return nil, false, false
		default:
			high |= c
		}
	}
	return nil, false, false
}

// escape passes over all of an escape but its last byte.
func (r *reader) escape() bool {
	if r.at++; r.at == len(r.body) {
		return false
	}
	c := r.body[r.at]
	if c != 'u' {
		return strings.IndexByte(`"\/bfnrt`, c) >= 0
	}
	for range 4 {
		if r.at++; r.at == len(r.body) || strings.IndexByte("0123456789abcdefABCDEF", r.body[r.at]) < 0 {
			return false
		}
	}
	return true
}

func (r *reader) text() (string, bool) {
	r.space()
	from := r.at
	inside, plain, ok := r.quoted()
	if !ok {
		return "", false
	}
	if !plain {
		var out string
		err := json.Unmarshal(r.body[from:r.at], &out)
		return out, err == nil
	}
	if len(inside) > shortText {
		return string(inside), true
	}
	known := &r.words[maphash.Bytes(seed, inside)%mostWords]
	if *known != string(inside) {
		*known = string(inside)
	}
	return *known, true
}
