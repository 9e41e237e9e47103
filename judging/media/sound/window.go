package sound

import (
	"errors"
	"io"

	"fayi/judging/media/internal/fault"
)

// windowSize is how many bytes are read ahead.
const windowSize = 64 << 10

// window is a part of a file, read through a buffer: decoders read a few bytes at a time and seek often. Positions
// count from the part's beginning.
type window struct {
	r    io.ReadSeeker
	from int64 // of the part, in the file
	end  int64 // of the part, in the file
	at   int64 // in the file

	buf   []byte
	bufAt int64 // where buf stands in the file
	err   error // how the file could not be read
}

// cut narrows the window to what lies between two of its positions, and goes to its beginning.
func (w *window) cut(from, end int64) {
	w.from, w.end = w.from+from, w.from+end
	w.at = w.from
}

// size is how many bytes the window has.
func (w *window) size() int64 { return w.end - w.from }

// Read implements io.Reader.
func (w *window) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if w.at >= w.end {
		return 0, io.EOF
	}
	if off := w.at - w.bufAt; off < 0 || off >= int64(len(w.buf)) {
		if err := w.fill(); err != nil {
			return 0, err
		}
	}
	have := w.buf[w.at-w.bufAt:]
	n := copy(p, have[:min(int64(len(have)), w.end-w.at)])
	w.at += int64(n)
	return n, nil
}

// fill reads what stands at the present position.
func (w *window) fill() error {
	if w.buf == nil {
		w.buf = make([]byte, windowSize)
	}
	w.buf = w.buf[:cap(w.buf)]
	if _, err := w.r.Seek(w.at, io.SeekStart); err != nil {
		w.buf, w.err = w.buf[:0], err
		return err
	}
	n, err := io.ReadFull(w.r, w.buf)
	w.buf, w.bufAt = w.buf[:n], w.at
	switch {
	case n > 0:
		return nil
	case errors.Is(err, io.EOF):
		return io.EOF // shorter than it was said to be
	}
	w.err = err
	return err
}

// Seek implements io.Seeker. A position before the part is an error; one behind it reads as its end.
func (w *window) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekStart:
		offset += w.from
	case io.SeekCurrent:
		offset += w.at
	case io.SeekEnd:
		offset += w.end
	}
	if offset < w.from {
		return 0, errShape
	}
	w.at = offset
	return w.at - w.from, nil
}

// peek reads n bytes at a position, fewer at the end; the position is not kept.
func (w *window) peek(at int64, n int) []byte {
	p := make([]byte, n)
	w.at = w.from + at
	got, _ := io.ReadFull(w, p)
	return p[:got]
}

// fault is the error for why a sound could not be read: the file's own, or that it makes no sense.
func (w *window) fault(err error) error {
	if w.err != nil {
		return fault.Unreadable(w.err)
	}
	return bad(err)
}
