package lay

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Tiles sets objects of equal size in as few rows as fit when each is at least min wide, rows as even as can be.
func Tiles(gap, min float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&tileLayout{gap: gap, min: min}, objects...)
}

// Flow sets objects side by side at their own widths and goes on in a new line where the width ends.
func Flow(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&flowLayout{gap: gap}, objects...)
}

type tileLayout struct {
	gap, min float32
	columns  int // of the last layout: the height depends on the width
}

// MinSize is one tile wide and as high as the rows of the last layout.
func (l *tileLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	shown := visible(objects)
	if len(shown) == 0 {
		return fyne.Size{}
	}
	cell := l.cell(shown)
	rows := (len(shown) + max(l.columns, 1) - 1) / max(l.columns, 1)
	return fyne.NewSize(cell.Width, float32(rows)*(cell.Height+l.gap)-l.gap)
}

// Layout fills rows from the left.
func (l *tileLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	shown := visible(objects)
	if len(shown) == 0 {
		return
	}
	cell := l.cell(shown)
	fit := min(max(int((size.Width+l.gap)/(cell.Width+l.gap)), 1), len(shown))
	rows := (len(shown) + fit - 1) / fit
	l.columns = (len(shown) + rows - 1) / rows // 4 and 3 rather than 6 and a lonely one
	w := (size.Width - l.gap*float32(l.columns-1)) / float32(l.columns)
	for i, o := range shown {
		o.Resize(fyne.NewSize(w, cell.Height))
		o.Move(fyne.NewPos(float32(i%l.columns)*(w+l.gap), float32(i/l.columns)*(cell.Height+l.gap)))
	}
}

func (l *tileLayout) cell(shown []fyne.CanvasObject) fyne.Size {
	cell := fyne.NewSize(l.min, 0)
	for _, o := range shown {
		cell = cell.Max(o.MinSize())
	}
	return cell
}

type flowLayout struct {
	gap   float32
	width float32 // of the last layout: the height depends on it
}

// MinSize is as wide as the widest object and as high as the lines of the last layout; one line before the first.
func (l *flowLayout) MinSize(objects []fyne.CanvasObject) (min fyne.Size) {
	for _, o := range visible(objects) {
		min.Width = max(min.Width, o.MinSize().Width)
	}
	min.Height = l.place(objects, l.width, func(fyne.CanvasObject, fyne.Position, fyne.Size) {})
	return min
}

// Layout fills line after line.
func (l *flowLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.place(objects, size.Width, func(o fyne.CanvasObject, at fyne.Position, size fyne.Size) {
		o.Resize(size)
		o.Move(at)
	})
}

// place says where each object goes in width (0: endless) and returns the height.
func (l *flowLayout) place(
	objects []fyne.CanvasObject,
	width float32,
	set func(fyne.CanvasObject, fyne.Position, fyne.Size),
) float32 {
	var x, y, line float32
	for _, o := range visible(objects) {
		m := o.MinSize()
		if x > 0 && width > 0 && x+m.Width > width {
			x, y, line = 0, y+line+l.gap, 0
		}
		set(o, fyne.NewPos(x, y), m)
		x, line = x+m.Width+l.gap, max(line, m.Height)
	}
	return y + line
}

// RowWidth is the width of a flow's objects side by side.
func RowWidth(flow *fyne.Container) float32 {
	return (&rowLayout{Gap8}).MinSize(flow.Objects).Width
}

type spreadLayout struct{ width float32 } // of the last layout: the height depends on it

// MinSize is as wide as the wider of the two, and as high as the last layout made them.
func (l *spreadLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	left, right := o[0].MinSize(), o[1].MinSize()
	if l.below(left, right) {
		return fyne.NewSize(max(left.Width, right.Width), left.Height+Gap4+right.Height)
	}
	return left.Max(right)
}

// Layout gives each its own width; side by side, both have the whole height.
func (l *spreadLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	left, right := o[0].MinSize(), o[1].MinSize()
	at := fyne.NewPos(size.Width-right.Width, 0)
	if l.below(left, right) {
		at.Y = left.Height + Gap4
	} else {
		left.Height, right.Height = size.Height, size.Height
	}
	o[0].Resize(left)
	o[0].Move(fyne.NewPos(0, 0))
	o[1].Resize(right)
	o[1].Move(at)
}

func (l *spreadLayout) below(left, right fyne.Size) bool {
	return l.width > 0 && left.Width+right.Width > l.width
}
