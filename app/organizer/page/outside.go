package page

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/judging"
	"fayi/judging/filetype"
)

// OpenOutside hands a copy of the n-th file of w to the program the system opens such files with: what that does to
// it harms nothing. The copies stay in the system's temporary files until it clears them.
func OpenOutside(sh kit.Shell, o FileOpener, w judging.Work, n int) {
	var at string
	sh.Run(sh.T("viewer.copying", nil), func(ctx context.Context, progress kit.Progress) (err error) {
		at, err = CopyOut(ctx, o, w, n, progress)
		return err
	}, func(err error) {
		if err == nil {
			path := filepath.ToSlash(at)
			if !strings.HasPrefix(path, "/") {
				path = "/" + path // a drive letter
			}
			if fyne.CurrentApp().OpenURL(&url.URL{Scheme: "file", Path: path}) != nil {
				err = judging.Fail(judging.Unavailable, "viewer.no_program", nil)
			}
		}
		sh.ShowError(err)
	})
}

// CopyOut writes a file to a new temporary folder under a name that ends as its content says.
func CopyOut(ctx context.Context, o FileOpener, w judging.Work, n int, progress kit.Progress) (string, error) {
	f, err := o.OpenWorkFile(ctx, w.ID, n)
	if err != nil {
		return "", err
	}
	defer f.Close()
	head := make([]byte, min(w.Files[n].Bytes, filetype.HeadSize))
	if _, err := io.ReadFull(f, head); err != nil {
		return "", copyFailed(err)
	}
	ext := filetype.Of(head, w.Files[n].Name).Ext
	if ext == "" {
		return "", judging.Fail(judging.Invalid, "viewer.not_opened", nil)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return "", copyFailed(err)
	}
	dir, err := os.MkdirTemp("", "fayi-")
	if err != nil {
		return "", copyFailed(err)
	}
	at := filepath.Join(dir, fmt.Sprintf("%s-%d%s", w.ID, n+1, ext))
	if err := copyTo(ctx, at, f, w.Files[n].Bytes, progress); err != nil {
		_ = os.RemoveAll(dir)
		return "", copyFailed(err)
	}
	return at, nil
}

func copyFailed(err error) error {
	return judging.Fail(judging.Unavailable, "viewer.copy_failed", nil).Because(err)
}

// copyPiece is how many bytes are copied between two looks at whether to stop.
const copyPiece = 4 << 20

func copyTo(ctx context.Context, path string, r io.Reader, size int64, progress kit.Progress) error {
	out, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	for done := int64(0); err == nil; {
		if err = ctx.Err(); err != nil {
			break
		}
		var n int64
		n, err = io.CopyN(out, r, copyPiece)
		done += n
		progress(int(done>>10), int(size>>10))
	}
	if err == io.EOF {
		err = nil
	}
	if closing := out.Close(); err == nil {
		err = closing
	}
	return err
}
