package chart

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// MatrixSide is one row and the column of the same number.
type MatrixSide struct {
	Label, Group string // neighbours of one group are set apart from the next by a line
}

// Matrix shows a symmetric table of counts as shades: paper for none, the darker the more. The number under the
// pointer, or under the last tap, is described in words above. It takes as much room as it is given.
type Matrix struct {
	lay.Box

	Tell func(i, k int) string // the words for a place

	sides  []MatrixSide
	values [][]int
	field  *matrixField
	words  *look.Para
}

// NewMatrix returns the picture of values, which must have as many rows and columns as there are sides. The
// diagonal is left blank. hint stands there until a place is pointed at.
func NewMatrix(sides []MatrixSide, values [][]int, hint string, tell func(i, k int) string) *Matrix {
	m := &Matrix{Tell: tell, sides: sides, values: values}
	m.words = look.NewPara(hint, look.Note, look.Quiet, 30).Fluid()
	m.field = newMatrixField(m)
	// two lines are kept free, so that the picture does not move when a place is described
	words := container.NewStack(lay.Blank(0, 3.2*look.Note.Size()), m.words)
	m.Content = container.NewBorder(lay.Stack(lay.Gap4, words), nil, nil, nil, m.field)
	m.ExtendBaseWidget(m)
	return m
}

// Words returns the description shown now.
func (m *Matrix) Words() string { return m.words.Text() }

// point reports row i and column k and frames the place.
func (m *Matrix) point(i, k int) {
	m.field.row, m.field.col = i, k
	m.words.SetText(m.Tell(i, k))
	m.field.Refresh()
}

// matrixField is the drawn table with its labels.
type matrixField struct {
	widget.BaseWidget

	m        *Matrix
	row, col int // pointed at; -1 for none
	labels   float32
}

func newMatrixField(m *Matrix) *matrixField {
	f := &matrixField{m: m, row: -1, col: -1}
	ruler := look.RulerFor(look.Note.Size(), false)
	for _, s := range m.sides {
		f.labels = max(f.labels, ruler.Width(s.Label), ruler.Width(s.Group))
	}
	f.labels = min(f.labels, 7*look.Note.Size()) + lay.Gap8
	f.ExtendBaseWidget(f)
	return f
}

// cell is the edge of one place.
func (f *matrixField) cell() float32 {
	n := float32(max(len(f.m.sides), 1))
	size := f.Size()
	return max(min((size.Width-f.labels)/n, size.Height/n, look.Note.Size()*2.2), 2)
}

// at returns the place under p; ok is false outside and on the diagonal.
func (f *matrixField) at(p fyne.Position) (i, k int, ok bool) {
	edge := f.cell()
	if p.X < f.labels || p.Y < 0 {
		return 0, 0, false
	}
	i, k = int(p.Y/edge), int((p.X-f.labels)/edge)
	n := len(f.m.sides)
	return i, k, i < n && k < n && i != k
}

func (f *matrixField) point(p fyne.Position) {
	if i, k, ok := f.at(p); ok && (i != f.row || k != f.col) {
		f.m.point(i, k)
	}
}

// Tapped reports the place.
func (f *matrixField) Tapped(e *fyne.PointEvent) { f.point(e.Position) }

// MouseIn reports the place.
func (f *matrixField) MouseIn(e *desktop.MouseEvent) { f.point(e.Position) }

// MouseMoved reports the place.
func (f *matrixField) MouseMoved(e *desktop.MouseEvent) { f.point(e.Position) }

// MouseOut does nothing: the last description stays to be read.
func (f *matrixField) MouseOut() {}

// CreateRenderer implements fyne.Widget.
func (f *matrixField) CreateRenderer() fyne.WidgetRenderer {
	r := &matrixRenderer{
		f:      f,
		frame:  canvas.NewRectangle(color.Transparent),
		ground: canvas.NewRectangle(theme.Color(theme.ColorNameHeaderBackground)),
	}
	r.frame.StrokeWidth, r.frame.StrokeColor = 2, look.Plain.Color()
	most := 1
	for i, row := range f.m.values {
		for k, v := range row {
			if i != k {
				most = max(most, v)
			}
		}
	}
	for i, row := range f.m.values {
		for k, v := range row {
			if v > 0 && i != k {
				r.places = append(r.places, [2]int{i, k})
				r.shades = append(r.shades, canvas.NewRectangle(shade(v, most)))
			}
		}
	}
	for i, s := range f.m.sides {
		r.labels = append(r.labels, look.NewText("", look.Note, look.Quiet))
		if i > 0 && s.Group != f.m.sides[i-1].Group {
			r.bounds = append(r.bounds, i)
			r.lines = append(
				r.lines,
				canvas.NewRectangle(theme.Color(theme.ColorNameInputBorder)),
				canvas.NewRectangle(theme.Color(theme.ColorNameInputBorder)),
			)
		}
	}
	return r
}

