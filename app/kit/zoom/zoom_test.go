package zoom_test

import (
	"image"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"

	"fayi/app/kit/kittest"
	"fayi/app/kit/zoom"
)

// quartered is a picture whose upper left quarter is red, the rest blue.
func quartered(w, h int) image.Image {
	p := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{0, 0, 255, 255}
			if x < w/2 && y < h/2 {
				c = color.RGBA{255, 0, 0, 255}
			}
			p.SetRGBA(x, y, c)
		}
	}
	return p
}

func red(c color.Color) bool {
	r, _, b, _ := c.RGBA()
	return r > 0xC000 && b < 0x4000
}

func TestAPictureIsShownUprightAndFitted(t *testing.T) {
	sh := kittest.New(t)
	sh.Win.Resize(fyne.NewSize(400, 400))
	// Where the red quarter stands for each way to hold a camera, in parts of the window.
	for turn, at := range map[int][2]float32{
		1:  {.3, .4},
		2:  {.7, .4},
		3:  {.7, .6},
		4:  {.3, .6},
		5:  {.4, .3},
		6:  {.6, .3},
		7:  {.6, .7},
		8:  {.4, .7},
		99: {.3, .4},
	} {
		p := zoom.NewPicture(quartered(2400, 1200), turn)
		if w, h := p.Size(); (w > h) != (turn < 5 || turn > 8) {
			t.Errorf("turn %d: %d by %d", turn, w, h)
		}
		sh.Put(zoom.New(p, nil))
		shot := sh.Win.Canvas().Capture()
		for _, place := range [][2]float32{{.3, .4}, {.7, .4}, {.7, .6}, {.3, .6}, {.4, .3}, {.6, .3}, {.6, .7},
			{.4, .7}} {
			size := shot.Bounds().Size()
			got := red(shot.At(int(place[0]*float32(size.X)), int(place[1]*float32(size.Y))))
			wide := (turn < 5 || turn > 8) == (place[0] == .3 || place[0] == .7)
			if wide && got != (place == at) {
				t.Errorf("turn %d: red at %v is %v", turn, place, got)
			}
		}
	}
}

func TestZoomKeepsItsBounds(t *testing.T) {
	sh := kittest.New(t)
	sh.Win.Resize(fyne.NewSize(400, 400))
	told := 0
	z := zoom.New(zoom.NewPicture(quartered(2000, 1000), 1), func() { told++ })
	sh.Put(z)
	sh.Win.Canvas().Capture()
	fit := z.Percent()
	z.Toggle()
	if z.Percent() != 100 || z.Fitted() || told == 0 {
		t.Fatalf("%d%%, told %d", z.Percent(), told)
	}
	for range 20 {
		z.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPlus})
		z.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
		z.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(-900, -900)})
	}
	if z.Percent() != 800 {
		t.Errorf("enlarged to %d%%", z.Percent())
	}
	if red(sh.Win.Canvas().Capture().At(200, 200)) {
		t.Error("the far corner is not seen")
	}
	for range 40 {
		z.Scrolled(&fyne.ScrollEvent{
			PointEvent: fyne.PointEvent{Position: fyne.NewPos(5, 5)},
			Scrolled:   fyne.NewDelta(0, -80),
		})
	}
	if z.Percent() != fit || !z.Fitted() {
		t.Errorf("shrunk to %d%%, fitted is %d%%", z.Percent(), fit)
	}
	if z.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft}) {
		t.Error("a fitted picture keeps the arrows from the page")
	}
	none := zoom.New(nil, nil)
	sh.Put(none)
	none.Toggle()
	none.DoubleTapped(&fyne.PointEvent{})
	none.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPlus})
}

func TestAPreviewAsksForTheWholePictureOnlyWhenEnlarged(t *testing.T) {
	sh := kittest.New(t)
	sh.Win.Resize(fyne.NewSize(400, 400))
	z := zoom.New(zoom.NewPreview(quartered(400, 200), 2400, 1200), nil)
	asked := 0
	z.OnCoarse = func() { asked++ }
	sh.Put(z)
	sh.Win.Canvas().Capture()
	if asked != 0 {
		t.Error("asked while all is seen")
	}
	z.Toggle()
	before := sh.Win.Canvas().Capture()
	if z.Percent() != 100 || asked != 1 || !red(before.At(1, 1)) {
		t.Errorf("at %d%%, asked %d times", z.Percent(), asked)
	}
	z.Sharpen(zoom.NewPicture(quartered(2400, 1200), 1))
	z.ZoomBy(1.5)
	if asked != 1 || z.Percent() != 150 {
		t.Errorf("at %d%%, asked %d times", z.Percent(), asked)
	}
}
