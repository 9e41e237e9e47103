package picture

import (
	"image"
	"math"

	"golang.org/x/image/draw"
)

// pixel is red, green, blue and alpha, as the scaler of golang.org/x/image adds them up.
type pixel [4]float64

// shares says which columns or rows of a source make one of the result, with what weights.
type shares struct {
	from    int
	weights []float64
	inverse float64 // of the sum of the weights
}

// sharesOf spreads many columns or rows over fewer, as draw.CatmullRom does.
func sharesOf(few, many int) []shares {
	q := draw.CatmullRom
	scale := float64(many) / float64(few)
	half := q.Support * max(scale, 1)
	out := make([]shares, few)
	for x := range out {
		center := float64((float64(x)+0.5)*scale) - 0.5
		from, to := max(int(math.Floor(center-half)), 0), min(int(math.Ceil(center+half)), many)
		s, total := shares{from: from}, 0.0
		for at := from; at < to; at++ {
			weight := 0.0
			if t := math.Abs((center - float64(at)) * (1 / max(scale, 1))); t < q.Support {
				weight = q.At(t)
			}
			total += weight
			s.weights = append(s.weights, weight)
		}
		s.inverse = 1 / total
		out[x] = s
	}
	return out
}

// resample draws p into out, all of it, as draw.CatmullRom does and with the same result. That keeps a copy that is as
// high as p and takes 32 bytes a pixel: 77 MB of a photograph for a screen. This one keeps the rows that it is at.
func resample(out *image.RGBA, p image.RGBA64Image) {
	b, dst := p.Bounds(), out.Bounds()
	across, down := sharesOf(dst.Dx(), b.Dx()), sharesOf(dst.Dy(), b.Dy())
	opaque := false
	switch p.(type) {
	case *image.YCbCr, *image.Gray:
		opaque = true
	}
	most := 0
	for _, s := range down {
		most = max(most, len(s.weights))
	}
	rows, done := make([][]pixel, most), 0 // row y is rows[y%most]
	whole, sums := make([]pixel, b.Dx()), make([]pixel, dst.Dx())
	for y, s := range down {
		for ; done < s.from+len(s.weights); done++ {
			row := &rows[done%most]
			if *row == nil {
				*row = make([]pixel, dst.Dx())
			}
			readRow(whole, p, b.Min.Y+done)
			narrow(*row, whole, across, opaque)
		}
		clear(sums)
		for k, weight := range s.weights {
			for x, p := range rows[(s.from+k)%most] {
				sums[x].add(&p, weight)
			}
		}
		pix := out.Pix[out.PixOffset(dst.Min.X, dst.Min.Y+y):]
		for x, sum := range sums {
			to := pix[4*x : 4*x+4]
			for c := range sum {
				to[c] = byteOf(min(sum[c], sum[3]) * s.inverse)
			}
		}
	}
}

// add adds a pixel by its weight. Each product is rounded by itself, on every machine.
func (sum *pixel) add(p *pixel, weight float64) {
	sum[0] += float64(p[0] * weight)
	sum[1] += float64(p[1] * weight)
	sum[2] += float64(p[2] * weight)
	sum[3] += float64(p[3] * weight)
}

// readRow reads a row in sixteenths of a bit, alpha multiplied in.
func readRow(row []pixel, p image.RGBA64Image, y int) {
	left := p.Bounds().Min.X
	if p, ok := p.(*image.YCbCr); ok { // of nearly all photographs; without an interface at each pixel
		for x := range row {
			r, g, b, _ := p.YCbCrAt(left+x, y).RGBA()
			row[x] = pixel{float64(r), float64(g), float64(b), 0xffff}
		}
		return
	}
	for x := range row {
		c := p.RGBA64At(left+x, y)
		row[x] = pixel{float64(c.R), float64(c.G), float64(c.B), float64(c.A)}
	}
}

// narrow brings a row to the columns of the result, from 0 to 1.
func narrow(out, row []pixel, across []shares, opaque bool) {
	for x := range out {
		s := &across[x]
		var sum pixel
		for k, weight := range s.weights {
			sum.add(&row[s.from+k], weight)
		}
		inverse := s.inverse / 0xffff
		for c := range sum {
			out[x][c] = sum[c] * inverse
		}
		if opaque {
			out[x][3] = 1
		}
	}
}

// byteOf brings 0 to 1 to a byte.
func byteOf(f float64) uint8 {
	return uint8(min(max(int32(float64(0xffff*f)+0.5), 0), 0xffff) >> 8)
}
