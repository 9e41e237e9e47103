package text

import "strings"

const formulaStarts = "=+-@\t\r"

// Guarded keeps spreadsheets from taking a text of a csv file for a formula.
func Guarded(s string) string {
	if s != "" && strings.ContainsRune(formulaStarts, rune(s[0])) {
		return "'" + s
	}
	return s
}

// Unguarded takes off what Guarded put before a text.
func Unguarded(s string) string {
	if len(s) > 1 && s[0] == '\'' && strings.ContainsRune(formulaStarts, rune(s[1])) {
		return s[1:]
	}
	return s
}
