package viewer

import (
	"io"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit/lay"
	"fayi/app/kit/look"
	"fayi/judging/filetype"
	"fayi/judging/media/prose"
)

// maxText is the most bytes of a text or a Word document that are read.
const maxText = 64 << 20

// readPaper reads the words of a text or a Word document; of a PDF it only says that it is one, and of other
// documents nothing: they are for other programs. Errors: those of media.Prose.
func readPaper(r io.Reader) (*leaf, error) {
	raw, err := io.ReadAll(io.LimitReader(r, maxText+1))
	if err != nil {
		return nil, err
	}
	head := raw[:min(len(raw), filetype.HeadSize)]
	switch filetype.Of(head, "").Show {
	case filetype.AsPages:
		return &leaf{pages: true}, nil
	case filetype.AsWords:
		pieces, err := prose.Pieces(raw)
		if err != nil {
			return nil, err
		}
		text, lost := passages(pieces)
		return &leaf{text: text, lost: lost}, nil
	}
	return &leaf{}, nil
}

// indent is how a paragraph begins.
const indent = "\u3000\u3000"

// paragraphs cuts a text at its line ends and gives each the indent readers expect.
func paragraphs(text string) []string {
	var out []string
	for line := range strings.SplitSeq(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", " ").Replace(text), "\n") {
		clean := strings.TrimSpace(strings.Map(printable, line))
		if clean != "" {
			out = append(out, indent+clean)
		}
	}
	return out
}

func printable(r rune) rune {
	if r < ' ' || r == 0x7F || r == utf8.RuneError {
		return -1
	}
	return r
}

// lineChars is the length of a line for reading.
const lineChars = 36

// essay shows paragraphs in large type, with the pictures between them, to be scrolled through. Only those in
// sight are drawn.
type essay struct {
	widget.BaseWidget

	scroll *container.Scroll
	page   *fyne.Container
}

func newEssay(text []passage) *essay {
	place := &essayLayout{}
	e := &essay{page: container.New(place)}
	for _, p := range text {
		if p.picture != nil {
			e.page.Add(newFigure(p.picture))
		} else {
			e.page.Add(look.NewPara(p.words, look.Section, look.Plain, lineChars).Fluid())
		}
	}
	e.scroll = lay.VScroll(e.page)
	e.scroll.OnScrolled = func(fyne.Position) { e.show() }
	place.placed = e.show
	e.ExtendBaseWidget(e)
	return e
}

// CreateRenderer implements fyne.Widget.
func (e *essay) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(lay.Sheet(0, e.scroll))
}

// show hides what is more than a page away.
func (e *essay) show() {
	at, page := e.scroll.Offset.Y, e.scroll.Size().Height
	for _, o := range e.page.Objects {
		y := o.Position().Y
		if hidden := y > at+2*page || y+o.Size().Height < at-page; hidden == o.Visible() {
			setHidden(o, hidden)
		}
	}
}

// turn goes on by a page less a line or two.
func (e *essay) turn() {
	page := e.scroll.Size().Height - 2*look.Section.Size()*1.6
	e.scroll.ScrollToOffset(e.scroll.Offset.AddXY(0, max(page, 0)))
}

func setHidden(o fyne.CanvasObject, hidden bool) {
	if hidden {
		o.Hide()
		return
	}
	o.Show()
}

// essayLayout sets paragraphs below each other, hidden ones too, in a column in the middle.
type essayLayout struct {
	height float32
	width  float32
	placed func()
}

// MinSize is as high as the last layout came out.
func (l *essayLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(8*look.Section.Size(), l.height)
}

// Layout breaks the lines again where the width changed.
func (l *essayLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if size.Width == l.width {
		return
	}
	l.width = size.Width
	w := min(size.Width-2*lay.Gap24, lineChars*look.Section.Size())
	y := lay.Gap24
	for _, o := range objects {
		o.Resize(fyne.NewSize(w, 0))
		h := o.MinSize().Height
		o.Resize(fyne.NewSize(w, h))
		o.Move(fyne.NewPos((size.Width-w)/2, y))
		y += h + look.Section.Size()*0.6
	}
	l.height = y + lay.Gap24
	l.placed()
}
