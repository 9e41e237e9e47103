package table

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"fayi/judging"
	"fayi/judging/sheet/read"
)

// windowRows is how many rows are looked at before a table is understood.
const windowRows = 60

// window is the beginning of a sheet, in which the header is looked for.
type window struct {
	lines  []read.Line
	areas  []read.Area
	width  int             // columns in use
	first  int             // row of labels[0]
	labels [][]string      // what a reader sees in each cell, merged blocks filled, banners only where they begin
	blocks [][]int         // 1 + index of the merged block a cell belongs to
	voc    *vocabulary     // of the kind of table looked for
	known  map[string]seen // what labels mean
	opts   ReadOptions
	until  int              // the row with which another table begins; 0: none does
	sent   map[int]bool     // rows that name a sender
	noted  map[int]bool     // rows that read like notes
	said   map[string]Field // what the user says of headers (folded) and column letters
}

type seen struct {
	meaning
	done bool
}

func newWindow(lines []read.Line, areas []read.Area, voc *vocabulary, opts ReadOptions) *window {
	w := &window{lines: lines, voc: voc, opts: opts, known: map[string]seen{}}
	if len(lines) == 0 {
		return w
	}
	last := lines[len(lines)-1].Row
	w.first = max(lines[0].Row, 1)
	last = min(last, w.first+2*windowRows)
	for _, l := range lines {
		for i, c := range l.Cells {
			if strings.TrimSpace(c.Text) != "" {
				w.width = max(w.width, i+1)
			}
		}
	}
	for range max(last-w.first+1, 1) {
		w.labels = append(w.labels, make([]string, w.width))
		w.blocks = append(w.blocks, make([]int, w.width))
	}
	for _, l := range lines {
		if at := l.Row - w.first; at >= 0 && at < len(w.labels) {
			for i, c := range l.Cells[:min(len(l.Cells), w.width)] {
				if !c.Fill {
					w.labels[at][i] = judging.Tidy(c.Text)
				}
			}
		}
	}
	for _, a := range areas {
		if a.Top > last || len(w.areas) >= 4096 {
			break
		}
		if a.Bottom >= w.first && a.Left < w.width {
			w.areas = append(w.areas, a)
			w.lay(a, len(w.areas))
		}
	}
	return w
}

// banner reports whether a merged block spans the table, as a title does.
func (w *window) banner(a read.Area) bool {
	return w.width > 2 && a.Wide() && (min(a.Right, w.width-1)-a.Left+1)*10 >= w.width*8
}

func (w *window) lay(a read.Area, id int) {
	anchor := w.label(a.Top, a.Left)
	if anchor == "" || w.banner(a) {
		return
	}
	for r := max(a.Top, w.first); r <= a.Bottom && r-w.first < len(w.labels); r++ {
		for c := a.Left; c <= a.Right && c < w.width; c++ {
			w.labels[r-w.first][c], w.blocks[r-w.first][c] = anchor, id
		}
	}
}

func (w *window) label(row, col int) string {
	if r := row - w.first; r >= 0 && r < len(w.labels) && col >= 0 && col < w.width {
		return w.labels[r][col]
	}
	return ""
}

func (w *window) block(row, col int) int {
	if r := row - w.first; r >= 0 && r < len(w.blocks) && col >= 0 && col < w.width {
		return w.blocks[r][col]
	}
	return 0
}

func (w *window) match(text string) meaning {
	s := w.known[text]
	if !s.done {
		s = seen{w.voc.match(text), true}
		w.known[text] = s
	}
	return s.meaning
}

// heading is one reading of some rows as a header.
type heading struct {
	top, bottom int
	labels      [][]string // by column: from the top down, repeats left out
	means       []meaning
	score       float64
	wanted      float64 // confidence of the fields that a table of this kind must have
	fields      int     // distinct ones known
	known       int     // cells whose meaning is known
	trusted     bool    // read before
	cells, data int     // cells with text, and those of them that look like values
}

// grown extends a header over all rows of the merged blocks it cuts through.
func (w *window) grown(h heading) heading {
	top, bottom := h.top, h.bottom
	for _, a := range w.areas {
		if w.banner(a) || !a.Tall() || a.Bottom-a.Top > 4 {
			continue
		}
		if a.Top >= h.top && a.Top <= h.bottom {
			bottom = max(bottom, a.Bottom)
		}
		if a.Bottom >= h.top && a.Bottom <= h.bottom {
			top = min(top, a.Top)
		}
	}
	if top == h.top && bottom == h.bottom {
		return h
	}
	return w.read(max(top, w.first), bottom)
}

