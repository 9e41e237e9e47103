package filter

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fayi/app/kit"
	"fayi/app/kit/choice"
	"fayi/app/kit/field"
	"fayi/app/kit/keys"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// Quick is a state to press in a filter bar, with the number of rows in it. An empty Key shows all.
type Quick struct {
	Key, Title string
	Count      int
	Tone       look.Tone
}

// Bar narrows what a page shows: states with counts at the left, choices and a search field after them. It
// calls OnChange at each change.
type Bar struct {
	lay.Box

	OnChange func(kit.Filter)

	text    kit.Texter
	filter  kit.Filter
	states  []*choice.Word
	quicks  *fyne.Container
	picks   *fyne.Container
	selects map[string]*pick
	search  *field.SearchEntry
}

// pick is one choice: its select widget and the keys behind its titles.
type pick struct {
	*choice.Select

	options []choice.Option
}

// NewBar returns a bar with a search field.
func NewBar(t kit.Texter, changed func(kit.Filter)) *Bar {
	b := &Bar{
		text: t, OnChange: changed, quicks: lay.Row(lay.Gap4), picks: lay.Row(lay.Gap8), selects: map[string]*pick{},
	}
	b.search = field.NewSearchEntry(t, func(s string) {
		b.filter.Text = s
		b.changed()
	})
	wide := container.NewStack(lay.Blank(look.Em(14), 0), b.search)
	b.Content = lay.Flow(lay.Gap8, b.quicks, b.picks, wide)
	b.quicks.Hide()
	b.picks.Hide()
	b.ExtendBaseWidget(b)
	return b
}

// SetQuick replaces the states and their counts.
func (b *Bar) SetQuick(quicks ...Quick) {
	b.states = nil
	b.quicks.RemoveAll()
	b.quicks.Hidden = len(quicks) == 0
	for _, q := range quicks {
		count := look.NewText(strconv.Itoa(q.Count), look.Body, look.Quiet)
		if q.Count > 0 && q.Tone != look.Plain {
			count.Color = q.Tone.Color()
		}
		c := choice.NewWord(q.Key, q.Title, count)
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

func (b *Bar) markQuick() {
	for _, c := range b.states {
		c.Mark(c.Key == b.filter.Quick)
	}
}

// AddPick adds a choice called name, at most MostPicks in all; label is shown while nothing is chosen.
func (b *Bar) AddPick(name, label string, options ...choice.Option) {
	p := &pick{options: options}
	titles := []string{b.text.T("kit.all", nil)}
	for _, o := range options {
		titles = append(titles, o.Title)
	}
	p.Select = choice.NewSelect(titles, nil)
	p.PlaceHolder = label
	p.OnChanged = func(string) { b.picked(name, p) }
	b.selects[name] = p
	b.picks.Add(choice.Outlined(p.Select))
	b.picks.Show()
	b.show(name)
}

func (b *Bar) picked(name string, p *pick) {
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
func (b *Bar) show(name string) {
	p := b.selects[name]
	told := p.OnChanged
	p.OnChanged = nil
	if i := slices.IndexFunc(p.options, func(o choice.Option) bool { return o.Key == b.filter.Pick(name) }); i >= 0 {
		p.SetSelectedIndex(i + 1)
	} else {
		p.ClearSelected()
	}
	p.OnChanged = told
}

// Filter returns what is chosen now.
func (b *Bar) Filter() kit.Filter { return b.filter }

// SetFilter shows f without calling OnChange.
func (b *Bar) SetFilter(f kit.Filter) {
	b.filter = f
	b.search.SetQuietly(f.Text)
	for name := range b.selects {
		b.show(name)
	}
	b.markQuick()
}

// Clear lets everything through and calls OnChange.
func (b *Bar) Clear() {
	b.SetFilter(kit.Filter{})
	b.changed()
}

// Find puts the cursor in the search field.
func (b *Bar) Find() { keys.Focus(b.search) }

func (b *Bar) changed() {
	if b.OnChange != nil {
		b.OnChange(b.filter)
	}
}
