package zoom_test

import (
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"fayi/app/kit/kittest"
	"fayi/app/kit/zoom"
)

func TestACoverIsDrawnByDraggingAndTakenOff(t *testing.T) {
	sh := kittest.New(t)
	sh.Win.Resize(fyne.NewSize(440, 440))
	e := zoom.NewCovers()
	e.SetPicture(zoom.NewPicture(quartered(2000, 1000), 1), nil)
	changes := 0
	e.OnChange = func() { changes++ }
	sh.Put(e)
	w, h := e.Size().Width, e.Size().Height
	top := (h - w/2) / 2 // the picture is twice as wide as high
	drag := func(x1, y1, x2, y2 float32) {
		at := func(x, y float32) fyne.Position { return fyne.NewPos(x*w, top+y*w/2) }
		e.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at(x1, y1)}})
		e.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: at((x1+x2)/2, y1)}})
		e.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: at(x2, y2)}})
		e.DragEnd()
		e.MouseUp(&desktop.MouseEvent{})
	}
	drag(.75, .9, .5, .4)
	drag(.8, .8, 1.2, 1.5) // over the edge
	drag(.1, .1, .101, .1) // a press
	got := e.Covers()
	if len(got) != 2 || changes != 2 {
		t.Fatalf("%d covers, %d changes", len(got), changes)
	}
	near := func(a, b float64) bool { return math.Abs(a-b) < .01 }
	if c := got[0]; !near(c.X, .5) || !near(c.Y, .4) || !near(c.W, .25) || !near(c.H, .5) {
		t.Errorf("the first is %+v", c)
	}
	if c := got[1]; c.X+c.W > 1 || c.Y+c.H > 1 {
		t.Errorf("the second reaches out of the picture: %+v", c)
	}
	e.Tapped(&fyne.PointEvent{Position: fyne.NewPos(.6*w, top+.5*w/2)})
	if !e.TakeOff() || len(e.Covers()) != 1 || !near(e.Covers()[0].X, .8) {
		t.Errorf("the picked cover is not the one taken off: %+v", e.Covers())
	}
	e.ZoomBy(2)
	drag(.5, .25, .75, .75) // in the enlarged picture, of which the middle half is seen
	if c := e.Covers()[1]; !near(c.W, .125) || !near(c.H, .25) || !near(c.X, .5) {
		t.Errorf("drawn enlarged: %+v", c)
	}
	e.ZoomBy(.01)
	e.TakeOff()
	if !e.TakeOff() || e.TakeOff() {
		t.Error("the last is taken off, and then there is none")
	}
}
