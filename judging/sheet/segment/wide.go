package segment

import "fayi/judging/sheet/celltext"

// goesOn reports whether a column of the table with a head that ends in a row is part of the one to its left: in the
// head and in most rows below it the cells of the two are merged, as where a title needs more room.
func (w *Window) goesOn(col, head int) bool {
	going, known := w.going[head]
	if !known {
		if w.going == nil {
			w.going = map[int][]bool{}
		}
		going = w.findWide(head)
		w.going[head] = going
	}
	return col < len(going) && going[col]
}

// findWide finds the columns that are merged with those on their left in a row and those below it, down to the next
// head.
func (w *Window) findWide(head int) []bool {
	type ends struct{ left, right int }
	rows := map[ends]map[int]bool{}
	for _, a := range w.areas {
		if !a.Wide() || w.banner(a) {
			continue
		}
		e := ends{a.Left, min(a.Right, w.width-1)}
		if rows[e] == nil {
			rows[e] = map[int]bool{}
		}
		for r := a.Top; r <= a.Bottom && r < a.Top+WindowRows; r++ {
			rows[e][r] = true
		}
	}
	going := make([]bool, w.width)
	for e, merged := range rows {
		if !merged[head] {
			continue
		}
		wide, all := 0, 0
		for _, l := range w.Lines {
			if l.Row > head && w.headLike(l) {
				break
			}
			if l.Row <= head || celltext.IsEmpty(l.At(e.left).Text) || w.noteLike(l) {
				continue
			}
			if all++; merged[l.Row] {
				wide++
			}
		}
		for c := e.left + 1; c <= e.right && wide > 0 && wide*10 >= all*6; c++ {
			going[c] = true
		}
	}
	return going
}
