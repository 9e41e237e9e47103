package table

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// tableList is Fyne's list with a keyboard of its own: arrows select, Enter opens, Space ticks, Ctrl+C copies,
// Ctrl+A takes all, letters look for a row.
type tableList struct {
	widget.List

	onMove func(by int)
	onKey  func(*fyne.KeyEvent)
	onRune func(rune)
	onSide func(by int) // nil where cells are not gone through
	onCopy func()
	onAll  func()
}

var _ fyne.Shortcutable = (*tableList)(nil)

func newTableList(length func() int, g *grid, fill func(int, *tableRow)) *tableList {
	l := &tableList{}
	l.Length = length
	l.CreateItem = func() fyne.CanvasObject { return newTableItem(g) }
	l.UpdateItem = func(i int, o fyne.CanvasObject) { fill(i, rowOf(o)) }
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer lets the wheel turn three rows a notch, and the page where all rows are seen.
func (l *tableList) CreateRenderer() fyne.WidgetRenderer {
	return lay.NewListRenderer(l.List.CreateRenderer(), l, func() bool {
		return float32(l.Length())*look.RowHeight() <= l.Size().Height
	})
}

// FocusGained does nothing: Fyne's list would mark a row of its own next to the selected one.
func (l *tableList) FocusGained() {}

// FocusLost does nothing, see FocusGained.
func (l *tableList) FocusLost() {}

// TypedKey moves the selection or passes the key on.
func (l *tableList) TypedKey(key *fyne.KeyEvent) {
	page := max(int(l.Size().Height/look.RowHeight())-1, 1)
	switch key.Name {
	case fyne.KeyDown:
		l.onMove(1)
	case fyne.KeyUp:
		l.onMove(-1)
	case fyne.KeyPageDown:
		l.onMove(page)
	case fyne.KeyPageUp:
		l.onMove(-page)
	case fyne.KeyHome:
		l.onMove(-l.Length())
	case fyne.KeyEnd:
		l.onMove(l.Length())
	case fyne.KeyLeft, fyne.KeyRight:
		l.sideways(key)
	default:
		l.onKey(key)
	}
}

// sideways goes to the next cell, or passes the key on.
func (l *tableList) sideways(key *fyne.KeyEvent) {
	switch {
	case l.onSide == nil:
		l.onKey(key)
	case key.Name == fyne.KeyLeft:
		l.onSide(-1)
	default:
		l.onSide(1)
	}
}

// TypedRune looks for a row.
func (l *tableList) TypedRune(r rune) {
	if l.onRune != nil {
		l.onRune(r)
	}
}

// TypedShortcut copies or takes all; the window gets all others.
func (l *tableList) TypedShortcut(s fyne.Shortcut) {
	switch s.(type) {
	case *fyne.ShortcutCopy:
		if l.onCopy != nil {
			l.onCopy()
		}
		return
	case *fyne.ShortcutSelectAll:
		if l.onAll != nil {
			l.onAll()
		}
		return
	}
	if c, ok := fyne.CurrentApp().Driver().CanvasForObject(l).(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}
