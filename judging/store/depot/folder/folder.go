// Package folder keeps a depot.Engine in a folder that several computers share, as SMB and NFS do.
//
// The folder of a contest is made when the depot is attached, and never later: a shared folder that is not connected
// looks like an empty one, and nothing must be kept there.
package folder

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"fayi/internal/atomicfile"
	"fayi/internal/regular"
	"fayi/judging"
	"fayi/judging/store"
	"fayi/judging/store/depot"
)

// Engine is one folder.
type Engine struct{ dir string }

var _ depot.Engine = Engine{}

// Open returns the engine in the folder dir, of which a whole path is given. It does not look whether it is there.
// Errors: Invalid.
func Open(dir string) (Engine, error) {
	if !filepath.IsAbs(dir) {
		return Engine{}, depot.BadAddress()
	}
	return Engine{filepath.Clean(dir)}, nil
}

func (e Engine) path(name string) string { return filepath.Join(e.dir, filepath.FromSlash(name)) }

// apart does what may hang for ever, as a network folder whose server is gone does. Nothing is begun for a caller that
// has gone.
func apart[T any](ctx context.Context, do func() (T, error)) (T, error) {
	if err := ctx.Err(); err != nil {
		var none T
		return none, err
	}
	type answer struct {
		v   T
		err error
	}
	done := make(chan answer, 1)
	go func() {
		v, err := do()
		done <- answer{v, err}
	}()
	select {
	case a := <-done:
		return a.v, a.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}

func alone(ctx context.Context, do func() error) error {
	_, err := apart(ctx, func() (struct{}, error) { return struct{}{}, do() })
	return err
}

// Prepare implements depot.Engine.
func (e Engine) Prepare(ctx context.Context, prefix string) error {
	return alone(ctx, func() error {
		if _, err := os.ReadDir(e.dir); err != nil {
			return failed(err)
		}
		return failed(os.MkdirAll(e.path(prefix), 0o770))
	})
}

// Put implements depot.Engine.
func (e Engine) Put(ctx context.Context, name string, size int64, r io.Reader) error {
	return alone(ctx, func() error {
		contest, _, _ := strings.Cut(name, "/")
		if _, err := os.Stat(e.path(contest)); err != nil {
			return depot.Away(err)
		}
		at := e.path(name)
		if err := os.MkdirAll(filepath.Dir(at), 0o770); err != nil {
			return failed(err)
		}
		return failed(atomicfile.Write(at, 0o660, func(w io.Writer) error {
			n, err := io.Copy(w, io.LimitReader(r, size))
			if err == nil && n < size {
				err = io.ErrUnexpectedEOF
			}
			if err == nil {
				err = ctx.Err() // who asked has gone
			}
			return err
		}))
	})
}

// Get implements depot.Engine.
func (e Engine) Get(ctx context.Context, name string) (io.ReadCloser, error) {
	f, err := apart(ctx, func() (*os.File, error) { return regular.Open(e.path(name)) })
	if err != nil {
		return nil, e.absent(ctx, name, err)
	}
	return &reader{ctx, f}, nil
}

// reader is an object that is being read.
type reader struct {
	ctx context.Context
	f   *os.File
}

// Read implements io.Reader. What is read goes through a buffer of its own: a read that hangs may end when nobody waits
// for it any more.
func (r *reader) Read(p []byte) (int, error) {
	own := make([]byte, len(p))
	n, err := apart(r.ctx, func() (int, error) { return r.f.Read(own) })
	copy(p, own[:n])
	return n, err
}

// Close implements io.Closer.
func (r *reader) Close() error {
	go r.f.Close() // it may hang, too
	return nil
}

// Stat implements depot.Engine.
func (e Engine) Stat(ctx context.Context, name string) (depot.Object, error) {
	info, err := apart(ctx, func() (fs.FileInfo, error) { return os.Lstat(e.path(name)) })
	if err != nil {
		return depot.Object{}, e.absent(ctx, name, err)
	}
	return object(name, info), nil
}

func object(name string, info fs.FileInfo) depot.Object {
	return depot.Object{Name: name, Size: info.Size(), At: info.ModTime()}
}

// absent tells an object that is not there from a folder that is not connected.
func (e Engine) absent(ctx context.Context, name string, err error) error {
	if !errors.Is(err, fs.ErrNotExist) {
		return failed(err)
	}
	contest, _, _ := strings.Cut(name, "/")
	_, gone := apart(ctx, func() (fs.FileInfo, error) { return os.Stat(e.path(contest)) })
	if gone != nil {
		return depot.Away(gone)
	}
	return depot.NoFile(err)
}

// List implements depot.Engine.
func (e Engine) List(ctx context.Context, prefix string, fn func(depot.Object) error) error {
	return e.walk(ctx, prefix, false, fn)
}

// walk calls fn with the files below prefix that are objects, or with those that are not whole yet.
func (e Engine) walk(ctx context.Context, prefix string, unfinished bool, fn func(depot.Object) error) error {
	contest, _, _ := strings.Cut(prefix, "/")
	return alone(ctx, func() error {
		if _, err := os.Stat(e.path(contest)); err != nil {
			return depot.Away(err)
		}
		return failed(filepath.WalkDir(e.path(prefix), func(at string, d fs.DirEntry, err error) error {
			switch {
			case errors.Is(err, fs.ErrNotExist) || ctx.Err() != nil:
				return ctx.Err()
			case err != nil:
				return err
			case !d.Type().IsRegular() || isUnfinished(d.Name()) != unfinished:
				return nil
			}
			info, err := d.Info()
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			name, _ := filepath.Rel(e.dir, at)
			if err != nil {
				return err
			}
			return fn(object(filepath.ToSlash(name), info))
		}))
	})
}

// Unfinished implements depot.Engine: files that are named otherwise than an object until they are whole.
func (e Engine) Unfinished(ctx context.Context, prefix string, fn func(depot.Object) error) error {
	return e.walk(ctx, prefix, true, fn)
}

// Discard implements depot.Engine.
func (e Engine) Discard(ctx context.Context, name string) error {
	if !isUnfinished(path.Base(name)) {
		return depot.Away(fs.ErrInvalid)
	}
	return e.Remove(ctx, name)
}

func isUnfinished(base string) bool { return strings.HasPrefix(base, atomicfile.Prefix) }

// Remove implements depot.Engine.
func (e Engine) Remove(ctx context.Context, name string) error {
	return alone(ctx, func() error {
		if err := os.Remove(e.path(name)); !errors.Is(err, fs.ErrNotExist) {
			return failed(err)
		}
		return nil
	})
}

// Close implements depot.Engine.
func (Engine) Close() error { return nil }

// failed says what a file system's error means for a depot.
func failed(err error) error {
	var known *judging.Error
	switch told := store.Translate("", err); {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return err
	case errors.As(told, &known) && known.Text == "store.disk_full":
		return depot.Full(err)
	case store.IsReadOnly(err):
		return depot.Refused(err)
	}
	return depot.Away(err)
}
