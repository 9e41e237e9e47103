package arrival

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"fayi/internal/regular"
	"fayi/judging"
)

// MostFiles is how many files one arrival may hold.
const MostFiles = 50_000

// Sum identifies what lies at paths by its contents: the same files give the same sum, whatever the file or the folder
// is called that holds them and whatever systems left in it; "" where no file is. Errors: Invalid for more than
// MostFiles files, Unavailable for what can't be read, ctx.Err().
func Sum(ctx context.Context, paths []string) (string, error) {
	var lines []string
	for _, path := range paths {
		if real, err := filepath.EvalSymlinks(path); err == nil { // what a person names may be a link
			path = real
		}
		err := each(path, func(name, at string, _ fs.FileInfo) error {
			if len(lines) == MostFiles {
				return judging.Fail(judging.Invalid, "arrival.too_many", judging.Args{
					"Name": filepath.Base(path), "Limit": MostFiles,
				})
			}
			sum, err := sumOf(ctx, at)
			lines = append(lines, name+"\x00"+sum)
			return err
		})
		if err != nil {
			return "", err
		}
	}
	if len(lines) == 0 {
		return "", nil
	}
	slices.Sort(lines)
	all := sha256.Sum256([]byte(strings.Join(lines, "\n")))
	return hex.EncodeToString(all[:]), nil
}

// each calls fn for every regular file at path with its name below it; "" for path itself.
func each(path string, fn func(name, at string, info fs.FileInfo) error) error {
	return filepath.WalkDir(path, func(at string, d fs.DirEntry, err error) error {
		if err != nil {
			return unread(path, err)
		}
		if at != path && leftBehind(d.Name()) {
			if d.IsDir() {
				return filepath.SkipDir
			}
			return nil
		}
		if !d.Type().IsRegular() {
			return nil
		}
		info, err := d.Info()
		if err != nil {
			return unread(path, err)
		}
		name, err := filepath.Rel(path, at)
		if err != nil || name == "." {
			name = ""
		}
		return fn(filepath.ToSlash(name), at, info)
	})
}

// leftBehind reports whether a file is one that systems and office programs leave, and nobody sends.
func leftBehind(name string) bool {
	low := strings.ToLower(name)
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || low == "thumbs.db" ||
		low == "desktop.ini" || low == "__macosx"
}

func sumOf(ctx context.Context, path string) (string, error) {
	f, err := regular.Open(path)
	if err != nil {
		return "", unread(path, err)
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, reader{ctx, f}); err != nil {
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		return "", unread(path, err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func unread(path string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return judging.Fail(judging.NotFound, "arrival.gone", judging.Args{"Name": filepath.Base(path)}).Because(err)
	}
	return judging.Fail(judging.Unavailable, "arrival.unread", judging.Args{"Name": filepath.Base(path)}).Because(err)
}

// reader stops when its context is done: a film takes long.
type reader struct {
	ctx context.Context
	r   io.Reader
}

func (r reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}
