package records

import (
	"maps"
	"slices"

	"fayi/judging"
)

// mostKept is how many works stay in memory, decoded, while nothing is written: some 2 KB each.
const mostKept = 5000

// ownWork is a copy of a record that shares nothing that can be changed.
func ownWork(r WorkRecord) WorkRecord {
	r.Versions = slices.Clone(r.Versions)
	for i := range r.Versions {
		w := &r.Versions[i].Work
		w.Authors, w.Teachers, w.Reasons = slices.Clone(w.Authors), slices.Clone(w.Teachers), slices.Clone(w.Reasons)
		w.More, w.Also, w.Files = maps.Clone(w.More), slices.Clone(w.Also), ownFiles(w.Files)
	}
	return r
}

func ownFiles(files []judging.File) []judging.File {
	files = slices.Clone(files)
	for i := range files {
		files[i].Masks = slices.Clone(files[i].Masks)
	}
	return files
}
