package gallery_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"fayi/app/kit/gallery"
	"fayi/app/kit/kittest"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// orderOf is an order of seven things in a window four wide, and what it is asked for.
func orderOf(t *testing.T) (*gallery.Order, *[]string) {
	sh := kittest.New(t)
	sh.Win.Resize(fyne.NewSize(4*(look.Em(9)+lay.Gap16), 700))
	o := gallery.NewOrder()
	var asked []string
	o.OnMove = func(key string, to int) { asked = append(asked, fmt.Sprintf("%s→%d", key, to)) }
	o.OnOpen = func(key string) { asked = append(asked, key) }
	sh.Put(o)
	var exhibits []gallery.Exhibit
	for _, key := range "ABCDEFG" {
		exhibits = append(exhibits, gallery.Exhibit{Key: string(key), Caption: string(key) + "分"})
	}
	o.SetExhibits(exhibits)
	kittest.Settle(o)
	return o, &asked
}

func TestDraggingBetweenTwoAsksForThatPlace(t *testing.T) {
	o, asked := orderOf(t)
	type cell interface {
		fyne.CanvasObject
		fyne.Draggable
	}
	var cells []cell
	kittest.Walk(o, func(x fyne.CanvasObject, _ fyne.Position) bool {
		if c, ok := x.(cell); ok && strings.HasSuffix(fmt.Sprintf("%T", x), ".orderCell") {
			cells = append(cells, c)
		}
		return true
	})
	drag := func(from int, column, line float32) {
		c := cells[from]
		step := cells[5].Position().Subtract(cells[0].Position())
		to := fyne.NewPos(column*step.X, (line+0.5)*step.Y).Subtract(c.Position())
		e := &fyne.DragEvent{}
		e.Position = to
		c.Dragged(e)
		c.DragEnd()
	}
	drag(6, 1, 0)   // the last between the first and the second
	drag(0, 3, 0)   // the first before the fourth
	drag(1, 1.9, 0) // back to where it stood
	drag(2, 9, 9)   // behind the last
	drag(3, -2, 0)  // before the first
	if want := []string{"G→1", "A→2", "C→6", "D→0"}; !slices.Equal(*asked, want) {
		t.Errorf("asked for %q, want %q", *asked, want)
	}
}

func TestTheKeyboardMovesAndOpens(t *testing.T) {
	o, asked := orderOf(t)
	o.Focus()
	alt := func(k fyne.KeyName) {
		o.TypedShortcut(&desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierAlt})
	}
	alt(fyne.KeyUp) // the first stays the first
	for _, k := range []fyne.KeyName{fyne.KeyDown, fyne.KeyRight} {
		o.TypedKey(&fyne.KeyEvent{Name: k})
	}
	if o.Selected() != "F" {
		t.Errorf("at %q", o.Selected())
	}
	alt(fyne.KeyUp)
	alt(fyne.KeyDown)
	o.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if want := []string{"F→4", "F→6", "F"}; !slices.Equal(*asked, want) {
		t.Errorf("asked for %q, want %q", *asked, want)
	}
}

func TestAThingPressedTwiceOpens(t *testing.T) {
	o, asked := orderOf(t)
	for range 2 {
		kittest.TapText(t, o, "C分")
	}
	if !slices.Equal(*asked, []string{"C"}) {
		t.Errorf("asked for %q", *asked)
	}
	o.SetPicture("C", test.NewCanvas().Capture())
}
