package scrub

import (
	"bytes"
	"encoding/binary"
	"slices"

	"fayi/judging/media/trace"
)

// Here pictures are read by their outline, so that what is packed in them is left out: among the bytes of packed
// pixels letters stand in a row by chance, and no viewer shows them as words. Tags, comments, pictures within tags and
// whatever stands between the parts or behind the end are read.

var jpegStart = []byte{0xFF, 0xD8, 0xFF}

const pngStart = "\x89PNG\r\n\x1a\n"

// picture adds the words of a picture whose outline is known, and reports whether it is one.
func (r *remains) picture(data []byte) bool {
	switch {
	case bytes.HasPrefix(data, jpegStart):
		r.loose(data, 0)
	case bytes.HasPrefix(data, []byte(pngStart)):
		r.png(data[len(pngStart):])
	case bytes.HasPrefix(data, []byte("GIF8")) && len(data) >= 13:
		r.gif(data)
	case bytes.HasPrefix(data, []byte("RIFF")) && len(data) >= 12 && string(data[8:12]) == "WEBP":
		end := max(min(8+int64(binary.LittleEndian.Uint32(data[4:])), int64(len(data))), 12)
		r.webp(data[12:end])
		r.loose(data[end:], 0)
	default:
		return false
	}
	return true
}

// loose adds the words among bytes in which JPEG pictures may stand, as the small one in a camera's notes.
func (r *remains) loose(data []byte, depth int) {
	for len(data) > 0 && r.ctx.Err() == nil {
		at := bytes.Index(data, jpegStart)
		if at < 0 || depth > trace.MaxDeep {
			r.bytes(data)
			return
		}
		r.bytes(data[:at])
		data = r.jpeg(data[at:], depth)
	}
}

// jpeg adds the words of a JPEG picture's segments and returns what stands behind its end.
func (r *remains) jpeg(data []byte, depth int) []byte {
	for data = data[2:]; len(data) >= 2; {
		if data[0] != 0xFF { // nothing ought to stand between two segments
			next := bytes.IndexByte(data, 0xFF)
			if next < 0 {
				next = len(data)
			}
			r.bytes(data[:next])
			data = data[next:]
			continue
		}
		mark := data[1]
		switch {
		case mark == 0xFF: // fills up
			data = data[1:]
			continue
		case mark == 0xD9:
			return data[2:]
		case mark == 0 || mark == 1 || mark >= 0xD0 && mark <= 0xD8: // without a length
			data = data[2:]
			continue
		}
		body, rest := cut(data[2:])
		if mark < 0xC0 || mark > 0xDF { // else it tells how the pixels are packed
			r.loose(body, depth+1)
		}
		if data = rest; mark == 0xDA {
			data = data[packedPixels(data):]
		}
	}
	return data
}

// cut takes a JPEG segment's body off bytes that begin with its length.
func cut(data []byte) (body, rest []byte) {
	if len(data) < 2 {
		return nil, nil
	}
	end := min(max(int(binary.BigEndian.Uint16(data)), 2), len(data))
	return data[2:end], data[end:]
}

// packedPixels returns how many bytes of packed pixels stand before the next segment of a JPEG picture.
func packedPixels(data []byte) int {
	for i := 0; i+1 < len(data); i++ {
		if next := data[i+1]; data[i] == 0xFF && next != 0 && next != 0xFF && (next < 0xD0 || next > 0xD7) {
			return i
		}
	}
	return len(data)
}

func (r *remains) png(data []byte) {
	for len(data) >= 8 && r.ctx.Err() == nil {
		name := string(data[4:8])
		end := min(8+int64(binary.BigEndian.Uint32(data)), int64(len(data)))
		if name != "IDAT" && name != "fdAT" {
			r.loose(data[8:end], 0)
		}
		data = data[min(end+4, int64(len(data))):] // past the sum
		if name == "IEND" {
			break
		}
	}
	r.loose(data, 0)
}

func (r *remains) webp(data []byte) {
	for len(data) >= 8 && r.ctx.Err() == nil {
		name, size := string(data[:4]), int64(binary.LittleEndian.Uint32(data[4:]))
		end := min(8+size, int64(len(data)))
		if !slices.Contains([]string{"VP8 ", "VP8L", "ALPH", "ANMF"}, name) {
			r.loose(data[8:end], 0)
		}
		data = data[min(end+size%2, int64(len(data))):]
	}
	r.loose(data, 0)
}

// gif adds the words of a GIF's extensions; its pictures are chains of blocks.
func (r *remains) gif(data []byte) {
	table := func(flags byte) int {
		if flags&0x80 == 0 {
			return 0
		}
		return 3 << (flags&7 + 1)
	}
	data = data[min(13+table(data[10]), len(data)):]
	for len(data) > 0 && r.ctx.Err() == nil {
		switch {
		case data[0] == 0x2C && len(data) >= 11:
			_, data = blocks(data[min(11+table(data[9]), len(data)):])
		case data[0] == 0x21 && len(data) >= 2:
			whole, kind := data[2:], data[1]
			var body []byte
			if body, data = blocks(whole); kind == 0xFF { // a program's own may not keep to blocks
				body = whole[:len(whole)-len(data)]
			}
			r.loose(body, 0)
		default: // the end, or what ought not to be there
			r.loose(data, 0)
			return
		}
	}
}

// blocks joins a chain of a GIF's blocks and returns what stands behind it.
func blocks(data []byte) (body, rest []byte) {
	for len(data) > 0 {
		n := int(data[0])
		if n == 0 {
			return body, data[1:]
		}
		end := min(1+n, len(data))
		body, data = append(body, data[1:end]...), data[end:]
	}
	return body, nil
}
