package field

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit/choice"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// LineColumn is a column of Lines: its title, its least width in Chinese characters and its share of the room left
// over, 0 to stay at the least.
type LineColumn struct {
	Title       string
	Min, Weight float32
}

// Lines is a table to fill in, as on paper: a head, and below it lines of inputs, each with room for what is wrong
// with it.
type Lines struct {
	lay.Box

	columns []LineColumn
	least   []float32 // what each column needs, so that all lines stand under their head
	rows    *fyne.Container
	notes   []*LineNote
}

// Notes returns the notes below the lines.
func (l *Lines) Notes() []*LineNote { return l.notes }

// NewLines returns a table without lines.
func NewLines(columns ...LineColumn) *Lines {
	l := &Lines{columns: columns, least: make([]float32, len(columns)), rows: lay.Stack(lay.Gap8)}
	var heads []fyne.CanvasObject
	for _, c := range columns {
		heads = append(heads, look.NewCutText(c.Title, look.Note, look.Quiet))
	}
	l.Content = lay.Stack(lay.Gap4, l.split(heads), l.rows)
	l.ExtendBaseWidget(l)
	return l
}

// Add adds a line with a cell for each column and returns the note below it.
func (l *Lines) Add(cells ...fyne.CanvasObject) *LineNote {
	n := newLineNote()
	n.cells = cells
	l.notes = append(l.notes, n)
	l.rows.Add(lay.Stack(lay.Gap4, l.split(cells), n))
	return n
}

func (l *Lines) split(cells []fyne.CanvasObject) fyne.CanvasObject {
	for i, c := range cells {
		l.least[i] = max(l.least[i], look.Em(l.columns[i].Min), c.MinSize().Width)
	}
	return container.New(&lineLayout{l}, cells...)
}

// lineLayout sets cells under the heads of their columns.
type lineLayout struct{ lines *Lines }

// MinSize is as wide as all columns need and as high as the highest cell.
func (l *lineLayout) MinSize(o []fyne.CanvasObject) (size fyne.Size) {
	for i, c := range o {
		size.Width += l.lines.least[i]
		if i > 0 {
			size.Width += lay.Gap8
		}
		size.Height = max(size.Height, c.MinSize().Height)
	}
	return size
}

// Layout gives each column what it needs and its share of the rest.
func (l *lineLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	weights := make([]float32, len(o))
	for i := range o {
		weights[i] = l.lines.columns[i].Weight
	}
	var x float32
	for i, w := range lay.ShareByWeight(size.Width-lay.Gap8*float32(len(o)-1), l.lines.least[:len(o)], weights) {
		o[i].Resize(fyne.NewSize(w, size.Height))
		o[i].Move(fyne.NewPos(x, 0))
		x += w + lay.Gap8
	}
}

// LineNote says below a line what is wrong with it.
type LineNote struct {
	lay.Box

	words *look.Para
	cells []fyne.CanvasObject // of its line
}

// First returns the line's first field, nil where it has none.
func (n *LineNote) First() *Entry {
	for _, c := range n.cells {
		if e, ok := c.(*Entry); ok {
			return e
		}
	}
	return nil
}

func newLineNote() *LineNote {
	n := &LineNote{words: look.NewPara("", look.Note, look.Problem, 60).Fluid()}
	n.Content = n.words
	n.Hidden = true
	n.ExtendBaseWidget(n)
	return n
}

// Tell shows wrong, or nothing if it is "".
func (n *LineNote) Tell(wrong string) {
	if n.words.Text() == wrong && n.Hidden == (wrong == "") {
		return
	}
	n.words.SetText(wrong)
	n.Hidden = wrong == ""
	n.Refresh()
}

// Wrong returns the words shown, or "".
func (n *LineNote) Wrong() string {
	if n.Hidden {
		return ""
	}
	return n.words.Text()
}

// NewCell returns a field for a line, which holds text and calls changed at each key. hint is shown while it is
// empty.
func NewCell(text, hint string, changed func(text string)) *Entry {
	e := NewEntry()
	e.PlaceHolder = hint
	e.SetQuietly(text)
	e.OnChanged = changed
	return e
}

// NewChoiceCell returns a choice of one for a line.
func NewChoiceCell(options []choice.Option, key string, changed func(key string)) fyne.CanvasObject {
	var titles []string
	for _, o := range options {
		titles = append(titles, o.Title)
	}
	s := choice.NewSelect(titles, nil)
	for i, o := range options {
		if o.Key == key {
			s.SetSelectedIndex(i)
		}
	}
	s.OnChanged = func(string) {
		if i := s.SelectedIndex(); i >= 0 {
			changed(options[i].Key)
		}
	}
	return choice.Outlined(s)
}
