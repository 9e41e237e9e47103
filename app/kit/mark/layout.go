package mark

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// markLayout sets a mark's parts in one line where there is room. Else its label stands above its input or, where the
// bands need a line of their own, next to it: two lines in any case. The note is left out where there is no room for
// it, and the slide where it would be too short to be hit. The order of objects is that of the constants.
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

// label is the room for the label in front of the input: the same for all marks with bands, so that their inputs
// stand below each other.
func (l *markLayout) label(o []fyne.CanvasObject) float32 {
	if o[partBands].MinSize().Width > 0 {
		return look.Em(markLabel)
	}
	return min(o[partLabel].(*look.CutText).Whole(), look.Em(markLabel))
}

// oneLine reports whether all but note and slide stand in one line.
func (l *markLayout) oneLine(o []fyne.CanvasObject) bool {
	return l.width >= l.label(o)+lay.Gap8+l.line(o)+lay.Gap8+o[partBands].MinSize().Width
}

// bandsBelow reports whether the bands need a line of their own.
func (l *markLayout) bandsBelow(o []fyne.CanvasObject) bool {
	return !l.oneLine(o) && o[partBands].MinSize().Width+lay.Gap8 > l.width-l.line(o)
}

// above reports whether the label has a line of its own.
func (l *markLayout) above(o []fyne.CanvasObject) bool {
	return !l.oneLine(o) && (!l.bandsBelow(o) || l.width < l.label(o)+lay.Gap8+l.line(o))
}

// MinSize asks for the width of the input's line and the height of the last layout.
func (l *markLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	h := o[partInput].MinSize().Height
	if l.above(o) {
		h += o[partLabel].MinSize().Height
	}
	if l.bandsBelow(o) {
		h += o[partBands].MinSize().Height + lay.Gap4
	}
	if o[partBelow].Visible() {
		h += o[partBelow].MinSize().Height + lay.Gap4
	}
	return fyne.NewSize(max(l.line(o), o[partBands].MinSize().Width), h)
}

// Layout places all parts.
func (l *markLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	x, y := l.name(o)
	line, end := o[partInput].MinSize().Height, size.Width
	for _, part := range []struct {
		o    fyne.CanvasObject
		wide float32
	}{
		{o[partLess], o[partLess].MinSize().Width}, {o[partInput], look.Em(markInput)},
		{o[partMore], o[partMore].MinSize().Width}, {o[partMost], look.Em(markMost)},
	} {
		put(part.o, x, y, part.wide, line)
		x += part.wide + lay.Gap8
	}
	bottom, bands := y+line, o[partBands].MinSize()
	if l.bandsBelow(o) {
		put(o[partBands], max(0, end-bands.Width), bottom+lay.Gap4, bands.Width, bands.Height)
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

// name places label and note, and returns where the input goes.
func (l *markLayout) name(o []fyne.CanvasObject) (x, y float32) {
	line, note := o[partInput].MinSize().Height, o[partNote].(*canvas.Text)
	if !l.above(o) {
		put(o[partLabel], 0, 0, l.label(o), line)
		x = l.label(o) + lay.Gap8
		room := l.width - x - l.line(o) - look.Em(markNote) - lay.Gap8
		if !l.bandsBelow(o) {
			room -= o[partBands].MinSize().Width + lay.Gap8
		}
		if note.Hidden = room < 0; room >= 0 {
			put(note, x, 0, look.Em(markNote), line)
			x += look.Em(markNote) + lay.Gap8
		}
		return x, 0
	}
	head := o[partLabel].MinSize().Height
	label := min(o[partLabel].(*look.CutText).Whole(), l.width-look.Em(markNote)-lay.Gap8)
	put(o[partLabel], 0, 0, label, head)
	note.Hidden = false
	put(note, label+lay.Gap8, 0, look.Em(markNote), head)
	return 0, head
}

// put sets o in the room given, centred in height if it is lower.
func put(o fyne.CanvasObject, x, y, w, h float32) {
	m := min(o.MinSize().Height, h)
	o.Resize(fyne.NewSize(w, m))
	o.Move(fyne.NewPos(x, y+(h-m)/2))
}
