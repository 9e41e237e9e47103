package sight

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Words is a line of words on the screen.
type Words struct {
	Text   string
	Box    Box  // where it is drawn
	Seen   Box  // what scrolls and the window leave of it; empty: it is scrolled away
	Scroll Box  // the innermost scroll around it, empty without one
	Press  bool // it stands in something that can be pressed
	Cut    bool // it ends in an ellipsis
}

// Sight is what a user can look at, in drawing order.
type Sight struct {
	Words  []Words
	Fields []Box // what can be typed into
}

// Look returns what a user can see.
func (p Parts) Look(win fyne.Window) Sight {
	root := Root(win)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(root)
	var out Sight
	p.look(root, at, surroundings{seen: boxOf(at, root.Size())}, &out)
	return out
}

// surroundings are what lies around an object.
type surroundings struct {
	seen, scroll Box
	press        bool
}

func (p Parts) look(o fyne.CanvasObject, at fyne.Position, around surroundings, out *Sight) {
	if o == nil || !o.Visible() {
		return
	}
	if c, ok := o.(*canvas.Text); ok && c.Text != "" {
		box := inked(c, at)
		out.Words = append(out.Words, Words{
			Text:   c.Text,
			Box:    box,
			Seen:   box.meet(around.seen),
			Scroll: around.scroll,
			Press:  around.press,
			Cut:    strings.HasSuffix(c.Text, "…"),
		})
	}
	if typed(o) {
		out.Fields = append(out.Fields, boxOf(at, o.Size()).meet(around.seen))
	}
	if scrolls(o) {
		around.scroll = boxOf(at, o.Size()).meet(around.seen)
		around.seen = around.scroll
	}
	around.press = pressable(o, around.press)
	for _, child := range p.of(o) {
		if child != nil {
			p.look(child, at.Add(child.Position()), around, out)
		}
	}
}

// pressable reports whether a press on o does something; by default what the one around it does.
func pressable(o fyne.CanvasObject, around bool) bool {
	if d, ok := o.(fyne.Disableable); ok && d.Disabled() {
		return false
	}
	if _, ground := o.(*widget.PopUp); ground { // a press on it only closes it
		return false
	}
	_, tapped := o.(fyne.Tappable)
	return tapped || around
}

// typed reports whether o takes text.
func typed(o fyne.CanvasObject) bool {
	_, is := o.(interface{ SelectedText() string })
	return is
}
