package jpegscale

import (
	"image"
	"image/color"
)

// sample turns a mean of a block, eight times too large, into a sample.
func sample(v int32) byte { return clamp((v+4)>>3 + 128) }

func clamp(v int32) byte {
	if uint32(v) > 255 {
		return byte(^v >> 31)
	}
	return byte(v)
}

// paint transforms a reduced block and writes its samples. The inverse transform of as many points as samples are
// wanted, of the lowest coefficients, is the picture without what is too fine to be seen at its size.
func (c *component) paint(x, y int, in *[16]int32) {
	at := y*c.side*c.stride + x*c.side
	if c.side == 2 {
		up, down := c.plane[at:at+2:at+2], c.plane[at+c.stride:][:2:2]
		a, b := in[0]+in[2], in[0]-in[2]
		e, f := in[1]+in[3], in[1]-in[3]
		up[0], up[1] = sample(a+e), sample(a-e)
		down[0], down[1] = sample(b+f), sample(b-f)
		return
	}
	var t [16]int32
	for i := range 4 { // columns
		t[i], t[4+i], t[8+i], t[12+i] = four(in[i], in[4+i], in[8+i], in[12+i])
	}
	for i := range 4 { // lines
		p, q, r, s := four(t[4*i], t[4*i+1], t[4*i+2], t[4*i+3])
		line := c.plane[at+i*c.stride:][:4:4]
		line[0], line[1], line[2], line[3] = level(p), level(q), level(r), level(s)
	}
}

// Parts of 4096 of the inverse transform of four points, each way by the root of a half too large: half, and root
// half by the cosines of pi/8 and 3 pi/8.
const (
	half  = 2048
	long  = 2676
	short = 1108
)

// four is the inverse transform of four points. It keeps four bits of fraction on the way in from whole numbers;
// both ways together give 256 times.
func four(a, b, c, d int32) (p, q, r, s int32) {
	even, odd := int64(a+c)*half, int64(a-c)*half
	outer, inner := int64(b)*long+int64(d)*short, int64(b)*short-int64(d)*long
	return int32((even + outer) >> 8), int32((odd + inner) >> 8), int32((odd - inner) >> 8), int32((even - outer) >> 8)
}

// level takes a sample out of what two transforms made of it: 256 times, and twice for the two roots of a half.
func level(v int32) byte { return clamp((v+256)>>9 + 128) }

// picture puts the planes together.
func (d *decoder) picture() (image.Image, error) {
	r := image.Rect(0, 0, ceil(d.w, d.scale), ceil(d.h, d.scale))
	for _, c := range d.comps {
		if c.plane == nil || !c.frozen {
			return nil, ErrBroken
		}
	}
	first := d.comps[0]
	if len(d.comps) == 1 {
		return &image.Gray{Pix: first.plane, Stride: first.stride, Rect: r}, nil
	}
	if len(d.comps) == 4 {
		return d.inks(r)
	}
	if d.isRGB() {
		return d.rgb(r), nil
	}
	return d.ycc(r)
}

// ycc is the picture in brightness and two colours, without the fourth.
func (d *decoder) ycc(r image.Rectangle) (*image.YCbCr, error) {
	a, b, c := d.comps[0], d.comps[1], d.comps[2]
	if b.h != c.h || b.v != c.v {
		return nil, ErrUnsupported
	}
	across, down := a.h/b.h, a.v/b.v
	if b.fine {
		across, down = 1, 1
	}
	ratio := [2][2]image.YCbCrSubsampleRatio{{image.YCbCrSubsampleRatio444, image.YCbCrSubsampleRatio440},
		{image.YCbCrSubsampleRatio422, image.YCbCrSubsampleRatio420}}[across-1][down-1]
	return &image.YCbCr{
		Y:              a.plane,
		Cb:             b.plane,
		Cr:             c.plane,
		YStride:        a.stride,
		CStride:        b.stride,
		SubsampleRatio: ratio,
		Rect:           r,
	}, nil
}

// isRGB decides as other decoders do whether three colours are red, green and blue.
func (d *decoder) isRGB() bool {
	if d.jfif {
		return false
	}
	return d.adobe == 0 || d.comps[0].id == 'R' && d.comps[1].id == 'G' && d.comps[2].id == 'B'
}

func (d *decoder) rgb(r image.Rectangle) *image.RGBA {
	out := image.NewRGBA(r)
	for y := range r.Dy() {
		for x := range r.Dx() {
			out.SetRGBA(x, y, color.RGBA{d.at(0, x, y), d.at(1, x, y), d.at(2, x, y), 255})
		}
	}
	return out
}

// at is a component's sample at a place of the whole picture.
func (d *decoder) at(i, x, y int) byte {
	c := &d.comps[i]
	if c.fine {
		return c.plane[y*c.stride+x]
	}
	return c.plane[y*c.v/d.maxV*c.stride+x*c.h/d.maxH]
}

// inks is the picture in four colours. Adobe's programs, which alone write such, store how much paper is left
// rather than how much ink is there.
func (d *decoder) inks(r image.Rectangle) (image.Image, error) {
	if d.adobe < 0 {
		return nil, ErrUnsupported
	}
	out := image.NewCMYK(r)
	var three *image.YCbCr
	if d.adobe != 0 {
		var err error
		if three, err = d.ycc(r); err != nil {
			return nil, err
		}
	}
	for y := range r.Dy() {
		for x := range r.Dx() {
			k := 255 - d.at(3, x, y)
			if three == nil {
				out.SetCMYK(x, y, color.CMYK{
					C: 255 - d.at(0, x, y),
					M: 255 - d.at(1, x, y),
					Y: 255 - d.at(2, x, y),
					K: k,
				})
				continue
			}
			p := three.YCbCrAt(x, y)
			cc, m, ye := color.YCbCrToRGB(p.Y, p.Cb, p.Cr)
			out.SetCMYK(x, y, color.CMYK{C: cc, M: m, Y: ye, K: k})
		}
	}
	return out, nil
}
