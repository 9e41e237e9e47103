// Package sets writes several files into one folder, all of them or none: half a set looks like a whole one.
//
// Their names are made by the program, so what stands there already is not what a person chose to write over: a score
// sheet that came back filled in has the name of the empty one. This is the one door to files of such names: what
// differs from what would be written is written over only after a person was shown it and agreed, and is kept aside
// even then.
package sets

import (
	"context"
	"io"
	"os"
	"path/filepath"

	"fayi/internal/atomicfile"
	"fayi/judging/store"
)

// Put writes one file of a set.
type Put func(name string, write func(io.Writer) error) error

// Write writes what all puts, each into a file of the folder dir, which is made. Where one can't be written, none
// is, and a folder that was made is taken away: half a set looks like a whole one. Errors: Invalid, Unavailable, and
// a TakenError where files of these names hold something else, unless ctx lets them be written over.
func Write(ctx context.Context, dir string, all func(put Put) error) error {
	return writeWith(ctx, dir, all, func() error { return nil })
}

// writeWith is Write of what gets its names only if then, called when nothing else stands in the way, has no error.
func writeWith(ctx context.Context, dir string, all func(put Put) error, then func() error) error {
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
	var other []string
	for path, made := range set.Files() {
		if same, err := sameFile(made, path); err != nil {
			return store.Translate(path, err)
		} else if !same {
			other = append(other, path)
		}
	}
	if err := Free(ctx, other...); err != nil {
		return err
	}
	if err := then(); err != nil {
		return err
	}
	if err := putAside(other); err != nil {
		return store.Translate(dir, err)
	}
	return store.Translate(dir, set.Commit())
}

// File writes one file whose name a program made, next to another, by the rules of Write. Its folder must be there.
func File(ctx context.Context, path string, write func(io.Writer) error) error {
	return FileWith(ctx, path, write, func() error { return nil })
}

// FileWith is File of what goes with other files, which then writes: where those can't be, it is not written either.
func FileWith(ctx context.Context, path string, write func(io.Writer) error, then func() error) error {
	if _, err := os.Stat(filepath.Dir(path)); err != nil {
		return store.Translate(path, err)
	}
	put := func(put Put) error { return put(filepath.Base(path), write) }
	return writeWith(ctx, filepath.Dir(path), put, then)
}
