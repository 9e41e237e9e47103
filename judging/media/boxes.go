package media

import (
	"encoding/binary"
	"errors"
	"io"

	"fayi/judging"
	"fayi/judging/media/internal/fault"
)

// Limits of walking through the boxes of a film (ISO/IEC 14496-12): what honest files keep within by far.
const (
	maxBoxes   = 10_000
	maxBoxHead = 1 << 20 // bytes of a box that is read whole
	boxDepth   = 6
)

// film is what the boxes of an MP4 or QuickTime film say.
type film struct {
	seconds       float64
	width, height int // as it is seen
	left          int // boxes that may still be looked at
	index         bool
}

var errBoxes = errors.New("boxes make no sense")

// readFilm reads how long a film lasts and how large it is; fragmented films and those torn before their index have
// no length.
func readFilm(r io.ReaderAt, size int64) (film, error) {
	f := film{left: maxBoxes}
	err := f.walk(r, 0, size, boxDepth)
	if err == nil && !f.index {
		err = errBoxes // no program finds anything in it
	}
	if err != nil {
		var disk *judging.Error
		if errors.As(err, &disk) {
			return f, err
		}
		return f, judging.Fail(judging.Invalid, "media.bad_film", nil).Because(err)
	}
	return f, nil
}

// walk looks at the boxes between two places.
func (f *film) walk(r io.ReaderAt, from, to int64, depth int) error {
	for at := from; at+8 <= to; {
		if f.left--; f.left < 0 || depth == 0 {
			return errBoxes
		}
		kind, body, end, err := boxAt(r, at, to)
		if err != nil {
			return err
		}
		switch kind {
		case "moov", "trak", "mdia":
			f.index = true
			err = f.walk(r, body, end, depth-1)
		case "mvhd":
			err = f.movie(r, body, end)
		case "tkhd":
			err = f.track(r, body, end)
		}
		if err != nil {
			return err
		}
		at = end
	}
	return nil
}

// boxAt reads the head of a box: its kind, where its body begins and where it ends.
func boxAt(r io.ReaderAt, at, to int64) (kind string, body, end int64, err error) {
	var head [16]byte
	n, err := r.ReadAt(head[:min(16, to-at)], at)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", 0, 0, fault.Unreadable(err)
	}
	if n < 8 {
		return "", 0, 0, errBoxes
	}
	size, body := int64(binary.BigEndian.Uint32(head[:])), at+8
	switch {
	case size == 0:
		size = to - at
	case size == 1 && n == 16:
		size, body = int64(binary.BigEndian.Uint64(head[8:])), at+16
	}
	if size < body-at || size > to-at {
		return "", 0, 0, errBoxes
	}
	return string(head[4:8]), body, at + size, nil
}

// content reads a small box whole.
func content(r io.ReaderAt, from, to int64) ([]byte, error) {
	if to-from > maxBoxHead {
		return nil, errBoxes
	}
	b := make([]byte, to-from)
	if _, err := r.ReadAt(b, from); err != nil && !errors.Is(err, io.EOF) {
		return nil, fault.Unreadable(err)
	}
	return b, nil
}

// movie reads the movie header: how many units a second has, and how many of them it lasts.
func (f *film) movie(r io.ReaderAt, from, to int64) error {
	b, err := content(r, from, to)
	if err != nil {
		return err
	}
	var scale, length uint64
	switch {
	case len(b) >= 32 && b[0] == 1:
		scale, length = uint64(binary.BigEndian.Uint32(b[20:])), binary.BigEndian.Uint64(b[24:])
	case len(b) >= 20 && b[0] == 0:
		scale, length = uint64(binary.BigEndian.Uint32(b[12:])), uint64(binary.BigEndian.Uint32(b[16:]))
	default:
		return errBoxes
	}
	if unknown := length == 1<<32-1 || length == 1<<64-1; scale > 0 && !unknown {
		f.seconds = min(float64(length)/float64(scale), 1e7)
	}
	return nil
}

// track reads the size of a track, the largest being the picture, and whether the film is turned on its side.
func (f *film) track(r io.ReaderAt, from, to int64) error {
	b, err := content(r, from, to)
	if err != nil {
		return err
	}
	at := 40 // of the matrix
	if len(b) > 0 && b[0] == 1 {
		at = 52
	}
	if len(b) < at+44 {
		return errBoxes
	}
	w, h := int(binary.BigEndian.Uint32(b[at+36:])>>16), int(binary.BigEndian.Uint32(b[at+40:])>>16)
	if binary.BigEndian.Uint32(b[at:]) == 0 && binary.BigEndian.Uint32(b[at+4:]) != 0 {
		w, h = h, w
	}
	if w*h > f.width*f.height {
		f.width, f.height = w, h
	}
	return nil
}
