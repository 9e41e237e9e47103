package picture

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	_ "image/gif"  // decodes
	_ "image/jpeg" // decodes
	_ "image/png"  // decodes
	"io"

	_ "golang.org/x/image/bmp" // decodes
	"golang.org/x/image/draw"
	_ "golang.org/x/image/tiff" // decodes
	_ "golang.org/x/image/webp" // decodes

	"fayi/judging"
	"fayi/judging/media/internal/fault"
	"fayi/judging/media/jpegscale"
)

// What a picture may cost to show: bytes of its file and of its pixels in memory (100 million at 4 bytes, half as
// many at 8).
const (
	MaxPictureBytes = 128 << 20
	maxPixelBytes   = 400_000_000
)

// Info is the size of a picture as it is seen, turned upright, in pixels.
type Info struct {
	Format        string // jpeg, png, gif, webp, tiff, bmp, heic
	Width, Height int
}

// Measure reads how large a picture is without decoding it. Errors are those of Thumbnail, but for pictures too
// large.
func Measure(r io.Reader) (Info, error) {
	data, err := readPicture(r)
	if err != nil {
		return Info{}, err
	}
	info, _, err := measure(data)
	return info, err
}

// Thumbnail decodes a picture, turns it upright as its Exif data says, and makes it small enough that no side is
// over side pixels (at least 1). Smaller pictures keep their size; of moving ones the first picture is taken.
// Errors: Invalid "media.picture_unknown" for a format that can't be decoded, "media.picture_too_big" for one over
// 128 MiB or 100 million pixels (50 million at 16 bits a colour), "media.bad_picture" for a broken one; Unavailable
// when r fails.
func Thumbnail(r io.Reader, side int) (image.Image, error) {
	data, err := readPicture(r)
	if err != nil {
		return nil, err
	}
	return thumbnail(data, max(side, 1), maxPixelBytes)
}

func readPicture(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxPictureBytes+1))
	if err != nil {
		return nil, fault.Unreadable(err)
	}
	if len(data) > MaxPictureBytes {
		return nil, TooBig()
	}
	return data, nil
}

// TooBig is the error for a picture whose file or pixels take more memory than is given to one.
func TooBig() error {
	return judging.Fail(judging.Invalid, "media.picture_too_big", judging.Args{
		"MaxMegapixels": maxPixelBytes / 4_000_000,
		"MaxMB":         MaxPictureBytes >> 20,
	})
}

// Broken is the error for a picture that its decoder does not accept.
func Broken(err error) error {
	return judging.Fail(judging.Invalid, "media.bad_picture", nil).Because(err)
}

// Unknown is the error for a file that no decoder knows as a picture.
func Unknown() error { return judging.Fail(judging.Invalid, "media.picture_unknown", nil) }

// measure also returns how many bytes the pixels take.
func measure(data []byte) (info Info, cost int64, err error) {
	defer Caught(&err)
	if isHeif(data) {
		return measureHeif(data)
	}
	c, format, err := image.DecodeConfig(bytes.NewReader(data))
	switch {
	case errors.Is(err, image.ErrFormat):
		return info, 0, Unknown()
	case err != nil:
		return info, 0, Broken(err)
	case c.Width <= 0 || c.Height <= 0:
		return info, 0, Broken(errors.New("no pixels"))
	}
	info = Info{format, c.Width, c.Height}
	if Orientation(data) > 4 {
		info.Width, info.Height = info.Height, info.Width
	}
	each := int64(4)
	if c.ColorModel == color.RGBA64Model || c.ColorModel == color.NRGBA64Model {
		each = 8
	}
	return info, int64(c.Width) * int64(c.Height) * each, nil // sides are below 2^31 in every format
}

// Caught makes an error of a panic: decoders of pictures have had them.
func Caught(err *error) {
	if p := recover(); p != nil {
		*err = Broken(fmt.Errorf("decoder: %v", p))
	}
}

