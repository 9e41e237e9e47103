package segment

import (
	"fayi/judging"
	"fayi/judging/sheet/celltext"
	"fayi/judging/sheet/field"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/rowkind"
)

// Choices under one label: 作品类别 over 书法, 绘画 and 摄影, with a mark in one of the columns. In a sheet the label is merged
// over them; in a text it stands over the first only, and marks below tell that the others are its as well.

// choiceField is the field of which the columns below a label may be the choices.
func (w *Window) choiceField(label string) field.Field {
	m := w.Match(label)
	if m.Sure >= field.LooseWord && (m.Means == field.Category || m.Means == field.Group) {
		return m.Means
	}
	return field.None
}

// choiceAbove finds the label to the left of a blank cell of which the column is a choice; "" where none is such a
// label.
func (w *Window) choiceAbove(row, bottom, col int) string {
	from := col
	for from > 0 && w.label(row, from) == "" && w.label(bottom, from) != "" {
		from--
	}
	label := w.label(row, from)
	if label == "" || w.label(bottom, from) == "" || w.choiceField(label) == field.None {
		return ""
	}
	ticked := false
	for c := from; c < w.width && (c == from || w.label(row, c) == "") && w.label(bottom, c) != ""; c++ {
		ticks, marks := w.marks(c, bottom)
		if !marks {
			return ""
		}
		ticked = ticked || ticks
	}
	if !ticked {
		return ""
	}
	return label
}

// choiceUnder is the field of which a label is a choice by the label above it: 类别 over 书法.
func (w *Window) choiceUnder(parts []string) field.Field {
	if len(parts) < 2 {
		return field.None
	}
	return w.choiceField(parts[len(parts)-2])
}

// isChoice reports whether a label names a category or group, and the column holds ticks.
func (w *Window) isChoice(col, row int, label string) bool {
	if !w.Kinds.Has(label) {
		return false
	}
	ticks, marks := w.marks(col, row)
	return ticks && marks
}

// marks reports whether a column below a row holds nothing but marks, as far as the next head, and whether there are
// ticks among them.
func (w *Window) marks(col, row int) (ticks, marks bool) {
	for _, l := range w.Lines {
		if l.Row <= row {
			continue
		}
		if w.headLike(l) {
			break
		}
		v := l.At(col)
		if v.Fill || celltext.IsEmpty(v.Text) || w.noteLike(l) {
			continue
		}
		switch text := judging.Tidy(v.Text); {
		case celltext.IsTick(text):
			ticks = true
		case !celltext.IsUntick(text):
			return ticks, false
		}
	}
	return ticks, true
}

// headLike reports whether a row is likely the head of another table, or the same head again.
func (w *Window) headLike(l grid.Line) bool {
	if w.headed == nil {
		w.headed = map[int]bool{}
		for _, l := range w.Lines {
			own, words := rowkind.ValuesOf(l), 0
			for _, p := range own {
				if w.Match(judging.Tidy(p.Text)).Sure >= field.LooseWord {
					words++
				}
			}
			w.headed[l.Row] = words >= 2 && words*3 >= len(own)
		}
	}
	return w.headed[l.Row]
}

// KindWords are the names of categories and groups, and what is known of texts.
type KindWords struct {
	list []celltext.Named
	seen map[string]bool
}

// NewKindWords takes the names that rules have.
func NewKindWords(rules judging.Rules) *KindWords {
	list := append(celltext.CategoryWords(rules), celltext.GroupWords(rules)...)
	return &KindWords{list: list, seen: map[string]bool{}}
}

// mostWords is how many texts are remembered.
const mostWords = 20_000

// Has reports whether a text is the name of a category or group; nil knows of none.
func (k *KindWords) Has(text string) bool {
	if k == nil || len(text) > 60 {
		return false
	}
	known, seen := k.seen[text]
	if !seen && len(k.seen) < mostWords {
		known = celltext.IsKind(judging.Fold(text), k.list)
		k.seen[text] = known
	}
	return known
}
