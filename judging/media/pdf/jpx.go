package pdf

import (
	"bytes"
	"encoding/binary"
	"slices"

	"fayi/judging/media/scrub/pictures"
)

// jpxKept are the boxes of JPEG 2000 that make the picture (ISO/IEC 15444-1, annex I).
var jpxKept = []string{
	"jP  ", "ftyp", "jp2h", "ihdr", "bpcc", "colr", "pclr", "cmap", "cdef", "res ", "resc", "resd", "jp2c",
}

// cleanJPX returns a picture of JPEG 2000 without boxes of words and without the comments in its codestream; nil for
// what does not keep to its format.
func cleanJPX(in []byte) []byte {
	if bytes.HasPrefix(in, []byte("\xFF\x4F\xFF\x51")) {
		return cleanCodestream(in)
	}
	return jpxBoxes(in, 0)
}

func jpxBoxes(in []byte, depth int) []byte {
	out := []byte{}
	for len(in) > 0 {
		if len(in) < 8 || depth > 2 {
			return nil
		}
		size, head, kind := uint64(binary.BigEndian.Uint32(in)), uint64(8), string(in[4:8])
		switch {
		case size == 0:
			size = uint64(len(in))
		case size == 1 && len(in) >= 16:
			size, head = binary.BigEndian.Uint64(in[8:]), 16
		}
		if size < head || size > uint64(len(in)) {
			return nil
		}
		body := in[head:size]
		in = in[size:]
		if !slices.Contains(jpxKept, kind) {
			continue
		}
		switch {
		case kind == "jp2h" || kind == "res ":
			body = jpxBoxes(body, depth+1)
		case kind == "jp2c":
			body = cleanCodestream(body)
		case kind == "colr" && len(body) > 3 && body[0] == 2:
			if profile := pictures.CleanICC(body[3:]); profile != nil {
				body = append(bytes.Clone(body[:3]), profile...)
			}
		}
		if body == nil {
			return nil
		}
		out = binary.BigEndian.AppendUint32(out, uint32(8+len(body)))
		out = append(append(out, kind...), body...)
	}
	return out
}

// cleanCodestream drops the comments of a codestream's main header, and what follows its end.
func cleanCodestream(in []byte) []byte {
	const comment, startOfTile = 0x64, 0x90
	if !bytes.HasPrefix(in, []byte{0xFF, 0x4F}) {
		return nil
	}
	out := []byte{0xFF, 0x4F}
	for at := 2; at+4 <= len(in); {
		if in[at] != 0xFF {
			return nil
		}
		if in[at+1] == startOfTile {
			rest := in[at:]
			if end := bytes.LastIndex(rest, []byte{0xFF, 0xD9}); end >= 0 {
				rest = rest[:end+2]
			}
			return append(out, rest...)
		}
		n := int(binary.BigEndian.Uint16(in[at+2:])) + 2
		if n < 4 || at+n > len(in) {
			return nil
		}
		if in[at+1] != comment {
			out = append(out, in[at:at+n]...)
		}
		at += n
	}
	return nil
}
