package choice

import (
	"fyne.io/fyne/v2/container"

	"fayi/app/kit/lay"
)

// Picks is a choice of any number out of few: words to press, the chosen ones marked.
type Picks struct {
	lay.Box

	OnChange func(keys []string)

	options []Option
	chosen  map[string]bool
	chips   []*Word
}

// NewPicks returns the choice with some chosen. changed, which may be nil, is called when the user changes it.
func NewPicks(options []Option, chosen []string, changed func(keys []string)) *Picks {
	p := &Picks{OnChange: changed, options: options, chosen: map[string]bool{}}
	flow := lay.Flow(lay.Gap8)
	for _, o := range options {
		c := NewWord(o.Key, o.Title)
		c.OnTapped = func() { p.turn(o.Key) }
		p.chips = append(p.chips, c)
		flow.Add(container.NewStack(Framed(), c.Press))
	}
	p.Content = flow
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
		c.Mark(p.chosen[c.Key])
	}
}

func (p *Picks) turn(key string) {
	p.chosen[key] = !p.chosen[key]
	p.Choose(p.Chosen())
	if p.OnChange != nil {
		p.OnChange(p.Chosen())
	}
}
