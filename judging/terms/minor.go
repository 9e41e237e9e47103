package terms

import "fayi/judging/text"

// Minors says how the names of children appear in public.
type Minors string

// The ways; empty means Whole.
const (
	Whole    Minors = "whole"
	Surname  Minors = "surname"   // 张某某: the first character only
	UnitOnly Minors = "unit_only" // no name
)

// PublicName returns an author's name as it may appear in public. minor says whether the author's group is one of
// children.
func (m Minors) PublicName(name string, minor bool) string {
	if !minor || m == "" || m == Whole {
		return name
	}
	runes := []rune(text.Tidy(name))
	if m == UnitOnly || len(runes) == 0 {
		return ""
	}
	if len(runes) == 2 {
		return string(runes[0]) + "某"
	}
	return string(runes[0]) + "某某"
}
