package sample

import (
	"bytes"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"math/rand/v2"
)

// picture draws a work of category and packs it as its extension says.
func picture(d *rand.Rand, category, ext string) []byte {
	var p canvas
	switch category {
	case "书法":
		p = calligraphy(d)
	case "摄影":
		p = photograph(d)
	case "剪纸":
		p = papercut(d)
	case "动漫":
		p = comic(d)
	default:
		p = painting(d)
	}
	var out bytes.Buffer
	var err error
	if ext == ".png" {
		err = png.Encode(&out, p.RGBA)
	} else {
		err = jpeg.Encode(&out, p.RGBA, &jpeg.Options{Quality: 72})
	}
	if err != nil {
		panic(err) // an encoder into memory fails only by a fault of this program
	}
	return out.Bytes()
}

// calligraphy is columns of signs that look like characters but are not, with a red seal.
func calligraphy(d *rand.Rand) canvas {
	columns, rows := 2+d.IntN(4), 3+d.IntN(4)
	cell := float64(100 - 9*columns + d.IntN(12))
	w, h := float64(columns)*cell+60, float64(rows)*cell+70
	p := newCanvas(d, int(w), int(h), one(d, []color.RGBA{rgb(0xF6EFDD), rgb(0xFBF8F0), rgb(0xF2E2C0), rgb(0xEFE9E0)}))
	ink := one(d, []color.RGBA{rgb(0x151311), rgb(0x24201D), rgb(0x0D1420)})
	weight := cell * p.between(0.035, 0.075)
	for x := range columns {
		for y := range rows {
			if x == 0 && y == rows-1 {
				continue // where the seal stands
			}
			p.sign(30+float64(x)*cell, 35+float64(y)*cell, cell*0.86, weight, ink)
		}
	}
	red := rgb(0xB3201B)
	p.rect(34, h-35-cell*0.7, 34+cell*0.55, h-35-cell*0.15, red)
	for i := range 3 {
		y := h - 35 - cell*(0.6-0.16*float64(i))
		p.stroke(38, y, 30+cell*0.55, y+p.between(-4, 4), 0, 1, 1, 1, rgb(0xF6EFDD))
	}
	return p
}

// sign draws four to eight strokes within a square at x, y.
func (p canvas) sign(x, y, size, weight float64, ink color.RGBA) {
	at := func() float64 { return p.between(0.08, 0.92) * size }
	for range 4 + p.d.IntN(5) {
		switch p.d.IntN(5) {
		case 0, 1: // 横
			row := y + at()
			p.stroke(
				x+p.between(0, 0.25)*size,
				row,
				x+p.between(0.7, 1)*size,
				row-0.05*size,
				-1,
				weight*1.2,
				weight*0.6,
				weight*1.3,
				ink,
			)
		case 2: // 竖
			col := x + at()
			p.stroke(
				col,
				y+p.between(0, 0.3)*size,
				col,
				y+p.between(0.65, 1)*size,
				0,
				weight*1.3,
				weight*0.8,
				weight*0.7,
				ink,
			)
		case 3: // 撇
			p.stroke(
				x+p.between(0.4, 0.7)*size,
				y+p.between(0, 0.4)*size,
				x+p.between(0, 0.2)*size,
				y+p.between(0.7, 1)*size,
				size*0.08,
				weight*1.4,
				weight,
				0.5,
				ink,
			)
		default: // 捺
			p.stroke(
				x+p.between(0.3, 0.6)*size,
				y+p.between(0.1, 0.5)*size,
				x+p.between(0.8, 1)*size,
				y+p.between(0.7, 1)*size,
				size*0.06,
				0.7,
				weight,
				weight*1.8,
				ink,
			)
		}
	}
}

// painting is hills under a sky, with trees and a house.
func painting(d *rand.Rand) canvas {
	w, h := 300+d.IntN(160), 240+d.IntN(140)
	p := newCanvas(d, w, h, color.RGBA{})
	skies := [][2]color.RGBA{
		{rgb(0x8FC7E8), rgb(0xFDF3D8)},
		{rgb(0xF7B267), rgb(0xFBE8C8)},
		{rgb(0x31456A), rgb(0xC98B9B)},
		{rgb(0xDDE7E3), rgb(0xF8F8F4)},
	}
	sky := one(d, skies)
	p.fade(sky[0], sky[1])
	p.disc(
		p.between(0.1, 0.9)*float64(w),
		p.between(0.1, 0.35)*float64(h),
		p.between(14, 34),
		one(d, []color.RGBA{rgb(0xE4572E), rgb(0xFFE08A), rgb(0xFFFFFF)}),
		0.95,
	)
	greens := []color.RGBA{rgb(0x6B9080), rgb(0x4F772D), rgb(0x90A955), rgb(0x386641), rgb(0x7A9E9F), rgb(0x55705A)}
	for i := range 3 {
		p.ridge(float64(h)*(0.45+0.17*float64(i))+p.between(-10, 10), p.between(8, 26), one(d, greens))
	}
	for range 2 + d.IntN(5) {
		x, y := p.between(0.05, 0.95)*float64(w), p.between(0.68, 0.92)*float64(h)
		p.stroke(x, y, x, y-26, 1, 3, 2, 2, rgb(0x5C4033))
		for range 4 {
			p.disc(
				x+p.between(-10, 10),
				y-30+p.between(-9, 6),
				p.between(6, 12),
				one(d, []color.RGBA{rgb(0x2D6A4F), rgb(0xD9534F), rgb(0xF4A6B7), rgb(0x588157)}),
				0.9,
			)
		}
	}
	p.house(p.between(0.15, 0.7)*float64(w), p.between(0.7, 0.85)*float64(h), p.between(34, 60))
	return p
}

