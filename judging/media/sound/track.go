package sound

import (
	"errors"
	"fmt"
	"io"

	"fayi/judging"
)

// Channels is how many values a frame has: left and right.
const Channels = 2

// maxBytes is the most bytes of a file that is decoded here.
const maxBytes = 2 << 30

// Rates that a file may have, in frames a second.
const (
	minRate = 4_000
	maxRate = 384_000
)

// Track is a sound that is being decoded. It may be used by one goroutine at a time.
type Track struct {
	rate   int
	frames int64
	whole  bool
	from   decoder
	failed error
}

// decoder reads one format. Its methods may panic: Track guards them.
type decoder interface {
	// read fills p, of whole frames, and returns how many values it wrote; io.EOF comes with none.
	read(p []float32) (int, error)
	// seek goes to a frame that lies within the sound.
	seek(frame int64) error
}

// head is what a format finds out before anything is decoded.
type head struct {
	rate   int
	frames int64 // 0 for not known
	whole  bool  // the file ends where its content says it does
}

// errShape says that a file is not built as its format wants it.
var errShape = errors.New("not built as its format says")

// openers lists the formats, by their names in package filetype.
var openers = map[string]func(*window) (decoder, head, error){
	"wav": openWave, "mp3": openMP3, "flac": openFLAC, "ogg": openVorbis,
}

// Decodes reports whether a format, as filetype names it, is decoded here.
func Decodes(format string) bool { return openers[format] != nil }

// Open reads the beginning of a sound of the given format and size in bytes. r is used until the track is done with;
// closing it is the caller's. Errors: Invalid "media.bad_sound" for what can't be decoded, Unavailable when r fails.
func Open(r io.ReadSeeker, size int64, format string) (t *Track, err error) {
	disk := &window{r: r, end: size}
	defer func() {
		if p := recover(); p != nil {
			t, err = nil, fmt.Errorf("panic: %T", p)
		}
		if err != nil {
			t, err = nil, disk.fault(err)
		}
	}()
	open := openers[format]
	if open == nil || size > maxBytes {
		return nil, errShape
	}
	from, h, err := open(disk)
	if err != nil {
		return nil, err
	}
	if h.rate < minRate || h.rate > maxRate || h.frames < 0 {
		return nil, errShape
	}
	return &Track{rate: h.rate, frames: h.frames, whole: h.whole, from: guarded{from, disk}}, nil
}

// Rate is how many frames a second has.
func (t *Track) Rate() int { return t.rate }

// Frames is how many frames the track has, 0 where that is not known.
func (t *Track) Frames() int64 { return t.frames }

// Whole reports whether the file ends where its content says it does.
func (t *Track) Whole() bool { return t.whole }

// Read fills p with frames, left and right in turn, from -1 to 1, and returns how many values it wrote: a multiple of
// Channels. Errors: io.EOF at the end, with no values; those of Open, which stay until GoTo.
func (t *Track) Read(p []float32) (int, error) {
	if t.failed != nil {
		return 0, t.failed
	}
	n, err := t.from.read(p[:len(p)/Channels*Channels])
	if n > 0 {
		return n, nil
	}
	if err == nil {
		err = io.EOF // a decoder that gives nothing is at its end
	}
	t.failed = err
	return 0, err
}

// GoTo goes to a frame, counted from 0; one past the end is the end. Errors: those of Open.
func (t *Track) GoTo(frame int64) error {
	t.failed = nil
	if t.frames > 0 && frame >= t.frames {
		t.failed = io.EOF
		return nil
	}
	if err := t.from.seek(max(frame, 0)); err != nil {
		t.failed = err
		return err
	}
	return nil
}

// guarded turns panics and shapeless errors of a decoder into errors of this package.
type guarded struct {
	decoder

	disk *window
}

func (g guarded) read(p []float32) (n int, err error) {
	defer func() {
		if r := recover(); r != nil {
			n, err = 0, fmt.Errorf("panic: %T", r)
		}
		if err != nil && !errors.Is(err, io.EOF) {
			err = g.disk.fault(err)
		}
	}()
	return g.decoder.read(p)
}

func (g guarded) seek(frame int64) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %T", r)
		}
		if err != nil {
			err = g.disk.fault(err)
		}
	}()
	return g.decoder.seek(frame)
}

// bad is the error for a sound that can't be decoded.
func bad(err error) error { return judging.Fail(judging.Invalid, "media.bad_sound", nil).Because(err) }
