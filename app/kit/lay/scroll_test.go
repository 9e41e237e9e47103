package lay_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit/field"
	"fayi/app/kit/kittest"
	"fayi/app/kit/lay"
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
		PointEvent: fyne.PointEvent{Position: fyne.NewPos(5, 5)}, Scrolled: fyne.NewDelta(0, -100),
	})
	if s.Offset.Y != 100 {
		t.Errorf("the page is at %v", s.Offset.Y)
	}
}