func (p canvas) house(x, y, size float64) {
	p.rect(x, y-size*0.6, x+size, y, one(p.d, []color.RGBA{rgb(0xF1FAEE), rgb(0xE9C46A), rgb(0xDDBEA9)}))
	roof := one(p.d, []color.RGBA{rgb(0x9B2226), rgb(0x264653), rgb(0x6D597A)})
	for i := range int(size * 0.4) {
		t := float64(i) / (size * 0.4)
		p.rect(x-6+t*size*0.5, y-size*0.6-float64(i)-1, x+size+6-t*size*0.5, y-size*0.6-float64(i), roof)
	}
	p.rect(x+size*0.4, y-size*0.35, x+size*0.6, y, rgb(0x5C4033))
}

// photograph is a town at dusk with lights out of focus.
func photograph(d *rand.Rand) canvas {
	p := newCanvas(d, 420+d.IntN(120), 300+d.IntN(60), color.RGBA{})
	w, h := float64(p.Rect.Dx()), float64(p.Rect.Dy())
	dusks := [][2]color.RGBA{
		{rgb(0x0B1D3A), rgb(0xE07A5F)},
		{rgb(0x223843), rgb(0xD8B4A0)},
		{rgb(0x1B263B), rgb(0x778DA9)},
		{rgb(0x4A6FA5), rgb(0xF2E9E4)},
	}
	dusk := one(d, dusks)
	p.fade(dusk[0], dusk[1])
	for x := 0.0; x < w; {
		width, top := p.between(22, 60), h*p.between(0.4, 0.75)
		p.rect(x, top, x+width, h, one(d, []color.RGBA{rgb(0x14181F), rgb(0x20242C), rgb(0x2B2D42)}))
		for wy := top + 8; wy < h-8; wy += 13 {
			for wx := x + 5; wx < x+width-6; wx += 10 {
				if d.IntN(3) == 0 {
					p.rect(wx, wy, wx+4, wy+6, rgb(0xFFD166))
				}
			}
		}
		x += width + p.between(0, 8)
	}
	for range 10 + d.IntN(18) {
		p.disc(
			p.between(0, w),
			p.between(0.5, 1)*h,
			p.between(6, 26),
			one(d, []color.RGBA{rgb(0xFFD166), rgb(0xEF476F), rgb(0x06D6A0), rgb(0xFFFFFF)}),
			p.between(0.15, 0.4),
		)
	}
	return p
}

// papercut is a red round with holes, the same eight ways round.
func papercut(d *rand.Rand) canvas {
	size := 320 + 20*d.IntN(5)
	ground := one(d, []color.RGBA{rgb(0xFFFFFF), rgb(0xFFF8E7), rgb(0xF5F0E6)})
	p := newCanvas(d, size, size, ground)
	r := float64(size) / 2
	p.disc(r, r, r*0.92, one(d, []color.RGBA{rgb(0xC1121F), rgb(0xD00000), rgb(0xA4161A)}), 1)
	folds := one(d, []int{6, 8, 10, 12})
	for range 9 + d.IntN(8) {
		away, turn, hole := p.between(0.12, 0.84)*r, p.d.Float64()*math.Pi/float64(folds), p.between(0.02, 0.075)*r
		for i := range folds {
			for _, side := range []float64{-1, 1} {
				a := 2*math.Pi*float64(i)/float64(folds) + side*turn
				p.disc(r+away*math.Cos(a), r+away*math.Sin(a), hole, ground, 1)
			}
		}
	}
	return p
}

// comic is a page of panels with one face each.
func comic(d *rand.Rand) canvas {
	p := newCanvas(d, 400, 300, rgb(0xFFFFFF))
	columns, rows := 2+d.IntN(2), 1+d.IntN(2)
	w, h := 400/float64(columns), 300/float64(rows)
	skin := one(d, []color.RGBA{rgb(0xFFE0BD), rgb(0xF1C27D)})
	hair := one(d, []color.RGBA{rgb(0x2B2B2B), rgb(0x6A3E1F), rgb(0x3D5A80)})
	for i := range columns * rows {
		x, y := float64(i%columns)*w, float64(i/columns)*h
		p.rect(x, y, x+w, y+h, rgb(0x222222))
		p.rect(
			x+3,
			y+3,
			x+w-3,
			y+h-3,
			one(d, []color.RGBA{rgb(0xBEE3DB), rgb(0xFFD6BA), rgb(0xCDE7F0), rgb(0xFAF0CA), rgb(0xE2ECE9)}),
		)
		cx, cy, r := x+w*p.between(0.4, 0.6), y+h*0.58, min(w, h)*p.between(0.2, 0.28)
		p.disc(cx, cy-r*0.25, r*1.08, hair, 1)
		p.disc(cx, cy, r, skin, 1)
		for _, side := range []float64{-1, 1} {
			p.disc(cx+side*r*0.38, cy-r*0.1, r*0.12, rgb(0x111111), 1)
		}
		p.stroke(cx-r*0.3, cy+r*0.45, cx+r*0.3, cy+r*0.45, p.between(-10, 10), 1.5, 1.5, 1.5, rgb(0x8C1C13))
		p.disc(x+w*0.22, y+h*0.18, min(w, h)*0.13, rgb(0xFFFFFF), 1)
	}
	return p
}
