package header

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"fayi/app/kit/button"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// Header is the top of a page: a way back, the title with its count, and the page's one primary act.
// Where all of it does not fit side by side, the acts go below the title.
type Header struct {
	lay.Box

	title, count *look.CutText
	back         *fyne.Container
	layout       *headLayout
}

// New returns a header with a title, followed by the buttons that act on the whole page: plain ones
// first, the primary one last.
func New(title string, acts ...fyne.CanvasObject) *Header {
	role := look.Title
	if look.Short() {
		role = look.Section
	}
	h := &Header{
		title: look.NewStrongCut(title, role),
		count: look.NewCutText("", look.Section, look.Quiet),
		back:  container.NewStack(),
	}
	h.back.Hide()
	h.layout = &headLayout{}
	h.Content = container.New(h.layout, h.back, h.title, h.count, lay.Flow(lay.Gap8, acts...))
	h.ExtendBaseWidget(h)
	return h
}

// WithMore lets the acts that are not the primary one stand in a menu called word where a short window has no room for
// all of them side by side.
func (h *Header) WithMore(word string) *Header {
	all := h.Content.(*fyne.Container).Objects[3].(*fyne.Container)
	var items []*fyne.MenuItem
	for _, o := range all.Objects {
		b, ok := o.(*button.Button)
		if !ok || b.Rank == button.Primary {
			continue
		}
		h.layout.plain = append(h.layout.plain, b)
		item := fyne.NewMenuItem(strings.TrimSuffix(b.Text, button.MenuMark), func() { b.Tapped(nil) })
		if len(b.Menu) > 0 {
			item.ChildMenu = fyne.NewMenu("", b.Menu...)
		}
		items = append(items, item)
	}
	if len(items) < 2 {
		h.layout.plain = nil
		return h
	}
	h.layout.more = button.NewMenu(word, items...)
	h.layout.more.Hide()
	all.Objects = append([]fyne.CanvasObject{h.layout.more}, all.Objects...)
	return h
}

// WithBack adds an arrow before the title, for pages that were opened from another one. Pages of the rail have none.
func (h *Header) WithBack(tapped func()) *Header {
	h.back.Objects = []fyne.CanvasObject{button.NewIcon(theme.NavigateBackIcon(), tapped)}
	h.back.Show()
	return h
}

// SetTitle changes the title.
func (h *Header) SetTitle(title string) {
	h.title.Set(title, look.Plain)
	h.Refresh()
}

// SetCount sets the quiet words after the title, as “640 件 · 待核对 12 件”.
func (h *Header) SetCount(count string) {
	h.count.Set(count, look.Quiet)
	h.Refresh()
}

// headLayout sets the way back, title and count at the left and the acts at the right, or below where the width ends.
type headLayout struct {
	width float32          // of the last layout: the height depends on it
	more  *button.Button   // holds the plain acts where there is too little room; nil where they are never folded
	plain []*button.Button // what it holds
	held  []*button.Button // those of plain that are hidden because it holds them, not by their page
}

// fold shows the plain acts, or the menu in their place where the window is short and they do not fit.
func (l *headLayout) fold(o []fyne.CanvasObject) {
	if l.more == nil {
		return
	}
	l.show(false)
	if look.Short() && l.wraps(o) {
		l.show(true)
	}
}

func (l *headLayout) show(folded bool) {
	l.more.Hidden = !folded
	for _, b := range l.held {
		b.Hidden = false
	}
	l.held = nil
	for _, b := range l.plain {
		if folded && !b.Hidden {
			l.held, b.Hidden = append(l.held, b), true
		}
	}
}

// leastCount is the room below which no count is shown, in characters of body text.
const leastCount = 3

// leastTitle is the room that a title keeps on a line of its own, in characters of body text.
const leastTitle = 8

// MinSize is as wide as the least title or the widest act, and as high as the lines of the last layout.
func (l *headLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	back, acts := o[0], o[3]
	name, rows := l.heights(o)
	width := look.Em(leastTitle)
	if back.Visible() {
		width += back.MinSize().Width + lay.Gap8
	}
	height := max(name, rows)
	if l.wraps(o) {
		height = name + lay.Gap8 + rows
	}
	return fyne.NewSize(max(width, acts.MinSize().Width), height)
}

// Layout gives the title what it needs, then the count, and cuts where a line of their own is still too short.
func (l *headLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.fold(o)
	name, rows := l.heights(o)
	across, room := lay.RowWidth(o[3].(*fyne.Container)), size.Width
	if l.wraps(o) {
		across = min(across, size.Width)
		o[3].Resize(fyne.NewSize(across, rows))
		o[3].Move(fyne.NewPos(size.Width-across, name+lay.Gap8))
	} else {
		name = max(name, rows)
		room -= across
		o[3].Resize(fyne.NewSize(across, rows))
		o[3].Move(fyne.NewPos(room, (name-rows)/2))
	}
	x := float32(0)
	set := func(o fyne.CanvasObject, w float32) {
		h := o.MinSize().Height
		o.Resize(fyne.NewSize(w, h))
		o.Move(fyne.NewPos(x, (name-h)/2))
		x += w
	}
	if back := o[0]; back.Visible() {
		set(back, back.MinSize().Width)
		x += lay.Gap8
	}
	title, count := o[1].(*look.CutText), o[2].(*look.CutText)
	set(title, min(title.Whole(), room-x))
	x += lay.Gap16
	left := min(count.Whole(), room-x)
	count.Hidden = left < min(count.Whole(), look.Em(leastCount)) // a mark of what is cut would stand beyond the edge
	set(count, max(0, left))
}

// wraps reports whether the acts stand below the title.
func (l *headLayout) wraps(o []fyne.CanvasObject) bool {
	acts := lay.RowWidth(o[3].(*fyne.Container))
	need := acts + o[1].(*look.CutText).Whole()
	if count := o[2].(*look.CutText); count.Full != "" && !look.Short() {
		need += lay.Gap16 + count.Whole()
	}
	if o[0].Visible() {
		need += o[0].MinSize().Width + lay.Gap8
	}
	return acts > 0 && l.width > 0 && need+lay.Gap16 > l.width
}

// heights are those of the title's line and of the acts.
func (l *headLayout) heights(o []fyne.CanvasObject) (name, acts float32) {
	for _, x := range o[:3] {
		if x.Visible() {
			name = max(name, x.MinSize().Height)
		}
	}
	return name, o[3].MinSize().Height
}

// Page is the frame of a page: the header, a gap, the body taking all that is left, 24 around; less in a short window.
func Page(header, body fyne.CanvasObject) *fyne.Container {
	gap := lay.Gap16
	if look.Short() {
		gap = lay.Gap4
	}
	top := container.New(layout.NewCustomPaddedLayout(0, gap, 0, 0), header)
	return lay.Inset(lay.Around(), container.NewBorder(top, nil, nil, nil, body))
}
