package scrub

import (
	"cmp"
	"context"
	"io"

	"fayi/judging"
	"fayi/judging/filetype"
	"fayi/judging/media/scrub/documents"
	"fayi/judging/media/scrub/pictures"
	"fayi/judging/media/scrub/recordings"
	"fayi/judging/media/trace"
)

// Version counts the ways in which copies were made: one made by an older version is made again.
const Version = 5

// Source is a file to read: an *os.File, a blob, bytes.
type Source interface {
	io.ReaderAt
}

// cleaners are what package filetype names for the types that are cleaned here. A type without one is refused.
var cleaners = map[filetype.Cleaner]func(*trace.Job) error{
	"jpeg":     pictures.JPEG,
	"png":      pictures.PNG,
	"gif":      pictures.GIF,
	"webp":     pictures.WebP,
	"tiff":     pictures.TIFF,
	"bmp":      pictures.BMP,
	"wav":      recordings.RIFF,
	"avi":      recordings.RIFF,
	"mp4":      recordings.ISO,
	"matroska": recordings.Matroska,
	"asf":      recordings.ASF,
	"flac":     recordings.FLAC,
	"ogg":      recordings.Ogg,
	"amr":      recordings.AMR,
	"ooxml":    documents.Zip,
	"ole":      documents.OLE,
	"mp3":      recordings.MPEG,
}

// watched remembers how the file could not be read: to what unpacks it, that looks like a broken file.
type watched struct {
	io.ReaderAt
	err error
}

// ReadAt implements io.ReaderAt.
func (w *watched) ReadAt(p []byte, at int64) (int, error) {
	if at < 0 { // what package zip makes of a lying place
		return 0, trace.ErrBroken
	}
	n, err := w.ReaderAt.ReadAt(p, at)
	if err != nil && err != io.EOF {
		w.err = err
	}
	return n, err
}

// Copy writes src, size bytes long, to dst without its traces. On an error what was written is of no use.
func Copy(ctx context.Context, dst io.Writer, src Source, size int64) (trace.Result, error) {
	return copyAt(ctx, dst, src, size, 0)
}

func copyAt(ctx context.Context, dst io.Writer, src io.ReaderAt, size int64, depth int) (trace.Result, error) {
	disk := &watched{ReaderAt: src}
	j := trace.New(ctx, dst, disk, size)
	j.Depth, j.Within = depth, copyAt
	head := make([]byte, min(size, 1024))
	if _, err := disk.ReadAt(head, 0); err != nil && err != io.EOF {
		return trace.Result{}, trace.Failed(err)
	}
	t := filetype.Of(head, "")
	clean, ok := cleaners[t.Clean]
	if !ok {
		return trace.Result{}, judging.Fail(judging.Invalid, "scrub.unknown", nil)
	}
	j.Format = string(t.Clean)
	if err := clean(j); err != nil {
		return trace.Result{}, trace.Failed(cmp.Or(disk.err, err))
	}
	return j.Result(), nil
}
