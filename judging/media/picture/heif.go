package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"io"

	"fayi/judging/filetype"
	"fayi/judging/media/internal/fault"
)

// maxHeifPixels is how many pixels a HEIC may have to be decoded: its decoder takes some 20 bytes for each.
const maxHeifPixels = 50_000_000

// isHeif reports whether data is a picture as phones of Apple and others write them.
func isHeif(data []byte) bool {
	return filetype.Of(data[:min(len(data), filetype.HeadSize)], "").Name == "heic"
}

// measureHeif tells the size of a HEIC, where this program can decode them.
func measureHeif(data []byte) (info Info, cost int64, err error) {
	if !readsHeif {
		return info, 0, Unknown()
	}
	w, h, err := HeifSize(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return info, 0, err
	}
	if w*h > maxHeifPixels {
		return info, 0, TooBig()
	}
	return Info{"heic", w, h}, maxPixelBytes, nil // one at a time
}

// decodePixels decodes a whole picture of any format.
func decodePixels(data []byte) (image.Image, error) {
	if isHeif(data) {
		return decodeHeif(data)
	}
	p, _, err := image.Decode(bytes.NewReader(data))
	return p, err
}

// maxHeifHead is how many leading bytes of a HEIC or AVIF are searched for its size.
const maxHeifHead = 1 << 20

// HeifSize is the size of the largest picture in a HEIC or AVIF: its item properties say it (ispe).
func HeifSize(r io.ReaderAt, size int64) (w, h int, err error) {
	head := make([]byte, min(size, maxHeifHead))
	if _, err := r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return 0, 0, fault.Unreadable(err)
	}
	turned := false
	for at := 4; at+5 <= len(head); at++ {
		switch string(head[at : at+4]) {
		case "ispe":
			if at+16 > len(head) {
				break
			}
			pw, ph := int(binary.BigEndian.Uint32(head[at+8:])), int(binary.BigEndian.Uint32(head[at+12:]))
			if pw > 0 && ph > 0 && pw < 1<<20 && ph < 1<<20 && pw*ph > w*h {
				w, h = pw, ph
			}
		case "irot":
			turned = head[at+4]&1 == 1
		case "mdat":
			at = len(head)
		}
	}
	if w == 0 {
		return 0, 0, Broken(errors.New("boxes make no sense"))
	}
	if turned {
		w, h = h, w
	}
	return w, h, nil
}
