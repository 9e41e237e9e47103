package chart

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"

	"fyne.io/fyne/v2"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"

	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/assets/fonts"
)

// pictureScale is how many pixels of a picture stand for one of the screen: sharp in print.
const pictureScale = 2

// pictureMost bounds the height of a picture, in pixels.
const pictureMost = 20_000

// PNG returns the chart below its title as a picture on white, in light colours whatever the window has, the same
// bytes for the same chart and type size. width is in device-independent pixels; the height is that of plots as
// broad as 16 to 9, or what they need. It must run on the UI thread.
func (c *Chart) PNG(title string, width float32) ([]byte, error) {
	need := c.least()
	width = max(width, need.Width)
	size := fyne.NewSize(width, min(max(need.Height, width*9/16), pictureMost/pictureScale))
	if _, rows := c.plots[0].(SpanRows); rows {
		size.Height = min(need.Height, pictureMost/pictureScale)
	}
	head := look.Section.Size()*1.4 + lay.Gap16
	p := newPicturePen(size.Width+2*lay.Gap24, size.Height+head+2*lay.Gap24)
	name := textMark(
		title, look.Section, look.Plain, fyne.NewPos(lay.Gap24, lay.Gap24), size.Width, fyne.TextAlignLeading,
	)
	name.bold = true
	p.draw(name)
	for _, m := range c.marks(size, p.width) {
		m.x, m.y = m.x+lay.Gap24, m.y+lay.Gap24+head
		p.draw(m)
	}
	if p.err != nil {
		return nil, p.err
	}
	var out bytes.Buffer
	err := png.Encode(&out, p.to)
	return out.Bytes(), err
}

// faceKey is a face of the product's type.
type faceKey struct {
	size float32
	bold bool
}

// picturePen draws marks into an image.
type picturePen struct {
	to    *image.RGBA
	faces map[faceKey]font.Face
	err   error
}

func newPicturePen(w, h float32) *picturePen {
	p := &picturePen{
		to:    image.NewRGBA(image.Rect(0, 0, int(w*pictureScale), int(h*pictureScale))),
		faces: map[faceKey]font.Face{},
	}
	draw.Draw(p.to, p.to.Bounds(), image.NewUniform(look.LightPalette.Surface), image.Point{}, draw.Src)
	return p
}

func (p *picturePen) face(size float32, bold bool) font.Face {
	k := faceKey{size, bold}
	if f := p.faces[k]; f != nil {
		return f
	}
	data := fonts.Regular
	if bold {
		data = fonts.Bold
	}
	parsed, err := opentype.Parse(data)
	if err != nil {
		p.err = err
		return nil
	}
	f, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: float64(size * pictureScale), DPI: 72})
	if err != nil {
		p.err = err
		return nil
	}
	p.faces[k] = f
	return f
}

func (p *picturePen) width(text string, size float32, bold bool) float32 {
	f := p.face(size, bold)
	if f == nil {
		return 0
	}
	return float32(font.MeasureString(f, text)) / 64 / pictureScale
}

func (p *picturePen) draw(m mark) {
	ink := m.ink(lightColor)
	switch {
	case m.text != "":
		p.write(m, ink)
	case m.hollow:
		p.round(m, ink)
		m.x, m.y, m.w, m.h = m.x+2.5, m.y+2.5, m.w-5, m.h-5
		p.round(m, look.LightPalette.Surface)
	default:
		p.round(m, ink)
	}
}

// lightColor is the colour of name in the light palette.
func lightColor(name fyne.ThemeColorName) color.Color { return look.LightPalette.Color(name) }

func (p *picturePen) write(m mark, ink color.Color) {
	f := p.face(m.size, m.bold)
	if f == nil {
		return
	}
	x, w := m.x, p.width(m.text, m.size, m.bold)
	switch m.align {
	case fyne.TextAlignCenter:
		x += (m.w - w) / 2
	case fyne.TextAlignTrailing:
		x += m.w - w
	}
	base := (m.y + m.h/2 + m.size*0.36) * pictureScale
	d := font.Drawer{
		Dst:  p.to,
		Src:  image.NewUniform(ink),
		Face: f,
		Dot:  fixed.P(int(math.Round(float64(x*pictureScale))), int(math.Round(float64(base)))),
	}
	d.DrawString(m.text)
}

// round fills a rectangle with round corners, or a circle.
func (p *picturePen) round(m mark, ink color.Color) {
	x, y, w, h := m.x*pictureScale, m.y*pictureScale, m.w*pictureScale, m.h*pictureScale
	if w <= 0 || h <= 0 {
		return
	}
	r := m.radius * pictureScale
	if m.dot {
		r = w / 2
	}
	r = min(r, w/2, h/2)
	at := image.Rect(int(x)-1, int(y)-1, int(x+w)+2, int(y+h)+2)
	v := vector.NewRasterizer(at.Dx(), at.Dy())
	x, y = x-float32(at.Min.X), y-float32(at.Min.Y)
	const k = 0.5523 // of a radius: control points of a quarter circle
	v.MoveTo(x+r, y)
	v.LineTo(x+w-r, y)
	v.CubeTo(x+w-r+k*r, y, x+w, y+r-k*r, x+w, y+r)
	v.LineTo(x+w, y+h-r)
	v.CubeTo(x+w, y+h-r+k*r, x+w-r+k*r, y+h, x+w-r, y+h)
	v.LineTo(x+r, y+h)
	v.CubeTo(x+r-k*r, y+h, x, y+h-r+k*r, x, y+h-r)
	v.LineTo(x, y+r)
	v.CubeTo(x, y+r-k*r, x+r-k*r, y, x+r, y)
	v.ClosePath()
	v.Draw(p.to, at, image.NewUniform(ink), image.Point{})
}
