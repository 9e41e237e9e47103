package main

import (
	"errors"
	"io"
	"os"

	"fayi/internal/atomicfile"
	"fayi/internal/regular"
	"fayi/judging"
)

// save writes a file whole or not at all. A pipe or a device, as
// /dev/stdout, is written through. An error of write that speaks for itself comes back as it is.
func save(path string, write func(io.Writer) error) error {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		return writeThrough(path, write)
	}
	return saveFailed(path, atomicfile.Write(path, 0o644, write))
}

func writeThrough(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return unwritable(path, err)
	}
	return saveFailed(path, firstError(write(f), f.Close()))
}

func saveFailed(path string, err error) error {
	var known *judging.Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	return unwritable(path, err)
}

func openInput(path string) (io.ReadCloser, error) {
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

// saved writes all of in to path and returns where.
func saved(path string, in io.Reader) (result, error) {
	err := save(path, func(w io.Writer) error {
		_, err := io.Copy(w, in)
		return err
	})
	return newResult(map[string]any{"path": path}, func(pr *printer) {
		pr.say("cli.written", judging.Args{"Path": path})
	}).unless(err)
}
