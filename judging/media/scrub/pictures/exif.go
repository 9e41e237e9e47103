package pictures

import (
	"encoding/binary"

	"fayi/judging/media/trace"
)

// exifTags says what the tags of Exif data tell of (Exif 3.0, TIFF 6.0); tags that only describe the picture are
// not listed.
var exifTags = map[uint16]trace.Trace{
	0x010D: trace.Title,
	0x010E: trace.Title,
	0x010F: trace.Device,
	0x0110: trace.Device,
	0x0131: trace.Software,
	0x0132: trace.Date,
	0x013B: trace.Author,
	0x013C: trace.Device,
	0x8298: trace.Author,
	0x83BB: trace.Comment,
	0x02BC: trace.Unnamed,
	0x8825: trace.Place,
	0x9003: trace.Date,
	0x9004: trace.Date,
	0x927C: trace.Device,
	0x9286: trace.Comment,
	0x9C9B: trace.Title,
	0x9C9C: trace.Comment,
	0x9C9D: trace.Author,
	0x9C9E: trace.Comment,
	0x9C9F: trace.Title,
	0xA420: trace.Unnamed,
	0xA430: trace.Author,
	0xA431: trace.Device,
	0xA433: trace.Device,
	0xA434: trace.Device,
	0xA435: trace.Device,
	0xA436: trace.Title,
	0xA437: trace.Author,
	0xA438: trace.Author,
}

// exif is what was found in Exif data, all of it in bounds.
type exif struct {
	orientation int // 1-8
	traces      []trace.Trace
}

// readExif walks the directories of Exif data (a TIFF file in small). It believes no length and follows no loop;
// what it can't read it takes for unnamed.
func readExif(data []byte) exif {
	found := exif{orientation: 1}
	order := byteOrder(data)
	if order == nil {
		return found
	}
	next := []uint32{order.Uint32(data[4:])}
	seen := map[uint32]bool{}
	for first := true; len(next) > 0 && len(seen) < 16; first = false {
		at := next[0]
		next = next[1:]
		if seen[at] {
			continue
		}
		seen[at] = true
		next = append(next, found.directory(data, order, at, first)...)
	}
	return found
}

// byteOrdering reads and writes numbers in one of the two orders of TIFF.
type byteOrdering interface {
	binary.ByteOrder
	binary.AppendByteOrder
}

func byteOrder(data []byte) byteOrdering {
	switch {
	case len(data) < 8:
		return nil
	case string(data[:4]) == "II*\x00":
		return binary.LittleEndian
	case string(data[:4]) == "MM\x00*":
		return binary.BigEndian
	}
	return nil
}

// directory reads one list of tags and returns where others lie.
func (x *exif) directory(data []byte, order byteOrdering, at uint32, first bool) (more []uint32) {
	const entry, short, subExif, gps = 12, 3, 0x8769, 0x8825
	if at == 0 || int64(at)+2 > int64(len(data)) {
		return nil
	}
	list := data[at+2:]
	n := int(order.Uint16(data[at:]))
	if !first && at != 0 && n > 0 && len(list) > 1 && order.Uint16(list) == 0x0103 {
		x.traces = append(x.traces, trace.Preview) // the second directory is the small picture's
	}
	for ; n > 0 && len(list) >= entry; n-- {
		tag := order.Uint16(list)
		if of, ok := exifTags[tag]; ok {
			x.traces = append(x.traces, of)
		}
		if first && tag == 0x0112 && order.Uint16(list[2:]) == short {
			if o := int(order.Uint16(list[8:])); o >= 1 && o <= 8 {
				x.orientation = o
			}
		}
		if tag == 0x0201 {
			x.traces = append(x.traces, trace.Preview)
		}
		if tag == subExif {
			more = append(more, order.Uint32(list[8:]))
		}
		list = list[entry:]
	}
	if first && len(list) >= 4 {
		more = append(more, order.Uint32(list))
	}
	return more
}

// plainExif returns Exif data that says nothing but how the picture is held.
func plainExif(orientation int) []byte {
	b := []byte("MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00")
	b[19] = byte(orientation)
	return b
}