// shade is indigo, from thin for one to full for the most.
func shade(v, most int) color.Color {
	c := color.NRGBAModel.Convert(look.Info.Color()).(color.NRGBA)
	return look.Alpha(c, uint8(0x30+(0xFF-0x30)*v/most))
}

type matrixRenderer struct {
	f             *matrixField
	ground, frame *canvas.Rectangle
	shades        []*canvas.Rectangle
	places        [][2]int
	labels        []*canvas.Text
	bounds        []int
	lines         []*canvas.Rectangle // two for each bound
}

// matrixLeast is how large the shades are at least, whatever the number of places.
const matrixLeast = 200

// MinSize keeps three pixels for a place, and matrixLeast for all.
func (r *matrixRenderer) MinSize() fyne.Size {
	n := float32(len(r.f.m.sides))
	side := max(6*n, matrixLeast)
	return fyne.NewSize(r.f.labels+side, side)
}

// Layout sets shades, lines and labels into the room.
func (r *matrixRenderer) Layout(fyne.Size) {
	f := r.f
	edge, left := f.cell(), f.labels
	side := edge * float32(len(f.m.sides))
	r.ground.Resize(fyne.NewSquareSize(side))
	r.ground.Move(fyne.NewPos(left, 0))
	gap := min(edge*0.1, 1)
	for i, p := range r.places {
		r.shades[i].Resize(fyne.NewSquareSize(edge - gap))
		r.shades[i].Move(fyne.NewPos(left+float32(p[1])*edge, float32(p[0])*edge))
	}
	for i, b := range r.bounds {
		at := float32(b)*edge - 1
		r.lines[2*i].Resize(fyne.NewSize(side, 1))
		r.lines[2*i].Move(fyne.NewPos(left, at))
		r.lines[2*i+1].Resize(fyne.NewSize(1, side))
		r.lines[2*i+1].Move(fyne.NewPos(left+at, 0))
	}
	r.label(edge)
	r.frame.Hidden = f.row < 0
	if f.row >= 0 {
		r.frame.Resize(fyne.NewSquareSize(edge))
		r.frame.Move(fyne.NewPos(left+float32(f.col)*edge, float32(f.row)*edge))
	}
}

// label writes the name of each row where rows are high enough, else the groups, each at its first row, as many as
// don't collide.
func (r *matrixRenderer) label(edge float32) {
	ruler, free := look.RulerFor(look.Note.Size(), false), float32(-1)
	for i, t := range r.labels {
		h := t.MinSize().Height
		y := (float32(i)+0.5)*edge - h/2
		t.Text = r.f.m.sides[i].Label
		if edge < h*0.9 {
			first := i == 0 || r.f.m.sides[i-1].Group != r.f.m.sides[i].Group
			t.Text, y = r.f.m.sides[i].Group, max(float32(i)*edge, 0)
			if !first || y < free || y+h > r.f.Size().Height {
				t.Text = ""
			}
		}
		if t.Text != "" {
			free = y + h*0.9
			t.Text = ruler.Cut(t.Text, r.f.labels-lay.Gap8)
		}
		t.Resize(fyne.NewSize(r.f.labels-lay.Gap8, h))
		t.Move(fyne.NewPos(0, max(y, 0)))
	}
}

// Refresh redraws.
func (r *matrixRenderer) Refresh() {
	r.Layout(r.f.Size())
	canvas.Refresh(r.f)
}

// Objects lists what is drawn, from the back.
func (r *matrixRenderer) Objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{r.ground}
	for _, s := range r.shades {
		out = append(out, s)
	}
	for _, l := range r.lines {
		out = append(out, l)
	}
	for _, l := range r.labels {
		out = append(out, l)
	}
	return append(out, r.frame)
}

// Destroy does nothing.
func (r *matrixRenderer) Destroy() {}
