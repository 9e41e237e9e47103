package kit

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Quick is a state to press in a filter bar, with the number of rows in it. An empty Key shows all.
type Quick struct {
	Key, Title string
	Count      int
	Tone       Tone
}

// FilterBar narrows what a page shows: states with counts at the left, choices and a search field after them. It
// calls OnChange at each change.
type FilterBar struct {
	box

	OnChange func(Filter)

	text    Texter
	filter  Filter
	states  []*choice
	quicks  *fyne.Container
	picks   *fyne.Container
	selects map[string]*pick
	search  *SearchEntry
}

// pick is one choice: its select widget and the keys behind its titles.
type pick struct {
	*Select

	options []Option
}

// NewFilterBar returns a bar with a search field.
func NewFilterBar(t Texter, changed func(Filter)) *FilterBar {
	b := &FilterBar{text: t, OnChange: changed, quicks: Row(Gap4), picks: Row(Gap8), selects: map[string]*pick{}}
	b.search = NewSearchEntry(t, func(s string) {
		b.filter.Text = s
		b.changed()
	})
	wide := container.NewStack(Blank(Em(14), 0), b.search)
	b.content = Flow(Gap8, b.quicks, b.picks, wide)
	b.quicks.Hide()
	b.picks.Hide()
	b.ExtendBaseWidget(b)
	return b
}

// SetQuick replaces the states and their counts.
func (b *FilterBar) SetQuick(quicks ...Quick) {
	b.states = nil
	b.quicks.RemoveAll()
	b.quicks.Hidden = len(quicks) == 0
	for _, q := range quicks {
		count := NewText(strconv.Itoa(q.Count), Body, Quiet)
		if q.Count > 0 && q.Tone != Plain {
			count.Color = q.Tone.Color()
		}
		c := newChoice(q.Key, q.Title, count)
		c.OnTapped = func() {
			b.filter.Quick = q.Key
			b.markQuick()
			b.changed()
		}
		b.states = append(b.states, c)
		b.quicks.Add(c.Press)
	}
	b.markQuick()
	b.Refresh()
}

func (b *FilterBar) markQuick() {
	for _, c := range b.states {
		c.mark(c.key == b.filter.Quick)
	}
}

// AddPick adds a choice called name, at most MostPicks in all; label is shown while nothing is chosen.
func (b *FilterBar) AddPick(name, label string, options ...Option) {
	p := &pick{options: options}
	titles := []string{b.text.T("kit.all", nil)}
	for _, o := range options {
		titles = append(titles, o.Title)
	}
	p.Select = NewSelect(titles, nil)
	p.PlaceHolder = label
	p.OnChanged = func(string) { b.picked(name, p) }
	b.selects[name] = p
	b.picks.Add(outlined(p.Select))
	b.picks.Show()
	b.show(name)
}

func (b *FilterBar) picked(name string, p *pick) {
	i := p.SelectedIndex()
	if i < 0 {
		return
	}
	key := ""
	if i > 0 {
		key = p.options[i-1].Key
	} else {
		p.ClearSelected()
	}
	b.filter = b.filter.With(name, key)
	b.changed()
}

// show sets a choice's widget to the filter without telling of a change.
func (b *FilterBar) show(name string) {
	p := b.selects[name]
	told := p.OnChanged
	p.OnChanged = nil
	if i := slices.IndexFunc(p.options, func(o Option) bool { return o.Key == b.filter.Pick(name) }); i >= 0 {
		p.SetSelectedIndex(i + 1)
	} else {
		p.ClearSelected()
	}
	p.OnChanged = told
}

// Filter returns what is chosen now.
func (b *FilterBar) Filter() Filter { return b.filter }

// SetFilter shows f without calling OnChange.
func (b *FilterBar) SetFilter(f Filter) {
	b.filter = f
	b.search.setQuietly(f.Text)
	for name := range b.selects {
		b.show(name)
	}
	b.markQuick()
}

// Clear lets everything through and calls OnChange.
func (b *FilterBar) Clear() {
	b.SetFilter(Filter{})
	b.changed()
}

// Find puts the cursor in the search field.
func (b *FilterBar) Find() { focus(b.search) }

func (b *FilterBar) changed() {
	if b.OnChange != nil {
		b.OnChange(b.filter)
	}
}

// focus puts the cursor in w if it is in a window.
func focus(w interface {
	fyne.Focusable
	fyne.CanvasObject
}) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(w); c != nil {
		c.Focus(w)
	}
}
