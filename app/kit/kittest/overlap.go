package kittest

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// inked is a line of words as it is drawn: where it stands, less what the scrolls around it hide.
type inked struct {
	words string
	box   rect
}

// Overlaps lists the pairs of words in win that are drawn over each other.
func Overlaps(win fyne.Window) []string {
	root, size := win.Content(), win.Canvas().Size()
	if top := Top(win); top != nil {
		root = top
	}
	var lines []inked
	ink(root, fyne.Position{}, rect{0, 0, size.Width, size.Height}, &lines)
	var out []string
	for i, a := range lines {
		for _, b := range lines[i+1:] {
			const slack = 4 // lines of large type may stand closer than their boxes
			both := a.box.meet(b.box)
			if both.right-both.left > slack && both.bottom-both.top > slack {
				out = append(out, fmt.Sprintf("%q and %q stand over each other at %.0f,%.0f", a.words, b.words, both.left, both.top))
			}
		}
	}
	return out
}

// meet is what two boxes have in common; its right is left of its left where that is nothing.
func (r rect) meet(o rect) rect {
	return rect{max(r.left, o.left), max(r.top, o.top), min(r.right, o.right), min(r.bottom, o.bottom)}
}

func ink(o fyne.CanvasObject, at fyne.Position, seen rect, out *[]inked) {
	if o == nil || !o.Visible() {
		return
	}
	if c, ok := o.(*canvas.Text); ok && c.Text != "" {
		m := c.MinSize()
		left := at.X
		switch c.Alignment {
		case fyne.TextAlignTrailing:
			left += c.Size().Width - m.Width
		case fyne.TextAlignCenter:
			left += (c.Size().Width - m.Width) / 2
		}
		if box := seen.meet(rect{left, at.Y, left + m.Width, at.Y + m.Height}); box.right > box.left && box.bottom > box.top {
			*out = append(*out, inked{c.Text, box})
		}
	}
	if s := o.Size(); isScroll(o) {
		seen = seen.meet(rect{at.X, at.Y, at.X + s.Width, at.Y + s.Height})
	}
	for _, child := range children(o) {
		if child != nil {
			ink(child, at.Add(child.Position()), seen, out)
		}
	}
}

func isScroll(o fyne.CanvasObject) bool {
	_, is := o.(*container.Scroll)
	return is
}
