package zoom

import (
	"image"
	"math"

	"golang.org/x/image/draw"
	"golang.org/x/image/math/f64"
)

// Picture is a decoded picture for Zoom, and smaller copies of it, each half the size of the one before, for
// drawing it small without flicker.
type Picture struct {
	levels []image.Image
	turn   f64.Aff3 // from the stored picture's pixels to the upright one's
	sw, sh float64  // as stored, at full size
	w, h   float64  // upright
}

// Size is the width and height of the upright picture, in pixels.
func (p *Picture) Size() (w, h int) { return int(p.w), int(p.h) }

// smallest is the length of the longer side below which no smaller copy is made.
const smallest = 1024

// NewPicture makes the smaller copies of img, which may take a second for a large one: do it off the UI thread.
// turn is the Exif orientation of img, 1-8; any other number means upright. img must not be changed afterwards.
func NewPicture(img image.Image, turn int) *Picture {
	size := img.Bounds().Size()
	p := &Picture{levels: []image.Image{img}, sw: float64(size.X), sh: float64(size.Y)}
	p.turn = turns(turn, p.sw, p.sh)
	p.w, p.h = p.sw, p.sh
	if turn >= 5 && turn <= 8 {
		p.w, p.h = p.h, p.w
	}
	return p.halve(size)
}

// NewPreview stands for an upright picture of w by h pixels of which only a smaller copy is there yet: it is drawn
// at its true size, but coarse when enlarged. Zoom.Sharpen puts the whole picture in its place.
func NewPreview(small image.Image, w, h int) *Picture {
	p := &Picture{
		levels: []image.Image{small},
		turn:   turns(1, 0, 0),
		sw:     float64(w),
		sh:     float64(h),
		w:      float64(w),
		h:      float64(h),
	}
	return p.halve(small.Bounds().Size())
}

// halve makes the smaller copies.
func (p *Picture) halve(size image.Point) *Picture {
	for max(size.X, size.Y) > smallest {
		size = image.Pt(max(size.X/2, 1), max(size.Y/2, 1))
		half := image.NewRGBA(image.Rectangle{Max: size})
		last := p.levels[len(p.levels)-1]
		draw.ApproxBiLinear.Scale(half, half.Bounds(), last, last.Bounds(), draw.Src, nil)
		p.levels = append(p.levels, half)
	}
	return p
}

// turns maps places in a stored picture of w by h to places in the upright one.
func turns(way int, w, h float64) f64.Aff3 {
	switch way {
	case 2:
		return f64.Aff3{-1, 0, w, 0, 1, 0}
	case 3:
		return f64.Aff3{-1, 0, w, 0, -1, h}
	case 4:
		return f64.Aff3{1, 0, 0, 0, -1, h}
	case 5:
		return f64.Aff3{0, 1, 0, 1, 0, 0}
	case 6:
		return f64.Aff3{0, -1, h, 1, 0, 0}
	case 7:
		return f64.Aff3{0, -1, h, -1, 0, w}
	case 8:
		return f64.Aff3{0, 1, 0, -1, 0, w}
	}
	return f64.Aff3{1, 0, 0, 0, 1, 0}
}

// times returns the map that does b first, then a.
func times(a, b f64.Aff3) f64.Aff3 {
	return f64.Aff3{
		a[0]*b[0] + a[1]*b[3], a[0]*b[1] + a[1]*b[4], a[0]*b[2] + a[1]*b[5] + a[2],
		a[3]*b[0] + a[4]*b[3], a[3]*b[1] + a[4]*b[4], a[3]*b[2] + a[4]*b[5] + a[5],
	}
}

// draw paints the picture on dst, scale pixels of dst to one of its own, so that its place cx, cy is in the middle.
// What is behind a transparent picture is white paper.
func (p *Picture) draw(dst *image.RGBA, scale, cx, cy float64) {
	size := dst.Bounds().Size()
	left, top := float64(size.X)/2-cx*scale, float64(size.Y)/2-cy*scale
	paper := image.Rect(
		int(math.Round(left)),
		int(math.Round(top)),
		int(math.Round(left+p.w*scale)),
		int(math.Round(top+p.h*scale)),
	)
	draw.Draw(dst, paper, image.White, image.Point{}, draw.Src)
	level := p.level(scale)
	part := level.Bounds()
	fx, fy := p.sw/float64(part.Dx()), p.sh/float64(part.Dy())
	m := times(p.turn, f64.Aff3{fx, 0, -fx * float64(part.Min.X), 0, fy, -fy * float64(part.Min.Y)})
	m = times(f64.Aff3{scale, 0, left, 0, scale, top}, m)
	draw.ApproxBiLinear.Transform(dst, m, level, part, draw.Over, nil)
}

// level is the smallest copy that still has a pixel for each of the screen's.
func (p *Picture) level(scale float64) image.Image {
	k := 0
	for k+1 < len(p.levels) && p.enough(k+1, scale) {
		k++
	}
	return p.levels[k]
}

// enough reports whether copy k has a pixel for each of the screen's, give or take one.
func (p *Picture) enough(k int, scale float64) bool {
	return float64(p.levels[k].Bounds().Dx())+1 >= min(scale, 1)*p.sw
}
