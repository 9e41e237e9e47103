package atomicfile

import (
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
)

// Set is several files of one folder in the making: they get their names when all are written, or none does. Its
// creator calls Commit, or Discard, or both: a Discard after a Commit does nothing.
type Set struct {
	dir   string
	made  bool // the folder was not there before
	files []*File
}

// NewSet begins files in the folder dir, which is made with the permissions mode if it is not there.
func NewSet(dir string, mode fs.FileMode) (*Set, error) {
	_, err := os.Stat(dir)
	s := &Set{dir: dir, made: errors.Is(err, fs.ErrNotExist)}
	return s, os.MkdirAll(dir, mode)
}

// Write writes one of the files, with the permissions mode. A file of that name is replaced by Commit.
func (s *Set) Write(name string, mode fs.FileMode, write func(io.Writer) error) error {
	f, err := Create(filepath.Join(s.dir, name), mode)
	if err != nil {
		return err
	}
	s.files = append(s.files, f)
	if err := write(f); err != nil {
		return err
	}
	return f.Close()
}

// Files yields the place of each file that was written, and where it stands until Commit.
func (s *Set) Files() iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		for _, f := range s.files {
			if !yield(filepath.Join(s.dir, f.name), filepath.Join(s.dir, f.temp)) {
				return
			}
		}
	}
}

// Commit gives all files their names. What can fail was done before; where the medium goes away at this moment, those
// that have their names keep them.
func (s *Set) Commit() error {
	for _, f := range s.files {
		if err := f.Commit(); err != nil {
			return err
		}
	}
	s.files, s.made = nil, false
	return nil
}

// Discard takes away what has no name yet, and the folder if it was made for it and is empty.
func (s *Set) Discard() {
	for _, f := range s.files {
		f.Discard()
	}
	if s.made {
		_ = os.Remove(s.dir)
	}
	s.files, s.made = nil, false
}