func thumbnail(data []byte, side int, limit int64) (small image.Image, err error) {
	defer Caught(&err)
	if tooManyScans(data) {
		return nil, Broken(errors.New("too many scans"))
	}
	if bytes.HasPrefix(data, []byte("\xFF\xD8")) {
		if p := reduced(data, side, limit); p != nil {
			return upright(shrink(p, side), Orientation(data)), nil
		}
	}
	_, cost, err := measure(data)
	if err != nil {
		return nil, err
	}
	if cost > limit {
		return nil, TooBig()
	}
	defer room.take(cost)()
	p, err := decodePixels(data)
	if err != nil {
		return nil, Broken(err)
	}
	if p.Bounds().Empty() {
		return nil, Broken(errors.New("no pixels"))
	}
	return upright(shrink(p, side), Orientation(data)), nil
}

// mostScanned is how many pixels the scans of a JPEG may have together: 40 scans of 100 million. Cameras and programs
// write 20 at most; a small file with thousands took minutes.
const mostScanned = 4_000_000_000

// tooManyScans reports whether a JPEG goes over its pixels so often that decoding would take minutes.
func tooManyScans(data []byte) bool {
	if !bytes.HasPrefix(data, []byte("\xFF\xD8")) {
		return false
	}
	info, err := jpegscale.Config(data)
	if err != nil {
		return bytes.Count(data, []byte("\xFF\xDA")) > 100 // what only the other decoder reads
	}
	scans := bytes.Count(data, []byte("\xFF\xDA"))
	return scans > 20 && int64(info.Width)*int64(info.Height)*int64(scans) > mostScanned
}

// maxReducedPixels is how many pixels a JPEG may have that is decoded to a part of them only: a sheet of A2 at
// 1,000 dpi.
const maxReducedPixels = 400_000_000

// reduced decodes a JPEG to as small a part of its size as still has side pixels; nil where that does not apply or
// does not succeed, and the whole must be tried.
func reduced(data []byte, side int, limit int64) image.Image {
	info, err := jpegscale.Config(data)
	if err != nil || info.Width*info.Height > maxReducedPixels {
		return nil
	}
	scale := 8
	for scale > 1 && max(info.Width, info.Height)/scale < side {
		scale /= 2
	}
	if scale == 1 || info.Memory(scale) > limit {
		return nil
	}
	defer room.take(info.Memory(scale))()
	p, err := jpegscale.Decode(data, scale)
	if err != nil {
		return nil
	}
	return p
}

// shrink scales p down in two steps: it drops pixels to at least twice the wanted size, which is cheap, then weighs
// them, which is fair.
func shrink(p image.Image, side int) *image.RGBA {
	b := p.Bounds()
	longest := max(b.Dx(), b.Dy())
	if k := longest / (2 * side); k > 1 {
		rough := image.NewRGBA(image.Rect(0, 0, max(b.Dx()/k, 1), max(b.Dy()/k, 1)))
		draw.NearestNeighbor.Scale(rough, rough.Bounds(), p, b, draw.Src, nil)
		p, b = rough, rough.Bounds()
	}
	w, h := b.Dx(), b.Dy()
	if longest := max(w, h); longest > side {
		w, h = max(w*side/longest, 1), max(h*side/longest, 1)
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	many, sixteen := p.(image.RGBA64Image)
	switch {
	case w == b.Dx() && h == b.Dy():
		draw.Draw(out, out.Bounds(), p, b.Min, draw.Src)
	case sixteen:
		resample(out, many)
	default:
		draw.CatmullRom.Scale(out, out.Bounds(), p, b, draw.Src, nil)
	}
	return out
}

// upright turns and mirrors a picture as Exif orientation o (1-8) asks.
func upright(p *image.RGBA, o int) *image.RGBA {
	if o < 2 || o > 8 {
		return p
	}
	w, h := p.Rect.Dx(), p.Rect.Dy()
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	if o > 4 {
		out = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			tx, ty := x, y
			switch o {
			case 2:
				tx = w - 1 - x
			case 3:
				tx, ty = w-1-x, h-1-y
			case 4:
				ty = h - 1 - y
			case 5:
				tx, ty = y, x
			case 6:
				tx, ty = h-1-y, x
			case 7:
				tx, ty = h-1-y, w-1-x
			case 8:
				tx, ty = y, w-1-x
			}
			out.SetRGBA(tx, ty, p.RGBAAt(x, y))
		}
	}
	return out
}
