package picture

import (
	"bytes"
	"image"
	"math/rand/v2"
	"testing"

	"golang.org/x/image/draw"
)

// TestAPictureIsMadeSmallerAsByTheLibrary compares with the scaler that keeps everything, byte for byte.
func TestAPictureIsMadeSmallerAsByTheLibrary(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 7))
	fill := func(all ...[]uint8) {
		for _, pix := range all {
			for i := range pix {
				pix[i] = uint8(r.Uint32())
			}
		}
	}
	for range 60 {
		w, h := 1+r.IntN(90), 1+r.IntN(90)
		at := image.Rect(0, 0, w, h).Add(image.Pt(r.IntN(3), r.IntN(3)))
		rgba, nrgba, gray := image.NewRGBA(at), image.NewNRGBA(at), image.NewGray(at)
		ycc := image.NewYCbCr(at, image.YCbCrSubsampleRatio420)
		cmyk, deep := image.NewCMYK(at), image.NewNRGBA64(at)
		fill(rgba.Pix, nrgba.Pix, gray.Pix, ycc.Y, ycc.Cb, ycc.Cr, cmyk.Pix, deep.Pix)
		for i := 3; i < len(rgba.Pix); i += 4 { // no colour is above its alpha
			for c := range 3 {
				rgba.Pix[i-3+c] = min(rgba.Pix[i-3+c], rgba.Pix[i])
			}
		}
		for _, p := range []image.RGBA64Image{rgba, nrgba, gray, ycc, cmyk, deep} {
			small := image.Rect(0, 0, 1+r.IntN(w), 1+r.IntN(h))
			is, want := image.NewRGBA(small), image.NewRGBA(small)
			draw.CatmullRom.Scale(want, small, p, at, draw.Src, nil)
			if resample(is, p); !bytes.Equal(is.Pix, want.Pix) {
				t.Errorf("%T of %v made %v differs", p, at, small)
			}
		}
	}
}

// BenchmarkPhotographForAScreen makes half a photograph of 12 megapixels small: what the library takes for it is said
// at resample.
func BenchmarkPhotographForAScreen(b *testing.B) {
	p := image.NewYCbCr(image.Rect(0, 0, 1500, 2000), image.YCbCrSubsampleRatio420)
	out := image.NewRGBA(image.Rect(0, 0, 1200, 1600))
	b.Run("rows", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			resample(out, p)
		}
	})
	b.Run("library", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			draw.CatmullRom.Scale(out, out.Bounds(), p, p.Bounds(), draw.Src, nil)
		}
	})
}
