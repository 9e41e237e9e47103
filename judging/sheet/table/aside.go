package table

import (
	"strings"
	"unicode/utf8"

	"fayi/judging"
	"fayi/judging/sheet/read"
)

// Next to a list of works people keep other things: how many works each category has, whom to call. They must not lend
// their columns to the list.

// cutWindow is the window of some columns only.
func (w *window) cutWindow(s span) *window {
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
	part.known, part.kinds = w.known, w.kinds
	return part
}

// aside reports whether a span that a blank column parts from a table is something else: it names no works, its rows
// are not those of the table, and it counts something or names again what the table names.
func (w *window) aside(s, of span) bool {
	if !w.voc.compound || !w.hasTable(of) {
		return false
	}
	part, main := w.cutWindow(s), w.cutWindow(of)
	heads := main.headings()
	if len(part.lines) < 3 || len(heads) == 0 {
		return false
	}
	head := part.lines[0]
	if len(valuesOf(head)) < 2 { // a title of its own
		head = part.lines[1]
	}
	own := part.read(head.Row, head.Row)
	for _, f := range w.voc.wanted {
		if own.has(f) {
			return false
		}
	}
	counts, summed := part.counts(head)
	again := false
	for _, m := range heads[0].means {
		again = again || m.field != FieldNone && own.has(m.field)
	}
	return summed || (counts || again) && part.alike(main, head.Row, heads[0]) < 0.6
}

func (h heading) has(f Field) bool {
	for _, m := range h.means {
		if m.field == f && m.confidence >= looseWord {
			return true
		}
	}
	return false
}

// counts reports whether below a head one column holds small numbers only, and another texts of which none comes
// twice; summed says that a total is among them.
func (w *window) counts(head read.Line) (counts, summed bool) {
	numbers, names := false, false
	for _, p := range valuesOf(head) {
		n, digits, seen := 0, 0, map[string]bool{}
		for _, l := range w.lines {
			text := judging.Tidy(l.At(p.col).Text)
			if l.Row <= head.Row || text == "" {
				continue
			}
			if n++; allDigits(text) && utf8.RuneCountInString(text) <= 5 {
				digits++
			}
			seen[text] = true
			summed = summed || total.MatchString(judging.Fold(text))
		}
		numbers = numbers || n > 1 && digits == n
		names = names || n > 1 && digits == 0 && len(seen) == n
	}
	return numbers && names, numbers && names && summed
}

// alike is the share of rows that both parts have, of those that either has, below their heads: in a table parted by a
// blank column it is high.
func (w *window) alike(main *window, from int, head heading) float64 {
	title := -1
	for c, m := range head.means {
		if m.field == FieldTitle && title < 0 {
			title = c
		}
	}
	rows := map[int]bool{}
	for _, l := range main.lines {
		if l.Row > head.bottom && strings.TrimSpace(l.At(title).Text) != "" {
			rows[l.Row] = true
		}
	}
	both, either := 0, len(rows)
	for _, l := range w.lines {
		switch {
		case l.Row <= max(from, head.bottom):
		case rows[l.Row]:
			both++
		default:
			either++
		}
	}
	return float64(both) / float64(max(either, 1))
}
