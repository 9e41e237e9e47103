package status

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit/button"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// NewEmpty says in the middle of an empty place what it is for and what to do, with one button or nil. Where the place
// is narrower than its lines, they are broken.
func NewEmpty(title, text string, act *button.Button) fyne.CanvasObject {
	l := &emptyLayout{}
	out := container.New(l, l.line(title, look.Section, look.Plain, 30))
	if text != "" {
		out.Add(l.line(text, look.Body, look.Quiet, evenChars(text, 30)))
	}
	if act != nil {
		out.Add(act)
	}
	return out
}

// emptyLayout sets its objects below each other in the middle.
type emptyLayout struct{ wide []float32 } // the widest lines of the texts, which come first

// line is a text that gives way to a narrow place.
func (l *emptyLayout) line(text string, role look.Role, tone look.Tone, chars float32) fyne.CanvasObject {
	p := look.NewPara(text, role, tone, chars)
	l.wide = append(l.wide, p.MinSize().Width)
	return p.Fluid()
}

// most is how wide object i gets at most.
func (l *emptyLayout) most(i int, o fyne.CanvasObject) float32 {
	if i < len(l.wide) {
		return l.wide[i]
	}
	return o.MinSize().Width
}

// below is the room under object i.
func (l *emptyLayout) below(i, n int) float32 {
	switch {
	case i == n-1:
		return 0
	case i+1 == len(l.wide): // before the button
		return 2*lay.Gap8 + lay.Gap8
	}
	return lay.Gap8
}

// MinSize is that of texts that need not be broken.
func (l *emptyLayout) MinSize(objects []fyne.CanvasObject) (size fyne.Size) {
	for i, o := range objects {
		size.Width = max(size.Width, l.most(i, o))
		size.Height += o.MinSize().Height + l.below(i, len(objects))
	}
	return size
}

// Layout breaks the texts, then sets all in the middle.
func (l *emptyLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	high := float32(0)
	for i, o := range objects {
		// a text's lines must find a little more room than they are wide, or they are broken once more
		o.Resize(fyne.NewSize(min(l.most(i, o)*1.01+lay.Gap4, size.Width), o.MinSize().Height))
		o.Resize(fyne.NewSize(o.Size().Width, o.MinSize().Height))
		high += o.Size().Height + l.below(i, len(objects))
	}
	y := max((size.Height-high)/2, 0)
	for i, o := range objects {
		o.Move(fyne.NewPos((size.Width-min(l.most(i, o), size.Width))/2, y))
		y += o.Size().Height + l.below(i, len(objects))
	}
}

// evenChars returns how many characters a line of text may have, at most most, so that its lines come out alike and
// no word is left alone.
func evenChars(text string, most float32) float32 {
	chars := look.RulerFor(look.Body.Size(), false).Width(text) / look.Body.Size()
	if chars <= most {
		return most
	}
	lines := float32(math.Ceil(float64(chars / most)))
	return min(chars/lines+2, most)
}
