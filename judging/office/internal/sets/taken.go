package sets

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fayi/internal/atomicfile"
	"fayi/internal/regular"
	"fayi/judging"
)

// Aside is the folder, next to the files that were written over, in which those that stood there are kept.
const Aside = "换下-replaced"

// TakenError says that files are there that hold something else than what would be written over them: a score sheet
// that a judge filled in has the name of the empty one. It is a doubt: a person who was shown the names may say yes.
type TakenError struct {
	paths []string
	fault *judging.Error
}

func taken(paths []string) error {
	const named = 5
	names := []string{}
	for _, p := range paths[:min(len(paths), named)] {
		names = append(names, filepath.Base(p))
	}
	return &TakenError{paths, judging.Fail(judging.Clash, "store.files_there", judging.Args{
		"N": len(paths), "Names": strings.Join(names, "、"), "More": len(paths) - len(names),
		"Dir": filepath.Base(filepath.Dir(paths[0])), "Aside": Aside,
	})}
}

// Error is that of the fault.
func (e *TakenError) Error() string { return e.fault.Error() }

// Unwrap returns the fault, of code Clash.
func (e *TakenError) Unwrap() error { return e.fault }

// Over returns the context under which these files, and no others, are written over.
func (e *TakenError) Over(ctx context.Context) (context.Context, bool) {
	return context.WithValue(ctx, agreedKey{}, append(agreed(ctx), e.paths...)), true
}

type agreedKey struct{}

// everything stands for all files in a list of those that may be written over.
const everything = "*"

// Replacing returns a context under which any file may be written over: who says so asked for it in advance.
func Replacing(ctx context.Context) context.Context {
	return context.WithValue(ctx, agreedKey{}, []string{everything})
}

func agreed(ctx context.Context) []string {
	paths, _ := ctx.Value(agreedKey{}).([]string)
	return slices.Clone(paths)
}

// Free refuses with a TakenError if anything is at one of the paths, unless ctx lets it be written over.
func Free(ctx context.Context, paths ...string) error {
	may := agreed(ctx)
	var there []string
	for _, path := range paths {
		if slices.Contains(may, everything) || slices.Contains(may, path) {
			continue
		}
		if _, err := os.Lstat(path); !errors.Is(err, os.ErrNotExist) {
			there = append(there, path)
		}
	}
	if len(there) == 0 {
		return nil
	}
	return taken(there)
}

// sameFile reports whether two files hold the same bytes.
func sameFile(path, other string) (bool, error) {
	a, err := regular.Open(path)
	if err != nil {
		return false, err
	}
	defer a.Close()
	b, err := regular.Open(other)
	if err != nil {
		return false, nil // what can't be read is not what would be written
	}
	defer b.Close()
	left, right := make([]byte, 1<<16), make([]byte, 1<<16)
	for {
		n, err := io.ReadFull(a, left)
		m, errB := io.ReadFull(b, right)
		switch {
		case !bytes.Equal(left[:n], right[:m]):
			return false, nil
		case err == io.EOF || err == io.ErrUnexpectedEOF:
			return errB == err, nil // another error: what can't be read is not what would be written
		case err != nil:
			return false, err
		}
	}
}

// putAside keeps what stands at the paths in the folder Aside next to each, under a name that is free there.
func putAside(paths []string) error {
	for _, path := range paths {
		if _, err := os.Lstat(path); errors.Is(err, os.ErrNotExist) {
			continue
		}
		dir := filepath.Join(filepath.Dir(path), Aside)
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
		if err := copyTo(dir, path); err != nil {
			return err
		}
	}
	return nil
}

// copyTo copies a file into dir. It is copied, not moved, so that its place is never empty.
func copyTo(dir, path string) error {
	ending := filepath.Ext(path)
	base := strings.TrimSuffix(filepath.Base(path), ending)
	name := filepath.Join(dir, base+ending)
	for n := 2; ; n++ {
		if _, err := os.Lstat(name); errors.Is(err, os.ErrNotExist) {
			break
		}
		if same, err := sameFile(path, name); err != nil || same {
			return err
		}
		name = filepath.Join(dir, fmt.Sprintf("%s (%d)%s", base, n, ending))
	}
	in, err := regular.Open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	return atomicfile.Write(name, 0o644, func(w io.Writer) error {
		_, err := io.Copy(w, in)
		return err
	})
}
