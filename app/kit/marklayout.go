package kit

import "fyne.io/fyne/v2"

// markLayout sets a mark's parts in one line where there is room, else label and band above input and slide, so
// that marks fit a narrow pane. The order of objects is label, note, input, most, slide, band, hint or fault.
type markLayout struct {
	width float32 // of the last layout: the height depends on it
}

// Widths in Chinese characters of body text, so that the parts of several marks stand below each other.
const (
	markLabel = 7
	markNote  = 3
	markInput = 4.5
	markMost  = 2.5
	markSlide = 4
	markBand  = 4
)

func (l *markLayout) oneLine() bool {
	return l.width >= Em(markLabel+markNote+markInput+markMost+markSlide+markBand)+5*Gap8
}

// MinSize asks for the width of two lines and the height of the last layout.
func (l *markLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	h := o[2].MinSize().Height
	if !l.oneLine() {
		h += o[0].MinSize().Height + Gap4
	}
	if o[6].Visible() {
		h += o[6].MinSize().Height + Gap4
	}
	return fyne.NewSize(Em(markInput+markMost+markSlide)+2*Gap8, h)
}

// Layout places all parts.
func (l *markLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	y, line := float32(0), o[2].MinSize().Height
	x, end := float32(0), size.Width
	if l.oneLine() {
		put(o[0], 0, 0, Em(markLabel), line)
		put(o[1], Em(markLabel)+Gap8, 0, Em(markNote), line)
		x = Em(markLabel+markNote) + 2*Gap8
		end -= Em(markBand) + Gap8
		put(o[5], end+Gap8, 0, Em(markBand), line)
	} else {
		head := o[0].MinSize().Height
		band := o[5].MinSize().Width
		label := min(o[0].(*CutText).whole(), size.Width-band-Em(markNote)-2*Gap8)
		put(o[0], 0, 0, label, head)
		put(o[1], label+Gap8, 0, Em(markNote), head)
		put(o[5], size.Width-band, 0, band, head)
		y = head + Gap4
	}
	put(o[2], x, y, Em(markInput), line)
	put(o[3], x+Em(markInput)+Gap8, y, Em(markMost), line)
	slide := x + Em(markInput+markMost) + 2*Gap8
	put(o[4], slide, y, end-slide, line)
	put(o[6], 0, y+line+Gap4, size.Width, o[6].MinSize().Height)
}

// put sets o in the room given, centred in height if it is lower.
func put(o fyne.CanvasObject, x, y, w, h float32) {
	m := min(o.MinSize().Height, h)
	o.Resize(fyne.NewSize(w, m))
	o.Move(fyne.NewPos(x, y+(h-m)/2))
}
