// Package atomicfile writes files and folders whole or not at all. What is written goes to a temporary neighbour of
// its place, is synced, and gets its name by one rename; then the folder that holds the name is synced, where the
// system can. Whenever the program ends, be it by kill -9 or a power cut, the place holds what was there before or
// all that is new.
//
// A killed program may leave a temporary neighbour behind, whose name begins with [Prefix]; an error or a panic
// leaves none.
//
// Errors are those of the file system and those of the functions that write, unchanged: callers put them into
// words.
package atomicfile

import (
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Prefix begins the names of temporary files and folders, unless a caller of CreateIn or NewFolderAt asks for
// another.
const Prefix = ".fayi-"

// Write writes what write says into the file at path, with the permissions mode, over whatever file was there.
func Write(path string, mode fs.FileMode, write func(io.Writer) error) error {
	return put(path, mode, false, write)
}

// WriteUnsynced is Write without waiting for the disk, for what can be made again at any time: other programs never
// see half of it, but a power cut may leave it torn, so its readers must check it.
func WriteUnsynced(path string, mode fs.FileMode, write func(io.Writer) error) error {
	return put(path, mode, true, write)
}

func put(path string, mode fs.FileMode, unsynced bool, write func(io.Writer) error) error {
	f, err := Create(path, mode)
	if err != nil {
		return err
	}
	defer f.Discard()
	f.unsynced = unsynced
	if err := write(f.file); err != nil {
		return err
	}
	return f.Commit()
}

// File is a file in the making. Its creator calls Commit, or Discard, or both: a Discard after a Commit does nothing.
type File struct {
	root     *os.Root
	ownRoot  bool
	file     *os.File
	temp     string
	name     string
	mode     fs.FileMode
	unsynced bool
	closed   bool
	done     bool
	claim    *os.File // a second handle that says that its maker lives; nil where nobody asked
}

// Create begins the file at path, which Commit will give the permissions mode. It never takes the place of a folder, a
// device or a pipe: that is fs.ErrExist.
func Create(path string, mode fs.FileMode) (*File, error) {
	const irregular = fs.ModeDir | fs.ModeDevice | fs.ModeNamedPipe | fs.ModeSocket | fs.ModeIrregular
	if info, err := os.Lstat(path); err == nil && info.Mode()&irregular != 0 {
		return nil, &fs.PathError{Op: "create", Path: path, Err: fs.ErrExist}
	}
	root, err := os.OpenRoot(filepath.Dir(path))
	if err != nil {
		return nil, err
	}
	f, err := CreateIn(root, Prefix)
	if err != nil {
		return nil, errors.Join(err, root.Close())
	}
	f.ownRoot, f.name, f.mode = true, filepath.Base(path), mode
	return f, nil
}

// CreateIn begins a file within root, under a temporary name that begins with prefix; CommitAs gives it its name. The
// caller keeps root open until then.
func CreateIn(root *os.Root, prefix string) (*File, error) {
	temp := prefix + rand.Text()
	file, err := root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	f := &File{root: root, file: file, temp: temp}
	live.Store(f.path(), nil)
	return f, nil
}

// path is where the file stands until it has its name.
func (f *File) path() string { return filepath.Join(f.root.Name(), f.temp) }

// Claim marks the temporary file as one whose maker lives, for Abandoned, until it is committed or discarded.
func (f *File) Claim() error {
	claim, err := claim(f.root, f.temp)
	f.claim = claim
	return err
}

// Write writes at the end.
func (f *File) Write(p []byte) (int, error) { return f.file.Write(p) }

// Close ends the writing: the content is on the disk, the file has no name yet. Commit does it where the caller did
// not.
func (f *File) Close() error {
	if f.closed {
		return nil
	}
	f.closed = true
	var err error
	if f.mode != 0 && f.mode != 0o600 { // some shared folders know no permissions: ask only for what is not so already
		err = f.file.Chmod(f.mode)
	}
	if err == nil && !f.unsynced {
		err = f.file.Sync()
	}
	if closing := f.file.Close(); err == nil {
		err = closing
	}
	return err
}

// Commit gives the file its name. On an error nothing was changed, and Discard clears away.
func (f *File) Commit() error { return f.CommitAs(f.name) }

// CommitAs is Commit under a name chosen now, a path within the root of CreateIn. Its folder must be there.
func (f *File) CommitAs(name string) error {
	if err := f.Close(); err != nil {
		return err
	}
	if err := f.root.Rename(f.temp, name); err != nil {
		return err
	}
	f.done = true
	if !f.unsynced {
		SyncDirIn(f.root, filepath.Dir(name))
	}
	f.release()
	return nil
}

// Discard takes away what was written, unless it was committed. It may be called on nil.
func (f *File) Discard() {
	if f == nil || f.done {
		return
	}
	f.done = true
	if !f.closed {
		f.closed = true
		_ = f.file.Close()
	}
	_ = f.root.Remove(f.temp)
	f.release()
}

func (f *File) release() {
	live.Delete(f.path())
	if f.claim != nil {
		_ = f.claim.Close()
	}
	if f.ownRoot {
		_ = f.root.Close()
	}
}

// SyncDir lets names made in dir outlive a power cut. Not all systems can (Windows keeps names by itself, some memory
// sticks never), so there is no error.
func SyncDir(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
}

// SyncDirIn is SyncDir of a folder within root.
func SyncDirIn(root *os.Root, dir string) {
	if d, err := root.Open(dir); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
}
