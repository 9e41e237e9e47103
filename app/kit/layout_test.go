package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"fayi/app/kit"
	"fayi/app/kit/kittest"
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
			return kit.Row(8, a, b, c)
		}, 400, [3]place{{0, 20, 50, 10}, {58, 15, 60, 20}, {126, 10, 70, 30}}},
		"split": {func(a, b, c fyne.CanvasObject) fyne.CanvasObject {
			return kit.Split(8, []float32{0, 1, 1}, a, b, c)
		}, 366,
			[3]place{{0, 0, 50, 50}, {58, 0, 150, 50}, {216, 0, 150, 50}}},
		"tiles in one line": {func(a, b, c fyne.CanvasObject) fyne.CanvasObject {
			return kit.Tiles(10, 80, a, b, c)
		}, 320,
			[3]place{{0, 0, 100, 30}, {110, 0, 100, 30}, {220, 0, 100, 30}}},
		"tiles in two lines": {func(a, b, c fyne.CanvasObject) fyne.CanvasObject {
			return kit.Tiles(10, 80, a, b, c)
		}, 210,
			[3]place{{0, 0, 100, 30}, {110, 0, 100, 30}, {0, 40, 100, 30}}},
		"flow": {func(a, b, c fyne.CanvasObject) fyne.CanvasObject {
			return kit.Flow(10, a, b, c)
		}, 130, [3]place{{0, 0, 50, 10}, {60, 0, 60, 20}, {0, 30, 70, 30}}},
	} {
		t.Run(name, func(t *testing.T) {
			o := [3]fyne.CanvasObject{kit.Blank(50, 10), kit.Blank(60, 20), kit.Blank(70, 30)}
			c.make(o[0], o[1], o[2]).Resize(fyne.NewSize(c.width, 50))
			for i, want := range c.want {
				if got := placeOf(o[i]); got != want {
					t.Errorf("object %d at %v, want %v", i, got, want)
				}
			}
		})
	}
}

func TestHiddenObjectsTakeNoRoom(t *testing.T) {
	kittest.New(t)
	for name, lay := range map[string]func(...fyne.CanvasObject) *fyne.Container{
		"row":   func(o ...fyne.CanvasObject) *fyne.Container { return kit.Row(8, o...) },
		"flow":  func(o ...fyne.CanvasObject) *fyne.Container { return kit.Flow(8, o...) },
		"split": func(o ...fyne.CanvasObject) *fyne.Container { return kit.Split(8, []float32{1, 0}, o...) },
		"tiles": func(o ...fyne.CanvasObject) *fyne.Container { return kit.Tiles(8, 10, o...) },
	} {
		a, b := kit.Blank(50, 10), kit.Blank(60, 20)
		a.Hide()
		box := lay(a, b)
		box.Resize(fyne.NewSize(60, 20))
		if m := box.MinSize(); m.Width != 60 || b.Position().X != 0 {
			t.Errorf("%s: %v wide, the second at %v", name, m.Width, b.Position().X)
		}
	}
}

func TestHeightsFollowTheLastWidth(t *testing.T) {
	kittest.New(t)
	flow := kit.Flow(10, kit.Blank(50, 10), kit.Blank(50, 10), kit.Blank(50, 10))
	for width, height := range map[float32]float32{500: 10, 120: 30, 60: 50} {
		flow.Resize(fyne.NewSize(width, 100))
		if m := flow.MinSize(); m.Height != height {
			t.Errorf("flow %v wide is %v high", width, m.Height)
		}
	}
	para := kit.NewPara("初评由三位评委独立打分，去掉明显的宽严差别后取平均。", kit.Body, kit.Plain, 30).Fluid()
	wide, narrow := float32(0), float32(0)
	para.Resize(fyne.NewSize(420, 10))
	wide = para.MinSize().Height
	para.Resize(fyne.NewSize(140, 10))
	if narrow = para.MinSize().Height; narrow < 2.5*wide {
		t.Errorf("a third as wide, it is %v high instead of %v", narrow, wide)
	}
}

func TestCutTextFollowsItsRoom(t *testing.T) {
	kittest.New(t)
	c := kit.NewCutText("法治文化作品征集评选", kit.Body, kit.Plain)
	c.Resize(fyne.NewSize(300, 20))
	if got := kittest.Texts(c)[0]; got != c.Text() {
		t.Errorf("cut to %q with room enough", got)
	}
	c.Resize(fyne.NewSize(71, 20))
	if got := kittest.Texts(c)[0]; got != "法治文化…" {
		t.Errorf("cut to %q", got)
	}
	if m := c.MinSize(); m.Width != 4*14 {
		t.Errorf("asks for %v", m.Width)
	}
}
