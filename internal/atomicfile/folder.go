package atomicfile

import (
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Folder is a folder in the making: it stands under a temporary name until Commit gives it its own. Its creator calls
// Commit, or Discard, or both: a Discard after a Commit does nothing.
type Folder struct {
	path, temp string
	done       bool
}

// NewFolder begins the folder at path with the permissions mode. Its parent must be there. The error is fs.ErrExist
// when there is something at path other than an empty folder.
func NewFolder(path string, mode fs.FileMode) (*Folder, error) {
	return NewFolderAt(path, filepath.Join(filepath.Dir(path), Prefix+rand.Text()), mode)
}

// NewFolderAt is NewFolder under a given temporary name, next to path: what a killed run left there is removed first,
// so only one run at a time may use it.
func NewFolderAt(path, temp string, mode fs.FileMode) (*Folder, error) {
	if err := free(path); err != nil {
		return nil, err
	}
	if err := os.RemoveAll(temp); err != nil {
		return nil, err
	}
	if err := os.Mkdir(temp, 0o700); err != nil {
		return nil, err
	}
	d := &Folder{path: path, temp: temp}
	live.Store(temp, nil)
	if mode == 0o700 {
		return d, nil
	}
	if err := os.Chmod(temp, mode); err != nil {
		return nil, errors.Join(err, d.Discard())
	}
	return d, nil
}

// free reports whether a folder can take path: nothing is there, or a folder that holds nothing.
func free(path string) error {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !info.IsDir():
		return &fs.PathError{Op: "mkdir", Path: path, Err: fs.ErrExist}
	}
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	defer d.Close()
	switch _, err := d.Readdirnames(1); {
	case err == io.EOF:
		return nil
	case err != nil:
		return err
	}
	return &fs.PathError{Op: "mkdir", Path: path, Err: fs.ErrExist}
}

// Path is where name, with slashes, stands until Commit.
func (d *Folder) Path(name string) string { return filepath.Join(d.temp, filepath.FromSlash(name)) }

// WriteFile writes a new file of the folder, name being its path within it, and syncs it. The folders of that path
// must be there.
func (d *Folder) WriteFile(name string, mode fs.FileMode, write func(io.Writer) error) error {
	if !filepath.IsLocal(filepath.FromSlash(name)) {
		return &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	f, err := os.OpenFile(d.Path(name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	if err = write(f); err == nil {
		err = f.Sync()
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	return err
}

// Commit gives the folder its name. An empty folder that has it gives way; anything else is fs.ErrExist. What was not
// written by WriteFile must have been synced by who wrote it.
func (d *Folder) Commit() error {
	err := filepath.WalkDir(d.temp, func(path string, e fs.DirEntry, err error) error {
		if err == nil && e.IsDir() {
			SyncDir(path)
		}
		return err
	})
	if err != nil {
		return err
	}
	if err := free(d.path); err != nil {
		return err
	}
	if err := os.Remove(d.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Rename(d.temp, d.path); err != nil {
		return err
	}
	d.done = true
	live.Delete(d.temp)
	SyncDir(filepath.Dir(d.path))
	return nil
}

// Discard takes away what was written, unless it was committed. It may be called on nil.
func (d *Folder) Discard() error {
	if d == nil || d.done {
		return nil
	}
	d.done = true
	live.Delete(d.temp)
	return os.RemoveAll(d.temp)
}
