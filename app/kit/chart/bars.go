package chart

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// Bar is one value to be seen against its limits.
type Bar struct {
	Label     string
	Value     float64 // not negative
	Low, High float64 // the limits; High 0 means none
	Text      string  // the value in words, as “23 件”
}

// Tone is Problem above the limits, Waiting below them, Info otherwise.
func (b Bar) Tone() look.Tone {
	switch {
	case b.High > 0 && b.Value > b.High:
		return look.Problem
	case b.Value < b.Low:
		return look.Waiting
	}
	return look.Info
}

// NewBars draws bars below each other on one scale: labels flush left, limits as thin marks, values flush right
// with the shape of their tone.
func NewBars(bars []Bar) fyne.CanvasObject {
	var most float64
	var label, text float32
	for _, b := range bars {
		most = max(most, b.Value, b.High, b.Low)
		label = max(label, look.RulerFor(look.Body.Size(), false).Width(b.Label))
		text = max(text, look.RulerFor(look.Body.Size(), false).Width(b.Text))
	}
	label = min(label, look.Em(10))
	list := lay.Stack(lay.Gap4)
	for _, b := range bars {
		list.Add(newBarRow(b, max(most, 1), label, text))
	}
	return list
}

func newBarRow(b Bar, most float64, label, text float32) fyne.CanvasObject {
	name := look.NewText(look.RulerFor(look.Body.Size(), false).Cut(b.Label, label), look.Body, look.Plain)
	value := look.NewText(b.Text, look.Body, b.Tone())
	if b.Tone() == look.Info {
		value.Color = look.Plain.Color()
	}
	value.Alignment = fyne.TextAlignTrailing
	track := canvas.NewRectangle(theme.Color(theme.ColorNameHeaderBackground))
	fill := canvas.NewRectangle(b.Tone().Color())
	l := &barLayout{bar: b, most: most, label: label, text: text}
	objects := []fyne.CanvasObject{name, value, track, fill}
	for range l.limits() {
		objects = append(objects, canvas.NewRectangle(look.Quiet.Color()))
	}
	return container.New(l, objects...)
}

// barLayout places label, value, track, fill and limit marks, in this order.
type barLayout struct {
	bar         Bar
	most        float64
	label, text float32
}

func (l *barLayout) limits() []float64 {
	var out []float64
	if l.bar.Low > 0 {
		out = append(out, l.bar.Low)
	}
	if l.bar.High > 0 {
		out = append(out, l.bar.High)
	}
	return out
}

// MinSize leaves a track of six characters.
func (l *barLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(l.label+l.text+2*lay.Gap16+look.Em(6), look.RowHeight()-lay.Gap8)
}

// Layout gives the track the width that label and value leave.
func (l *barLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	for i, x := range []float32{0, size.Width - l.text} {
		m := o[i].MinSize()
		o[i].Resize(fyne.NewSize(max(m.Width, []float32{0, l.text}[i]), m.Height))
		o[i].Move(fyne.NewPos(x, (size.Height-m.Height)/2))
	}
	left, thick := l.label+lay.Gap16, look.Em(0.6)
	width := size.Width - left - l.text - lay.Gap16
	scale := width / float32(l.most)
	y := (size.Height - thick) / 2
	o[2].Resize(fyne.NewSize(width, thick))
	o[2].Move(fyne.NewPos(left, y))
	o[3].Resize(fyne.NewSize(scale*float32(l.bar.Value), thick))
	o[3].Move(fyne.NewPos(left, y))
	for i, limit := range l.limits() {
		o[4+i].Resize(fyne.NewSize(2, thick+2*lay.Gap4))
		o[4+i].Move(fyne.NewPos(left+scale*float32(limit)-1, y-lay.Gap4))
	}
}
