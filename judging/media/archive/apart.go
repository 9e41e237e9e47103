package archive

import (
	"path"
	"slices"
	"strings"
)

// Apart parts entries into those outside all folders that hold a file called name, and these folders, "." for the root,
// each once.
func Apart(all []Entry, name string) (rest []Entry, folders []string) {
	for _, e := range all {
		if path.Base(e.Path) == name {
			folders = append(folders, path.Dir(e.Path))
		}
	}
	within := func(e Entry) bool {
		return slices.ContainsFunc(folders, func(f string) bool { return f == "." || strings.HasPrefix(e.Path, f+"/") })
	}
	return slices.DeleteFunc(slices.Clone(all), within), slices.Compact(folders)
}
