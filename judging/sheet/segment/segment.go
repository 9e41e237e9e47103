package segment

import (
	"fayi/judging/sheet/field"
	"fayi/judging/sheet/grid"
)

// A sheet may hold several tables, below or next to each other, each with its own head. They are found together: the
// heads of a column of tables are those whose scores have the greatest sum (headings), and the columns of a sheet are
// parted where that gives each part a table of its own (panels).

// isHead reports whether a reading may be the head of a table: it has the field that such a table must have, or it
// names nothing but known columns, of a table of another kind.
func (h Heading) isHead() bool {
	switch {
	case h.trusted:
		return true
	case h.score <= 0 || h.data > h.known:
		return false
	case h.wanted >= field.SuffixWord:
		return true
	}
	return h.Foreign()
}

// Foreign reports whether a reading is the head of another kind of table: rows below it are not of this one.
func (h Heading) Foreign() bool {
	return !h.trusted && h.wanted == 0 && h.fields >= 3 && h.data == 0 && h.known*4 >= h.cells*3
}

// Strong reports whether a reading is a head even below another table, where a row of values is likelier.
func (h Heading) Strong() bool {
	if h.trusted {
		return true
	}
	if !h.isHead() || h.data > 0 || h.known*2 < h.cells {
		return false
	}
	return h.Foreign() || h.wanted >= field.LooseWord && h.fields >= 2
}

// Headings finds the heads of all tables of the window, from the top down: of the readings of one to three rows
// those that together score most. Two heads have a row between them, be it blank: two lines one below the other may be
// one head in two languages.
func (w *Window) Headings() []Heading {
	n := min(len(w.Labels), WindowRows)
	filled := make([]int, n+1) // rows with text before each row
	for i := range n {
		filled[i+1] = filled[i]
		for c := range w.width {
			if w.Labels[i][c] != "" {
				filled[i+1]++
				break
			}
		}
	}
	type step struct {
		score float64
		head  *Heading
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
			h := w.Grown(w.Read(w.First+top, w.First+top+height-1))
			trust := w.trust(h)
			h.trusted = trust > 0
			if !h.isHead() || h.Top < w.First+top {
				continue
			}
			next := after(min(h.Bottom-w.First+1, n))
			s := h.score + trust + best[next].score
			if s > best[top].score+1e-9 || best[top].head == nil && s > best[top].score-1e-9 {
				best[top] = step{s, &h, next}
			}
		}
	}
	var list []Heading
	for at := 0; at < n; at = best[at].next {
		if h := best[at].head; h != nil && (len(list) == 0 || h.Strong()) {
			list = append(list, *h)
		}
	}
	for len(list) > 1 && list[0].Foreign() && !list[1].Foreign() && list[0].Bottom+1 >= list[1].Top-1 {
		list = list[1:] // a line of labels above the head
	}
	return list
}

// trust is what it is worth that a head was read before.
func (w *Window) trust(h Heading) float64 {
	if m, ok := w.opts.Known[h.Signature()]; ok && len(m.HeaderRows) == h.Bottom-h.Top+1 {
		return 100
	}
	return 0
}

// HasHead reports whether a row names nearly nothing but columns, as no row of a form does.
func (w *Window) HasHead() bool {
	for _, h := range w.Headings() {
		if h.fields >= 3 && h.wanted > 0 && h.known*4 >= h.cells*3 {
			return true
		}
	}
	return false
}

// WeakHeading is the reading that scores most, where none is a head: it tells what the head lacks.
func (w *Window) WeakHeading() (Heading, bool) {
	best, found := Heading{}, false
	for top := w.First; top-w.First < min(len(w.Labels), WindowRows); top++ {
		for height := 1; height <= 3; height++ {
			h := w.Read(top, top+height-1)
			if h.score > best.score+1e-9 {
				best, found = h, true
			}
		}
	}
	if !found {
		return best, false
	}
	return w.Grown(best), true
}

// Span is a range of columns, from 0, both ends included.
type Span struct {
	from, to int
	Aside    bool // they hold something else than the table next to them
}

// WholeSheet are all columns.
var WholeSheet = Span{to: 1 << 20}

// Ends returns the first and the last column of the span, the last one at most the given.
func (s Span) Ends(last int) (from, to int) { return s.from, min(s.to, last) }

