package jpegscale

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"os"
	"path/filepath"
	"testing"
)

// photo is a picture of soft shapes and some grain, as photographs are.
func photo(w, h int) *image.RGBA {
	p := image.NewRGBA(image.Rect(0, 0, w, h))
	seed := uint32(1)
	for y := range h {
		for x := range w {
			seed = seed*1664525 + 1013904223
			n := int(seed >> 29)
			p.SetRGBA(x, y, color.RGBA{
				byte((x*255/w + n) & 255), byte((y*200/h + 20 + n) & 255), byte((x*y/97)%180 + n), 255,
			})
		}
	}
	return p
}

func encode(t testing.TB, p image.Image, quality int) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, p, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// box is the mean of each square of scale pixels of p.
func box(p image.Image, scale int) *image.RGBA {
	b := p.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, ceil(b.Dx(), scale), ceil(b.Dy(), scale)))
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			var sum [3]int
			n := 0
			for v := y * scale; v < min(y*scale+scale, b.Dy()); v++ {
				for u := x * scale; u < min(x*scale+scale, b.Dx()); u++ {
					r, g, bl, _ := p.At(b.Min.X+u, b.Min.Y+v).RGBA()
					sum[0], sum[1], sum[2], n = sum[0]+int(r>>8), sum[1]+int(g>>8), sum[2]+int(bl>>8), n+1
				}
			}
			out.SetRGBA(x, y, color.RGBA{byte(sum[0] / n), byte(sum[1] / n), byte(sum[2] / n), 255})
		}
	}
	return out
}

// distance is the mean difference in brightness and in colour of two pictures, but for the last line and column,
// which may hold less than a square.
func distance(a, b image.Image) (light, colour float64) {
	r := a.Bounds()
	n := 0.0
	for y := range r.Dy() - 1 {
		for x := range r.Dx() - 1 {
			p := color.YCbCrModel.Convert(a.At(x, y)).(color.YCbCr)
			q := color.YCbCrModel.Convert(b.At(x, y)).(color.YCbCr)
			light += gap(p.Y, q.Y)
			colour += (gap(p.Cb, q.Cb) + gap(p.Cr, q.Cr)) / 2
			n++
		}
	}
	return light / max(n, 1), colour / max(n, 1)
}

func gap(a, b uint8) float64 { return math.Abs(float64(a) - float64(b)) }

func samples(t testing.TB) map[string][]byte {
	out := map[string][]byte{
		"photo 420":  encode(t, photo(333, 217), 90),
		"one pixel":  encode(t, photo(1, 1), 90),
		"narrow":     encode(t, photo(23, 200), 75),
		"rough":      encode(t, photo(64, 64), 10),
		"fine":       encode(t, photo(65, 63), 100),
		"with stops": withRestarts(t, photo(150, 90)),
	}
	files, err := filepath.Glob("testdata/*.jpg")
	if err != nil || len(files) < 8 {
		t.Fatalf("%v %v", files, err)
	}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(f)] = data
	}
	return out
}

func TestReducedPicturesLookLikeTheWhole(t *testing.T) {
	for name, data := range samples(t) {
		whole, err := jpeg.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, scale := range []int{2, 4, 8} {
			got, err := Decode(data, scale)
			if err != nil {
				t.Errorf("%s at 1/%d: %v", name, scale, err)
				continue
			}
			want := box(whole, scale)
			if got.Bounds() != want.Bounds() {
				t.Errorf("%s at 1/%d: %v, want %v", name, scale, got.Bounds(), want.Bounds())
				continue
			}
			// Colours stored at half size are blurred another way; what is too fine is cut off, not averaged.
			if light, colour := distance(got, want); light > 2.5 || colour > 9 {
				t.Errorf("%s at 1/%d: mean difference %.2f in brightness, %.2f in colour", name, scale, light, colour)
			}
		}
		info, err := Config(data)
		if err != nil || info.Width != whole.Bounds().Dx() || info.Height != whole.Bounds().Dy() ||
			info.Memory(8) < 1 || info.Memory(8) > info.Memory(2) {
			t.Errorf("%s: %+v, %v", name, info, err)
		}
	}
}

// TestAnEighthIsTheMeanOfEachBlock: without subsampled colours nothing but rounding may differ.
func TestAnEighthIsTheMeanOfEachBlock(t *testing.T) {
	p := image.NewGray(image.Rect(0, 0, 160, 80))
	for i := range p.Pix {
		p.Pix[i] = byte(i * 7 % 200)
	}
	data := encode(t, p, 95)
	whole, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	got, err := Decode(data, 8)
	if err != nil {
		t.Fatal(err)
	}
	want := box(whole, 8)
	for y := range 10 {
		for x := range 20 {
			if a, b := got.(*image.Gray).GrayAt(x, y).Y, want.RGBAAt(x, y).R; gap(a, b) > 2 {
				t.Fatalf("%d,%d: %d, want %d", x, y, a, b)
			}
		}
	}
}

