package sound

import (
	"encoding/binary"
	"io"
	"math"
)

// Codes of how the samples of a WAV file are written.
const (
	wavePCM      = 1
	waveFloat    = 3
	waveExtended = 0xFFFE // the code stands in the first two bytes of a GUID
)

// maxChunks is how many chunks of a WAV file are looked at.
const maxChunks = 1000

// wave decodes WAV files of whole numbers and floating-point numbers.
type wave struct {
	disk     *window
	data     int64 // where the samples begin
	frames   int64
	at       int64 // frame
	channels int
	bytes    int // of a sample
	float    bool
	raw      []byte
}

func openWave(w *window) (decoder, head, error) {
	if b := w.peek(0, 12); len(b) < 12 || string(b[:4]) != "RIFF" || string(b[8:]) != "WAVE" {
		return nil, head{}, errShape
	}
	var d *wave
	var rate int
	for at, n := int64(12), 0; n < maxChunks; n++ {
		b := w.peek(at, 8)
		if len(b) < 8 {
			break
		}
		size := int64(binary.LittleEndian.Uint32(b[4:]))
		switch string(b[:4]) {
		case "fmt ":
			var err error
			if d, rate, err = waveFormat(w.peek(at+8, int(min(size, 40)))); err != nil {
				return nil, head{}, err
			}
		case "data":
			if d == nil {
				return nil, head{}, errShape
			}
			there := w.size() - at - 8
			// recorders that were switched off leave 0 or the largest number
			open := size == 0 || size == math.MaxUint32
			d.disk, d.data = w, at+8
			step := int64(d.channels * d.bytes)
			d.frames = min(size, there) / step
			if open {
				d.frames = there / step
			}
			return d, head{rate, d.frames, d.frames > 0 && (open || size <= there)}, nil
		}
		at += 8 + size + size&1
	}
	return nil, head{}, errShape
}

// waveFormat reads the chunk that says how samples are written.
func waveFormat(b []byte) (*wave, int, error) {
	if len(b) < 16 {
		return nil, 0, errShape
	}
	code, bits := binary.LittleEndian.Uint16(b), int(binary.LittleEndian.Uint16(b[14:]))
	if code == waveExtended && len(b) >= 26 {
		code = binary.LittleEndian.Uint16(b[24:])
	}
	d := &wave{channels: int(binary.LittleEndian.Uint16(b[2:])), bytes: bits / 8, float: code == waveFloat}
	right := code == wavePCM && bits >= 8 && bits <= 32 || code == waveFloat && (bits == 32 || bits == 64)
	if !right || bits%8 != 0 || d.channels < 1 || d.channels > 32 {
		return nil, 0, errShape
	}
	return d, int(binary.LittleEndian.Uint32(b[4:])), nil
}

func (d *wave) read(p []float32) (int, error) {
	n := min(int64(len(p)/Channels), d.frames-d.at, 4096)
	if n <= 0 {
		return 0, io.EOF
	}
	step := d.channels * d.bytes
	if d.raw == nil {
		d.raw = make([]byte, 4096*step)
	}
	if _, err := d.disk.Seek(d.data+d.at*int64(step), io.SeekStart); err != nil {
		return 0, err
	}
	got, err := io.ReadFull(d.disk, d.raw[:n*int64(step)])
	n = int64(got / step)
	if n == 0 {
		return 0, err
	}
	for i := range int(n) {
		frame := d.raw[i*step:]
		p[2*i] = d.sample(frame)
		p[2*i+1] = p[2*i]
		if d.channels > 1 {
			p[2*i+1] = d.sample(frame[d.bytes:])
		}
	}
	d.at += n
	return int(n) * Channels, nil
}

// sample reads one number.
func (d *wave) sample(b []byte) float32 {
	switch {
	case d.float && d.bytes == 4:
		return clean(math.Float32frombits(binary.LittleEndian.Uint32(b)))
	case d.float:
		return clean(float32(math.Float64frombits(binary.LittleEndian.Uint64(b))))
	case d.bytes == 1:
		return (float32(b[0]) - 128) / 128
	case d.bytes == 2:
		return float32(int16(binary.LittleEndian.Uint16(b))) / (1 << 15)
	case d.bytes == 3:
		return float32(int32(uint32(b[0])<<8|uint32(b[1])<<16|uint32(b[2])<<24)) / (1 << 31)
	}
	return float32(int32(binary.LittleEndian.Uint32(b))) / (1 << 31)
}

// clean bounds a number that a file may have made up.
func clean(v float32) float32 {
	if v != v {
		return 0
	}
	return min(max(v, -1), 1)
}

func (d *wave) seek(frame int64) error {
	d.at = min(frame, d.frames)
	return nil
}
