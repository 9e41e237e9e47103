package picture_test

import (
	"bytes"
	"image"
	"image/png"
	"testing"

	"fayi/judging/media/picture"
)

func TestAPreviewKnowsTheSizeOfTheWhole(t *testing.T) {
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, 300, 150))); err != nil {
		t.Fatal(err)
	}
	small, whole, err := picture.Preview(bytes.NewReader(out.Bytes()), 100)
	if err != nil || small.Bounds().Dx() != 100 || whole.Width != 300 || whole.Height != 150 {
		t.Errorf("%v of %+v, %v", small.Bounds(), whole, err)
	}
	img, turn, err := picture.Decode(bytes.NewReader(out.Bytes()))
	if err != nil || turn != 1 || img.Bounds().Dx() != 300 {
		t.Errorf("%v, %d, %v", img.Bounds(), turn, err)
	}
	for _, broken := range [][]byte{nil, []byte("法治"), out.Bytes()[:60]} {
		if img, _, err := picture.Decode(bytes.NewReader(broken)); img != nil || err == nil {
			t.Errorf("%.8q: %v", broken, err)
		}
		if small, _, err := picture.Preview(bytes.NewReader(broken), 9); small != nil || err == nil {
			t.Errorf("%.8q: %v", broken, err)
		}
	}
}
