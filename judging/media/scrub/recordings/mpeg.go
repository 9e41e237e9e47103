package recordings

import (
	"bufio"
	"bytes"
	"encoding/binary"

	"fayi/judging/media/trace"
)

// MPEG copies the frames of the sound and nothing between, before or behind them: tags stand anywhere (ID3v1
// before zeros, TAG+, APE, Lyrics3, ID3v2 at the end).
func MPEG(j *trace.Job) error {
	in := &window{Job: j}
	out := bufio.NewWriterSize(j.Out, 256<<10)
	frames, at := 0, int64(0)
	for at < j.Size {
		if frames%1024 == 0 && j.Ctx.Err() != nil {
			return j.Ctx.Err()
		}
		n, err := in.frame(at, frames == 0)
		if err != nil {
			return err
		}
		if n == 0 {
			if at, err = in.nextFrame(at); err != nil {
				return err
			}
			continue
		}
		b, err := in.bytes(at, n)
		if err != nil {
			return err
		}
		out.Write(b) // keeps its error until Flush
		frames++
		at += int64(n)
	}
	if frames == 0 {
		return trace.ErrBroken
	}
	return out.Flush()
}

// window reads a file in pieces, from front to back.
type window struct {
	*trace.Job

	from int64
	buf  []byte
}

// bytes returns n bytes from at, or as many as there are.
func (w *window) bytes(at int64, n int) ([]byte, error) {
	const piece = 256 << 10
	n = int(min(int64(n), w.Size-at))
	if at < w.from || at+int64(n) > w.from+int64(len(w.buf)) {
		b, err := w.BytesAt(at, int(min(piece, w.Size-at)))
		if err != nil {
			return nil, err
		}
		w.from, w.buf = at, b
	}
	return w.buf[at-w.from:][:n], nil
}

// frame returns how long the frame at at is, 0 where there is none: a frame counts when another follows it, or the
// end. strict wants two to follow, since two letters of anything look like one.
func (w *window) frame(at int64, strict bool) (int, error) {
	h, err := w.bytes(at, 6)
	if err != nil {
		return 0, err
	}
	n := frameSize(h)
	if n == 0 || at+int64(n) > w.Size {
		return 0, nil
	}
	if !strict || at+int64(n) == w.Size {
		return n, nil
	}
	next, err := w.bytes(at+int64(n), 6)
	if err != nil || frameSize(next) == 0 {
		return 0, err
	}
	return n, nil
}

// nextFrame looks for the next place where two frames follow each other; what lies between is lost.
func (w *window) nextFrame(at int64) (int64, error) {
	w.Lost(trace.Author, trace.Title, trace.Unnamed)
	// may hold what looks like frames
	if h, err := w.bytes(at, 10); err == nil && len(h) == 10 && string(h[:3]) == "ID3" {
		at += 9 + (int64(h[6]&0x7F)<<21 | int64(h[7]&0x7F)<<14 | int64(h[8]&0x7F)<<7 | int64(h[9]&0x7F))
	}
	for at++; at < w.Size; at++ {
		if at%(1<<20) == 0 && w.Ctx.Err() != nil {
			return 0, w.Ctx.Err()
		}
		b, err := w.bytes(at, 1)
		if err != nil {
			return 0, err
		}
		if b[0] != 0xFF {
			continue
		}
		n, err := w.frame(at, true)
		if err != nil {
			return 0, err
		}
		if n > 0 && at+int64(n) < w.Size {
			return at, nil
		}
	}
	return w.Size, nil
}

// Rates of MPEG sound in thousands of bits (ISO/IEC 11172-3, 13818-3): version 1 layers 1 to 3, version 2 layer 1,
// and layers 2 and 3.
var (
	mpegRates = [5][16]int{
		{0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448},
		{0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},
		{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},
		{0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256},
		{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},
	}
	mpegSamples = [4]int{44100, 48000, 32000}
)

// frameSize returns how long a frame of MPEG sound or of AAC in ADTS is by its head, 0 for anything else.
func frameSize(h []byte) int {
	if len(h) < 6 || h[0] != 0xFF || h[1]&0xE0 != 0xE0 {
		return 0
	}
	version, layer := h[1]>>3&3, 4-int(h[1]>>1&3)
	if layer == 4 { // AAC
		n := int(h[3]&3)<<11 | int(h[4])<<3 | int(h[5])>>5
		if h[1]&0xF0 != 0xF0 || h[2]>>2&15 > 12 || n < 8 {
			return 0
		}
		return n
	}
	rate, freq, pad := int(h[2]>>4), int(h[2]>>2&3), int(h[2]>>1&1)
	if version == 1 || freq == 3 || rate == 0 || rate == 15 {
		return 0
	}
	row, samples := layer-1, mpegSamples[freq]
	if version != 3 {
		row, samples = 4, samples/2
		if layer == 1 {
			row = 3
		}
		if version == 0 {
			samples /= 2
		}
	}
	bits := mpegRates[row][rate] * 1000
	switch {
	case layer == 1:
		return (12*bits/samples + pad) * 4
	case layer == 3 && version != 3:
		return 72*bits/samples + pad
	}
	return 144*bits/samples + pad
}

