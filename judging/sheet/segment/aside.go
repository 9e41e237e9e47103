package segment

import (
	"strings"
	"unicode/utf8"

	"fayi/judging"
	"fayi/judging/sheet/celltext"
	"fayi/judging/sheet/field"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/rowkind"
)

// Next to a list of works people keep other things: how many works each category has, whom to call. Their
// columns must not become those of the list.

// cutWindow is the window of some columns only.
func (w *Window) cutWindow(s Span) *Window {
	var lines []grid.Line
	for _, l := range w.Lines {
		if cut := s.Cut(l); !cut.Blank() {
			lines = append(lines, cut)
		}
	}
	var areas []grid.Area
	for _, a := range w.areas {
		if s.Has(a) {
			areas = append(areas, a)
		}
	}
	part := New(lines, areas, w.Voc, w.opts)
	part.Known, part.Kinds = w.Known, w.Kinds
	return part
}

// aside reports whether a span that a blank column parts from a table is something else: it names no works, its rows
// are not those of the table, and it counts something or names again what the table names.
func (w *Window) aside(s, of Span) bool {
	if !w.Voc.Compound || !w.hasTable(of) {
		return false
	}
	part, main := w.cutWindow(s), w.cutWindow(of)
	heads := main.Headings()
	if len(part.Lines) < 3 || len(heads) == 0 {
		return false
	}
	head := part.Lines[0]
	if len(rowkind.ValuesOf(head)) < 2 { // a title of its own
		head = part.Lines[1]
	}
	own := part.Read(head.Row, head.Row)
	for _, f := range w.Voc.Wanted {
		if own.has(f) {
			return false
		}
	}
	counts, summed := part.counts(head)
	again := false
	for _, m := range heads[0].Means {
		again = again || m.Means != field.None && own.has(m.Means)
	}
	return summed || (counts || again) && part.alike(main, head.Row, heads[0]) < 0.6
}

// asideTo returns the last column of what stands aside of a table from a column on, up to the next blank column; 0
// where nothing does.
func (w *Window) asideTo(used []bool, from int, table Span) int {
	to := from
	for to+1 < w.width && used[to+1] {
		to++
	}
	rest := to + 1
	for rest < w.width && !used[rest] {
		rest++
	}
	if rest < w.width && !w.hasTable(Span{from: rest, to: w.width - 1}) ||
		!w.aside(Span{from: from, to: to}, table) {
		return 0
	}
	return to
}

func (h Heading) has(f field.Field) bool {
	for _, m := range h.Means {
		if m.Means == f && m.Sure >= field.LooseWord {
			return true
		}
	}
	return false
}

// counts reports whether below a head one column holds small numbers only, and another texts of which none comes
// twice; summed says that a total is among them.
func (w *Window) counts(head grid.Line) (counts, summed bool) {
	numbers, names := false, false
	for _, p := range rowkind.ValuesOf(head) {
		n, digits, seen := 0, 0, map[string]bool{}
		for _, l := range w.Lines {
			text := judging.Tidy(l.At(p.Col).Text)
			if l.Row <= head.Row || text == "" {
				continue
			}
			if n++; celltext.AllDigits(text) && utf8.RuneCountInString(text) <= 5 {
				digits++
			}
			seen[text] = true
			summed = summed || rowkind.Total.MatchString(judging.Fold(text))
		}
		numbers = numbers || n > 1 && digits == n
		names = names || n > 1 && digits == 0 && len(seen) == n
	}
	return numbers && names, numbers && names && summed
}

// alike is the share of rows that both parts have, of those that either has, below their heads: in a table parted by a
// blank column it is high.
func (w *Window) alike(main *Window, from int, head Heading) float64 {
	title := -1
	for c, m := range head.Means {
		if m.Means == field.Title && title < 0 {
			title = c
		}
	}
	rows := map[int]bool{}
	for _, l := range main.Lines {
		if l.Row > head.Bottom && strings.TrimSpace(l.At(title).Text) != "" {
			rows[l.Row] = true
		}
	}
	both, either := 0, len(rows)
	for _, l := range w.Lines {
		switch {
		case l.Row <= max(from, head.Bottom):
		case rows[l.Row]:
			both++
		default:
			either++
		}
	}
	return float64(both) / float64(max(either, 1))
}
