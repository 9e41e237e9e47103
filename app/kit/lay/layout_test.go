package lay_test

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"fayi/app/kit/kittest"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// place is where an object was set.
type place struct{ x, y, w, h float32 }

func placeOf(o fyne.CanvasObject) place {
	p, s := o.Position(), o.Size()
	return place{p.X, p.Y, s.Width, s.Height}
}

func TestLayoutsPlaceTheirObjects(t *testing.T) {
	kittest.New(t)
	for name, c := range map[string]struct {
		make  func(a, b, c fyne.CanvasObject) fyne.CanvasObject
		width float32
		want  [3]place
	}{
		"row": {func(a, b, c fyne.CanvasObject) fyne.CanvasObject {
			return lay.Row(8, a, b, c)
		}, 400, [3]place{{0, 20, 50, 10}, {58, 15, 60, 20}, {126, 10, 70, 30}}},
		"split": {func(a, b, c fyne.CanvasObject) fyne.CanvasObject {
			return lay.Split(8, []float32{0, 1, 1}, a, b, c)
		}, 366,
			[3]place{{0, 0, 50, 50}, {58, 0, 150, 50}, {216, 0, 150, 50}}},
		"tiles in one line": {func(a, b, c fyne.CanvasObject) fyne.CanvasObject {
			return lay.Tiles(10, 80, a, b, c)
		}, 320,
			[3]place{{0, 0, 100, 30}, {110, 0, 100, 30}, {220, 0, 100, 30}}},
		"tiles in two lines": {func(a, b, c fyne.CanvasObject) fyne.CanvasObject {
			return lay.Tiles(10, 80, a, b, c)
		}, 210,
			[3]place{{0, 0, 100, 30}, {110, 0, 100, 30}, {0, 40, 100, 30}}},
		"flow": {func(a, b, c fyne.CanvasObject) fyne.CanvasObject {
			return lay.Flow(10, a, b, c)
		}, 130, [3]place{{0, 0, 50, 10}, {60, 0, 60, 20}, {0, 30, 70, 30}}},
	} {
		t.Run(name, func(t *testing.T) {
			o := [3]fyne.CanvasObject{lay.Blank(50, 10), lay.Blank(60, 20), lay.Blank(70, 30)}
			c.make(o[0], o[1], o[2]).Resize(fyne.NewSize(c.width, 50))
			for i, want := range c.want {
				if got := placeOf(o[i]); got != want {
					t.Errorf("object %d at %v, want %v", i, got, want)
				}
			}
		})
	}
}

// TestAStackKeepsWhatGrewOffTheNext lets two objects change in one frame, of which the toolkit forgets one: it asks
// how large the stack has to be and lays only the second one out again.
func TestAStackKeepsWhatGrewOffTheNext(t *testing.T) {
	kittest.New(t)
	grows, next := canvas.NewRectangle(color.Black), canvas.NewRectangle(color.Black)
	grows.SetMinSize(fyne.NewSize(50, 10))
	next.SetMinSize(fyne.NewSize(50, 10))
	stack := lay.Stack(4, grows, next)
	stack.Resize(fyne.NewSize(100, 200))
	for _, c := range []struct{ height, below float32 }{{10, 14}, {30, 34}, {20, 24}} {
		grows.SetMinSize(fyne.NewSize(50, c.height))
		if least := stack.MinSize(); least != fyne.NewSize(50, c.height+14) {
			t.Errorf("of %.0f it needs %v", c.height, least)
		}
		if got := placeOf(next); got != (place{0, c.below, 100, 10}) {
			t.Errorf("below %.0f the next stands at %v", c.height, got)
		}
	}
	grows.Hide()
	stack.MinSize()
	if got := placeOf(next); got != (place{0, 0, 100, 10}) {
		t.Errorf("below nothing it stands at %v", got)
	}
}

func TestHiddenObjectsTakeNoRoom(t *testing.T) {
	kittest.New(t)
	for name, arrange := range map[string]func(...fyne.CanvasObject) *fyne.Container{
		"row":   func(o ...fyne.CanvasObject) *fyne.Container { return lay.Row(8, o...) },
		"flow":  func(o ...fyne.CanvasObject) *fyne.Container { return lay.Flow(8, o...) },
		"split": func(o ...fyne.CanvasObject) *fyne.Container { return lay.Split(8, []float32{1, 0}, o...) },
		"tiles": func(o ...fyne.CanvasObject) *fyne.Container { return lay.Tiles(8, 10, o...) },
	} {
		a, b := lay.Blank(50, 10), lay.Blank(60, 20)
		a.Hide()
		box := arrange(a, b)
		box.Resize(fyne.NewSize(60, 20))
		if m := box.MinSize(); m.Width != 60 || b.Position().X != 0 {
			t.Errorf("%s: %v wide, the second at %v", name, m.Width, b.Position().X)
		}
	}
}

func TestHeightsFollowTheLastWidth(t *testing.T) {
	kittest.New(t)
	flow := lay.Flow(10, lay.Blank(50, 10), lay.Blank(50, 10), lay.Blank(50, 10))
	for width, height := range map[float32]float32{500: 10, 120: 30, 60: 50} {
		flow.Resize(fyne.NewSize(width, 100))
		if m := flow.MinSize(); m.Height != height {
			t.Errorf("flow %v wide is %v high", width, m.Height)
		}
	}
	para := look.NewPara("初评由三位评委独立打分，去掉明显的宽严差别后取平均。", look.Body, look.Plain, 30).Fluid()
	wide, narrow := float32(0), float32(0)
	para.Resize(fyne.NewSize(420, 10))
	wide = para.MinSize().Height
	para.Resize(fyne.NewSize(140, 10))
	if narrow = para.MinSize().Height; narrow < 2.5*wide {
		t.Errorf("a third as wide, it is %v high instead of %v", narrow, wide)
	}
}
