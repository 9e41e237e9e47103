package text

import "strings"

// Named finds the name that text means, by words that stand for each name: alone or within the text, folded. The
// longest word found wins; ok is false where none is found or those of two names are of equal length.
func Named(text string, words map[string][]string) (name string, ok bool) {
	text = Fold(text)
	best, length, tied := "", 0, false
	for name, list := range words {
		n := longestWithin(text, list)
		switch {
		case n > length:
			best, length, tied = name, n, false
		case n == length && n > 0:
			tied = true
		}
	}
	if tied {
		return "", false
	}
	return best, best != ""
}

func longestWithin(text string, words []string) int {
	n := 0
	for _, w := range words {
		w = Fold(w)
		if w != "" && w == text {
			return 1 << 16
		}
		if len(w) > n && strings.Contains(text, w) {
			n = len(w)
		}
	}
	return n
}
