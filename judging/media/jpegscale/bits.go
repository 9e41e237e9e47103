package jpegscale

import (
	"bytes"
	"encoding/binary"
)

// padding is how many zero bytes follow the data of a segment, so that eight bytes can always be loaded at once.
const padding = 16

// segment is the entropy-coded data between two markers, its stuffed zeros taken out, with padding behind.
type segment struct {
	data []byte
	size int // without padding
}

// cut copies the entropy-coded data at the start of data to seg and returns what follows: the marker that ended it,
// at its 0xFF. buf is the memory of the segment before, used again.
func cut(buf, data []byte) (seg segment, rest []byte) {
	out := buf[:0]
	for {
		i := bytes.IndexByte(data, 0xFF)
		if i < 0 || i+1 >= len(data) {
			out, rest = append(out, data...), nil
			break
		}
		if data[i+1] != 0 {
			out, rest = append(out, data[:i]...), data[i:]
			break
		}
		out, data = append(out, data[:i+1]...), data[i+2:]
	}
	n := len(out)
	return segment{append(out, make([]byte, padding)...), n}, rest
}

// reader reads bits, the highest of a byte first. Behind the end it reads zeros; over tells.
type reader struct {
	data []byte
	pos  int    // next byte to load
	acc  uint64 // the next bits, from the highest down
	n    int    // how many of them are valid
	end  int    // bytes of data without padding
}

func newReader(s segment) reader { return reader{data: s.data, end: s.size} }

// fill makes at least 56 bits valid.
func (r *reader) fill() {
	if r.pos > len(r.data)-8 {
		r.n |= 56 // zeros have been shifted in
		r.pos += 8
		return
	}
	r.acc |= binary.BigEndian.Uint64(r.data[r.pos:]) >> uint(r.n)
	r.pos += (63 - r.n) >> 3
	r.n |= 56
}

// skip drops k valid bits.
func (r *reader) skip(k int) {
	r.acc <<= uint(k)
	r.n -= k
}

// take returns the next k bits, 0-32, which must be valid.
func (r *reader) take(k int) int32 {
	v := int32(r.acc >> 1 >> (63 - uint(k)))
	r.skip(k)
	return v
}

// bit returns the next bit.
func (r *reader) bit() bool {
	if r.n < 1 {
		r.fill()
	}
	v := r.acc>>63 != 0
	r.skip(1)
	return v
}

// over reports whether more was read than there is.
func (r *reader) over() bool { return r.pos*8-r.n > r.end*8 }

// extend turns the k bits v into the number they stand for (ITU-T T.81, F.2.2.1).
func extend(v int32, k int) int32 {
	if k > 0 && v < 1<<(k-1) {
		return v - 1<<k + 1
	}
	return v
}
