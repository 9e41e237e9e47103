package status

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// Progress says how far something is: a bar with words before it and the count after it.
type Progress struct {
	lay.Box

	label, count, left *canvas.Text
	bar                *Gauge
}

// NewProgress returns an empty line; its bar is width Chinese characters long, or takes what is left if width
// is 0.
func NewProgress(label string, width float32) *Progress {
	p := &Progress{
		label: look.NewText(label, look.Note, look.Quiet),
		count: look.NewText("", look.Note, look.Quiet),
		left:  look.NewText("", look.Note, look.Quiet),
		bar:   NewGauge(look.Info),
	}
	p.left.Hide()
	middle := fyne.CanvasObject(container.New(&middleLayout{look.Em(width), lay.Gap8}, p.bar))
	p.Content = container.NewBorder(nil, nil, p.label, lay.Row(lay.Gap8, p.count, p.left), middle)
	if width > 0 {
		p.Content = lay.Row(lay.Gap8, p.label, middle, p.count, p.left)
	}
	p.ExtendBaseWidget(p)
	return p
}

// Set shows done of total pieces; a total of 0 shows an empty bar and the count done so far.
func (p *Progress) Set(label string, done, total int) {
	p.label.Text, p.count.Text = label, ""
	switch {
	case total > 0:
		p.count.Text = fmt.Sprintf("%d/%d", done, total)
		p.bar.Set(float32(done)/float32(total), look.Info)
	case done > 0:
		p.count.Text = fmt.Sprint(done)
		p.bar.Set(0, look.Info)
	default:
		p.bar.Set(0, look.Info)
	}
	p.Refresh()
}

// SetLeft says after the count how long it still takes; "" says nothing.
func (p *Progress) SetLeft(words string) {
	p.left.Text, p.left.Hidden = words, words == ""
	p.Refresh()
}

// Gauge is a bar from the left over a faint track.
type Gauge struct {
	lay.Box

	fill   *canvas.Rectangle
	layout *gaugeLayout
}

// GaugeHeight is the height of a gauge in device-independent pixels.
const GaugeHeight float32 = 6

// NewGauge returns an empty bar in the colour of tone.
func NewGauge(tone look.Tone) *Gauge {
	track := canvas.NewRectangle(theme.Color(theme.ColorNameSeparator))
	g := &Gauge{fill: canvas.NewRectangle(tone.Color()), layout: &gaugeLayout{}}
	track.CornerRadius, g.fill.CornerRadius = GaugeHeight/2, GaugeHeight/2
	g.Content = container.New(g.layout, track, g.fill)
	g.ExtendBaseWidget(g)
	return g
}

// Set fills the share, cut to 0..1, in the colour of tone.
func (g *Gauge) Set(share float32, tone look.Tone) {
	g.layout.share = min(max(share, 0), 1)
	g.fill.FillColor = tone.Color()
	g.Refresh()
}

type gaugeLayout struct{ share float32 }

// MinSize is that of a short bar.
func (l *gaugeLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(24, GaugeHeight) }

// Layout fills the share.
func (l *gaugeLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(size)
	objects[1].Resize(fyne.NewSize(size.Width*l.share, size.Height))
}

// middleLayout centres an object in height with a gap at both sides.
type middleLayout struct{ width, gap float32 }

// MinSize is at least width.
func (l *middleLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	m := objects[0].MinSize()
	return fyne.NewSize(max(m.Width, l.width)+2*l.gap, m.Height)
}

// Layout keeps the object's own height.
func (l *middleLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	h := objects[0].MinSize().Height
	objects[0].Resize(fyne.NewSize(size.Width-2*l.gap, h))
	objects[0].Move(fyne.NewPos(l.gap, (size.Height-h)/2))
}
