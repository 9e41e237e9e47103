package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
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
	box

	columns []LineColumn
	least   []float32 // what each column needs, so that all lines stand under their head
	rows    *fyne.Container
}

// NewLines returns a table without lines.
func NewLines(columns ...LineColumn) *Lines {
	l := &Lines{columns: columns, least: make([]float32, len(columns)), rows: Stack(Gap8)}
	var heads []fyne.CanvasObject
	for _, c := range columns {
		heads = append(heads, NewCutText(c.Title, Note, Quiet))
	}
	l.content = Stack(Gap4, l.split(heads), l.rows)
	l.ExtendBaseWidget(l)
	return l
}

// Add adds a line with a cell for each column and returns the note below it.
func (l *Lines) Add(cells ...fyne.CanvasObject) *LineNote {
	n := newLineNote()
	l.rows.Add(Stack(Gap4, l.split(cells), n))
	return n
}

func (l *Lines) split(cells []fyne.CanvasObject) fyne.CanvasObject {
	for i, c := range cells {
		l.least[i] = max(l.least[i], Em(l.columns[i].Min), c.MinSize().Width)
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
			size.Width += Gap8
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
	for i, w := range shareByWeight(size.Width-Gap8*float32(len(o)-1), l.lines.least[:len(o)], weights) {
		o[i].Resize(fyne.NewSize(w, size.Height))
		o[i].Move(fyne.NewPos(x, 0))
		x += w + Gap8
	}
}

// LineNote says below a line what is wrong with it.
type LineNote struct {
	box

	words *Para
}

func newLineNote() *LineNote {
	n := &LineNote{words: NewPara("", Note, Problem, 60).Fluid()}
	n.content = n.words
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
	e.setQuietly(text)
	e.OnChanged = changed
	return e
}

// NewChoiceCell returns a choice of one for a line.
func NewChoiceCell(options []Option, key string, changed func(key string)) fyne.CanvasObject {
	var titles []string
	for _, o := range options {
		titles = append(titles, o.Title)
	}
	s := NewSelect(titles, nil)
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
	return outlined(s)
}

// Picks is a choice of any number out of few: words to press, the chosen ones marked.
type Picks struct {
	box

	OnChange func(keys []string)

	options []Option
	chosen  map[string]bool
	chips   []*choice
}

// NewPicks returns the choice with some chosen. changed, which may be nil, is called when the user changes it.
func NewPicks(options []Option, chosen []string, changed func(keys []string)) *Picks {
	p := &Picks{OnChange: changed, options: options, chosen: map[string]bool{}}
	flow := Flow(Gap8)
	for _, o := range options {
		c := newChoice(o.Key, o.Title)
		c.OnTapped = func() { p.turn(o.Key) }
		p.chips = append(p.chips, c)
		flow.Add(container.NewStack(framed(), c.Press))
	}
	p.content = flow
	p.ExtendBaseWidget(p)
	p.Choose(chosen)
	return p
}

// Chosen returns the keys that are marked, in the order of the options.
func (p *Picks) Chosen() []string {
	var out []string
	for _, o := range p.options {
		if p.chosen[o.Key] {
			out = append(out, o.Key)
		}
	}
	return out
}

// Choose marks keys without calling OnChange.
func (p *Picks) Choose(keys []string) {
	clear(p.chosen)
	for _, k := range keys {
		p.chosen[k] = true
	}
	for _, c := range p.chips {
		c.mark(p.chosen[c.key])
	}
}

func (p *Picks) turn(key string) {
	p.chosen[key] = !p.chosen[key]
	p.Choose(p.Chosen())
	if p.OnChange != nil {
		p.OnChange(p.Chosen())
	}
}
