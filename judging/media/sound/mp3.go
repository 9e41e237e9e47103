package sound

import (
	"bytes"
	"encoding/binary"
	"io"

	"github.com/hajimehoshi/go-mp3"
)

// mpeg decodes MP3.
type mpeg struct {
	from *mp3.Decoder
	raw  []byte
}

// openMP3 finds the frames behind the tags, which may hold pictures of many megabytes, and counts them.
func openMP3(w *window) (decoder, head, error) {
	skipTags(w)
	found := walkFrames(w)
	if found.count == 0 || bytes.HasPrefix(w.peek(0, 3), []byte("ID3")) { // the library would read such a tag whole
		return nil, head{}, errShape
	}
	if _, err := w.Seek(0, io.SeekStart); err != nil {
		return nil, head{}, err
	}
	d, err := mp3.NewDecoder(w)
	if err != nil {
		return nil, head{}, err
	}
	frames := d.Length() / 4
	if frames <= 0 {
		return nil, head{}, errShape
	}
	return &mpeg{from: d}, head{d.SampleRate(), frames, found.whole()}, nil
}

// skipTags leaves out what stands before the first frame and behind the last.
func skipTags(w *window) {
	from, end := int64(0), w.size()
	for range 8 { // some programs write a tag before another
		b := w.peek(from, 10)
		if len(b) < 10 || !bytes.HasPrefix(b, []byte("ID3")) {
			break
		}
		size := int64(b[6]&0x7F)<<21 | int64(b[7]&0x7F)<<14 | int64(b[8]&0x7F)<<7 | int64(b[9]&0x7F)
		if b[5]&0x10 != 0 {
			size += 10 // a footer
		}
		from += 10 + size
	}
	if end-from >= 128 && bytes.HasPrefix(w.peek(end-128, 3), []byte("TAG")) {
		end -= 128
	}
	w.cut(min(from, end), end)
}

// mpegFrames is what a walk over the headers of an MP3 finds.
type mpegFrames struct {
	count    int64
	declared int64 // by the encoder's own count, 0 for none
	torn     bool  // the last frame is not all there
}

// whole reports whether nothing is missing at the end. An encoder's count may be a few frames off.
func (m mpegFrames) whole() bool {
	if m.declared > 0 {
		return m.count+m.declared/200+2 >= m.declared
	}
	return !m.torn
}

// walkFrames goes from header to header. What is no frame is skipped a byte at a time.
func walkFrames(w *window) mpegFrames {
	var m mpegFrames
	for at := int64(0); ; {
		b := w.peek4(at)
		if b == nil {
			return m
		}
		size := frameSize(b)
		if size == 0 {
			at++
			continue
		}
		if m.count == 0 {
			m.declared = declaredFrames(w.peek(at, 64))
		}
		if at+int64(size) > w.size() {
			m.torn = true
			return m
		}
		m.count++
		at += int64(size)
	}
}

// peek4 is the four bytes at a position, nil at the end. They are overwritten by the next call.
func (w *window) peek4(at int64) []byte {
	w.at = w.from + at
	if w.at+4 > w.end {
		return nil
	}
	if off := w.at - w.bufAt; off < 0 || off+4 > int64(len(w.buf)) {
		if w.fill() != nil || len(w.buf) < 4 {
			return nil
		}
	}
	off := w.at - w.bufAt
	return w.buf[off : off+4]
}

// mpegRates are the bit rates of layer 3, in thousands a second: of MPEG 1, and of MPEG 2.
var mpegRates = [2][16]int{
	{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0},
	{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0},
}

// frameSize is how many bytes a frame of layer 3 has by its header, 0 for no header.
func frameSize(b []byte) int {
	version := b[1] >> 3 & 3 // 3 for MPEG 1, 2 for MPEG 2, 0 for MPEG 2.5
	layer, index, freq := b[1]>>1&3, b[2]>>4, b[2]>>2&3
	if b[0] != 0xFF || b[1]&0xE0 != 0xE0 || version == 1 || layer != 1 || freq == 3 {
		return 0
	}
	rate, table, samples := [3]int{44100, 48000, 32000}[freq], 0, 144
	if version != 3 {
		rate, table, samples = rate/2, 1, 72
		if version == 0 {
			rate /= 2
		}
	}
	bits := mpegRates[table][index] * 1000
	if bits == 0 {
		return 0
	}
	return samples*bits/rate + int(b[2]>>1&1)
}

// declaredFrames reads the count that encoders leave in the first frame.
func declaredFrames(first []byte) int64 {
	for _, mark := range []string{"Xing", "Info"} {
		if at := bytes.Index(first, []byte(mark)); at >= 0 && len(first) >= at+12 && first[at+7]&1 != 0 {
			return int64(binary.BigEndian.Uint32(first[at+8:]))
		}
	}
	return 0
}

func (d *mpeg) read(p []float32) (int, error) {
	if d.raw == nil {
		d.raw = make([]byte, 16<<10)
	}
	n, err := io.ReadAtLeast(d.from, d.raw[:min(len(d.raw), len(p)*2)], 4)
	n = n / 4 * 4
	for i := 0; i < n; i += 2 {
		p[i/2] = float32(int16(binary.LittleEndian.Uint16(d.raw[i:]))) / (1 << 15)
	}
	if n == 0 && err == io.ErrUnexpectedEOF {
		err = io.EOF
	}
	return n / 2, err
}

// lead is how many samples before its place a seek begins: a frame may need the bits of up to ten frames before it.
// The library plays noise where it lacks them.
const lead = 12 * 1152

func (d *mpeg) seek(frame int64) error {
	var err error
	for _, before := range []int64{lead, 3 * lead, 0} { // bits that are lacking can also make it panic
		if err = d.seekFrom(max(frame-before, 0), frame); err == nil {
			return nil
		}
	}
	return err
}

// seekFrom goes to a frame by decoding what stands before it.
func (d *mpeg) seekFrom(from, to int64) (err error) {
	defer func() {
		if recover() != nil {
			err = errShape
		}
	}()
	if _, err := d.from.Seek(from*4, io.SeekStart); err != nil {
		return err
	}
	_, err = io.CopyN(io.Discard, d.from, (to-from)*4)
	return err
}
