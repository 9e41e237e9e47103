package command

import (
	"errors"
	"io"
	"os"

	"fayi/internal/atomicfile"
	"fayi/internal/regular"
	"fayi/judging"
)

// Save writes a file whole or not at all. A pipe or a device, as
// /dev/stdout, is written through. An error of write that speaks for itself comes back as it is.
func Save(path string, write func(io.Writer) error) error {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		return writeThrough(path, write)
	}
	return saveFailed(path, atomicfile.Write(path, 0o644, write))
}

func writeThrough(path string, write func(io.Writer) error) error {
	f, err := regular.Writer(path)
	if err != nil {
		return unwritable(path, err)
	}
	return saveFailed(path, FirstError(write(f), f.Close()))
}

func saveFailed(path string, err error) error {
	var known *judging.Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	return unwritable(path, err)
}

// OpenInput opens a file to be read. It fails with NotFound where there is none, with Unavailable for what is no
// regular file or can't be read.
func OpenInput(path string) (io.ReadCloser, error) {
	f, err := regular.Open(path)
	if err != nil {
		code := judging.Unavailable
		if errors.Is(err, os.ErrNotExist) {
			code = judging.NotFound
		}
		return nil, judging.Fail(code, "cli.no_input", judging.Args{"Path": path}).Because(err)
	}
	return f, nil
}

func unwritable(path string, err error) error {
	return judging.Fail(judging.Unavailable, "cli.unwritable", judging.Args{"Path": path}).Because(err)
}

// Saved writes all of in to path and returns where.
func Saved(path string, in io.Reader) (Result, error) {
	err := Save(path, func(w io.Writer) error {
		_, err := io.Copy(w, in)
		return err
	})
	return NewResult(map[string]any{"path": path}, func(pr *Printer) {
		pr.Say("cli.written", judging.Args{"Path": path})
	}).Unless(err)
}
