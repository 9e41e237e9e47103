package plainjson

import (
	stdjson "encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"
)

// deepest is how far what is skipped may be nested.
const deepest = 100

// scanner goes through one value. Its methods step over what they find and leave what they do not.
type scanner struct {
	data  []byte
	at    int
	last  []string // by text field: the last that was read
	names [8]string
}

func (s *scanner) byte(c byte) bool {
	if s.at < len(s.data) && s.data[s.at] == c {
		s.at++
		return true
	}
	return false
}

func (s *scanner) word(w string) bool {
	if len(s.data)-s.at >= len(w) && string(s.data[s.at:s.at+len(w)]) == w {
		s.at += len(w)
		return true
	}
	return false
}

func (s *scanner) null() bool { return s.at < len(s.data) && s.data[s.at] == 'n' && s.word("null") }

// text steps over a string; raw has the quotes. What has escapes in it, or is no UTF-8, is not plain.
func (s *scanner) text() (raw []byte, plain, ok bool) {
	from, at, ascii := s.at, s.at+1, true
	if !s.byte('"') {
		return nil, false, false
	}
	plain = true
	for ; at < len(s.data); at++ {
		switch c := s.data[at]; {
		case c == '"':
			s.at = at + 1
			raw = s.data[from:s.at]
			return raw, plain && (ascii || utf8.Valid(raw)), true
		case c == '\\':
			plain = false
			at++
		case c < ' ':
			return nil, false, false
		case c >= utf8.RuneSelf:
			ascii = false
		}
	}
	return nil, false, false
}

// unescaped is the text of a string with escapes; false where it is no whole text.
func unescaped(raw []byte) (out string, ok bool) {
	err := stdjson.Unmarshal(raw, &out)
	return out, err == nil && !strings.ContainsRune(out, utf8.RuneError)
}

// number steps over a number and tells its digits before and after the point, if it has no exponent and not too many.
func (s *scanner) number() (raw []byte, digits int64, after int, short bool) {
	from := s.at
	s.byte('-')
	first := s.at
	for s.at < len(s.data) && s.data[s.at]-'0' < 10 {
		digits = digits*10 + int64(s.data[s.at]-'0')
		s.at++
	}
	whole := s.at - first
	if whole == 0 || whole > 1 && s.data[first] == '0' {
		return nil, 0, 0, false
	}
	if s.byte('.') {
		for s.at < len(s.data) && s.data[s.at]-'0' < 10 {
			digits = digits*10 + int64(s.data[s.at]-'0')
			s.at++
			after++
		}
		if after == 0 {
			return nil, 0, 0, false
		}
	}
	short = whole+after <= 15
	if s.at < len(s.data) && s.data[s.at]|0x20 == 'e' {
		s.at++
		if !s.byte('-') {
			s.byte('+')
		}
		begin := s.at
		for s.at < len(s.data) && s.data[s.at]-'0' < 10 {
			s.at++
		}
		if s.at == begin {
			return nil, 0, 0, false
		}
		short = false
	}
	return s.data[from:s.at], digits, after, short
}

var tens = [16]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15}

func (s *scanner) float() (float64, bool) {
	raw, digits, after, short := s.number()
	if raw == nil {
		return 0, false
	}
	if short { // both are exact, so that their quotient is the nearest there is
		f := float64(digits) / tens[after]
		if raw[0] == '-' {
			f = -f
		}
		return f, true
	}
	f, err := strconv.ParseFloat(string(raw), 64)
	return f, err == nil
}

func (s *scanner) integer() (int64, bool) {
	raw, digits, after, short := s.number()
	if raw == nil || !short || after > 0 {
		return 0, false
	}
	if raw[0] == '-' {
		digits = -digits
	}
	return digits, true
}

// entries goes through an object and calls read at each value.
func (s *scanner) entries(read func(name []byte) bool) bool {
	if !s.byte('{') {
		return false
	}
	if s.byte('}') {
		return true
	}
	for {
		name, plain, ok := s.text()
		if !ok || !plain || !s.byte(':') || !read(name[1:len(name)-1]) {
			return false
		}
		if s.byte('}') {
			return true
		}
		if !s.byte(',') {
			return false
		}
	}
}

// name returns a name of an entry; those of neighbours are often the same.
func (s *scanner) name(raw []byte) string {
	at := len(raw) % len(s.names)
	if s.names[at] != string(raw) {
		s.names[at] = string(raw)
	}
	return s.names[at]
}

// value steps over any value and returns it.
func (s *scanner) value() ([]byte, bool) {
	from := s.at
	ok := s.skip(0)
	return s.data[from:s.at], ok
}

// skip steps over any value.
func (s *scanner) skip(depth int) bool {
	if s.at == len(s.data) || depth == deepest {
		return false
	}
	switch s.data[s.at] {
	case '"':
		raw, plain, ok := s.text()
		if ok && !plain {
			_, ok = unescaped(raw)
		}
		return ok
	case '{':
		return s.entries(func([]byte) bool { return s.skip(depth + 1) })
	case '[':
		s.at++
		if s.byte(']') {
			return true
		}
		for s.skip(depth + 1) {
			if s.byte(']') {
				return true
			}
			if !s.byte(',') {
				return false
			}
		}
		return false
	case 't':
		return s.word("true")
	case 'f':
		return s.word("false")
	case 'n':
		return s.word("null")
	}
	raw, _, _, _ := s.number()
	return raw != nil
}
