package judge

import (
	"bytes"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"

	"fayi/judging"
)

// corners is a picture of w by h whose quarters are red, green, blue and black, clockwise from the upper left.
func corners(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.Set(x, y, [2][2]color.RGBA{{{255, 0, 0, 255}, {0, 255, 0, 255}}, {{0, 0, 0, 255}, {0, 0, 255, 255}}}[min(2*y/h, 1)][min(2*x/w, 1)])
		}
	}
	return m
}

// letter names the colour of m at a place given in shares of its size.
func letter(m image.Image, x, y float64) byte {
	b := m.Bounds()
	r, g, bl, a := m.At(b.Min.X+int(x*float64(b.Dx())), b.Min.Y+int(y*float64(b.Dy()))).RGBA()
	switch {
	case a == 0:
		return '-'
	case r > 0xC000 && g > 0xC000:
		return 'W'
	case r > 0xA000:
		return 'R'
	case g > 0xA000:
		return 'G'
	case bl > 0xA000:
		return 'B'
	}
	return 'K'
}

func quarters(m image.Image) string {
	return string([]byte{letter(m, .25, .25), letter(m, .75, .25), letter(m, .75, .75), letter(m, .25, .75)})
}

func TestPicturesAreTurnedUpright(t *testing.T) {
	for way, want := range map[int]string{1: "RGBK", 2: "GRKB", 3: "BKRG", 4: "KBGR", 5: "RKBG", 6: "KRGB", 7: "BGRK", 8: "GBKR"} {
		p := newPicture(corners(60, 40), way)
		w, h := 60.0, 40.0
		if way >= 5 {
			w, h = h, w
		}
		if p.w != w || p.h != h {
			t.Errorf("way %d: %v × %v", way, p.w, p.h)
		}
		dst := image.NewRGBA(image.Rect(0, 0, int(w), int(h)))
		p.draw(dst, 1, w/2, h/2)
		if got := quarters(dst); got != want {
			t.Errorf("way %d: quarters %s, want %s", way, got, want)
		}
	}
}

func TestASmallerCopyIsDrawnAtTheSamePlace(t *testing.T) {
	p := newPicture(corners(4001, 2999), 6)
	if len(p.levels) != 3 {
		t.Fatalf("%d levels", len(p.levels))
	}
	for scale, want := range map[float64]image.Image{2: p.levels[0], 0.51: p.levels[0], 0.5: p.levels[1], 0.3: p.levels[1], 0.2: p.levels[2], 0.01: p.levels[2]} {
		if got := p.level(scale); got != want {
			t.Errorf("scale %v draws a level of %v", scale, got.Bounds())
		}
		dst := image.NewRGBA(image.Rect(0, 0, 40, 40))
		p.draw(dst, scale, p.w/2, p.h/2)
		if got := string([]byte{letter(dst, .4, .4), letter(dst, .6, .4), letter(dst, .6, .6), letter(dst, .4, .6)}); got != "KRGB" {
			t.Errorf("scale %v: around the middle %s", scale, got)
		}
	}
}

func TestATransparentPictureLiesOnWhitePaper(t *testing.T) {
	p := newPicture(image.NewNRGBA(image.Rect(0, 0, 10, 10)), 1)
	dst := image.NewRGBA(image.Rect(0, 0, 30, 30))
	p.draw(dst, 1, 5, 5)
	if in, out := letter(dst, .5, .5), letter(dst, .1, .1); in != 'W' || out != '-' {
		t.Errorf("inside %c, outside %c", in, out)
	}
}

// exifOf is a JPEG's beginning with an orientation in big or little endian.
func exifOf(way byte, little bool) []byte {
	tiff := "MM\x00*\x00\x00\x00\x08\x00\x02\x01\x0F\x00\x02\x00\x00\x00\x01\x00\x00\x00\x00\x01\x12\x00\x03\x00\x00\x00\x01\x00" + string(rune(way)) + "\x00\x00\x00\x00\x00\x00"
	if little {
		tiff = "II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00" + string(rune(way)) + "\x00\x00\x00\x00\x00\x00\x00"
	}
	body := "Exif\x00\x00" + tiff
	return []byte("\xFF\xE0\x00\x04ab\xFF\xE1\x00" + string([]byte{byte(len(body) + 2)}) + body)
}

