package table

import (
	"fayi/judging/sheet/read"
)

// A sheet may hold several tables, below or next to each other, each with its own head. They are found together: the
// heads of a column of tables are those whose scores have the greatest sum (headings), and the columns of a sheet are
// parted where that gives each part a table of its own (panels).

// isHead reports whether a reading may be the head of a table: it has the field that such a table must have, or it
// names nothing but known columns, of a table of another kind.
func (h heading) isHead() bool {
	switch {
	case h.trusted:
		return true
	case h.score <= 0 || h.data > h.known:
		return false
	case h.wanted >= suffixWord:
		return true
	}
	return h.foreign()
}

// foreign reports whether a reading is the head of another kind of table: rows below it are not of this one.
func (h heading) foreign() bool {
	return !h.trusted && h.wanted == 0 && h.fields >= 3 && h.data == 0 && h.known*4 >= h.cells*3
}

// strong reports whether a reading is a head even below another table, where a row of values is likelier.
func (h heading) strong() bool {
	if h.trusted {
		return true
	}
	if !h.isHead() || h.data > 0 || h.known*2 < h.cells {
		return false
	}
	return h.foreign() || h.wanted >= looseWord && h.fields >= 2
}

// headings finds the heads of all tables of the window, from the top down: of the readings of one to three rows
// those that together score most. Two heads have a row between them, be it blank: two lines one below the other may be
// one head in two languages.
func (w *window) headings() []heading {
	n := min(len(w.labels), windowRows)
	filled := make([]int, n+1) // rows with text before each row
	for i := range n {
		filled[i+1] = filled[i]
		for c := range w.width {
			if w.labels[i][c] != "" {
				filled[i+1]++
				break
			}
		}
	}
	type step struct {
		score float64
		head  *heading
		next  int
	}
	best := make([]step, n+1)
	after := func(i int) int { // the first row below i with a blank row or one of text between
		if i < n && filled[i+1] == filled[i] {
			return i
		}
		for j := i; j < n; j++ {
			if filled[j] > filled[i] {
				return j
			}
		}
		return n
	}
	for top := n - 1; top >= 0; top-- {
		best[top] = step{best[top+1].score, nil, top + 1}
		for height := 1; height <= 3 && top+height <= n; height++ {
			if filled[top+height] == filled[top+height-1] {
				break // a head doesn't end in a blank row, nor has one within
			}
			h := w.grown(w.read(w.first+top, w.first+top+height-1))
			trust := w.trust(h)
			h.trusted = trust > 0
			if !h.isHead() || h.top < w.first+top {
				continue
			}
			next := after(min(h.bottom-w.first+1, n))
			s := h.score + trust + best[next].score
			if s > best[top].score+1e-9 || best[top].head == nil && s > best[top].score-1e-9 {
				best[top] = step{s, &h, next}
			}
		}
	}
	var list []heading
	for at := 0; at < n; at = best[at].next {
		if h := best[at].head; h != nil && (len(list) == 0 || h.strong()) {
			list = append(list, *h)
		}
	}
	for len(list) > 1 && list[0].foreign() && !list[1].foreign() && list[0].bottom+1 >= list[1].top-1 {
		list = list[1:] // a line of labels above the head
	}
	return list
}

// trust is what it is worth that a head was read before.
func (w *window) trust(h heading) float64 {
	if m, ok := w.opts.Known[h.signature()]; ok && len(m.HeaderRows) == h.bottom-h.top+1 {
		return 100
	}
	return 0
}

// hasHead reports whether a row names nearly nothing but columns, as no row of a form does.
func (w *window) hasHead() bool {
	for _, h := range w.headings() {
		if h.fields >= 3 && h.wanted > 0 && h.known*4 >= h.cells*3 {
			return true
		}
	}
	return false
}

// weakHeading is the reading that scores most, where none is a head: it tells what the head lacks.
func (w *window) weakHeading() (heading, bool) {
	best, found := heading{}, false
	for top := w.first; top-w.first < min(len(w.labels), windowRows); top++ {
		for height := 1; height <= 3; height++ {
			h := w.read(top, top+height-1)
			if h.score > best.score+1e-9 {
				best, found = h, true
			}
		}
	}
	if !found {
		return best, false
	}
	return w.grown(best), true
}

