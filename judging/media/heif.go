package media

import (
	"bytes"
	"image"

	"fayi/judging/filetype"
)

// maxHeifPixels is how many pixels a HEIC may have to be decoded: its decoder takes some 20 bytes for each.
const maxHeifPixels = 50_000_000

// isHeif reports whether data is a picture as phones of Apple and others write them.
func isHeif(data []byte) bool {
	return filetype.Of(data[:min(len(data), HeadSize)], "").Name == "heic"
}

// measureHeif tells the size of a HEIC, where this program can decode them.
func measureHeif(data []byte) (info PictureInfo, cost int64, err error) {
	if !readsHeif {
		return info, 0, unknownPicture()
	}
	w, h, err := heifSize(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return info, 0, err
	}
	if w*h > maxHeifPixels {
		return info, 0, tooBig()
	}
	return PictureInfo{"heic", w, h}, maxPixelBytes, nil // one at a time
}

// decodePixels decodes a whole picture of any format.
func decodePixels(data []byte) (image.Image, error) {
	if isHeif(data) {
		return decodeHeif(data)
	}
	p, _, err := image.Decode(bytes.NewReader(data))
	return p, err
}
