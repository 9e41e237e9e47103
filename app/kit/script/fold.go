package script

import (
	"strings"
	"unicode"
)

// Fold makes full-width letters and digits narrow and all letters small.
func Fold(s string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c == 0x3000:
			return ' '
		case c >= 0xFF01 && c <= 0xFF5E:
			c -= 0xFEE0
		}
		return unicode.ToLower(c)
	}, s)
}
