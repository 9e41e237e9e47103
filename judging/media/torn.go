package media

import (
	"bytes"
	"encoding/binary"
	"io"
)

// tornOff reports whether a file of the given format ends before it should, as far as its structure says: what is
// measured by decoding is not looked at here. Formats that don't say where they end are believed.
func tornOff(r io.ReaderAt, size int64, format string) bool {
	f := &pieces{r: r, size: size}
	switch format {
	case "heic", "avif":
		return f.boxes()
	case "gif":
		return f.gif()
	case "avi":
		return int64(binary.LittleEndian.Uint32(f.at(4, 4)))+8 > size
	case "mkv":
		return f.matroska()
	case "flv":
		return f.flash()
	case "wmv", "wma":
		return f.asf()
	case "ts":
		return f.transport()
	case "mpg":
		return f.program()
	case "ogg":
		return f.ogg()
	case "aac":
		return f.adts()
	}
	return false
}

// maxPieces bounds how many pieces of a file are walked over: a film of an hour has less than half as many.
const maxPieces = 1 << 20

// pieces reads the small pieces that formats are made of, through a buffer.
type pieces struct {
	r    io.ReaderAt
	size int64
	buf  []byte
	from int64 // of buf
}

// at returns n bytes at a place; what is not there is 0. They are valid until the next call.
func (f *pieces) at(from int64, n int) []byte {
	if from >= f.from && from+int64(n) <= f.from+int64(len(f.buf)) {
		return f.buf[from-f.from:][:n]
	}
	buf := make([]byte, max(n, 32<<10))
	if from >= 0 && from < f.size {
		if _, err := f.r.ReadAt(buf[:min(int64(len(buf)), f.size-from)], from); err != nil && err != io.EOF {
			clear(buf) // the disk's error is reported by who watches it
		}
	}
	f.buf, f.from = buf, from
	return f.buf[:n]
}

// boxes walks over the outer boxes of a HEIF picture.
func (f *pieces) boxes() bool {
	for at, n := int64(0), 0; at < f.size && n < maxBoxes; n++ {
		head := f.at(at, 16)
		long := int64(binary.BigEndian.Uint32(head))
		if long == 1 {
			long = int64(binary.BigEndian.Uint64(head[8:]))
		}
		switch {
		case long == 0:
			return false // to the end, wherever that is
		case long < 8 || long > f.size-at:
			return true
		}
		at += long
	}
	return false
}

// gif walks over the blocks of all pictures to the trailer.
func (f *pieces) gif() bool {
	table := func(flags byte) int64 {
		if flags&0x80 == 0 {
			return 0
		}
		return 3 << (flags&7 + 1)
	}
	at := 13 + table(f.at(10, 1)[0])
	for n := 0; n < maxPieces && at < f.size; n++ {
		switch b := f.at(at, 10); b[0] {
		case 0x3B:
			return false
		case 0x21:
			at += 2
		case 0x2C:
			at += 10 + table(b[9]) + 1
		default:
			return true
		}
		for n < maxPieces && at < f.size {
			long := f.at(at, 1)[0]
			n, at = n+1, at+1+int64(long)
			if long == 0 {
				break
			}
		}
	}
	return at >= f.size
}

// transport: packets of 188 bytes, or of 192 where each has a time in front.
func (f *pieces) transport() bool {
	for _, p := range []struct{ first, each int64 }{{0, 188}, {4, 192}} {
		if f.at(p.first, 1)[0] == 0x47 && (f.size <= p.each || f.at(p.first+p.each, 1)[0] == 0x47) {
			return f.size%p.each != 0
		}
	}
	return false
}

// fileProperties names the part of an ASF file that says how long the file is.
var fileProperties = []byte("\xA1\xDC\xAB\x8C\x47\xA9\xCF\x11\x8E\xE4\x00\xC0\x0C\x20\x53\x65")

// asf compares the length with what the file's properties say; a broadcast has none.
func (f *pieces) asf() bool {
	head := f.at(0, 8<<10)
	i := bytes.Index(head, fileProperties)
	if i < 0 || i+96 > len(head) {
		return int64(len(head)) > f.size
	}
	const broadcast = 1
	if binary.LittleEndian.Uint32(head[i+88:])&broadcast != 0 {
		return false
	}
	return binary.LittleEndian.Uint64(head[i+40:]) > uint64(f.size)
}

// flash walks over the tags of an FLV film.
func (f *pieces) flash() bool {
	at := int64(binary.BigEndian.Uint32(f.at(5, 4))) + 4
	for n := 0; at < f.size && n < maxPieces; n++ {
		b := f.at(at, 4)
		if k := b[0] & 0x1F; k != 8 && k != 9 && k != 18 {
			return false // not what is known
		}
		at += 11 + int64(binary.BigEndian.Uint32(b)&0xFFFFFF) + 4
	}
	return at > f.size
}

// adts walks over the frames of an AAC sound, behind a tag.
func (f *pieces) adts() bool {
	at := int64(0)
	if b := f.at(0, 10); string(b[:3]) == "ID3" {
		at = 10 + int64(b[6]&0x7F)<<21 + int64(b[7]&0x7F)<<14 + int64(b[8]&0x7F)<<7 + int64(b[9]&0x7F)
	}
	for n := 0; at < f.size && n < maxPieces; n++ {
		b := f.at(at, 7)
		if b[0] != 0xFF || b[1]&0xF0 != 0xF0 {
			return f.size-at < 7 // or else a tag behind
		}
		long := int64(b[3]&3)<<11 | int64(b[4])<<3 | int64(b[5])>>5
		if long < 7 {
			return false
		}
		at += long
	}
	return at > f.size
}

// tail is where the last piece of a stream is looked for.
const tail = 128 << 10

// ogg looks at the last page: it is whole, and says that it is the last of its stream.
func (f *pieces) ogg() bool {
	from := max(f.size-tail, 0)
	data := f.at(from, int(f.size-from))
	i := bytes.LastIndex(data, []byte("OggS\x00"))
	if i < 0 || len(data) < i+27 || len(data) < i+27+int(data[i+26]) {
		return true
	}
	end := i + 27 + int(data[i+26])
	for _, n := range data[i+27 : end] {
		end += int(n)
	}
	const last = 4
	return end > len(data) || data[i+5]&last == 0
}

// program looks at the last packet of an MPEG program stream.
func (f *pieces) program() bool {
	from := max(f.size-tail, 0)
	data := f.at(from, int(f.size-from))
	for i := len(data) - 4; i >= 0; i-- {
		if data[i] != 0 || data[i+1] != 0 || data[i+2] != 1 {
			continue
		}
		switch kind := data[i+3]; {
		case kind == 0xB9:
			return false
		case kind >= 0xBC && kind < 0xF0:
			return i+6 > len(data) || i+6+int(binary.BigEndian.Uint16(data[i+4:])) > len(data)
		}
	}
	return false
}
