// Package copied makes copies of works that share nothing that can be changed, so that works can stay in memory and be
// handed out.
package copied

import (
	"maps"
	"slices"

	"fayi/judging"
)

// Most is how many works, or as many of what there is one of for each, stay in memory, decoded, while nothing is
// written: some 2 KB each.
const Most = 5000

// Work is a copy of w.
func Work(w judging.Work) judging.Work {
	w.Authors, w.Teachers, w.Reasons = slices.Clone(w.Authors), slices.Clone(w.Teachers), slices.Clone(w.Reasons)
	w.More, w.Also, w.Files = maps.Clone(w.More), slices.Clone(w.Also), slices.Clone(w.Files)
	for i := range w.Files {
		w.Files[i].Masks = slices.Clone(w.Files[i].Masks)
	}
	return w
}
