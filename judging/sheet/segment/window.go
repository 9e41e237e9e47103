package segment

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"fayi/judging"
	"fayi/judging/sheet/celltext"
	"fayi/judging/sheet/field"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/rowkind"
)

// WindowRows is how many rows are looked at before a table is understood.
const WindowRows = 60

// Window is the beginning of a sheet, in which the header is looked for.
type Window struct {
	Lines  []grid.Line
	areas  []grid.Area
	width  int               // columns in use
	First  int               // row of labels[0]
	Labels [][]string        // what a reader sees in each cell, merged blocks filled, banners only where they begin
	blocks [][]int           // 1 + index of the merged block a cell belongs to
	Voc    *field.Vocabulary // of the kind of table looked for
	Known  map[string]Seen   // what labels mean
	Kinds  *KindWords        // names of categories and groups
	opts   mapping.Options
	Until  int                    // the row with which another table begins; 0: none does
	sent   map[int]bool           // rows that name a sender
	noted  map[int]bool           // rows that read like notes
	headed map[int]bool           // rows that read like heads
	going  map[int][]bool         // by the last row of a head: columns that are part of the one to their left
	Said   map[string]field.Field // what the user says of headers (folded) and column letters
}

// Seen is what a text means as a label; Done says that it was asked.
type Seen struct {
	field.Meaning
	Done bool
}

// New looks at the first rows of a sheet, with its merged areas, for tables of one kind.
func New(lines []grid.Line, areas []grid.Area, voc *field.Vocabulary, opts mapping.Options) *Window {
	w := &Window{Lines: lines, Voc: voc, opts: opts, Known: map[string]Seen{}}
	if len(lines) == 0 {
		return w
	}
	last := lines[len(lines)-1].Row
	w.First = max(lines[0].Row, 1)
	last = min(last, w.First+2*WindowRows)
	for _, l := range lines {
		for i, c := range l.Cells {
			if strings.TrimSpace(c.Text) != "" {
				w.width = max(w.width, i+1)
			}
		}
	}
	for range max(last-w.First+1, 1) {
		w.Labels = append(w.Labels, make([]string, w.width))
		w.blocks = append(w.blocks, make([]int, w.width))
	}
	for _, l := range lines {
		if at := l.Row - w.First; at >= 0 && at < len(w.Labels) {
			for i, c := range l.Cells[:min(len(l.Cells), w.width)] {
				if !c.Fill {
					w.Labels[at][i] = judging.Tidy(c.Text)
				}
			}
		}
	}
	for _, a := range areas {
		if a.Top > last || len(w.areas) >= 4096 {
			break
		}
		if a.Bottom >= w.First && a.Left < w.width {
			w.areas = append(w.areas, a)
			w.lay(a, len(w.areas))
		}
	}
	return w
}

// banner reports whether a merged block spans the table, as a title does.
func (w *Window) banner(a grid.Area) bool {
	return w.width > 2 && a.Wide() && (min(a.Right, w.width-1)-a.Left+1)*10 >= w.width*8
}

func (w *Window) lay(a grid.Area, id int) {
	anchor := w.label(a.Top, a.Left)
	if anchor == "" || w.banner(a) {
		return
	}
	for r := max(a.Top, w.First); r <= a.Bottom && r-w.First < len(w.Labels); r++ {
		for c := a.Left; c <= a.Right && c < w.width; c++ {
			w.Labels[r-w.First][c], w.blocks[r-w.First][c] = anchor, id
		}
	}
}

func (w *Window) label(row, col int) string {
	if r := row - w.First; r >= 0 && r < len(w.Labels) && col >= 0 && col < w.width {
		return w.Labels[r][col]
	}
	return ""
}

// Block returns 1 + the index of the merged block that a cell belongs to, 0 for none.
func (w *Window) Block(row, col int) int {
	if r := row - w.First; r >= 0 && r < len(w.blocks) && col >= 0 && col < w.width {
		return w.blocks[r][col]
	}
	return 0
}

// Match returns what a text means as a label, and remembers it.
func (w *Window) Match(text string) field.Meaning {
	s := w.Known[text]
	if !s.Done {
		s = Seen{w.Voc.Match(text), true}
		w.Known[text] = s
	}
	return s.Meaning
}

// Heading is one reading of some rows as a header.
type Heading struct {
	Top, Bottom int
	Labels      [][]string // by column: from the top down, repeats left out
	Means       []field.Meaning
	score       float64
	wanted      float64 // confidence of the fields that a table of this kind must have
	fields      int     // distinct ones known
	known       int     // cells whose meaning is known
	trusted     bool    // read before
	cells, data int     // cells with text, and those of them that look like values
}

