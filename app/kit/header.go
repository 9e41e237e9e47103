package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// PageHeader is the top of a page: a way back, the title with its count, and the page's one primary act.
// Where all of it does not fit side by side, the acts go below the title.
type PageHeader struct {
	box

	title, count *CutText
	back         *fyne.Container
}

// NewPageHeader returns a header with a title, followed by the buttons that act on the whole page: plain ones
// first, the primary one last.
func NewPageHeader(title string, acts ...fyne.CanvasObject) *PageHeader {
	h := &PageHeader{
		title: NewStrongCut(title, Title),
		count: NewCutText("", Section, Quiet),
		back:  container.NewStack(),
	}
	h.back.Hide()
	h.content = container.New(&headLayout{}, h.back, h.title, h.count, Flow(Gap8, acts...))
	h.ExtendBaseWidget(h)
	return h
}

// WithBack adds an arrow before the title, for pages that were opened from another one. Pages of the rail have none.
func (h *PageHeader) WithBack(tapped func()) *PageHeader {
	h.back.Objects = []fyne.CanvasObject{NewIconButton(theme.NavigateBackIcon(), tapped)}
	h.back.Show()
	return h
}

// SetTitle changes the title.
func (h *PageHeader) SetTitle(title string) {
	h.title.Set(title, Plain)
	h.Refresh()
}

// SetCount sets the quiet words after the title, as “640 件 · 待核对 12 件”.
func (h *PageHeader) SetCount(count string) {
	h.count.Set(count, Quiet)
	h.Refresh()
}

// headLayout sets the way back, title and count at the left and the acts at the right, or below where the width ends.
type headLayout struct {
	width float32 // of the last layout: the height depends on it
}

// leastTitle is the room that a title keeps on a line of its own, in characters of body text.
const leastTitle = 8

// MinSize is as wide as the least title or the widest act, and as high as the lines of the last layout.
func (l *headLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	back, acts := o[0], o[3]
	name, rows := l.heights(o)
	width := Em(leastTitle)
	if back.Visible() {
		width += back.MinSize().Width + Gap8
	}
	height := max(name, rows)
	if l.wraps(o) {
		height = name + Gap8 + rows
	}
	return fyne.NewSize(max(width, acts.MinSize().Width), height)
}

// Layout gives the title what it needs, then the count, and cuts where a line of their own is still too short.
func (l *headLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	name, rows := l.heights(o)
	across, room := rowWidth(o[3].(*fyne.Container)), size.Width
	if l.wraps(o) {
		across = min(across, size.Width)
		o[3].Resize(fyne.NewSize(across, rows))
		o[3].Move(fyne.NewPos(size.Width-across, name+Gap8))
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
		x += Gap8
	}
	title, count := o[1].(*CutText), o[2].(*CutText)
	set(title, min(title.whole(), room-x))
	x += Gap16
	set(count, max(0, min(count.whole(), room-x)))
}

// wraps reports whether the acts stand below the title.
func (l *headLayout) wraps(o []fyne.CanvasObject) bool {
	acts := rowWidth(o[3].(*fyne.Container))
	need := acts + o[1].(*CutText).whole()
	if count := o[2].(*CutText); count.full != "" {
		need += Gap16 + count.whole()
	}
	if o[0].Visible() {
		need += o[0].MinSize().Width + Gap8
	}
	return acts > 0 && l.width > 0 && need+Gap16 > l.width
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