// span is a range of columns, from 0, both ends included.
type span struct{ from, to int }

var wholeSheet = span{0, 1 << 20}

// cut leaves of a row what stands within the span, in the columns where it stood.
func (s span) cut(l read.Line) read.Line {
	if s == wholeSheet {
		return l
	}
	out := read.Line{Row: l.Row, Hidden: l.Hidden}
	out.Cells = make([]read.Cell, min(len(l.Cells), s.to+1))
	for i := s.from; i < len(out.Cells); i++ {
		out.Cells[i] = l.Cells[i]
	}
	return out
}

// cutArea reports whether a merged block begins within the span.
func (s span) has(a read.Area) bool { return a.Left >= s.from && a.Left <= s.to }

// panels parts the columns into tables next to each other; one span where there is one table.
func (w *window) panels() []span {
	heads := w.headings()
	if len(heads) == 0 || len(w.said) > 0 {
		return []span{wholeSheet}
	}
	if list := w.partedByBlanks(); len(list) > 1 {
		return list
	}
	if list := w.partedByHeads(heads[0]); len(list) > 1 {
		return list
	}
	return []span{wholeSheet}
}

// partedByBlanks parts the columns where none holds anything, and each side has a head of its own.
func (w *window) partedByBlanks() []span {
	used := make([]bool, w.width)
	for r := range w.labels {
		for c, s := range w.labels[r] {
			if id := w.blocks[r][c]; s != "" && (id == 0 || !w.areas[id-1].Wide() || w.areas[id-1].Left == c) {
				used[c] = true
			}
		}
	}
	var list []span
	from := 0
	for c := 0; c < w.width; {
		if used[c] {
			c++
			continue
		}
		end := c
		for end < w.width && !used[end] {
			end++
		}
		left, right := span{from, c - 1}, span{end, w.width - 1}
		if from < c && end < w.width && w.hasTable(left) && w.hasTable(right) {
			list = append(list, span{from, end - 1})
			from = end
		}
		c = end
	}
	return append(list, span{from, wholeSheet.to})
}

// hasTable reports whether the columns of a span are a table by themselves.
func (w *window) hasTable(s span) bool {
	var lines []read.Line
	for _, l := range w.lines {
		if cut := s.cut(l); !cut.Blank() {
			lines = append(lines, cut)
		}
	}
	var areas []read.Area
	for _, a := range w.areas {
		if s.has(a) {
			areas = append(areas, a)
		}
	}
	part := newWindow(lines, areas, w.voc, w.opts)
	part.known = w.known
	for _, h := range part.headings() {
		if h.wanted >= looseWord && part.hasPerson(h) {
			return true
		}
	}
	return false
}

// hasPerson reports whether a head names who made it besides what, or for a list of people anything besides the name.
func (w *window) hasPerson(h heading) bool {
	for _, m := range h.means {
		switch m.field {
		case FieldAuthor, FieldCoAuthor, FieldLeader, FieldTeacher, FieldUnit:
			return true
		}
	}
	return !w.voc.compound && h.fields >= 2
}

// partedByHeads parts a head that names the same columns again: 序号 作品名称 作者 序号 作品名称 作者.
func (w *window) partedByHeads(h heading) []span {
	var first []Field
	key := w.voc.wanted[0]
	count := func(f Field) (n int) {
		for _, m := range h.means {
			if m.field == f && m.confidence >= looseWord {
				n++
			}
		}
		return n
	}
	repeats := count(key)
	if repeats < 2 {
		return nil
	}
	var list []span
	from, seenKey := 0, false
	for c, m := range h.means {
		again := false
		for _, f := range first {
			again = again || f == m.field && m.field != FieldNone
		}
		if again && seenKey && len(first) >= 2 {
			list = append(list, span{from, c - 1})
			from, seenKey, first = c, false, nil
		}
		first = append(first, m.field)
		seenKey = seenKey || m.field == key
	}
	if len(list) == 0 || !seenKey {
		return nil
	}
	list = append(list, span{from, wholeSheet.to})
	for i := range list {
		if !w.hasTable(span{list[i].from, min(list[i].to, w.width-1)}) {
			return nil
		}
	}
	if len(list) != repeats {
		return nil
	}
	return list
}
