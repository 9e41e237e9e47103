package pdf

import (
	"bytes"
	"compress/zlib"
	"io"
	"slices"
)

// isString tells strings from numbers, names and words.
func (t token) isString() bool { return len(t) > 0 && (t[0] == '(' || t[0] == '<') }

// isIndexed tells a colour space whose colours are a string.
func (l list) isIndexed() bool {
	if len(l) == 0 {
		return false
	}
	t, ok := l[0].(token)
	return ok && (string(t) == "/Indexed" || string(t) == "/I")
}

// withoutStrings returns a copy without the strings that drawing does not need.
func (d dict) withoutStrings() dict {
	return slices.DeleteFunc(slices.Clone(d), func(e entry) bool {
		t, ok := e.value.(token)
		return ok && t.isString() && !slices.Contains(drawnKeys, e.key)
	})
}

// photograph returns s as a JPEG whose filter is a name, where it is one in another legal spelling: a list of one
// filter, or one that is packed by zlib once more. All others come back as they are.
func (s *stream) photograph() *stream {
	filters, ok := s.dict.get("Filter").(list)
	if !ok || s.dict.get("DecodeParms") != nil || len(filters) == 0 || len(filters) > 2 {
		return s
	}
	names := make([]string, len(filters))
	for i, f := range filters {
		t, _ := f.(token)
		names[i] = string(t)
	}
	data := s.data
	switch {
	case slices.Equal(names, []string{"/DCTDecode"}):
	case slices.Equal(names, []string{"/FlateDecode", "/DCTDecode"}):
		z, err := zlib.NewReader(bytes.NewReader(data))
		if err != nil {
			return s
		}
		if data, err = io.ReadAll(io.LimitReader(z, MaxBytes+1)); err != nil || len(data) > MaxBytes {
			return s
		}
	default:
		return s
	}
	return &stream{s.dict.with("Filter", token("/DCTDecode")), data}
}
