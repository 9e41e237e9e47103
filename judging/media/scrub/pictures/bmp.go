package pictures

import (
	"encoding/binary"

	"fayi/judging/media/trace"
)

// What the headers of a BMP hold, by their place in the file.
const (
	bmpFileHeader, bmpOldHeader, bmpPlainHeader = 14, 12, 40
	bmpV5Header                                 = 124
	bmpMostHeader                               = bmpFileHeader + bmpV5Header
)

// BMP writes a picture again from its header, its colours and its pixels: no gaps, no colour profile, nothing behind
// it.
func BMP(j *trace.Job) error {
	h, err := j.BytesAt(0, int(min(bmpMostHeader, j.Size)))
	if err != nil {
		return err
	}
	b, ok := readBMP(h)
	if !ok {
		return trace.ErrBroken
	}
	end := min(b.pixels+b.size, j.Size)
	if b.size == 0 { // packed, and nobody knows how long
		end = j.Size
	}
	if b.pixels > end {
		return trace.ErrBroken
	}
	head := int64(bmpFileHeader) + b.header + b.colours
	if b.pixels != head || end != j.Size {
		j.Lost(trace.Unnamed)
	}
	out, err := j.BytesAt(0, int(min(head, b.pixels)))
	if err != nil {
		return err
	}
	le := binary.LittleEndian
	clear(out[6:10])
	le.PutUint32(out[2:], uint32(int64(len(out))+end-b.pixels))
	le.PutUint32(out[10:], uint32(len(out)))
	if b.header == bmpV5Header {
		if kind := string(out[70:74]); kind == "DEBM" || kind == "KNIL" { // a profile, or where one lies
			j.Lost(trace.Device)
			copy(out[70:74], "BGRs")
		}
		clear(out[bmpFileHeader+112 : bmpFileHeader+bmpV5Header])
	}
	if err := j.Write(out); err != nil {
		return err
	}
	return j.CopyRange(b.pixels, end-b.pixels)
}

// bmp is what the headers of a picture say: bytes of the second header with the masks behind it, of the colours, where
// the pixels begin, and their bytes, 0 where that is not known.
type bmp struct{ header, colours, pixels, size int64 }

func readBMP(h []byte) (bmp, bool) {
	// ways to write pixels
	const plain, masked, alphaMasked = 0, 3, 6
	if len(h) < bmpFileHeader+bmpOldHeader {
		return bmp{}, false
	}
	le := binary.LittleEndian
	b := bmp{header: int64(le.Uint32(h[14:])), pixels: int64(le.Uint32(h[10:]))}
	var width, height, bits, used, each int64
	how, packed := uint32(plain), int64(0)
	switch {
	case b.header == bmpOldHeader:
		width, height, each = int64(le.Uint16(h[18:])), int64(le.Uint16(h[20:])), 3
		bits = int64(le.Uint16(h[24:]))
	case b.header >= bmpPlainHeader && b.header <= bmpV5Header && int64(len(h)) >= bmpFileHeader+b.header:
		width, height, each = int64(int32(le.Uint32(h[18:]))), int64(int32(le.Uint32(h[22:]))), 4
		bits, how, packed = int64(le.Uint16(h[28:])), le.Uint32(h[30:]), int64(le.Uint32(h[34:]))
		used = int64(le.Uint32(h[46:]))
	default:
		return b, false
	}
	if b.header == bmpPlainHeader && how == masked {
		b.header += 12
	} else if b.header == bmpPlainHeader && how == alphaMasked {
		b.header += 16
	}
	if bits > 0 && bits <= 8 {
		if b.colours = each << bits; used > 0 && used <= 1<<bits {
			b.colours = each * used
		}
	}
	if height < 0 {
		height = -height // the top row comes first
	}
	b.size = packed
	if how == plain || how == masked || how == alphaMasked {
		b.size = (width*bits + 31) / 32 * 4 * height
	}
	return b, width > 0 && b.size >= 0
}
