package archive

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"

	"fayi/judging"
	"fayi/judging/media/internal/fault"
	"fayi/judging/text"
)

// SpoolLimit is the most bytes Spool copies: 4 GiB.
const SpoolLimit = 4 << 30

// Spool copies e into a new file in dir and returns its path. The name is drawn afresh, with e's extension if that
// is plain; the caller removes the file. An entry over SpoolLimit is Invalid "media.too_big"; a full disk is
// Unavailable. Nothing is left behind on an error.
func Spool(ctx context.Context, e Entry, dir string) (string, error) {
	if e.Size > SpoolLimit {
		return "", tooBigFile()
	}
	file, _, err := spool(ctx, e, dir)
	return file, err
}

func tooBigFile() *judging.Error {
	return judging.Fail(judging.Invalid, "media.too_big", judging.Args{"MaxMB": SpoolLimit >> 20})
}

// spool copies e, however large it says to be, and returns how many bytes came.
func spool(ctx context.Context, e Entry, dir string) (file string, n int64, err error) {
	r, err := e.Open()
	if err != nil {
		return "", 0, err
	}
	defer r.Close()
	w, err := os.CreateTemp(dir, "spool-*"+text.PlainExt(e.Name))
	if err != nil {
		return "", 0, unwritable(err)
	}
	n, err = io.Copy(w, io.LimitReader(cancelling{ctx, r}, SpoolLimit))
	var disk *fs.PathError
	if errors.As(err, &disk) && disk.Op == "write" {
		err = unwritable(err)
	}
	if closing := w.Close(); err == nil && closing != nil {
		err = unwritable(closing)
	}
	if err != nil {
		os.Remove(w.Name())
		return "", 0, failure(ctx, err)
	}
	return w.Name(), n, nil
}

// cancelling is a reader that stops when its context does.
type cancelling struct {
	ctx context.Context
	io.Reader
}

func (c cancelling) Read(b []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.Reader.Read(b)
}

// failure brings an error of a copy to one of the product's own.
func failure(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return fault.Unreadable(err)
}
