package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"fayi/judging"
	"fayi/judging/media/mediatest"
)

func TestThumbnailOfEachFormat(t *testing.T) {
	for _, format := range []string{"jpeg", "png", "gif", "bmp", "tiff"} {
		t.Run(format, func(t *testing.T) {
			data := mediatest.Encoded(t, format, mediatest.Cornered(900, 600))
			info, err := Measure(bytes.NewReader(data))
			mediatest.Must(t, err)
			if info != (Info{format, 900, 600}) {
				t.Errorf("%+v", info)
			}
			for side, want := range map[int]image.Point{320: {320, 213}, 40: {40, 26}, 2000: {900, 600}, 0: {1, 1}} {
				small, err := Thumbnail(bytes.NewReader(data), side)
				mediatest.Must(t, err)
				if small.Bounds().Size() != want {
					t.Errorf("side %d gives %v", side, small.Bounds())
				}
				if side > 1 && !(reddish(small, 0.2, 0.2) && !reddish(small, 0.8, 0.2) && !reddish(small, 0.2, 0.8)) {
					t.Errorf("side %d shows another picture", side)
				}
			}
		})
	}
}

// reddish tells the colour at a place given in parts of the picture.
func reddish(p image.Image, x, y float64) bool {
	b := p.Bounds()
	r, g, _, _ := p.At(b.Min.X+int(x*float64(b.Dx())), b.Min.Y+int(y*float64(b.Dy()))).RGBA()
	return r > 0xC000 && g < 0x4000
}

func TestThumbnailStandsUpright(t *testing.T) {
	// Where the red corner of a camera's picture is seen, for each way to hold it.
	want := map[uint16][2]float64{
		1: {0.2, 0.2},
		2: {0.8, 0.2},
		3: {0.8, 0.8},
		4: {0.2, 0.8},
		5: {0.2, 0.2},
		6: {0.8, 0.2},
		7: {0.8, 0.8},
		8: {0.2, 0.8},
		9: {0.2, 0.2},
		0: {0.2, 0.2},
	}
	for o, at := range want {
		for _, c := range []struct {
			order binary.AppendByteOrder
			mark  string
		}{{binary.LittleEndian, "II"}, {binary.BigEndian, "MM"}} {
			data := mediatest.Held(t, mediatest.Cornered(120, 60), o, c.order, c.mark)
			small, err := Thumbnail(bytes.NewReader(data), 60)
			mediatest.Must(t, err)
			size := image.Point{60, 30}
			if o >= 5 && o <= 8 {
				size = image.Point{30, 60}
			}
			info, err := Measure(bytes.NewReader(data))
			mediatest.Must(t, err)
			if small.Bounds().Size() != size || !reddish(small, at[0], at[1]) || info.Width != 2*size.X {
				t.Errorf("orientation %d %s: %v, %+v", o, c.mark, small.Bounds(), info)
			}
		}
	}
}

func TestThumbnailRefuses(t *testing.T) {
	huge := mediatest.Encoded(t, "png", mediatest.Cornered(4, 4))
	binary.BigEndian.PutUint32(huge[16:], 60_000) // width
	binary.BigEndian.PutUint32(huge[20:], 60_000)
	binary.BigEndian.PutUint32(huge[29:], mediatest.CrcOf(huge[12:29]))
	whole := mediatest.Encoded(t, "jpeg", mediatest.Cornered(90, 90))
	heic := "media.picture_unknown"
	if readsHeif {
		heic = "media.bad_picture"
	}
	cases := map[string]struct {
		data io.Reader
		text string
		code judging.Code
	}{
		"huge size in the header": {bytes.NewReader(huge), "media.picture_too_big", judging.Invalid},
		"endless file": {
			io.MultiReader(bytes.NewReader(whole), zeros{}), "media.picture_too_big", judging.Invalid,
		},
		"cut off":    {bytes.NewReader(whole[:len(whole)/2]), "media.bad_picture", judging.Invalid},
		"text":       {strings.NewReader("宪法"), "media.picture_unknown", judging.Invalid},
		"nothing":    {strings.NewReader(""), "media.picture_unknown", judging.Invalid},
		"heic":       {strings.NewReader("\x00\x00\x00\x18ftypheic"), heic, judging.Invalid},
		"disk fails": {iotest.ErrReader(errors.New("gone")), "media.unreadable", judging.Unavailable},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			p, err := Thumbnail(c.data, 100)
			if p != nil || !errors.Is(err, &judging.Error{Code: c.code, Text: c.text}) {
				t.Errorf("%v", err)
			}
		})
	}
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }

