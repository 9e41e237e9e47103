// Package sets writes several files into one folder, all of them or none: half a set looks like a whole one.
package sets

import (
	"io"
	"path/filepath"

	"fayi/internal/atomicfile"
	"fayi/judging/store"
)

// Put writes one file of a set, over one of the same name.
type Put func(name string, write func(io.Writer) error) error

// Write writes what all puts, each into a file of the folder dir, which is made. Where one can't be written, none
// is, and a folder that was made is taken away: half a set looks like a whole one. Errors: Invalid, Unavailable.
func Write(dir string, all func(put Put) error) error {
	if err := FolderPlace(dir); err != nil {
		return err
	}
	set, err := atomicfile.NewSet(dir, 0o755)
	if err != nil {
		return store.Translate(dir, err)
	}
	defer set.Discard()
	err = all(func(name string, write func(io.Writer) error) error {
		path := filepath.Join(dir, name)
		if err := FilePlace(path); err != nil {
			return err
		}
		return store.Translate(path, set.Write(name, 0o644, write))
	})
	if err != nil {
		return err
	}
	return store.Translate(dir, set.Commit())
}
