package page

import (
	"context"
	"io"
	"strings"
	"testing"

	"fayi/app/organizer/pagetest"
	"fayi/judging"
)

// bytesOf opens the same bytes for every file.
type bytesOf string

func (b bytesOf) OpenWorkFile(context.Context, judging.WorkID, int) (io.ReadSeekCloser, error) {
	return struct {
		io.ReadSeeker
		io.Closer
	}{strings.NewReader(string(b)), io.NopCloser(nil)}, nil
}

func TestAPictureThatIsNoneIsToldInItsPlace(t *testing.T) {
	for name, data := range map[string][]byte{
		"no picture": []byte("<html>"), "cut off": pagetest.PngOf(t, 300, 200)[:60], "empty": nil,
		"a bomb": bombPNG(t),
	} {
		img, err := ReadThumb(t.Context(), bytesOf(data), "w000001", 0)
		if img != nil || judging.CodeOf(err) != judging.Invalid {
			t.Errorf("%s: %v %v", name, img, err)
		}
	}
}

// bombPNG says in its head that it is 60,000 by 60,000 pixels.
func bombPNG(t *testing.T) []byte {
	data := pagetest.PngOf(t, 8, 8)
	copy(data[16:24], []byte{0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60})
	return data
}

func TestALargePictureBecomesSmall(t *testing.T) {
	img, err := ReadThumb(t.Context(), bytesOf(pagetest.PngOf(t, 1600, 400)), "w000001", 0)
	if err != nil || img.Bounds().Dx() != ThumbEdge || img.Bounds().Dy() != 160 {
		t.Fatalf("%v %v", img.Bounds(), err)
	}
}