// Grown extends a header over all rows of the merged blocks it cuts through.
func (w *Window) Grown(h Heading) Heading {
	top, bottom := h.Top, h.Bottom
	for _, a := range w.areas {
		if w.banner(a) || !a.Tall() || a.Bottom-a.Top > 4 {
			continue
		}
		if a.Top >= h.Top && a.Top <= h.Bottom {
			bottom = max(bottom, a.Bottom)
		}
		if a.Bottom >= h.Top && a.Bottom <= h.Bottom {
			top = min(top, a.Top)
		}
	}
	if top == h.Top && bottom == h.Bottom {
		return h
	}
	return w.Read(max(top, w.First), bottom)
}

// Read takes the rows from top to bottom as a header and scores it: the sum of what is known of distinct fields,
// more for the fields a table of this kind must have, less for what looks like data. A reading below two known
// fields scores nothing.
func (w *Window) Read(top, bottom int) Heading {
	h := Heading{Top: top, Bottom: bottom}
	if w.noPartOfHead(top, bottom) {
		return h
	}
	best, data, stray := map[field.Field]float64{}, 0.0, 0.0
	for c := range w.width {
		parts := w.parts(top, bottom, c)
		m := w.meaning(parts)
		if f, ok := w.choiceOf(c, parts); ok {
			m = field.Meaning{Means: f, Sure: 1, Role: field.RoleOf(f)}
		}
		h.Labels, h.Means = append(h.Labels, parts), append(h.Means, m)
		if len(parts) == 0 {
			continue
		}
		h.cells++
		last := parts[len(parts)-1]
		if m.Means == field.None && looksLikeData(last) {
			data++
		}
		stray += w.strays(top, bottom, c)
		if of := w.choiceUnder(parts); m.Means == field.None && of != field.None {
			m.Means, m.Sure = of, field.CleanWord
			stray -= 0.1
		}
		switch {
		case m.Means != field.None:
			h.known++
			best[m.Means] = max(best[m.Means], m.Sure)
		case w.isChoice(c, bottom, last):
			h.known++
		}
	}
	delete(best, field.None)
	for _, f := range w.Voc.Wanted {
		h.wanted += best[f]
	}
	h.fields = len(best)
	alone := w.Voc.Alone && h.cells == 1 && h.wanted >= field.SureWord
	if !alone && (len(best) < 2 || h.wanted == 0 && len(best) < 3 || float64(len(best)) < 0.2*float64(h.cells)) {
		return h
	}
	for _, n := range best {
		h.score += n
	}
	h.score += 2*h.wanted - data - stray - 0.05*float64(bottom-top) + w.headRows(top, bottom)
	h.data = int(data)
	return h
}

// strays weighs what stands above the lowest label of a column and is neither merged nor says whose or what the
// column is: it is rather a value of a row above.
func (w *Window) strays(top, bottom, col int) (stray float64) {
	for bottom > top && w.label(bottom, col) == "" {
		bottom--
	}
	for r := top; r < bottom; r++ {
		p := w.label(r, col)
		if p != "" && w.Block(r, col) == 0 && w.Match(p).Sure < field.SuffixWord && field.RoleIn(field.Fold(p)) == "" {
			stray += 0.5
		}
	}
	return stray
}

// choiceOf returns what the user says of a column: its letters stand above its header.
func (w *Window) choiceOf(col int, parts []string) (field.Field, bool) {
	if len(w.Said) == 0 || len(parts) == 0 {
		return field.None, false
	}
	if f, ok := w.Said[grid.ColumnLetters(col)]; ok {
		return f, true
	}
	f, ok := w.Said[field.Fold(parts[len(parts)-1])]
	return f, ok
}

// parts lists the labels over a column. A label of the upper rows that stands over blanks to its right goes for
// them too.
func (w *Window) parts(top, bottom, col int) []string {
	if w.goesOn(col, bottom) {
		return nil
	}
	var parts []string
	for r := top; r <= bottom; r++ {
		s := w.label(r, col)
		if s == "" && r < bottom && w.label(bottom, col) != "" {
			if s = w.carried(r, col); s == "" {
				s = w.choiceAbove(r, bottom, col)
			}
		}
		if s != "" && (len(parts) == 0 || parts[len(parts)-1] != s) {
			parts = append(parts, s)
		}
	}
	return parts
}