func jpegOf(t testing.TB, m image.Image, head []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, m, nil); err != nil {
		t.Fatal(err)
	}
	d := out.Bytes()
	return append(append(append([]byte{}, d[:2]...), head...), d[2:]...)
}

func TestOrientationIsReadFromExif(t *testing.T) {
	for _, c := range []struct {
		head []byte
		want int
	}{
		{nil, 1}, {exifOf(6, false), 6}, {exifOf(3, true), 3}, {exifOf(9, true), 1}, {exifOf(0, false), 1}, {[]byte("\xFF\xE1\x00\x08Exif\x00\x00"), 1},
		{[]byte("\xFF\xE1\xFF\xFFExif\x00\x00MM"), 1}, {[]byte("\xFF\xE1\x00\x00Exif"), 1},
	} {
		data := jpegOf(t, corners(32, 16), c.head)
		if got := orientation(data); got != c.want {
			t.Errorf("%q: got %d, want %d", c.head, got, c.want)
		}
	}
	p, err := readPicture(bytes.NewReader(jpegOf(t, corners(32, 16), exifOf(8, false))))
	if err != nil || p.w != 16 || p.h != 32 {
		t.Errorf("%+v, %v", p, err)
	}
}

// pngHead is a PNG that says it has w by h pixels of depth bits in colours of kind, and ends there.
func pngHead(t testing.TB, w, h int, deep bool) []byte {
	t.Helper()
	var m image.Image = image.NewNRGBA(image.Rect(0, 0, 1, 1))
	if deep {
		m = image.NewNRGBA64(image.Rect(0, 0, 1, 1))
	}
	var out bytes.Buffer
	if err := png.Encode(&out, m); err != nil {
		t.Fatal(err)
	}
	d := out.Bytes()
	for i, v := range []int{w, h} {
		for k := range 4 {
			d[16+4*i+k] = byte(v >> (24 - 8*k))
		}
	}
	crc := crc32.ChecksumIEEE(d[12:29])
	for k := range 4 {
		d[29+k] = byte(crc >> (24 - 8*k))
	}
	return d
}

func TestPicturesThatWontDoAreRefusedBeforeTheyAreDecoded(t *testing.T) {
	whole := jpegOf(t, corners(64, 64), nil)
	for _, c := range []struct {
		name, key string
		data      []byte
	}{
		{"no picture", "desk.picture_unknown", []byte("法治")},
		{"empty", "desk.picture_unknown", nil},
		{"cut off", "desk.picture_broken", whole[:len(whole)/2]},
		{"head only", "desk.picture_broken", whole[:4]},
		{"too many pixels", "desk.picture_too_big", pngHead(t, 10001, 10000, false)},
		{"sides whose product does not fit 32 bits", "desk.picture_too_big", pngHead(t, 1<<20, 1<<20, false)},
		{"too many deep pixels", "desk.picture_too_big", pngHead(t, 7100, 7100, true)},
		{"as many as allowed, but not there", "desk.picture_broken", pngHead(t, 7100, 1, false)},
	} {
		p, err := readPicture(bytes.NewReader(c.data))
		if e, ok := err.(*judging.Error); p != nil || !ok || e.Text != c.key {
			t.Errorf("%s: %v, %v", c.name, p, err)
		}
	}
}

func FuzzReadPicture(f *testing.F) {
	f.Add(jpegOf(f, corners(8, 8), exifOf(6, true)))
	f.Add(pngHead(f, 3, 3, false))
	f.Add([]byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := readPicture(bytes.NewReader(data))
		if (p == nil) == (err == nil) {
			t.Fatalf("%v, %v", p, err)
		}
		if way := orientation(data); way < 1 || way > 8 {
			t.Fatal(way)
		}
	})
}

func BenchmarkPhotoToScreen(b *testing.B) {
	data := jpegOf(b, corners(4000, 3000), nil)
	b.Run("decode 12 MP", func(b *testing.B) {
		for b.Loop() {
			if _, err := readPicture(bytes.NewReader(data)); err != nil {
				b.Fatal(err)
			}
		}
	})
	p, err := readPicture(bytes.NewReader(data))
	if err != nil {
		b.Fatal(err)
	}
	dst := image.NewRGBA(image.Rect(0, 0, 1240, 860))
	for _, scale := range []float64{0.28, 1, 2} {
		b.Run(judging.Exact(scale).String()+" drawn", func(b *testing.B) {
			for b.Loop() {
				p.draw(dst, scale, 2000, 1500)
			}
		})
	}
}
