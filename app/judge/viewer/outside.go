package viewer

import (
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"fayi/internal/regular"
	"fayi/judging"
	"fayi/judging/filetype"
)

// outside keeps the copies that were made for the system's own programs. Their names hold the work's code, never
// the sender's file name.
type outside struct {
	one sync.Mutex // copies are made one at a time
	dir string
}

// copy writes file n of a work to a temporary file that ends as its content says, and returns its address. Errors:
// Invalid for content of a kind that is not opened, Unavailable when the disk is full.
func (o *outside) copy(code judging.WorkCode, n int, r io.Reader) (*url.URL, error) {
	o.one.Lock()
	defer o.one.Unlock()
	if o.dir == "" {
		dir, err := os.MkdirTemp("", "fayi-")
		if err != nil {
			return nil, judging.Fail(judging.Unavailable, "desk.copy_failed", nil).Because(err)
		}
		o.dir = dir
	}
	bare := filepath.Join(o.dir, judging.LegalName(fmt.Sprintf("%s-%d", code, n+1), ""))
	if err := fillFile(bare, r); err != nil {
		return nil, judging.Fail(judging.Unavailable, "desk.copy_failed", nil).Because(err)
	}
	ext := extension(bare)
	if ext == "" {
		_ = os.Remove(bare)
		return nil, judging.Fail(judging.Invalid, "desk.kind_unknown", nil)
	}
	if err := os.Rename(bare, bare+ext); err != nil {
		return nil, judging.Fail(judging.Unavailable, "desk.copy_failed", nil).Because(err)
	}
	path := filepath.ToSlash(bare + ext)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // a drive letter
	}
	return &url.URL{Scheme: "file", Path: path}, nil
}

func fillFile(path string, r io.Reader) error {
	_ = os.Remove(path)
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if _, err := io.Copy(f, r); err != nil {
		_ = f.Close()
		_ = os.Remove(path)
		return err
	}
	return f.Close()
}

// clear removes the copies. One that another program still holds open may stay until the system clears its
// temporary files.
func (o *outside) clear() {
	o.one.Lock()
	defer o.one.Unlock()
	if o.dir != "" {
		_ = os.RemoveAll(o.dir)
		o.dir = ""
	}
}

// extension tells by its content how a file's name must end, "" for what is not opened.
func extension(path string) string {
	f, err := regular.Open(path)
	if err != nil {
		return ""
	}
	defer f.Close()
	head, err := io.ReadAll(io.LimitReader(f, filetype.HeadSize))
	if err != nil || len(head) == 0 {
		return ""
	}
	return filetype.Of(head, "").Ext
}
