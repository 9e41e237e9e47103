package mediatest

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"
)

// Cornered is a white picture whose upper left quarter is red.
func Cornered(w, h int) *image.RGBA {
	p := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{255, 255, 255, 255}
			if x < w/2 && y < h/2 {
				c = color.RGBA{255, 0, 0, 255}
			}
			p.SetRGBA(x, y, c)
		}
	}
	return p
}

// Encoded writes a picture in a format.
func Encoded(t testing.TB, format string, p image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	var err error
	switch format {
	case "jpeg":
		err = jpeg.Encode(&out, p, &jpeg.Options{Quality: 95})
	case "png":
		err = png.Encode(&out, p)
	case "gif":
		err = gif.Encode(&out, p, nil)
	case "bmp":
		err = bmp.Encode(&out, p)
	case "tiff":
		err = tiff.Encode(&out, p, &tiff.Options{Compression: tiff.Deflate})
	}
	Must(t, err)
	return out.Bytes()
}

// Held is a JPEG as a camera writes it that was held as o says.
func Held(t testing.TB, p image.Image, o uint16, order binary.AppendByteOrder, mark string) []byte {
	t.Helper()
	plain := Encoded(t, "jpeg", p)
	b := append([]byte("Exif\x00\x00"), mark...)
	b = order.AppendUint16(b, 42)
	b = order.AppendUint32(b, 8)
	b = order.AppendUint16(b, 2)
	for _, tag := range []uint16{0x010F, 0x0112} {
		b = order.AppendUint16(b, tag)
		b = order.AppendUint16(b, 3)
		b = order.AppendUint32(b, 1)
		b = order.AppendUint16(b, o)
		b = order.AppendUint16(b, 0)
	}
	out := append([]byte{0xFF, 0xD8, 0xFF, 0xE1}, binary.BigEndian.AppendUint16(nil, uint16(len(b)+2))...)
	return append(append(out, b...), plain[2:]...)
}
