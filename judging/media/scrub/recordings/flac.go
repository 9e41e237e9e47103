package recordings

import (
	"bufio"
	"io"

	"github.com/mewkiz/flac/frame"

	"fayi/judging/media/trace"
)

// FLAC keeps what a player needs to know of the sound, where to seek, and the frames (RFC 9639); what stands between
// frames or behind them is left out.
func FLAC(j *trace.Job) error {
	const streamInfo, seekTable, last, infoSize, point, most = 0, 3, 0x80, 34, 18, 1000
	traces := map[byte]trace.Trace{2: trace.Unnamed, 4: trace.Author, 5: trace.Title, 6: trace.Preview}
	var kept [][]byte
	at := int64(4)
	for n, done := 0, false; !done; n++ {
		h, err := j.BytesAt(at, 4)
		if err != nil {
			return err
		}
		size := int(h[1])<<16 | int(h[2])<<8 | int(h[3])
		done = h[0]&last != 0 || n > most
		kind := h[0] &^ last
		switch {
		case kind == streamInfo && size == infoSize && len(kept) == 0, kind == seekTable && size%point == 0:
			b, err := j.BytesAt(at, 4+size)
			if err != nil {
				return err
			}
			b[0] = kind
			kept = append(kept, b)
		case traces[kind] != "":
			j.Lost(traces[kind])
		}
		at += 4 + int64(size)
	}
	if len(kept) == 0 || kept[0][0] != streamInfo {
		return trace.ErrBroken
	}
	bits := (int(kept[0][4+12]&1)<<4 | int(kept[0][4+13]>>4)) + 1
	kept[len(kept)-1][0] |= last
	if err := j.Write(append([][]byte{[]byte("fLaC")}, kept...)...); err != nil {
		return err
	}
	return flacFrames(j, at, uint8(bits))
}

// flacFrames copies the frames from at on. Each is decoded, since nothing else tells where it ends.
func flacFrames(j *trace.Job, at int64, bits uint8) error {
	in := &window{Job: j}
	out := bufio.NewWriterSize(j.Out, 256<<10)
	frames, left := 0, j.Size+64<<20 // bytes that may be read in vain
	for at < j.Size {
		if err := j.Ctx.Err(); err != nil {
			return err
		}
		n, read, err := flacFrame(in, at, bits)
		if err != nil {
			return err
		}
		if n == 0 {
			if left -= read; left < 0 {
				return trace.ErrBroken
			}
			j.Lost(trace.Author, trace.Title, trace.Unnamed)
			if at, err = in.nextSync(at); err != nil {
				return err
			}
			continue
		}
		b, err := j.BytesAt(at, int(n))
		if err != nil {
			return err
		}
		out.Write(b) // keeps its error until Flush
		at += n
		frames++
	}
	if frames == 0 {
		return trace.ErrBroken
	}
	return out.Flush()
}

// nextSync finds the next place behind at where a frame may begin.
func (w *window) nextSync(at int64) (int64, error) {
	for at++; at < w.Size; at++ {
		if at%(1<<20) == 0 && w.Ctx.Err() != nil {
			return 0, w.Ctx.Err()
		}
		b, err := w.bytes(at, 2)
		if err != nil {
			return 0, err
		}
		if isFLACSync(b) {
			return at, nil
		}
	}
	return w.Size, nil
}

func isFLACSync(b []byte) bool { return len(b) == 2 && b[0] == 0xFF && b[1]&0xFE == 0xF8 }

// counted reads a file from a place on and remembers how reading failed.
type counted struct {
	in  *window
	at  int64
	err error
}

// Read implements io.Reader.
func (c *counted) Read(p []byte) (int, error) {
	b, err := c.in.bytes(c.at, len(p))
	if err != nil {
		c.err = err
		return 0, err
	}
	if len(b) == 0 {
		return 0, io.EOF
	}
	n := copy(p, b)
	c.at += int64(n)
	return n, nil
}

// flacFrame returns how long the frame at at is, 0 where there is none whose sum is right, and how much was read to
// know. bits are those of a sample where the frame does not tell.
func flacFrame(in *window, at int64, bits uint8) (n, read int64, err error) {
	head, err := in.bytes(at, 2)
	if err != nil || !isFLACSync(head) {
		return 0, 0, err
	}
	r := &counted{in: in, at: at}
	defer func() {
		if recover() != nil { // the decoder was not made for every run of bytes
			n, read, err = 0, r.at-at, r.err
		}
	}()
	f, bad := frame.New(r)
	if bad == nil {
		if f.BitsPerSample == 0 {
			f.BitsPerSample = bits
		}
		bad = f.Parse()
	}
	read = r.at - at
	switch {
	case r.err != nil:
		return 0, read, r.err
	case bad != nil:
		return 0, read, nil
	}
	return read, read, nil
}
