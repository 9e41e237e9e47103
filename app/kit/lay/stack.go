package lay

import (
	"slices"

	"fyne.io/fyne/v2"
)

// stackLayout sets objects one below the other. It does so again when a height is another than it was laid out for:
// of two objects that change in one frame, the toolkit (EnsureMinSize of its canvas, 2.7.1) keeps only the last one in
// mind, and the other one would lie over what stands below it.
type stackLayout struct {
	gap     float32
	size    fyne.Size // of the last layout
	heights []float32 // of what was visible then; nil: it was never laid out
}

// MinSize is the greatest width, and the sum of heights and gaps.
func (l *stackLayout) MinSize(objects []fyne.CanvasObject) (least fyne.Size) {
	var heights []float32
	for i, o := range visible(objects) {
		m := o.MinSize()
		heights = append(heights, m.Height)
		if least = fyne.NewSize(max(least.Width, m.Width), least.Height+m.Height); i > 0 {
			least.Height += l.gap
		}
	}
	if l.heights != nil && !slices.Equal(heights, l.heights) {
		l.Layout(objects, l.size)
	}
	return least
}

// Layout gives each object its own height and the full width.
func (l *stackLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	shown := visible(objects)
	heights := make([]float32, len(shown))
	for i, o := range shown {
		heights[i] = o.MinSize().Height
	}
	l.size, l.heights = size, heights
	y := float32(0)
	for i, o := range shown {
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(size.Width, heights[i]))
		y += heights[i] + l.gap
	}
}
