package lay_test

import (
	"math"
	"runtime"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// longForm is more fields than fit, in a part of the window that scrolls.
func longForm(t *testing.T) (*container.Scroll, []*field.Text, *kittest.Shell) {
	sh := kittest.New(t)
	var fields []*field.Text
	stack := lay.Stack(lay.Gap16)
	for range 20 {
		f := field.NewText(sh, "名称", "", field.TextRule{})
		fields = append(fields, f)
		stack.Add(f)
	}
	s := lay.VScroll(stack)
	sh.Put(lay.Fill(lay.Blank(0, 40), s, nil))
	return s, fields, sh
}

func TestAFieldThatGetsTheCursorIsScrolledTo(t *testing.T) {
	s, fields, sh := longForm(t)
	place := fyne.CurrentApp().Driver().AbsolutePositionForObject
	for _, i := range []int{19, 0, 10} {
		sh.Focus(fields[i].Entry())
		top, room := place(fields[i].Entry()).Y-place(s).Y, s.Size().Height
		if top < 0 || top+fields[i].Entry().Size().Height > room {
			t.Errorf("field %d stands at %v of %v", i, top, room)
		}
	}
}

func TestTheWheelTurnsThePageOverAField(t *testing.T) {
	s, fields, _ := longForm(t)
	var over fyne.Scrollable
	kittest.Walk(fields[3], func(o fyne.CanvasObject, _ fyne.Position) bool {
		if x, ok := o.(fyne.Scrollable); ok {
			over = x // the last is drawn above the others and takes the wheel
		}
		return true
	})
	over.Scrolled(&fyne.ScrollEvent{
		PointEvent: fyne.PointEvent{Position: fyne.NewPos(5, 5)}, Scrolled: fyne.NewDelta(0, -25), // a notch
	})
	if runtime.GOOS != "darwin" && !threeRows(s.Offset.Y) {
		t.Errorf("the page is at %v", s.Offset.Y)
	}
}

// TestANotchOfTheWheelGoesOnByThreeRows: over the words of a page as over its fields, and no less in what scrolls
// within it.
func TestANotchOfTheWheelGoesOnByThreeRows(t *testing.T) {
	if runtime.GOOS == "darwin" {
		t.Skip("the system turns as far as its user has set")
	}
	inner := lay.VScroll(lay.Blank(100, 3000))
	outer := lay.VScroll(container.NewVBox(
		container.NewGridWrap(fyne.NewSize(300, 200), inner), lay.Blank(300, 3000),
	))
	sh := kittest.New(t)
	sh.Put(outer)
	for _, c := range []struct {
		at    float32
		turns *container.Scroll
	}{{50, inner}, {400, outer}} {
		before := c.turns.Offset.Y
		at := fyne.NewPos(c.at, 100)
		var over fyne.Scrollable
		kittest.Walk(outer, func(o fyne.CanvasObject, pos fyne.Position) bool {
			in := at.Subtract(pos)
			x, ok := o.(fyne.Scrollable)
			if ok && in.X >= 0 && in.Y >= 0 && in.X < o.Size().Width && in.Y < o.Size().Height {
				over = x
			}
			return true
		})
		over.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -25)})
		if got := c.turns.Offset.Y - before; !threeRows(got) {
			t.Errorf("at %v the wheel goes on by %v, not by rows of %v", c.at, got, look.RowHeight())
		}
	}
}

func threeRows(far float32) bool { return math.Abs(float64(far-3*look.RowHeight())) < 0.01 }
