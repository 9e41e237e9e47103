package scrub

import (
	"slices"
	"testing"

	"fayi/judging/filetype"
)

// elsewhere are the decisions of package filetype that are not for this package.
var elsewhere = []filetype.Cleaner{filetype.ByPages, filetype.ByPixels, filetype.AsIs, filetype.ByHand}

func TestEachTypeHasACleanerOrADecision(t *testing.T) {
	used := map[filetype.Cleaner]bool{}
	for _, row := range filetype.All() {
		used[row.Clean] = true
		if _, here := cleaners[row.Clean]; here == slices.Contains(elsewhere, row.Clean) {
			t.Errorf("%s is cleaned by %q: there is no such cleaner", row.Name, row.Clean)
		}
	}
	for name := range cleaners {
		if !used[name] {
			t.Errorf("no type is cleaned by %q", name)
		}
	}
}
