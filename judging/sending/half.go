package sending

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"github.com/tus/tusd/v2/pkg/handler"
)

// half is a file that is being sent.
type half struct {
	shelf *shelf
	note  *note
}

const (
	pieceBytes = 256 << 10
	lookEach   = 64 << 20 // bytes after which the disk is looked at again
)

// errDiskFull ends a piece; what of it was written stays, and the page goes on when there is room again.
var errDiskFull = handler.NewError("ERR_DISK_FULL", "no room", 507)

// WriteChunk implements handler.Upload: it appends what src holds, and returns when that is on the disk.
func (h half) WriteChunk(_ context.Context, offset int64, src io.Reader) (written int64, err error) {
	select {
	case h.note.writing <- struct{}{}:
		defer func() { <-h.note.writing }()
	default:
		return 0, handler.ErrFileLocked
	}
	f, err := os.OpenFile(h.shelf.path(h.note), os.O_WRONLY, 0)
	if err != nil {
		return 0, err
	}
	defer func() {
		err = errors.Join(err, f.Sync(), f.Close())
		h.shelf.mu.Lock()
		defer h.shelf.mu.Unlock()
		h.note.offset, h.note.Seen = offset+written, h.shelf.now().UTC()
	}()
	if _, err := f.Seek(offset, io.SeekStart); err != nil {
		return 0, err
	}
	buffer := make([]byte, pieceBytes)
	for seen := int64(-lookEach); ; {
		if written-seen >= lookEach {
			if left, err := h.shelf.free(h.shelf.dir); err == nil && left < spare/2 {
				return written, errDiskFull
			}
			seen = written
		}
		n, err := src.Read(buffer)
		m, bad := f.Write(buffer[:n])
		written += int64(m)
		switch {
		case bad != nil:
			return written, errDiskFull
		case errors.Is(err, io.EOF):
			return written, nil
		case err != nil:
			return written, err
		}
	}
}

// GetInfo implements handler.Upload.
func (h half) GetInfo(context.Context) (handler.FileInfo, error) {
	h.shelf.mu.Lock()
	defer h.shelf.mu.Unlock()
	offset := h.note.offset
	if h.note.State == kept {
		offset = h.note.Size
	}
	return handler.FileInfo{ID: h.note.ID, Size: h.note.Size, Offset: offset,
		MetaData: handler.MetaData{"filename": h.note.Name, "sha256": h.note.Sum}}, nil
}

// GetReader implements handler.Upload; what was sent is given back to nobody.
func (h half) GetReader(context.Context) (io.ReadCloser, error) {
	return nil, handler.ErrNotImplemented
}

// FinishUpload implements handler.Upload.
func (h half) FinishUpload(context.Context) error {
	return h.shelf.settle(h.note.ID, func(n *note) {
		if n.State == receiving {
			n.State = checking
		}
	})
}

// Terminate implements handler.TerminatableUpload.
func (h half) Terminate(context.Context) error {
	h.shelf.mu.Lock()
	defer h.shelf.mu.Unlock()
	if err := os.RemoveAll(filepath.Join(h.shelf.dir, h.note.ID)); err != nil {
		return err
	}
	delete(h.shelf.notes, h.note.ID)
	return nil
}
