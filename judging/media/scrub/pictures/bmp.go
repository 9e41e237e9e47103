package pictures

import (
	"encoding/binary"

	"fayi/judging/media/trace"
)

// BMP copies the picture only: what follows it is left out. Many writers leave the stated size empty, so where
// the pixels end counts too.
func BMP(j *trace.Job) error {
	const headers = 14 + 40
	h, err := j.BytesAt(0, int(min(headers, j.Size)))
	if err != nil {
		return err
	}
	if len(h) < headers {
		return trace.ErrBroken
	}
	end := max(int64(binary.LittleEndian.Uint32(h[2:])), pixelEnd(h))
	if end <= headers || end > j.Size { // nobody knows, or it was cut short
		end = j.Size
	}
	if end < j.Size {
		j.Lost(trace.Unnamed)
	}
	return j.CopyRange(0, end)
}

// pixelEnd returns where the pixels of a picture end, 0 where its headers do not tell.
func pixelEnd(h []byte) int64 {
	// where the size of packed pixels stands, and ways to write them that are not
	const packed, plain, masked = 34, 0, 3
	le := binary.LittleEndian
	at := int64(le.Uint32(h[10:]))
	if le.Uint32(h[14:]) < 40 {
		return 0
	}
	if how := le.Uint32(h[30:]); how != plain && how != masked {
		if n := int64(le.Uint32(h[packed:])); n > 0 {
			return at + n
		}
		return 0
	}
	width, height, bits := int64(int32(le.Uint32(h[18:]))), int64(int32(le.Uint32(h[22:]))), int64(le.Uint16(h[28:]))
	if height < 0 {
		height = -height // the top row comes first
	}
	return at + (width*bits+31)/32*4*height
}
