package text

import (
	"strings"
	"unicode"
)

// Fold brings text to the form in which names and headers are compared: full-width letters, digits and signs become
// ordinary ones, every space, control and format character goes, letters become lower case.
func Fold(s string) string {
	return strings.Map(func(r rune) rune {
		r = narrow(r)
		if blank(r) {
			return -1
		}
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

// Tidy cleans a value for keeping: full-width letters and digits become ordinary ones, what has no width goes, runs
// of blanks become one space, the ends are trimmed. Chinese punctuation stays as it is.
func Tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		if r > 0x7F && unicode.Is(unicode.Cf, r) {
			return -1
		}
		if n := narrow(r); isAlnum(n) || n == ' ' {
			return n
		}
		return r
	}, s)
	return strings.Join(strings.FieldsFunc(s, blank), " ")
}

func narrow(r rune) rune {
	switch {
	case r >= 0xFF01 && r <= 0xFF5E:
		return r - 0xFEE0
	case r == 0x3000:
		return ' '
	}
	return r
}

func isAlnum(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

// blank holds what shows as nothing: spaces, controls, format characters as zero-width and byte-order marks.
func blank(r rune) bool {
	if r > ' ' && r < 0x7F || r > 0x3000 && r < 0xFE00 {
		return false
	}
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
}

// SplitNames parts a list of names as people write it: by 、 comma, semicolon or slash, not by a space, which may
// stand within a name.
func SplitNames(list string) []string {
	var out []string
	for _, name := range strings.FieldsFunc(list, func(r rune) bool { return strings.ContainsRune("、,，;；/／", r) }) {
		if name = Tidy(name); name != "" {
			out = append(out, name)
		}
	}
	return out
}
