package lay

import (
	"slices"
	"sync"
	"weak"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit/look"
)

// scrolls are the places that scroll, in the order they were made, so that what lies in one can find it: the
// toolkit knows no way up from a widget.
var scrolls struct {
	sync.Mutex

	all []weak.Pointer[container.Scroll]
}

// VScroll returns content made to scroll up and down. What gets the cursor in it is scrolled to, and the wheel
// works over its fields too.
func VScroll(content fyne.CanvasObject) *container.Scroll {
	return known(container.NewVScroll(nil), content)
}

// Scroll is VScroll in both directions.
func Scroll(content fyne.CanvasObject) *container.Scroll {
	return known(container.NewScroll(nil), content)
}

func known(s *container.Scroll, content fyne.CanvasObject) *container.Scroll {
	// Behind the content, so that what scrolls in it by itself goes first.
	back := &wheel{own: s.Scrolled}
	back.ExtendBaseWidget(back)
	s.Content = container.NewStack(back, content)
	scrolls.Lock()
	defer scrolls.Unlock()
	gone := func(p weak.Pointer[container.Scroll]) bool { return p.Value() == nil }
	scrolls.all = append(slices.DeleteFunc(scrolls.all, gone), weak.Make(s))
	return s
}

// Forget forgets all places that scroll. It is for tests, which open one window after another and whose toolkit holds
// what was ever shown: each change of focus would look for it in all of them.
func Forget() {
	scrolls.Lock()
	defer scrolls.Unlock()
	scrolls.all = nil
}

// scrollsAround returns the scrolling places in whose content the place at lies, the smallest first. Those of pages
// that are gone have no place in the window.
func scrollsAround(c fyne.Canvas, at fyne.Position) []*container.Scroll {
	scrolls.Lock()
	all := slices.Clone(scrolls.all)
	scrolls.Unlock()
	driver := fyne.CurrentApp().Driver()
	inset, _ := c.InteractiveArea()
	nowhere := fyne.Position{}.Subtract(inset) // of what the window does not show
	var out []*container.Scroll
	for _, p := range all {
		s := p.Value()
		if s == nil || !s.Visible() || s.Content == nil || driver.CanvasForObject(s) != c {
			continue
		}
		place := driver.AbsolutePositionForObject(s)
		in := at.Subtract(place)
		deep := in.Y + s.Offset.Y
		if place == nowhere || in.X < 0 || in.X > s.Size().Width || deep < 0 || deep > s.Content.Size().Height {
			continue
		}
		out = append(out, s)
	}
	slices.SortStableFunc(out, func(a, b *container.Scroll) int {
		return int(a.Size().Width*a.Size().Height - b.Size().Width*b.Size().Height)
	})
	return out
}

// Reveal scrolls so that o is in sight. A nil o, or one that is in no window, does nothing.
func Reveal(o fyne.CanvasObject) {
	if o == nil {
		return
	}
	driver := fyne.CurrentApp().Driver()
	c := driver.CanvasForObject(o)
	if c == nil {
		return
	}
	at := driver.AbsolutePositionForObject(o)
	for _, s := range scrollsAround(c, at.AddXY(o.Size().Width/2, o.Size().Height/2)) {
		top := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(s).Y
		by := max(top+o.Size().Height+Gap8-s.Size().Height, 0)
		if top-by < 0 {
			by = top - Gap8
		}
		if by != 0 {
			s.ScrollToOffset(s.Offset.AddXY(0, by))
		}
	}
}

// wheelRenderer draws a field with an invisible thing over it that takes the wheel. All else still reaches the field:
// the thing can't be pressed.
type wheelRenderer struct {
	fyne.WidgetRenderer

	over *wheel
}

// NewWheelRenderer draws in, the renderer of field, and hands the wheel to what scrolls around the field while idle
// says that the field has no use for it.
func NewWheelRenderer(in fyne.WidgetRenderer, field fyne.CanvasObject, idle func() bool) fyne.WidgetRenderer {
	w := &wheel{field: field, idle: idle}
	w.ExtendBaseWidget(w)
	return &wheelRenderer{in, w}
}

// List is one of the toolkit's lists.
type List interface {
	fyne.CanvasObject
	GetScrollOffset() float32
	ScrollToOffset(offset float32)
}

// NewListRenderer is NewWheelRenderer for a list, which takes the wheel's turns as all that scrolls does.
func NewListRenderer(in fyne.WidgetRenderer, list List, idle func() bool) fyne.WidgetRenderer {
	w := &wheel{field: list, idle: idle, own: func(e *fyne.ScrollEvent) {
		list.ScrollToOffset(max(list.GetScrollOffset()-e.Scrolled.DY, 0))
	}}
	w.ExtendBaseWidget(w)
	return &wheelRenderer{in, w}
}

// Objects lists what is drawn, from the back.
func (r *wheelRenderer) Objects() []fyne.CanvasObject {
	return append(slices.Clone(r.WidgetRenderer.Objects()), r.over)
}

// Layout covers the field.
func (r *wheelRenderer) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	r.over.Resize(size)
	r.over.Hidden = r.over.own == nil && !r.over.idle()
}

// Refresh draws the field.
func (r *wheelRenderer) Refresh() {
	r.WidgetRenderer.Refresh()
	r.over.Hidden = r.over.own == nil && !r.over.idle()
}

// wheel takes the wheel and nothing else.
type wheel struct {
	widget.BaseWidget

	field fyne.CanvasObject
	idle  func() bool             // the field has no use for the wheel itself; nil for never
	own   func(*fyne.ScrollEvent) // scrolls what the wheel belongs to; nil where that sees to it by itself
}

// CreateRenderer implements fyne.Widget.
func (w *wheel) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(Blank(0, 0)) }

// Scrolled scrolls what the wheel belongs to, else what lies around it and has more to show.
func (w *wheel) Scrolled(e *fyne.ScrollEvent) {
	far := *e
	far.Scrolled.DX, far.Scrolled.DY = e.Scrolled.DX*look.Turn(), e.Scrolled.DY*look.Turn()
	if w.own != nil && (w.idle == nil || !w.idle()) {
		w.own(&far)
		return
	}
	driver := fyne.CurrentApp().Driver()
	c := driver.CanvasForObject(w.field)
	if c == nil {
		return
	}
	at := driver.AbsolutePositionForObject(w.field).AddXY(e.Position.X, e.Position.Y)
	for _, s := range scrollsAround(c, at) {
		if s.Content.MinSize().Height > s.Size().Height {
			s.Scrolled(&far)
			return
		}
	}
}
