package mark

import (
	"fyne.io/fyne/v2"

	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// markLayout sets a mark's parts in one line where there is room, else its label above its input. The slide is
// left out where it would be too short to be hit, and the bands get a line of their own where they don't fit. The
// order of objects is that of the constants.
type markLayout struct {
	width float32 // of the last layout: the height depends on it
}

// The places of a mark's parts among the objects.
const (
	partLabel = iota
	partNote
	partLess
	partInput
	partMore
	partMost
	partSlide
	partBands
	partBelow
)

// Widths in Chinese characters of body text, so that the parts of several marks stand below each other.
const (
	markLabel = 7
	markNote  = 3
	markInput = 4
	markMost  = 2.5
)

// slideLeast is the length in pixels below which a slide can't be set to the point.
const slideLeast = 200

// line is the width of what stands next to the input, without slide and bands.
func (l *markLayout) line(o []fyne.CanvasObject) float32 {
	return o[partLess].MinSize().Width + look.Em(
		markInput,
	) + o[partMore].MinSize().Width + look.Em(markMost) + 3*lay.Gap8
}

func (l *markLayout) oneLine(o []fyne.CanvasObject) bool {
	return l.width >= look.Em(
		markLabel+markNote,
	)+2*lay.Gap8+l.line(o)+2*lay.Gap8+slideLeast+o[partBands].MinSize().Width
}

// bandsBelow reports whether the bands need a line of their own.
func (l *markLayout) bandsBelow(o []fyne.CanvasObject) bool {
	return o[partBands].MinSize().Width+lay.Gap8 > l.width-l.line(o)
}

// MinSize asks for the width of the input's line and the height of the last layout.
func (l *markLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	h := o[partInput].MinSize().Height
	if !l.oneLine(o) {
		h += o[partLabel].MinSize().Height
		if l.bandsBelow(o) {
			h += o[partBands].MinSize().Height + lay.Gap4
		}
	}
	if o[partBelow].Visible() {
		h += o[partBelow].MinSize().Height + lay.Gap4
	}
	return fyne.NewSize(max(l.line(o), o[partBands].MinSize().Width), h)
}

// Layout places all parts.
func (l *markLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	y, line := float32(0), o[partInput].MinSize().Height
	x, end := float32(0), size.Width
	bands := o[partBands].MinSize()
	if l.oneLine(o) {
		put(o[partLabel], 0, 0, look.Em(markLabel), line)
		put(o[partNote], look.Em(markLabel)+lay.Gap8, 0, look.Em(markNote), line)
		x = look.Em(markLabel+markNote) + 2*lay.Gap8
	} else {
		head := o[partLabel].MinSize().Height
		label := min(o[partLabel].(*look.CutText).Whole(), size.Width-look.Em(markNote)-lay.Gap8)
		put(o[partLabel], 0, 0, label, head)
		put(o[partNote], label+lay.Gap8, 0, look.Em(markNote), head)
		y = head
	}
	for _, part := range []struct {
		o    fyne.CanvasObject
		wide float32
		gap  float32
	}{
		{o[partLess], o[partLess].MinSize().Width, lay.Gap8}, {o[partInput], look.Em(markInput), lay.Gap8},
		{o[partMore], o[partMore].MinSize().Width, lay.Gap8}, {o[partMost], look.Em(markMost), lay.Gap8},
	} {
		put(part.o, x, y, part.wide, line)
		x += part.wide + part.gap
	}
	bottom := y + line
	if l.bandsBelow(o) && !l.oneLine(o) {
		put(o[partBands], 0, bottom+lay.Gap4, bands.Width, bands.Height)
		bottom += lay.Gap4 + bands.Height
	} else {
		end -= bands.Width
		put(o[partBands], end, y, bands.Width, line)
		end -= lay.Gap8
	}
	o[partSlide].(*slide).Hidden = end-x < slideLeast
	put(o[partSlide], x, y, max(end-x, 0), line)
	put(o[partBelow], 0, bottom+lay.Gap4, size.Width, o[partBelow].MinSize().Height)
}

// put sets o in the room given, centred in height if it is lower.
func put(o fyne.CanvasObject, x, y, w, h float32) {
	m := min(o.MinSize().Height, h)
	o.Resize(fyne.NewSize(w, m))
	o.Move(fyne.NewPos(x, y+(h-m)/2))
}
