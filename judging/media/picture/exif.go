package picture

import (
	"bytes"
	"encoding/binary"
)

// Orientation reads the one field of Exif data that pictures can't be shown without: how the camera was held (1-8,
// 1 being upright) in a JPEG or TIFF. It is 1 where nothing is said. It is read here because the libraries that
// read all of Exif believe the lengths a file states: one field of a few bytes makes them ask for gigabytes.
func Orientation(data []byte) int {
	switch {
	case bytes.HasPrefix(data, []byte("\xFF\xD8")):
		return tiffOrientation(jpegExif(data))
	case bytes.HasPrefix(data, []byte("II*\x00")), bytes.HasPrefix(data, []byte("MM\x00*")):
		return tiffOrientation(data)
	}
	return 1
}

// jpegExif finds the Exif segment among those before the picture itself.
func jpegExif(data []byte) []byte {
	const app1, scan = 0xE1, 0xDA
	for at := 2; at+4 <= len(data) && data[at] == 0xFF; {
		marker, size := data[at+1], int(binary.BigEndian.Uint16(data[at+2:]))
		if marker == 0xFF { // filling
			at++
			continue
		}
		body := data[at+4 : min(len(data), max(at+2+size, at+4))]
		if exif, ok := bytes.CutPrefix(body, []byte("Exif\x00\x00")); ok && marker == app1 {
			return exif
		}
		if marker == scan {
			return nil
		}
		at += 2 + max(size, 2)
	}
	return nil
}

// tiffOrientation looks for tag 0x0112 in the first directory of TIFF data.
func tiffOrientation(data []byte) int {
	const tag, short, entry = 0x0112, 3, 12
	var order binary.ByteOrder = binary.LittleEndian
	if bytes.HasPrefix(data, []byte("MM")) {
		order = binary.BigEndian
	}
	if len(data) < 8 {
		return 1
	}
	first := int64(order.Uint32(data[4:]))
	if first+2 > int64(len(data)) {
		return 1
	}
	list := data[first+2:]
	for n := order.Uint16(data[first:]); n > 0 && len(list) >= entry; n-- {
		if order.Uint16(list) == tag && order.Uint16(list[2:]) == short {
			if o := int(order.Uint16(list[8:])); o >= 1 && o <= 8 {
				return o
			}
			return 1
		}
		list = list[entry:]
	}
	return 1
}
