package sample

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"math/rand/v2"
)

// canvas is a picture in the making. Lengths are pixels, colours opaque unless they say otherwise.
type canvas struct {
	*image.RGBA
	d *rand.Rand
}

func newCanvas(d *rand.Rand, w, h int, ground color.RGBA) canvas {
	p := canvas{image.NewRGBA(image.Rect(0, 0, w, h)), d}
	p.rect(0, 0, float64(w), float64(h), ground)
	return p
}

func rgb(hex uint32) color.RGBA {
	return color.RGBA{uint8(hex >> 16), uint8(hex >> 8), uint8(hex), 255}
}

// blend lays c over a pixel, covering part (0-1) of it.
func (p canvas) blend(x, y int, c color.RGBA, part float64) {
	if !(image.Point{x, y}).In(p.Rect) || part <= 0 {
		return
	}
	over := int(256 * min(part, 1))
	px := p.Pix[p.PixOffset(x, y):][:4]
	px[0] = uint8((int(px[0])*(256-over) + int(c.R)*over) >> 8)
	px[1] = uint8((int(px[1])*(256-over) + int(c.G)*over) >> 8)
	px[2] = uint8((int(px[2])*(256-over) + int(c.B)*over) >> 8)
	px[3] = 255
}

func (p canvas) rect(x0, y0, x1, y1 float64, c color.RGBA) {
	draw.Draw(p.RGBA, image.Rect(int(x0), int(y0), int(x1), int(y1)), image.NewUniform(c), image.Point{}, draw.Src)
}

// disc is a soft-edged dot; part makes it transparent.
func (p canvas) disc(x, y, r float64, c color.RGBA, part float64) {
	for py := int(y - r - 1); py <= int(y+r+1); py++ {
		for px := int(x - r - 1); px <= int(x+r+1); px++ {
			dx, dy := float64(px)-x, float64(py)-y
			if edge := r + 0.5 - math.Sqrt(dx*dx+dy*dy); edge > 0 {
				p.blend(px, py, c, min(edge, 1)*part)
			}
		}
	}
}

// stroke draws a line that bends by bow and whose half width goes from a over b in the middle to e, as a brush is
// pressed and lifted.
func (p canvas) stroke(x0, y0, x1, y1, bow, a, b, e float64, c color.RGBA) {
	length := math.Hypot(x1-x0, y1-y0)
	steps := int(length/1.2) + 2
	nx, ny := -(y1-y0)/max(length, 1), (x1-x0)/max(length, 1)
	for i := range steps {
		t := float64(i) / float64(steps-1)
		off := bow * math.Sin(math.Pi*t)
		width := a*(1-t)*(1-t) + 2*b*t*(1-t) + e*t*t
		p.disc(x0+(x1-x0)*t+nx*off, y0+(y1-y0)*t+ny*off, max(width, 0.5), c, 1)
	}
}

// ridge fills everything below a wavy line at height y.
func (p canvas) ridge(y, swing float64, c color.RGBA) {
	phase, long, short := p.d.Float64()*6, 40+p.d.Float64()*90, 12+p.d.Float64()*20
	for x := range p.Rect.Dx() {
		top := y + swing*math.Sin(float64(x)/long+phase) + swing/4*math.Sin(float64(x)/short+2*phase)
		for py := max(0, int(top)); py < p.Rect.Dy(); py++ {
			p.blend(x, py, c, 1)
		}
	}
}

// fade fills the picture with a gradient from top to bottom.
func (p canvas) fade(top, bottom color.RGBA) {
	h := float64(p.Rect.Dy())
	p.rect(0, 0, float64(p.Rect.Dx()), h, top)
	for y := range p.Rect.Dy() {
		for x := range p.Rect.Dx() {
			p.blend(x, y, bottom, float64(y)/h)
		}
	}
}

// between returns a number from lo to hi.
func (p canvas) between(lo, hi float64) float64 { return lo + (hi-lo)*p.d.Float64() }