// read takes the rows from top to bottom as a header and scores it: the sum of what is known of distinct fields,
// more for the fields a table of this kind must have, less for what looks like data. A reading below two known
// fields scores nothing.
func (w *window) read(top, bottom int) heading {
	h := heading{top: top, bottom: bottom}
	for r := top; r <= bottom; r++ {
		if w.namesSender(r) {
			return h
		}
	}
	best, data, stray := map[Field]float64{}, 0.0, 0.0
	for c := range w.width {
		parts := w.parts(top, bottom, c)
		m := w.meaning(parts)
		if f, ok := w.choiceOf(c, parts); ok {
			m = meaning{field: f, confidence: 1, role: roleOf(f)}
		}
		h.labels, h.means = append(h.labels, parts), append(h.means, m)
		if len(parts) == 0 {
			continue
		}
		h.cells++
		if last := parts[len(parts)-1]; m.field == FieldNone && looksLikeData(last) {
			data++
		}
		stray += w.strays(top, bottom, c)
		if len(parts) > 1 && m.field == FieldNone {
			if m.field = w.choiceField(parts[len(parts)-2]); m.field != FieldNone { // 类别 over 书法
				m.confidence = cleanWord
				stray -= 0.1
			}
		}
		if m.field != FieldNone {
			h.known++
			best[m.field] = max(best[m.field], m.confidence)
		}
	}
	delete(best, FieldNone)
	for _, f := range w.voc.wanted {
		h.wanted += best[f]
	}
	h.fields = len(best)
	alone := w.voc.alone && h.cells == 1 && h.wanted >= sureWord
	if !alone && (len(best) < 2 || h.wanted == 0 && len(best) < 3 || float64(len(best)) < 0.2*float64(h.cells)) {
		return h
	}
	for _, n := range best {
		h.score += n
	}
	h.score += 2*h.wanted - data - stray - 0.05*float64(bottom-top)
	h.data = int(data)
	return h
}

// strays weighs what stands above the lowest label of a column and is neither merged nor says whose or what the
// column is: it is rather a value of a row above.
func (w *window) strays(top, bottom, col int) (stray float64) {
	for bottom > top && w.label(bottom, col) == "" {
		bottom--
	}
	for r := top; r < bottom; r++ {
		p := w.label(r, col)
		if p != "" && w.block(r, col) == 0 && w.match(p).confidence < suffixWord && roleIn(foldHeader(p)) == "" {
			stray += 0.5
		}
	}
	return stray
}

// choiceOf returns what the user says of a column: its letters stand above its header.
func (w *window) choiceOf(col int, parts []string) (Field, bool) {
	if len(w.said) == 0 || len(parts) == 0 {
		return FieldNone, false
	}
	if f, ok := w.said[read.ColumnLetters(col)]; ok {
		return f, true
	}
	f, ok := w.said[foldHeader(parts[len(parts)-1])]
	return f, ok
}

// parts lists the labels over a column. A label of the upper rows that stands over blanks to its right goes for
// them too.
func (w *window) parts(top, bottom, col int) []string {
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
func (w *window) carried(row, col int) string {
	if w.titles(row) {
		return ""
	}
	for c := col - 1; c >= 0; c-- {
		s := w.label(row, c)
		if s == "" {
			continue
		}
		if w.block(row, c) == 0 && isGroupLabel(s) && roleIn(foldHeader(s)) != "" {
			return s
		}
		return ""
	}
	return ""
}

// titles reports whether a row holds one text only, in its first column.
func (w *window) titles(row int) bool {
	first, texts := -1, 0
	for c := range w.width {
		if s := w.label(row, c); s != "" && (c == 0 || w.block(row, c) == 0 || w.block(row, c) != w.block(row, c-1)) {
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
func (w *window) meaning(parts []string) meaning {
	if len(parts) == 0 {
		return meaning{}
	}
	own := w.match(parts[len(parts)-1])
	if len(parts) == 1 || !w.voc.compound {
		return own
	}
	above := ""
	for _, p := range parts[:len(parts)-1] {
		if isGroupLabel(p) {
			above += p
		}
	}
	if m := w.match(above + parts[len(parts)-1]); m.confidence >= cleanWord {
		return m
	}
	if role := roleIn(foldHeader(above)); role != "" && role != own.role &&
		(own.role == "" || own.confidence < sureWord) {
		if f := reassign(role, own.field); f != FieldNone {
			return meaning{field: f, confidence: cleanWord, role: role, order: own.order}
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
func (w *window) namesSender(row int) bool {
	if w.sent == nil {
		w.sent = map[int]bool{}
		for _, l := range w.lines {
			w.sent[l.Row] = w.labelsSender(ownTexts(l))
		}
	}
	return w.sent[row]
}

func (w *window) labelsSender(cells []string) bool {
	if len(cells) > 8 {
		return false
	}
	for i, c := range cells {
		if w.match(judging.Tidy(c)).confidence >= looseWord && !strings.ContainsAny(c, ":：") {
			continue
		}
		if name, sure := senderIn(cells[i : i+1]); sure && name != "" {
			return true
		}
		label, value, colon := cutColon(c)
		if !colon || judging.Fold(value) != "" || !senderLabel.MatchString(judging.Fold(stamp.ReplaceAllString(label, ""))) {
			continue
		}
		if i+1 < len(cells) && w.match(judging.Tidy(cells[i+1])).confidence < looseWord && !isEmpty(cells[i+1]) {
			return true
		}
	}
	return false
}

// values are the rows from one on that may be evidence for what columns mean: those up to the next table, and no notes.
func (w *window) values(from int) (lines []read.Line) {
	for _, l := range w.lines {
		if l.Row >= from && (w.until == 0 || l.Row < w.until) && !w.noteLike(l) {
			lines = append(lines, l)
		}
	}
	return lines
}

// noteLike reports whether a row reads like a note, whatever the columns of its table mean.
func (w *window) noteLike(l read.Line) bool {
	if w.noted == nil {
		w.noted = map[int]bool{}
		for _, l := range w.lines {
			w.noted[l.Row] = noteLike(l)
		}
	}
	return w.noted[l.Row]
}
