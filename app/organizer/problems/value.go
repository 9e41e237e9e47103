package problems

import (
	"slices"

	"fayi/app/kit/choice"
	"fayi/app/kit/field"
)

// value is the field in which one cell is fixed: a text, or a choice where the rules say what it may be.
type value struct {
	part field.FormField
	text func() string
}

// valueField returns the field for a cell of that meaning, holding what stands in it. What the rules do not know stays
// to be seen as the first choice.
func (p *problemsPage) valueField(of, label, now string) *value {
	options := p.options(of)
	if options == nil {
		f := field.NewText(p.sh, label, "", field.TextRule{Limit: 2000})
		f.SetText(now)
		return &value{f, f.Text}
	}
	if !slices.ContainsFunc(options, func(o choice.Option) bool { return o.Key == now }) {
		title := now
		if now == "" {
			title = p.sh.T("import.empty", nil)
		}
		options = append([]choice.Option{{Key: now, Title: title}}, options...)
	}
	f := field.NewChoice(p.sh, label, "", "", options)
	f.SetKey(now)
	return &value{f, f.Key}
}

// options are what the rules let a field be, nil for any text.
func (p *problemsPage) options(of string) []choice.Option {
	var out []choice.Option
	add := func(name string) {
		if !slices.ContainsFunc(out, func(o choice.Option) bool { return o.Key == name }) {
			out = append(out, choice.Option{Key: name, Title: name})
		}
	}
	switch of {
	case "category":
		for _, c := range p.rules.Categories {
			add(c.Name)
		}
	case "group":
		for _, g := range p.rules.Groups {
			add(g.Name)
		}
	}
	return out
}
