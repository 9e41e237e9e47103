package scrub

import (
	"cmp"
	"context"
	"errors"
	"io"
	"maps"
	"slices"

	"fayi/judging"
	"fayi/judging/filetype"
)

// Version counts the ways in which copies were made: one made by an older version is made again.
const Version = 3

// Trace is a kind of thing that reports a maker.
type Trace string

// The traces that a file can lose.
const (
	Author   Trace = "author"   // names of people and organisations
	Place    Trace = "place"    // where it was made
	Date     Trace = "date"     // when it was made
	Device   Trace = "device"   // camera, telephone, computer
	Title    Trace = "title"    // title and description
	Comment  Trace = "comment"  // free text
	Software Trace = "software" // program and its settings
	Preview  Trace = "preview"  // small pictures, perhaps of an earlier state
	History  Trace = "history"  // who changed what
	Attached Trace = "attached" // files within the file
	Unnamed  Trace = "unnamed"  // data that could hold anything
)

// Result says what a copy lost.
type Result struct {
	// jpeg, png, gif, webp, tiff, bmp, mp4, matroska, asf, avi, wav, mp3, aac, flac, ogg, amr, ooxml, odf, ole
	// (doc, xls, ppt, wps), text, pdf
	Format  string
	Removed []Trace // sorted, each once
	Left    []Trace // what is there still and may tell of a maker
}

// Source is a file to read: an *os.File, a blob, bytes.
type Source interface {
	io.ReaderAt
}

// cleaners are what package filetype names for the types that are cleaned here. A type without one is refused.
var cleaners map[filetype.Cleaner]func(*job) error

func init() {
	cleaners = map[filetype.Cleaner]func(*job) error{
		"jpeg":     cleanJPEG,
		"png":      cleanPNG,
		"gif":      cleanGIF,
		"webp":     cleanWebP,
		"tiff":     cleanTIFF,
		"bmp":      cleanBMP,
		"wav":      cleanRIFF,
		"avi":      cleanRIFF,
		"mp4":      cleanISO,
		"matroska": cleanMatroska,
		"asf":      cleanASF,
		"flac":     cleanFLAC,
		"ogg":      cleanOgg,
		"amr":      cleanAMR,
		"ooxml":    cleanZip,
		"ole":      cleanOLE,
		"mp3":      cleanMPEG,
	}
}

// watched remembers how the file could not be read: to what unpacks it, that looks like a broken file.
type watched struct {
	io.ReaderAt
	err error
}

func (w *watched) ReadAt(p []byte, at int64) (int, error) {
	if at < 0 { // what package zip makes of a lying place
		return 0, errBroken
	}
	n, err := w.ReaderAt.ReadAt(p, at)
	if err != nil && err != io.EOF {
		w.err = err
	}
	return n, err
}

// job is one copy in the making.
type job struct {
	ctx     context.Context
	out     io.Writer
	src     io.ReaderAt
	size    int64
	removed map[Trace]bool
	left    map[Trace]bool
	format  string
	depth   int // of files within files
}

func (j *job) lost(t ...Trace) {
	for _, t := range t {
		j.removed[t] = true
	}
}

// Copy writes src, size bytes long, to dst without its traces. On an error what was written is of no use.
func Copy(ctx context.Context, dst io.Writer, src Source, size int64) (Result, error) {
	return copyAt(ctx, dst, src, size, 0)
}

func copyAt(ctx context.Context, dst io.Writer, src io.ReaderAt, size int64, depth int) (Result, error) {
	disk := &watched{ReaderAt: src}
	j := &job{
		ctx:     ctx,
		out:     dst,
		src:     disk,
		size:    size,
		removed: map[Trace]bool{},
		left:    map[Trace]bool{},
		depth:   depth,
	}
	head := make([]byte, min(size, 1024))
	if _, err := disk.ReadAt(head, 0); err != nil && err != io.EOF {
		return Result{}, failed(err)
	}
	t := filetype.Of(head, "")
	clean, ok := cleaners[t.Clean]
	if !ok {
		return Result{}, judging.Fail(judging.Invalid, "scrub.unknown", nil)
	}
	j.format = string(t.Clean)
	if err := clean(j); err != nil {
		return Result{}, failed(cmp.Or(disk.err, err))
	}
	return Result{Format: j.format, Removed: sorted(j.removed), Left: sorted(j.left)}, nil
}

func sorted(m map[Trace]bool) []Trace { return slices.Sorted(maps.Keys(m)) }

var errBroken = errors.New("broken")

// failed puts an error into the words of the package.
func failed(err error) error {
	var own *judging.Error
	switch {
	case err == nil, errors.As(err, &own), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, errBroken), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return judging.Fail(judging.Invalid, "scrub.broken", nil).Because(err)
	}
	return judging.Fail(judging.Unavailable, "scrub.no_access", nil).Because(err)
}

func tooBig(limit int64) error {
	return judging.Fail(judging.Invalid, "scrub.too_big", judging.Args{"MaxMB": limit >> 20})
}

// copyRange copies n bytes from at.
func (j *job) copyRange(at, n int64) error {
	if at < 0 || n < 0 || at > j.size || n > j.size-at {
		return errBroken
	}
	r := io.NewSectionReader(j.src, at, n)
	for r.Size() > 0 {
		if err := j.ctx.Err(); err != nil {
			return err
		}
		done, err := io.CopyN(j.out, r, 4<<20)
		n -= done
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
	}
	if n != 0 {
		return io.ErrUnexpectedEOF
	}
	return nil
}

// bytesAt reads n bytes from at, which must all be there.
func (j *job) bytesAt(at int64, n int) ([]byte, error) {
	if at < 0 || n < 0 || at > j.size || int64(n) > j.size-at {
		return nil, errBroken
	}
	b := make([]byte, n)
	if k, err := j.src.ReadAt(b, at); k < n {
		if err == nil || err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return nil, err
	}
	return b, nil
}

// whole reads the file into memory, up to limit bytes.
func (j *job) whole(limit int64) ([]byte, error) {
	if j.size > limit {
		return nil, tooBig(limit)
	}
	return j.bytesAt(0, int(j.size))
}

func (j *job) write(b ...[]byte) error {
	for _, b := range b {
		if _, err := j.out.Write(b); err != nil {
			return err
		}
	}
	return nil
}