// tagBefore returns how long the tag that ends at to is, 0 for none.
func tagBefore(j *trace.Job, from, to int64) (int64, error) {
	tail, err := j.BytesAt(max(from, to-128), int(min(to-from, 128)))
	if err != nil {
		return 0, err
	}
	n := len(tail)
	switch {
	case n == 128 && string(tail[:3]) == "TAG":
		return 128, nil
	case n >= 32 && string(tail[n-32:n-24]) == "APETAGEX":
		size := int64(binary.LittleEndian.Uint32(tail[n-20:]))
		if binary.LittleEndian.Uint32(tail[n-12:])&(1<<31) != 0 {
			size += 32 // a header
		}
		return max(size, 32), nil
	case n >= 15 && string(tail[n-9:]) == "LYRICS200":
		size := int64(0)
		for _, c := range tail[n-15 : n-9] {
			if c < '0' || c > '9' {
				return 0, trace.ErrBroken
			}
			size = size*10 + int64(c-'0')
		}
		return size + 15, nil
	case n >= 10 && string(tail[n-10:n-7]) == "3DI":
		t := tail[n-10:]
		return 20 + int64(t[6]&0x7F)<<21 + int64(t[7]&0x7F)<<14 + int64(t[8]&0x7F)<<7 + int64(t[9]&0x7F), nil
	}
	return 0, nil
}

// FLAC keeps what a player needs to know of the sound, and where to seek (RFC 9639).
func FLAC(j *trace.Job) error {
	const streamInfo, seekTable, last = 0, 3, 0x80
	traces := map[byte]trace.Trace{2: trace.Unnamed, 4: trace.Author, 5: trace.Title, 6: trace.Preview}
	var kept [][]byte
	at := int64(4)
	for done := false; !done; {
		h, err := j.BytesAt(at, 4)
		if err != nil {
			return err
		}
		n := int(h[1])<<16 | int(h[2])<<8 | int(h[3])
		done = h[0]&last != 0
		kind := h[0] &^ last
		if kind == streamInfo || kind == seekTable {
			b, err := j.BytesAt(at, 4+n)
			if err != nil {
				return err
			}
			b[0] = kind
			kept = append(kept, b)
		} else if t, ok := traces[kind]; ok {
			j.Lost(t)
		}
		at += 4 + int64(n)
	}
	if len(kept) == 0 {
		return trace.ErrBroken
	}
	kept[len(kept)-1][0] |= last
	if err := j.Write(append([][]byte{[]byte("fLaC")}, kept...)...); err != nil {
		return err
	}
	end, err := soundEnd(j, at)
	if err != nil {
		return err
	}
	return j.CopyRange(at, end-at)
}

// soundEnd returns where the sound that begins at from ends: before the tags at the end of the file, and before zeros
// around them.
func soundEnd(j *trace.Job, from int64) (int64, error) {
	const most = 4 << 20
	for end := j.Size; ; {
		tail, err := j.BytesAt(max(from, end-most), int(min(end-from, most)))
		if err != nil {
			return 0, err
		}
		cut := len(bytes.TrimRight(tail, "\x00"))
		if i := bytes.LastIndex(tail[:cut], []byte("TAG")); i >= 0 && cut-i <= 128 || i >= 0 && cut-i <= 355 &&
			bytes.HasPrefix(tail[i:], []byte("TAG+")) {
			cut = i
		}
		for _, mark := range []string{"TAG+", "APETAGEX", "LYRICSBEGIN"} {
			if i := bytes.LastIndex(tail[:cut], []byte(mark)); i >= 0 {
				cut = i
			}
		}
		at := end - int64(len(tail)-cut)
		if n, err := tagBefore(j, from, at); err == nil && n > 0 {
			at = max(at-n, from)
		}
		if at == end || at == end-int64(len(tail)-len(bytes.TrimRight(tail, "\x00"))) {
			return end, nil // zeros alone may be the sound's
		}
		j.Lost(trace.Author, trace.Title)
		end = at
	}
}
