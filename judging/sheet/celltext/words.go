package celltext

import (
	"strings"
)

// WordSet makes a set of the words of a text.
func WordSet(text string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(text) {
		set[w] = true
	}
	return set
}
