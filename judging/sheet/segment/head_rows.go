package segment

import "fayi/judging/sheet/field"

// persons are the fields that name people.
var persons = map[field.Field]bool{
	field.Author: true, field.CoAuthor: true, field.Leader: true, field.Teacher: true,
}

// noPartOfHead reports whether one of the rows belongs to no head: a line that names the sender, or a title above.
func (w *Window) noPartOfHead(top, bottom int) bool {
	for r := top; r <= bottom; r++ {
		if w.namesSender(r) {
			return true
		}
	}
	return bottom > top && w.titles(top) && w.Block(top, 0) == 0 // 附件2
}

// headRows weighs that the rows below the first hold words for columns too, as those of a head of two rows do.
func (w *Window) headRows(top, bottom int) (weight float64) {
	for r := top + 1; r <= bottom; r++ {
		if w.partOfHead(top) && w.partOfHead(r) {
			weight += 0.1
		}
	}
	return weight
}

// partOfHead reports whether a row holds known words for columns and little else.
func (w *Window) partOfHead(row int) bool {
	words, texts := 0, 0
	for c := range w.width {
		if s := w.label(row, c); s != "" && (w.Block(row, c) == 0 || w.label(row-1, c) != s) {
			if texts++; w.Match(s).Sure >= field.LooseWord {
				words++
			}
		}
	}
	return words >= 2 && words*4 >= texts*3
}
