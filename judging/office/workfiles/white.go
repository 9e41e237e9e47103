package workfiles

import (
	"image"
	"image/color"
	"image/draw"
)

// OnWhite puts a picture that may be seen through on white: JPEG knows no transparency.
func OnWhite(p image.Image) image.Image {
	if o, ok := p.(interface{ Opaque() bool }); ok && o.Opaque() {
		return p
	}
	out := image.NewRGBA(p.Bounds())
	draw.Draw(out, out.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.Draw(out, out.Bounds(), p, p.Bounds().Min, draw.Over)
	return out
}
