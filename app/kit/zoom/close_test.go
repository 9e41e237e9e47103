package zoom

import (
	"image"
	"image/color"
	"runtime"
	"testing"
	"weak"

	"fyne.io/fyne/v2/test"
)

// TestAClosedZoomKeepsNoPicture: the toolkit keeps a widget for a minute after it was last seen, and a judge leaves a
// work every few seconds.
func TestAClosedZoomKeepsNoPicture(t *testing.T) {
	test.NewTempApp(t)
	img := image.NewRGBA(image.Rect(0, 0, 400, 300))
	img.Set(0, 0, color.White)
	kept := weak.Make(img)
	z := New(NewPicture(img, 1), nil)
	if got := z.paint(200, 150).Bounds().Size(); got != image.Pt(200, 150) {
		t.Errorf("painted %v", got)
	}
	img = nil
	z.Close()
	runtime.GC()
	if kept.Value() != nil {
		t.Error("the picture is still held")
	}
	if got := z.paint(20, 10).(*image.RGBA); got.Bounds().Size() != image.Pt(20, 10) || got.RGBAAt(3, 3).A != 0 {
		t.Error("something is shown")
	}
}

// TestNoMoreIsDrawnThanTheScreenShows: whatever the picture and however far it is enlarged, what the toolkit gets has
// as many pixels as there is room.
func TestNoMoreIsDrawnThanTheScreenShows(t *testing.T) {
	test.NewTempApp(t)
	for _, size := range []image.Point{{40, 30}, {4000, 30}, {1200, 1600}} {
		z := New(NewPicture(image.NewRGBA(image.Rectangle{Max: size}), 6), nil)
		for _, by := range []float64{1, 3, 100} {
			z.paint(300, 200)
			z.ZoomBy(by)
			if got := z.paint(300, 200).Bounds().Size(); got != image.Pt(300, 200) {
				t.Errorf("%v enlarged %v times: %v drawn", size, by, got)
			}
		}
	}
}
