package recordings

import (
	"bufio"

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

// frameSize returns how long a frame of MPEG sound or of AAC in ADTS is by its head, 0 for anything else: also for the
// first layer of version 1, which begins as a text does, so that nobody would know a copy for sound.
func frameSize(h []byte) int {
	if len(h) < 6 || h[0] != 0xFF || h[1]&0xE0 != 0xE0 || h[1] >= 0xFE {
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