// Cut leaves of a row what stands within the span, in the columns where it stood.
func (s Span) Cut(l grid.Line) grid.Line {
	if s == WholeSheet {
		return l
	}
	out := grid.Line{Row: l.Row, Hidden: l.Hidden}
	out.Cells = make([]grid.Cell, min(len(l.Cells), s.to+1))
	for i := s.from; i < len(out.Cells); i++ {
		out.Cells[i] = l.Cells[i]
	}
	return out
}

// Has reports whether a merged block begins within the span.
func (s Span) Has(a grid.Area) bool { return a.Left >= s.from && a.Left <= s.to }

// Panels parts the columns into tables next to each other; one span where there is one table.
func (w *Window) Panels() []Span {
	heads := w.Headings()
	if len(heads) == 0 || len(w.Said) > 0 {
		return []Span{WholeSheet}
	}
	if list := w.partedByBlanks(heads[0].Bottom); len(list) > 1 {
		return list
	}
	if list := w.partedByHeads(heads[0]); len(list) > 1 {
		return list
	}
	return []Span{WholeSheet}
}

// partedByBlanks parts the columns where none holds anything, and each side has a head of its own; head is the last row
// of the first head.
func (w *Window) partedByBlanks(head int) []Span {
	used := make([]bool, w.width)
	for r := range w.Labels {
		for c, s := range w.Labels[r] {
			id := w.blocks[r][c]
			begins := id == 0 || !w.areas[id-1].Wide() || w.areas[id-1].Left == c
			if w.goesOn(c, head) || s != "" && begins {
				used[c] = true
			}
		}
	}
	var list []Span
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
		left, right := Span{from: from, to: c - 1}, Span{from: end, to: w.width - 1}
		switch {
		case from >= c || end >= w.width:
		case w.asideTo(used, end, left) > 0:
			to := w.asideTo(used, end, left)
			list = append(list, Span{from: from, to: end - 1}, Span{from: end, to: to, Aside: true})
			if from = to + 1; from >= w.width {
				list[len(list)-1].to = WholeSheet.to
				return list
			}
			end = from
		case w.aside(left, right):
			list = append(list, Span{from: from, to: end - 1, Aside: true})
			from = end
		case w.hasTable(left) && w.hasTable(right):
			list = append(list, Span{from: from, to: end - 1})
			from = end
		}
		c = end
	}
	return append(list, Span{from: from, to: WholeSheet.to})
}

// hasTable reports whether the columns of a span are a table by themselves.
func (w *Window) hasTable(s Span) bool {
	part := w.cutWindow(s)
	for _, h := range part.Headings() {
		if h.wanted >= field.LooseWord && part.hasPerson(h) {
			return true
		}
	}
	return false
}

// hasPerson reports whether a head names who made it besides what, or for a list of people anything besides the name.
func (w *Window) hasPerson(h Heading) bool {
	for _, m := range h.Means {
		switch m.Means {
		case field.Author, field.CoAuthor, field.Leader, field.Teacher, field.Unit:
			return true
		}
	}
	return !w.Voc.Compound && h.fields >= 2
}

// partedByHeads parts a head that names the same columns again: 序号 作品名称 作者 序号 作品名称 作者.
func (w *Window) partedByHeads(h Heading) []Span {
	var first []field.Field
	key := w.Voc.Wanted[0]
	count := func(f field.Field) (n int) {
		for _, m := range h.Means {
			if m.Means == f && m.Sure >= field.LooseWord {
				n++
			}
		}
		return n
	}
	repeats := count(key)
	if repeats < 2 {
		return nil
	}
	var list []Span
	from, seenKey := 0, false
	for c, m := range h.Means {
		again := false
		for _, f := range first {
			again = again || f == m.Means && m.Means != field.None
		}
		if again && seenKey && len(first) >= 2 {
			list = append(list, Span{from: from, to: c - 1})
			from, seenKey, first = c, false, nil
		}
		first = append(first, m.Means)
		seenKey = seenKey || m.Means == key
	}
	if len(list) == 0 || !seenKey {
		return nil
	}
	list = append(list, Span{from: from, to: WholeSheet.to})
	for i := range list {
		if !w.hasTable(Span{from: list[i].from, to: min(list[i].to, w.width-1)}) {
			return nil
		}
	}
	if len(list) != repeats {
		return nil
	}
	return list
}
