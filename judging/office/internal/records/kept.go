package records

import (
	"maps"
	"slices"

	"fayi/judging"
	"fayi/judging/store"
)

// MostKept is how many works, or as many of what there is one of for each, stay in memory, decoded, while nothing is
// written: some 2 KB each.
const MostKept = 5000

// keptWorks returns the works that count as they are kept, nobody's to change; false where none are.
func keptWorks(tx store.Tx) ([]*judging.Work, bool, error) {
	kept, ok, err := Works.Kept(tx)
	if err != nil || !ok {
		return nil, false, err
	}
	live, err := LoadLive(tx)
	if err != nil {
		return nil, false, err
	}
	out := make([]*judging.Work, 0, len(kept))
	for i := range kept {
		versions := kept[i].Versions
		at := slices.IndexFunc(versions, func(v WorkVersion) bool { return live[v.Intake] })
		if at >= 0 {
			out = append(out, &versions[at].Work)
		}
	}
	return out, true, nil
}

// ownRecord is a copy of a record that shares nothing that can be changed.
func ownRecord(r WorkRecord) WorkRecord {
	r.Versions = slices.Clone(r.Versions)
	for i := range r.Versions {
		r.Versions[i].Work = ownWork(r.Versions[i].Work)
	}
	return r
}

// ownWork is a copy of a work that shares nothing that can be changed.
func ownWork(w judging.Work) judging.Work {
	w.Authors, w.Teachers, w.Reasons = slices.Clone(w.Authors), slices.Clone(w.Teachers), slices.Clone(w.Reasons)
	w.More, w.Also, w.Files = maps.Clone(w.More), slices.Clone(w.Also), slices.Clone(w.Files)
	for i := range w.Files {
		w.Files[i].Masks = slices.Clone(w.Files[i].Masks)
	}
	return w
}
