package segment

import (
	"fayi/judging"
	"fayi/judging/sheet/celltext"
	"fayi/judging/sheet/field"
	"fayi/judging/sheet/read"
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

// choiceAbove finds the label to the left of a blank cell of which the column is a choice; "" where it is none.
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

// marks reports whether a column below a row holds nothing but marks, as far as the next head, and whether there are
// ticks among them.
func (w *Window) marks(col, row int) (ticks, marks bool) {
	for _, l := range w.Lines {
		v := l.At(col)
		if l.Row <= row || v.Fill || celltext.IsEmpty(v.Text) || w.noteLike(l) {
			continue
		}
		switch text := judging.Tidy(v.Text); {
		case celltext.IsTick(text):
			ticks = true
		case celltext.IsUntick(text):
		default:
			return ticks, w.Match(text).Sure >= field.LooseWord || w.choiceWord(l, col)
		}
	}
	return ticks, true
}

// choiceWord reports whether a row is itself of the lower part of a head: what stands in its neighbours are no marks
// either, and nothing stands in the columns of titles.
func (w *Window) choiceWord(l read.Line, col int) bool {
	own := rowkind.ValuesOf(l)
	return len(own) > 1 && own[0].Col > 0 && !celltext.IsMark(own[0].Text)
}