// carried finds the group label to the left of a blank cell, if it names whose columns follow. What stands alone in
// its row, at the left, is a title: 教师作品汇总表 names nobody's columns.
func (w *Window) carried(row, col int) string {
	if w.titles(row) {
		return ""
	}
	for c := col - 1; c >= 0; c-- {
		s := w.label(row, c)
		if s == "" {
			continue
		}
		if w.Block(row, c) == 0 && isGroupLabel(s) && field.RoleIn(field.Fold(s)) != "" {
			return s
		}
		return ""
	}
	return ""
}

// titles reports whether a row holds one text only, in its first column.
func (w *Window) titles(row int) bool {
	first, texts := -1, 0
	for c := range w.width {
		if s := w.label(row, c); s != "" && (c == 0 || w.Block(row, c) == 0 || w.Block(row, c) != w.Block(row, c-1)) {
			if texts++; first < 0 {
				first = c
			}
		}
	}
	return texts == 1 && first == 0
}

// isGroupLabel reports whether a text may stand over several columns to say whose they are.
func isGroupLabel(s string) bool {
	return utf8.RuneCountInString(s) <= 12 && !titleWords.MatchString(s)
}

var titleWords = regexp.MustCompile(`汇总|登记|统计|报名表|名单|一览|目录|清单|作品表|[0-9〇零]{2}年|大赛|比赛|活动`)

// meaning reads the labels over one column: the lowest says what, those above may say whose.
func (w *Window) meaning(parts []string) field.Meaning {
	if len(parts) == 0 {
		return field.Meaning{}
	}
	own := w.Match(parts[len(parts)-1])
	if len(parts) == 1 || !w.Voc.Compound {
		return own
	}
	above := ""
	for _, p := range parts[:len(parts)-1] {
		if isGroupLabel(p) {
			above += p
		}
	}
	if m := w.Match(above); own.Means == field.Author && own.Role == "" && m.Sure >= field.CleanWord &&
		persons[m.Means] { // 姓名 below 第二作者
		return m
	}
	if m := w.Match(above + parts[len(parts)-1]); m.Sure >= field.CleanWord {
		return m
	}
	if role := field.RoleIn(field.Fold(above)); role != "" && role != own.Role &&
		(own.Role == "" || own.Sure < field.SureWord) {
		if f := field.Reassign(role, own.Means); f != field.None {
			return field.Meaning{Means: f, Sure: field.CleanWord, Role: role, Order: own.Order}
		}
	}
	return own
}

// looksLikeData reports whether a label is rather a value: a number of some length, or a long sentence.
func looksLikeData(s string) bool {
	digits := 0
	for _, r := range s {
		if r >= '0' && r <= '9' {
			digits++
		}
	}
	return digits >= 5 || digits == len(s) || len(s) > 180
}

// namesSender reports whether a row is a line like 报送单位：某某小学, which is part of no head.
func (w *Window) namesSender(row int) bool {
	if w.sent == nil {
		w.sent = map[int]bool{}
		for _, l := range w.Lines {
			w.sent[l.Row] = w.labelsSender(rowkind.OwnTexts(l))
		}
	}
	return w.sent[row]
}

func (w *Window) labelsSender(cells []string) bool {
	if len(cells) > 8 {
		return false
	}
	for i, c := range cells {
		if w.Match(judging.Tidy(c)).Sure >= field.LooseWord && !strings.ContainsAny(c, ":：") {
			continue
		}
		if name, sure := rowkind.SenderIn(cells[i : i+1]); sure && name != "" {
			return true
		}
		label, value, colon := rowkind.CutColon(c)
		label = judging.Fold(rowkind.Stamp.ReplaceAllString(label, ""))
		if !colon || judging.Fold(value) != "" || !rowkind.SenderLabel.MatchString(label) {
			continue
		}
		if i+1 < len(cells) && w.Match(judging.Tidy(cells[i+1])).Sure < field.LooseWord &&
			!celltext.IsEmpty(cells[i+1]) {
			return true
		}
	}
	return false
}

// Values are the rows from one on that may be evidence for what columns mean: those up to the next table, and no notes.
func (w *Window) Values(from int) (lines []grid.Line) {
	for _, l := range w.Lines {
		if l.Row >= from && (w.Until == 0 || l.Row < w.Until) && !w.noteLike(l) {
			lines = append(lines, l)
		}
	}
	return lines
}

// noteLike reports whether a row reads like a note, whatever the columns of its table mean.
func (w *Window) noteLike(l grid.Line) bool {
	if w.noted == nil {
		w.noted = map[int]bool{}
		for _, l := range w.Lines {
			w.noted[l.Row] = rowkind.NoteLike(l)
		}
	}
	return w.noted[l.Row]
}
