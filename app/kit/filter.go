package kit

import (
	"maps"
	"strings"
	"unicode"
)

// Filter is what a user wants to see. It is a value: pages keep it and give it back to the bar.
type Filter struct {
	Text  string            // words to be found, all of them
	Quick string            // key of the state pressed, or ""
	Picks map[string]string // chosen key by the name of the choice
}

// Pick returns the key chosen for name, "" for all.
func (f Filter) Pick(name string) string { return f.Picks[name] }

// Empty reports whether the filter lets everything through.
func (f Filter) Empty() bool {
	return strings.TrimSpace(f.Text) == "" && f.Quick == "" && len(f.Picks) == 0
}

// with returns f with name chosen to be key.
func (f Filter) with(name, key string) Filter {
	picks := maps.Clone(f.Picks)
	if picks == nil {
		picks = map[string]string{}
	}
	if key == "" {
		delete(picks, name)
	} else {
		picks[name] = key
	}
	f.Picks = picks
	return f
}

// Finds reports whether each word of f.Text occurs in one of the fields, whatever its case or width.
func (f Filter) Finds(fields ...string) bool {
	for _, word := range strings.Fields(fold(f.Text)) {
		found := false
		for _, field := range fields {
			if found = strings.Contains(fold(field), word); found {
				break
			}
		}
		if !found {
			return false
		}
	}
	return true
}

// fold makes full-width letters and digits narrow and all letters small.
func fold(s string) string {
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
