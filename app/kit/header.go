package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// PageHeader is the top of a page: a way back, the title with its count, and the page's one primary act.
type PageHeader struct {
	box

	title, count *canvas.Text
	acts         *fyne.Container
	back         *fyne.Container
}

// NewPageHeader returns a header with a title, followed by the buttons that act on the whole page: plain ones first, the primary one last.
func NewPageHeader(title string, acts ...fyne.CanvasObject) *PageHeader {
	h := &PageHeader{title: NewStrong(title, Title, Plain), count: NewText("", Section, Quiet)}
	h.acts, h.back = Row(Gap8, acts...), container.NewStack()
	h.back.Hide()
	name := Row(Gap8, h.back, h.title, Blank(Gap4, 0), h.count)
	h.content = Spread(name, h.acts)
	h.ExtendBaseWidget(h)
	return h
}

// WithBack adds an arrow before the title, for pages that were opened from another one.
func (h *PageHeader) WithBack(tapped func()) *PageHeader {
	h.back.Objects = []fyne.CanvasObject{NewIconButton(theme.NavigateBackIcon(), tapped)}
	h.back.Show()
	return h
}

// SetTitle changes the title.
func (h *PageHeader) SetTitle(title string) {
	h.title.Text = title
	h.Refresh()
}

// SetCount sets the quiet words after the title, as “640 件 · 待核对 12 件”.
func (h *PageHeader) SetCount(count string) {
	h.count.Text = count
	h.Refresh()
}
