package picture

import (
	"errors"
	"image"
	"io"
)

// Decode reads a whole picture as it is stored, and the Exif orientation (1-8) by which it is to be turned: who
// draws it can turn it without a second copy in memory. Errors are those of Thumbnail.
func Decode(r io.Reader) (p image.Image, turn int, err error) {
	data, err := readPicture(r)
	if err != nil {
		return nil, 1, err
	}
	return decode(data)
}

func decode(data []byte) (p image.Image, turn int, err error) {
	defer Caught(&err)
	_, cost, err := measure(data)
	if err != nil {
		return nil, 1, err
	}
	if cost > maxPixelBytes {
		return nil, 1, TooBig()
	}
	if tooManyScans(data) {
		return nil, 1, Broken(errors.New("too many scans"))
	}
	defer room.take(cost)()
	if p, err = decodePixels(data); err != nil {
		return nil, 1, Broken(err)
	}
	if p.Bounds().Empty() {
		return nil, 1, Broken(errors.New("no pixels"))
	}
	return p, Orientation(data), nil
}

// Preview is Thumbnail that also tells the size of the whole picture, upright.
func Preview(r io.Reader, side int) (small image.Image, whole Info, err error) {
	data, err := readPicture(r)
	if err != nil {
		return nil, whole, err
	}
	if whole, _, err = measure(data); err != nil {
		return nil, whole, err
	}
	small, err = thumbnail(data, max(side, 1), maxPixelBytes)
	return small, whole, err
}
