package judge

import (
	"bytes"
	"encoding/binary"
)

// orientation reads from the beginning of a JPEG which way up it was taken: 1 to 8 as Exif counts them; 1, upright, where nothing is said.
// It reads this one field and believes no length beyond the bytes it is given.
func orientation(head []byte) int {
	for at := 2; at+4 <= len(head) && head[at] == 0xFF && head[at+1] != 0xDA; {
		end := at + 2 + int(binary.BigEndian.Uint16(head[at+2:]))
		if end < at+4 || end > len(head) {
			return 1
		}
		if tiff, ok := bytes.CutPrefix(head[at+4:end], []byte("Exif\x00\x00")); ok && head[at+1] == 0xE1 {
			return firstDirectory(tiff)
		}
		at = end
	}
	return 1
}

// firstDirectory looks for tag 0x0112, a short, among the twelve-byte entries of TIFF data.
func firstDirectory(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	order := binary.ByteOrder(binary.LittleEndian)
	if tiff[0] == 'M' {
		order = binary.BigEndian
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 1
	}
	entries := tiff[at+2:]
	for n := order.Uint16(tiff[at:]); n > 0 && len(entries) >= 12; n-- {
		if way := order.Uint16(entries[8:]); order.Uint16(entries) == 0x0112 && way >= 1 && way <= 8 {
			return int(way)
		}
		entries = entries[12:]
	}
	return 1
}
