package kittest

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit/button"
	"fayi/app/kit/choice"
	"fayi/app/kit/sight"
)

// parts lists what a widget is drawn with.
var parts = sight.Parts(func(w fyne.Widget) []fyne.CanvasObject { return test.WidgetRenderer(w).Objects() })

// Walk calls visit for root and all visible objects in it, in drawing order, with the position in root. If visit
// returns false, the object's children are left out.
func Walk(root fyne.CanvasObject, visit func(o fyne.CanvasObject, at fyne.Position) bool) {
	parts.Walk(root, visit)
}

// Settle lays root out again from the top, as a real window does in its next frame for what finds its height from
// its width.
func Settle(root fyne.CanvasObject) {
	for range 2 {
		Walk(root, func(o fyne.CanvasObject, _ fyne.Position) bool {
			switch o := o.(type) {
			case *fyne.Container:
				if o.Layout != nil {
					o.Layout.Layout(o.Objects, o.Size())
				}
			case fyne.Widget:
				test.WidgetRenderer(o).Layout(o.Size())
			}
			return true
		})
	}
}

// All returns every visible object of type T in root.
func All[T fyne.CanvasObject](root fyne.CanvasObject) []T {
	var out []T
	Walk(root, func(o fyne.CanvasObject, _ fyne.Position) bool {
		if x, ok := o.(T); ok {
			out = append(out, x)
		}
		return true
	})
	return out
}

// Texts returns the words that root shows, in drawing order, without empty ones.
func Texts(root fyne.CanvasObject) []string {
	var out []string
	for _, t := range All[*canvas.Text](root) {
		if t.Text != "" {
			out = append(out, t.Text)
		}
	}
	return out
}

// Shows reports whether root shows words that hold part. Words broken over lines count as one.
func Shows(root fyne.CanvasObject, part string) bool {
	return strings.Contains(strings.Join(Texts(root), ""), strings.ReplaceAll(part, "\n", ""))
}

// Tap presses the first visible button, tick, segment, stage or card in root that shows text.
func Tap(t testing.TB, root fyne.CanvasObject, text string) {
	t.Helper()
	var hit fyne.Tappable
	Walk(root, func(o fyne.CanvasObject, _ fyne.Position) bool {
		if x, ok := o.(fyne.Tappable); ok && hit == nil && pressable(o) && says(o, text) {
			hit = x
		}
		return hit == nil
	})
	if hit == nil {
		t.Fatalf("nothing to press shows %q; shown: %q", text, Texts(root))
	}
	test.Tap(hit)
}

// TapText presses the innermost thing that can be pressed and shows text, whatever it is: a menu item, a picture, a
// row.
func TapText(t testing.TB, root fyne.CanvasObject, text string) {
	t.Helper()
	var hit fyne.Tappable
	Walk(root, func(o fyne.CanvasObject, _ fyne.Position) bool {
		if x, ok := o.(fyne.Tappable); ok && says(o, text) {
			hit = x
		}
		return true
	})
	if hit == nil {
		t.Fatalf("nothing to press shows %q; shown: %q", text, Texts(root))
	}
	test.Tap(hit)
}

func pressable(o fyne.CanvasObject) bool {
	switch o.(type) {
	case *button.Button, *button.Press, *widget.Button, *choice.Check, *widget.Hyperlink:
		return true
	}
	return false
}

func says(o fyne.CanvasObject, text string) bool {
	for _, s := range Texts(o) {
		if s == text {
			return true
		}
	}
	return false
}

// TapRow presses the row of root's tables that shows text, at the place where it shows it; twice opens the row.
func TapRow(t testing.TB, root fyne.CanvasObject, text string, times int) {
	t.Helper()
	for range times {
		var hit fyne.Tappable
		var at fyne.Position
		Walk(root, func(o fyne.CanvasObject, _ fyne.Position) bool {
			if x, ok := o.(fyne.Tappable); ok && hit == nil && strings.HasSuffix(fmt.Sprintf("%T", o), ".tableRow") {
				for _, c := range All[*canvas.Text](o) {
					if c.Text == text {
						hit, at = x, c.Position().AddXY(1, 1)
					}
				}
			}
			return hit == nil
		})
		if hit == nil {
			t.Fatalf("no row shows %q; shown: %q", text, Texts(root))
		}
		hit.Tapped(&fyne.PointEvent{Position: at})
	}
}

// TapHead presses the head of the column called title, which sorts by it; "" is the tick of all rows.
func TapHead(t testing.TB, root fyne.CanvasObject, title string) {
	t.Helper()
	var hit fyne.Tappable
	at := fyne.NewPos(1, 1)
	Walk(root, func(o fyne.CanvasObject, _ fyne.Position) bool {
		if x, ok := o.(fyne.Tappable); ok && hit == nil && strings.HasSuffix(fmt.Sprintf("%T", o), ".tableHead") {
			if title == "" {
				hit = x
			}
			for _, c := range All[*canvas.Text](o) {
				if title != "" && strings.TrimRight(c.Text, " ▲▼") == title {
					hit, at = x, c.Position().AddXY(1, 1)
				}
			}
		}
		return hit == nil
	})
	if hit == nil {
		t.Fatalf("no column is called %q; shown: %q", title, Texts(root))
	}
	hit.Tapped(&fyne.PointEvent{Position: at})
}

// Press types one key where the keyboard is, or on the window if no field has it.
func Press(win fyne.Window, key fyne.KeyName) {
	e := &fyne.KeyEvent{Name: key}
	if f := win.Canvas().Focused(); f != nil {
		f.TypedKey(e)
	} else if typed := win.Canvas().OnTypedKey(); typed != nil {
		typed(e)
	}
}

// Top returns what lies over the window, as a dialog or menu; nil if nothing does.
func Top(win fyne.Window) fyne.CanvasObject { return win.Canvas().Overlays().Top() }

// Misfits lists the words in win that stick out of the things around them or of the window, which is what a user
// sees cut or overlapping.
func Misfits(win fyne.Window) []string { return parts.Misfits(win) }

// Overlaps lists the pairs of words in win that are drawn over each other.
func Overlaps(win fyne.Window) []string { return parts.Overlaps(win) }

// Faults lists all that a user would see wrong in win: Misfits, Overlaps and titles of columns that are cut.
func Faults(win fyne.Window) []string { return parts.Faults(win) }
