package status

import (
	"image/color"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fayi/app/kit/button"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// State is how far a stage has come.
type State int

// The states; each has its own shape as well as its own colour.
const (
	Ahead    State = iota // hollow ring with the number
	Next                  // cinnabar disc with the number, title in bold: the user's next step
	Finished              // green tick
	Stuck                 // warning triangle: something is in the way
	Place                 // its own icon: a place to go that is not a stage, as settings
)

// Stage is one entry of the rail.
type Stage struct {
	Key   string // given back when it is pressed
	Title string
	Note  string // its number, as "638" or "45%", or ""
	State State
	Icon  fyne.Resource // of a Place
	Holds []string      // other pages that belong to it, by the kinds of their routes
	Below []Open        // what is open in it, each on a page of its own
}

// Open is something unfinished in a stage: a line below it that leads there.
type Open struct {
	Key   string // given back when it is pressed
	Title string
	Note  string // how much there is
}

// same reports whether two stages read alike.
func (s Stage) same(other Stage) bool {
	icons := s.Icon == nil && other.Icon == nil ||
		s.Icon != nil && other.Icon != nil && s.Icon.Name() == other.Icon.Name()
	return icons && s.Key == other.Key && s.Title == other.Title && s.Note == other.Note && s.State == other.State &&
		slices.Equal(s.Holds, other.Holds) && slices.Equal(s.Below, other.Below)
}

// Rail is the left navigation: stages with number, mark and note, one of them current.
type Rail struct {
	lay.Box

	list     *fyne.Container
	onSelect func(key string)
	shown    []Stage
	current  string
	entries  map[string]entry // of the stages shown, by their keys
}

// entry is how a stage is drawn.
type entry struct {
	stage   Stage
	number  int
	current bool
	drawn   fyne.CanvasObject
}

// NewRail returns an empty rail.
func NewRail(selected func(key string)) *Rail {
	r := &Rail{list: container.New(railLayout{}), onSelect: selected}
	r.Content = r.list
	r.ExtendBaseWidget(r)
	return r
}

// SetStages replaces the stages and marks the one that the page shown belongs to. Stages are numbered from 1,
// places are not; a line parts the two. What reads as before is left, the whole or a single entry: drawing it again
// costs as much as many pages.
func (r *Rail) SetStages(stages []Stage, current string) {
	if current == r.current && slices.EqualFunc(stages, r.shown, Stage.same) {
		return
	}
	r.shown, r.current = slices.Clone(stages), current
	before := r.entries
	r.entries = map[string]entry{}
	var all []fyne.CanvasObject // added one by one, each would lay out all before it
	number := 0
	for i, s := range stages {
		if s.State != Place {
			number++
		}
		if i > 0 && s.State == Place && stages[i-1].State != Place {
			all = append(all, lay.Inset(lay.Gap4, lay.Line()))
		}
		e := entry{stage: s, number: number, current: s.Key == current || slices.Contains(s.Holds, current)}
		was := before[s.Key]
		if was.drawn != nil && was.stage.same(s) && was.number == number && was.current == e.current {
			e = was
		} else {
			e.drawn = r.item(s, number, e.current)
		}
		r.entries[s.Key] = e
		all = append(all, e.drawn)
		for _, o := range s.Below {
			all = append(all, r.open(o))
		}
	}
	r.list.Objects = all
	r.Refresh()
}

func (r *Rail) item(s Stage, number int, current bool) fyne.CanvasObject {
	title := look.NewText(s.Title, look.Body, look.Plain)
	title.TextStyle.Bold = s.State == Next
	mark := s.State.mark(number)
	if s.State == Place {
		mark = lay.Blank(stageMark(), 0)
		if s.Icon != nil {
			mark = container.NewGridWrap(
				fyne.NewSquareSize(stageMark()),
				widget.NewIcon(theme.NewColoredResource(s.Icon, theme.ColorNamePlaceHolder)),
			)
		}
	}
	bar := canvas.NewRectangle(color.Transparent)
	bar.SetMinSize(fyne.NewSize(3, 0))
	item := button.NewPress(
		container.NewBorder(
			nil,
			nil,
			lay.Row(lay.Gap8, bar, mark, title),
			lay.Row(0, lay.Blank(lay.Gap8, 0), look.NewText(s.Note, look.Note, look.Quiet), lay.Blank(lay.Gap8, 0)),
		),
		func() { r.onSelect(s.Key) },
	)
	if current {
		bar.FillColor = theme.Color(look.ColorInfo)
		item.Ground.FillColor = theme.Color(theme.ColorNameSelection)
	}
	return item
}

// railLayout sets the entries below each other, each as high as a row if there is room for all, and less if not: one
// should see all of them without scrolling. Lines keep their own height.
type railLayout struct{}

const railGap float32 = 2

// MinSize is that of the entries as low as they can be.
func (railLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for i, x := range o {
		least := x.MinSize()
		size.Width = max(size.Width, least.Width)
		size.Height += least.Height
		if i > 0 {
			size.Height += railGap
		}
	}
	return size
}

// Layout shares the height out among the entries.
func (l railLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	entries := 0
	for _, x := range o {
		if _, ok := x.(*button.Press); ok {
			entries++
		}
	}
	more := (size.Height - l.MinSize(o).Height) / float32(max(entries, 1))
	y := float32(0)
	for _, x := range o {
		h := x.MinSize().Height
		if _, ok := x.(*button.Press); ok {
			h = max(h, min(h+more, look.RowHeight()))
		}
		x.Resize(fyne.NewSize(size.Width, h))
		x.Move(fyne.NewPos(0, y))
		y += h + railGap
	}
}

// open is a line about something unfinished, lower and further in than a stage.
func (r *Rail) open(o Open) fyne.CanvasObject {
	left := lay.Row(
		lay.Gap8, lay.Blank(3, look.RowHeight()*0.7), lay.Blank(stageMark(), 0),
		look.NewText(o.Title, look.Note, look.Waiting),
	)
	right := lay.Row(0, look.NewText(o.Note, look.Note, look.Waiting), lay.Blank(lay.Gap8, 0))
	return button.NewPress(container.NewBorder(nil, nil, left, right), func() { r.onSelect(o.Key) })
}

func stageMark() float32 { return theme.IconInlineSize() + 2 }

// mark draws the state's shape, as large as an icon.
func (s State) mark(number int) fyne.CanvasObject {
	size := fyne.NewSquareSize(stageMark())
	switch s {
	case Finished:
		return container.NewGridWrap(size, widget.NewIcon(look.Done.Icon()))
	case Stuck:
		return container.NewGridWrap(size, widget.NewIcon(look.Problem.Icon()))
	}
	disc := canvas.NewCircle(color.Transparent)
	digit := look.NewText(strconv.Itoa(number), look.Note, look.Quiet)
	digit.Alignment = fyne.TextAlignCenter
	if s == Next {
		disc.FillColor, digit.Color, digit.TextStyle.Bold = look.Accent.Color(), theme.Color(look.ColorOnAccent), true
	} else {
		disc.StrokeColor, disc.StrokeWidth = theme.Color(theme.ColorNameInputBorder), 1
	}
	return container.NewGridWrap(size, container.NewStack(disc, container.NewCenter(digit)))
}
