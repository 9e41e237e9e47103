package records

import (
	"strings"
)

// FileName makes text fit to name a file on any system: no separators, no reserved signs, at most 80 characters.
func FileName(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`<>:"/\|?*`, r) || r < ' ' {
			return '_'
		}
		return r
	}, s)
	s = strings.Trim(s, ". ")
	if r := []rune(s); len(r) > 80 {
		s = string(r[:80])
	}
	if s == "" {
		s = "fayi"
	}
	return s
}
