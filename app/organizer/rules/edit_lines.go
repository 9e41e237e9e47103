package rules

import (
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"fayi/app/kit/button"
	"fayi/app/kit/field"
	"fayi/app/kit/lay"
	"fayi/app/kit/look"
)

// head is a heading with a sentence below it.
func (p *editRulesPage) head(key string) fyne.CanvasObject {
	return lay.Stack(
		lay.Gap4, look.NewStrong(p.sh.T("ruleedit."+key, nil), look.Section, look.Plain),
		look.NewPara(p.sh.T("ruleedit."+key+"_help", nil), look.Note, look.Quiet, 60).Fluid(),
	)
}

// number is an input for a number in a line. Empty stands for 0; what is no number is kept under id until it is one.
func (p *editRulesPage) number(id string, bounds field.Range, value float64, set func(float64)) *field.Entry {
	text, wrong := p.draft.Bad[id]
	if !wrong && value != 0 {
		text = bounds.Show(value)
	}
	return field.NewCell(text, "", func(text string) { p.took(id, bounds, text, set) })
}

func (p *editRulesPage) took(id string, bounds field.Range, text string, set func(float64)) {
	v, wrong := 0.0, ""
	if strings.TrimSpace(text) != "" {
		v, wrong = bounds.Parse(p.sh, text)
	}
	if wrong != "" {
		if p.draft.Bad == nil {
			p.draft.Bad = map[string]string{}
		}
		p.draft.Bad[id] = text
	} else {
		delete(p.draft.Bad, id)
		set(v)
	}
	p.changed()
}

// note lets a line say the fault that is meant.
func (p *editRulesPage) note(n *field.LineNote, meant func(ruleFault) bool) {
	p.lines.notes = append(p.lines.notes, n)
	p.watch = append(p.watch, func() { n.Tell(faultText(p.faults, meant)) })
}

// lineActs are the buttons at a line's end: one up, and away.
func (p *editRulesPage) lineActs(up, away func()) fyne.CanvasObject {
	return lay.Row(0, button.NewIcon(theme.MoveUpIcon(), up), button.NewIcon(theme.DeleteIcon(), away))
}

// actsChars is the width of lineActs in Chinese characters.
const actsChars = 5

// movedUp moves what stands at i one up; the first stays.
func movedUp[T any](list []T, i int) {
	if i > 0 {
		list[i-1], list[i] = list[i], list[i-1]
	}
}

// sortedIDs lists the keys of m in their order.
func sortedIDs(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }

// wordList splits words that people write one after the other.
func wordList(text string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",，、;；\n", r) }) {
		if w = strings.TrimSpace(w); w != "" {
			out = append(out, w)
		}
	}
	return out
}
