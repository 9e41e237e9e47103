package table

import (
	"fayi/judging"
	"fayi/judging/sheet/read"
)

// Choices under one label: 作品类别 over 书法, 绘画 and 摄影, with a mark in one of the columns. In a sheet the label is merged
// over them; in a text it stands over the first only, and marks below tell that the others are its as well.

// choiceField is the field of which the columns below a label may be the choices.
func (w *window) choiceField(label string) Field {
	m := w.match(label)
	if m.confidence >= looseWord && (m.field == FieldCategory || m.field == FieldGroup) {
		return m.field
	}
	return FieldNone
}

// choiceAbove finds the label to the left of a blank cell of which the column is a choice; "" where it is none.
func (w *window) choiceAbove(row, bottom, col int) string {
	from := col
	for from > 0 && w.label(row, from) == "" && w.label(bottom, from) != "" {
		from--
	}
	label := w.label(row, from)
	if label == "" || w.label(bottom, from) == "" || w.choiceField(label) == FieldNone {
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

// marks reports whether a column below a row holds nothing but marks, as far as the next head, and whether there are
// ticks among them.
func (w *window) marks(col, row int) (ticks, marks bool) {
	for _, l := range w.lines {
		if l.Row <= row {
			continue
		}
		if w.headLike(l) {
			break
		}
		v := l.At(col)
		if v.Fill || isEmpty(v.Text) || w.noteLike(l) {
			continue
		}
		switch text := judging.Tidy(v.Text); {
		case isTick(text):
			ticks = true
		case !isUntick(text):
			return ticks, false
		}
	}
	return ticks, true
}

// headLike reports whether a row is likely the head of another table, or the same head again.
func (w *window) headLike(l read.Line) bool {
	if w.headed == nil {
		w.headed = map[int]bool{}
		for _, l := range w.lines {
			own, words := valuesOf(l), 0
			for _, p := range own {
				if w.match(judging.Tidy(p.text)).confidence >= looseWord {
					words++
				}
			}
			w.headed[l.Row] = words >= 2 && words*3 >= len(own)
		}
	}
	return w.headed[l.Row]
}

// kindWords are the names of categories and groups, and what is known of texts.
type kindWords struct {
	list []named
	seen map[string]bool
}

func newKindWords(rules judging.Rules) *kindWords {
	return &kindWords{list: append(categoryWords(rules), groupWords(rules)...), seen: map[string]bool{}}
}

// has reports whether a text is the name of a category or group; of no words none is.
func (k *kindWords) has(text string) bool {
	if k == nil || len(text) > 60 {
		return false
	}
	known, seen := k.seen[text]
	if !seen && len(k.seen) < mostKnown {
		known = isKind(judging.Fold(text), k.list)
		k.seen[text] = known
	}
	return known
}
