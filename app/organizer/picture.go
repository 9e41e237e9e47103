package organizer

import (
	"context"
	"image"
	_ "image/gif"
	_ "image/jpeg"
	_ "image/png"
	"io"

	_ "golang.org/x/image/bmp"
	"golang.org/x/image/draw"
	_ "golang.org/x/image/tiff"
	_ "golang.org/x/image/webp"

	"fayi/judging"
)

const (
	thumbEdge     = 640      // pixels of the longer edge
	mostPixels    = 60 << 20 // a picture larger than this is not decoded: it would take more than 240 MB
	mostMegapixel = 60
)

type fileOpener interface {
	OpenWorkFile(ctx context.Context, id judging.WorkID, n int) (io.ReadSeekCloser, error)
}

// readThumb opens the n-th file of a work and makes it small. Errors: those of the office, Invalid for what is no picture or too large a one.
func readThumb(ctx context.Context, o fileOpener, id judging.WorkID, n int) (image.Image, error) {
	f, err := o.OpenWorkFile(ctx, id, n)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return thumb(f)
}

// thumb decodes a picture no larger than mostPixels and makes it at most thumbEdge long.
func thumb(f io.ReadSeeker) (image.Image, error) {
	head, _, err := image.DecodeConfig(f)
	if err != nil {
		return nil, judging.Fail(judging.Invalid, "app.picture_bad", nil).Because(err)
	}
	if head.Width <= 0 || head.Height <= 0 || head.Width > mostPixels/head.Height {
		return nil, judging.Fail(judging.Invalid, "app.picture_too_big", judging.Args{"Max": mostMegapixel})
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, judging.Fail(judging.Unavailable, "app.picture_bad", nil).Because(err)
	}
	full, _, err := image.Decode(f)
	if err != nil {
		return nil, judging.Fail(judging.Invalid, "app.picture_bad", nil).Because(err)
	}
	return shrink(full), nil
}

// shrink scales a picture down to thumbEdge; smaller ones stay.
func shrink(full image.Image) image.Image {
	size := full.Bounds().Size()
	long := max(size.X, size.Y)
	if long <= thumbEdge {
		return full
	}
	small := image.NewRGBA(image.Rect(0, 0, max(size.X*thumbEdge/long, 1), max(size.Y*thumbEdge/long, 1)))
	draw.ApproxBiLinear.Scale(small, small.Bounds(), full, full.Bounds(), draw.Src, nil)
	return small
}