// withRestarts is a grey JPEG with a restart marker after every third block. The library's encoder writes none, so
// that it is put together here: each block has only a first coefficient, coded by a table of one code for each
// size.
func withRestarts(t testing.TB, p image.Image) []byte {
	t.Helper()
	b := p.Bounds()
	out := []byte{0xFF, soi, 0xFF, dqt, 0, 67, 0}
	for range 64 {
		out = append(out, 8)
	}
	out = append(out, 0xFF, sof0, 0, 11, 8, byte(b.Dy()>>8), byte(b.Dy()), byte(b.Dx()>>8), byte(b.Dx()), 1, 1, 0x11, 0)
	out = append(out, 0xFF, dht, 0, 19+12, 0, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
	out = append(out, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
	out = append(out, 0xFF, dht, 0, 20, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
	out = append(out, 0xFF, dri, 0, 4, 0, 3, 0xFF, sos, 0, 8, 1, 1, 0, 0, 63, 0)
	var bits, n uint64
	flush := func(all bool) {
		for n >= 8 || all && n > 0 {
			var v byte
			if n >= 8 {
				v = byte(bits >> (n - 8))
				n -= 8
			} else {
				v = byte(bits<<(8-n)) | 1<<(8-n) - 1
				n = 0
			}
			if out = append(out, v); v == 0xFF {
				out = append(out, 0)
			}
			bits &= 1<<n - 1
		}
	}
	last, done := 0, 0
	for y := 0; y < b.Dy(); y += 8 {
		for x := 0; x < b.Dx(); x += 8 {
			if done > 0 && done%3 == 0 {
				flush(true)
				out, last = append(out, 0xFF, byte(rst0+(done/3-1)%8)), 0
			}
			grey := color.GrayModel.Convert(p.At(x, y)).(color.Gray)
			v := int(grey.Y) - 128
			diff, size := v-last, uint64(0)
			for m := max(diff, -diff); m > 0; m >>= 1 {
				size++
			}
			if diff < 0 {
				diff += 1<<size - 1
			}
			bits, n = bits<<4|size, n+4
			bits, n = bits<<size|uint64(diff), n+size
			bits, n = bits<<1, n+1 // end of block
			flush(false)
			last, done = v, done+1
		}
	}
	flush(true)
	return append(out, 0xFF, eoi)
}

func TestTruncatedAndOddPicturesAreRefused(t *testing.T) {
	data := encode(t, photo(200, 150), 90)
	for name, bad := range map[string][]byte{
		"nothing":     nil,
		"text":        []byte("法治"),
		"head only":   data[:200],
		"half":        data[:len(data)/2],
		"no picture":  {0xFF, soi, 0xFF, eoi},
		"twelve bits": bytes.Replace(data, []byte{0xFF, sof0, 0, 17, 8}, []byte{0xFF, sof0, 0, 17, 12}, 1),
		"arithmetic":  bytes.Replace(data, []byte{0xFF, sof0}, []byte{0xFF, 0xC9}, 1),
		"no size":     bytes.Replace(data, []byte{0xFF, sof0, 0, 17, 8, 0, 150}, []byte{0xFF, sof0, 0, 17, 8, 0, 0}, 1),
	} {
		if p, err := Decode(bad, 8); p != nil || err == nil {
			t.Errorf("%s: %v", name, p.Bounds())
		}
	}
	if p, err := Decode(data, 3); p != nil || err == nil {
		t.Error("a third")
	}
	if _, err := Decode(data[:len(data)-2], 8); err != nil {
		t.Errorf("without its end marker: %v", err)
	}
}

// TestCutAndLyingPicturesAreRefusedOrDrawnWhole: wherever one is cut and whatever byte lies, there is an error or a
// picture of the announced size.
func TestCutAndLyingPicturesAreRefusedOrDrawnWhole(t *testing.T) {
	try := func(name string, at int, data []byte) {
		info, err := Config(data)
		if err != nil || info.Width*info.Height > 1<<18 {
			return
		}
		for _, scale := range []int{2, 8} {
			if p, err := Decode(data, scale); err == nil &&
				p.Bounds() != image.Rect(0, 0, ceil(info.Width, scale), ceil(info.Height, scale)) {
				t.Fatalf("%s, byte %d: %v", name, at, p.Bounds())
			} else if err != nil && p != nil {
				t.Fatalf("%s, byte %d: a picture with %v", name, at, err)
			}
		}
	}
	for name, data := range samples(t) {
		if len(data) > 9000 {
			continue
		}
		for at := 0; at < len(data); at += 1 + at/20 {
			try(name, at, data[:at])
			for _, to := range []byte{0x00, 0xFF, data[at] ^ 1} {
				lying := bytes.Clone(data)
				lying[at] = to
				try(name, at, lying)
			}
		}
	}
}

// FuzzDecode: any bytes give an error or a picture of the size that the standard library sees; where that decodes
// the whole, the reduced one looks alike.
func FuzzDecode(f *testing.F) {
	for _, data := range samples(f) {
		if len(data) < 9000 {
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		info, err := Config(data)
		if err != nil || info.Width*info.Height > 1<<18 {
			return
		}
		for _, scale := range []int{2, 4, 8} {
			got, err := Decode(data, scale)
			if err != nil {
				continue
			}
			if got.Bounds() != image.Rect(0, 0, ceil(info.Width, scale), ceil(info.Height, scale)) {
				t.Fatal(got.Bounds())
			}
			for _, at := range []image.Point{{0, 0}, {got.Bounds().Dx() - 1, got.Bounds().Dy() - 1}} {
				got.At(at.X, at.Y).RGBA()
			}
		}
	})
}

func BenchmarkDecode12MP(b *testing.B) {
	data := encode(b, photo(4000, 3000), 90)
	for _, scale := range []int{8, 4, 2} {
		b.Run(map[int]string{8: "eighth", 4: "quarter", 2: "half"}[scale], func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				if _, err := Decode(data, scale); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