// FuzzThumbnail: any bytes give a picture within its bounds or an Invalid error, never both and never a panic.
func FuzzThumbnail(f *testing.F) {
	for _, format := range []string{"jpeg", "png", "gif", "bmp", "tiff"} {
		f.Add(mediatest.Encoded(f, format, mediatest.Cornered(20, 10)))
	}
	f.Add(mediatest.Held(f, mediatest.Cornered(20, 10), 6, binary.LittleEndian, "II"))
	f.Add([]byte("RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00/\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := thumbnail(data, 16, 4_000_000)
		switch {
		case (p == nil) != (err != nil):
			t.Fatalf("%v and %v", p, err)
		case err != nil && judging.CodeOf(err) != judging.Invalid:
			t.Fatal(err)
		case p != nil && (p.Bounds().Empty() || p.Bounds().Dx() > 16 || p.Bounds().Dy() > 16):
			t.Fatal(p.Bounds())
		}
	})
}

func BenchmarkThumbnail12MP(b *testing.B) {
	data := mediatest.Encoded(b, "jpeg", mediatest.Cornered(4000, 3000))
	for b.Loop() {
		if _, err := Thumbnail(bytes.NewReader(data), 320); err != nil {
			b.Fatal(err)
		}
	}
}

// scans returns a progressive grey picture of zeros that is gone over n times more than it needs.
func scans(wide, high, n int) []byte {
	marker := func(kind byte, data ...byte) []byte {
		return append([]byte{0xFF, kind, byte((len(data) + 2) >> 8), byte(len(data) + 2)}, data...)
	}
	table := func(class, value byte) []byte {
		t := make([]byte, 18)
		t[0], t[1], t[17] = class, 1, value
		return marker(0xC4, t...)
	}
	out := append([]byte{0xFF, 0xD8}, marker(0xDB, append([]byte{0}, bytes.Repeat([]byte{1}, 64)...)...)...)
	out = append(out, marker(0xC2, 8, byte(high>>8), byte(high), byte(wide>>8), byte(wide), 1, 1, 0x11, 0)...)
	blocks := ((wide + 7) / 8) * ((high + 7) / 8)
	out = append(append(out, table(0, 0)...), marker(0xDA, 1, 1, 0, 0, 0, 1)...)
	out = append(append(out, make([]byte, (blocks+7)/8)...), table(0x10, 0xE0)...)
	for range n {
		out = append(out, marker(0xDA, 1, 1, 0, 1, 63, 1)...)
		out = append(out, make([]byte, ((blocks+16383)/16384*15+7)/8)...)
	}
	return append(out, 0xFF, 0xD9)
}

func TestAPictureThatIsGoneOverThousandsOfTimesIsRefused(t *testing.T) {
	if _, err := Thumbnail(bytes.NewReader(scans(2000, 2000, 15)), 320); err != nil {
		t.Errorf("as programs write it: %v", err)
	}
	for _, side := range []int{320, 5000} {
		began := time.Now()
		_, err := Thumbnail(bytes.NewReader(scans(9000, 9000, 5000)), side)
		if judging.CodeOf(err) != judging.Invalid || time.Since(began) > 5*time.Second {
			t.Errorf("%d pixels wide: %v after %v", side, err, time.Since(began))
		}
	}
	if _, _, err := Decode(bytes.NewReader(scans(9000, 9000, 5000))); judging.CodeOf(err) != judging.Invalid {
		t.Errorf("whole: %v", err)
	}
}
