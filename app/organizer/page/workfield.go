package page

import (
	"strings"

	"fayi/app/kit"
	"fayi/app/kit/field"
	"fayi/judging"
)

// WorkField is a field for the code of a work. It says at once which work that is, so that a slip is seen before it is
// kept.
type WorkField struct {
	Line *field.Text // what stands in the form

	works []judging.Work
}

// NewWorkField returns an empty field for one of works. help stands below it until a work is found.
func NewWorkField(t kit.Texter, label, help string, required bool, works []judging.Work) *WorkField {
	f := &WorkField{works: works}
	f.Line = field.NewText(t, label, help, field.TextRule{Required: required, Limit: 20})
	f.Line.OnChange = func(string) {
		said := help
		if w := f.found(); w != nil {
			parts := []string{t.T("kit.work", judging.Args{"Code": w.Code, "Title": w.Title})}
			for _, part := range append(append([]string{}, w.Authors...), w.Unit) {
				if part != "" {
					parts = append(parts, part)
				}
			}
			said = strings.Join(parts, t.T("kit.comma", nil))
		}
		f.Line.SetHelp(said)
	}
	return f
}

// found returns the work that is meant, nil for none. Hyphens, blanks and small letters make no difference.
func (f *WorkField) found() *judging.Work {
	plain := func(s string) string {
		return strings.ToUpper(strings.Map(func(r rune) rune {
			if r == '-' || r == ' ' || r == '–' || r == '—' {
				return -1
			}
			return r
		}, judging.Fold(s)))
	}
	typed := plain(f.Line.Text())
	for i, w := range f.works {
		if typed != "" && (plain(string(w.Code)) == typed || plain(string(w.ID)) == typed) {
			return &f.works[i]
		}
	}
	return nil
}

// Work is the work that is meant, or else what was typed.
func (f *WorkField) Work() string {
	if w := f.found(); w != nil {
		return string(w.ID)
	}
	return judging.Tidy(f.Line.Text())
}
