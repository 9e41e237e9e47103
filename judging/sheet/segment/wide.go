package segment

import "fayi/judging/sheet/celltext"

// goesOn reports whether a column is part of the one to its left: in most rows the cells of the two are merged, as
// where a title needs more room.
func (w *Window) goesOn(col int) bool {
	if w.going == nil {
		w.going = make([]bool, w.width+1)
		w.findWide()
	}
	return col < len(w.going) && w.going[col]
}

// findWide finds the columns whose cells are merged with those on their left row by row.
func (w *Window) findWide() {
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
	for e, merged := range rows {
		wide, all := 0, 0
		for _, l := range w.Lines {
			v := l.At(e.left)
			if celltext.IsEmpty(v.Text) || w.headLike(l) || w.noteLike(l) {
				continue
			}
			if all++; merged[l.Row] {
				wide++
			}
		}
		for c := e.left + 1; c <= e.right && wide > 0 && wide*10 >= all*6; c++ {
			w.going[c] = true
		}
	}
}
