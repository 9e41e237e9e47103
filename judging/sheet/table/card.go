package table

import (
	"slices"
	"strings"
	"unicode/utf8"

	"fayi/judging"
	"fayi/judging/sheet/read"
)

// A card is a form for one work: labels with their values to the right (作品名称 | 守法 | 作者 | 甲某), several rows of them,
// perhaps several cards on a sheet.

// pair is one label of a card with its value.
type pair struct {
	row, col int // of the value
	label    string
	meaning
	value read.Cell
}

// cardFields are those of which two must be found, in two rows, before a sheet is taken for cards: sender and phone
// stand above tables too.
var cardFields = []Field{
	FieldTitle, FieldAuthor, FieldCategory, FieldGroup, FieldTeacher, FieldIntro, FieldIDCard, FieldForm, fieldGrade,
	"gender", "age", "birth",
}

// cards reads the whole sheet as cards; ok is false if it is not one.
func (w *window) cards() (list [][]pair, ok bool) {
	var all []pair
	inRow := 0
	for _, l := range w.lines {
		if name, sure := senderIn(ownTexts(l)); name != "" && sure && len(all) == 0 {
			continue // stands above the form, as above a table
		}
		pairs, neighbours := w.pairs(l)
		if neighbours > 2 { // labels side by side: a table
			return nil, false
		}
		inRow = max(inRow, len(pairs))
		all = append(all, pairs...)
	}
	rows, fields := map[int]bool{}, map[Field]bool{}
	for _, p := range all {
		if slices.Contains(cardFields, p.field) {
			rows[p.row], fields[p.field] = true, true
		}
	}
	if !fields[FieldTitle] || len(fields) < 3 || len(rows) < 2 {
		return nil, false
	}
	for i, p := range all {
		last := len(list) - 1
		if p.field == FieldTitle || len(list) == 0 {
			list = append(list, nil)
			if n := formHead(all, i); last >= 0 && n > 0 && n < len(list[last]) { // its number above the next title
				at := len(list[last]) - n
				list[last+1] = slices.Clone(list[last][at:])
				list[last] = list[last][:at]
			}
			last++
		}
		list[last] = append(list[last], p)
	}
	// number and date above the title
	if len(list) > 1 && !slices.ContainsFunc(list[0], func(p pair) bool { return p.field == FieldTitle }) {
		list = slices.Insert(list[2:], 0, append(list[0], list[1]...))
	}
	return list, true
}

// formHead counts the pairs right above the title at index at that begin its form: number or date, and a row without
// any between them and the form above.
func formHead(all []pair, at int) (n int) {
	for i := at - 1; i >= 0; i-- {
		if f := all[i].field; f != FieldNumber && f != FieldRowNo && f != "date" || all[i+1].row > all[i].row+1 {
			break
		}
		if n = at - i; i == 0 || all[i-1].row < all[i].row-1 {
			return n
		}
	}
	return 0
}

// pairs reads one row; neighbours counts labels that stand where a value should.
func (w *window) pairs(l read.Line) (list []pair, neighbours int) {
	for c := 0; c < min(len(l.Cells), w.width); c++ {
		text := w.label(l.Row, c)
		if l.At(c).Text == "" || l.At(c).Fill || text == "" {
			continue
		}
		if p, ok := w.within(l, c); ok {
			list = append(list, p)
			continue
		}
		m := w.labelled(text)
		end := w.rightEnd(l.Row, c)
		next := w.label(l.Row, end+1)
		if m.field == FieldNone || end+1 >= w.width {
			continue
		}
		// 职务 | 教师 ends a row
		if other := w.labelled(next); other.field != FieldNone &&
			(other.confidence > looseWord || w.label(l.Row, w.rightEnd(l.Row, end+1)+1) != "") {
			if a, tall := w.areaAt(l.Row, c); !tall || !a.Tall() {
				neighbours++
			}
			continue
		}
		list = append(list, pair{l.Row, end + 1, text, w.ofBlock(m, l.Row, c), l.At(end + 1)})
		c = w.rightEnd(l.Row, end+1)
	}
	return list, neighbours
}

// labelled returns what a cell means as the label of a card.
func (w *window) labelled(text string) meaning {
	if n := utf8.RuneCountInString(text); n < 2 || n > 24 {
		return meaning{}
	}
	if f, ok := w.said[foldHeader(text)]; ok {
		return meaning{field: f, confidence: 1}
	}
	if m := w.match(text); m.confidence >= looseWord && m.field != fieldMeta {
		return m
	}
	return meaning{}
}

// within reads a label and its value in one cell: 作品名称：守法.
func (w *window) within(l read.Line, col int) (pair, bool) {
	label, value, colon := cutColon(l.At(col).Text)
	if !colon || strings.TrimSpace(strings.Trim(value, "_＿")) == "" {
		return pair{}, false
	}
	m := w.labelled(judging.Tidy(label))
	if m.confidence < cleanWord {
		return pair{}, false
	}
	own := read.Cell{Text: strings.Trim(value, "_＿ ")}
	return pair{l.Row, col, judging.Tidy(label), w.ofBlock(m, l.Row, col), own}, true
}

// ofBlock gives a label of nobody in particular to the block on its left: 姓名 next to 指导老师.
func (w *window) ofBlock(m meaning, row, col int) meaning {
	for c := col - 1; c >= 0; c-- {
		a, merged := w.areaAt(row, c)
		if !merged || !a.Tall() {
			continue
		}
		role := roleIn(foldHeader(w.label(row, c)))
		if f := reassign(role, m.field); role != "" && m.role == "" && f != FieldNone {
			m.field, m.role = f, role
		}
		break
	}
	return m
}

func (w *window) areaAt(row, col int) (read.Area, bool) {
	if id := w.block(row, col); id > 0 {
		return w.areas[id-1], true
	}
	return read.Area{}, false
}

// rightEnd returns the last column of the merged block that a cell belongs to.
func (w *window) rightEnd(row, col int) int {
	if a, ok := w.areaAt(row, col); ok {
		return a.Right
	}
	return col
}

// takeCards makes a table of cards: its columns are the labels of the first card, its records the cards.
func (t *table) takeCards(w *window, cards [][]pair) (records []*record) {
	t.Card, t.usable = true, true
	t.FirstRow = cards[0][0].row
	t.heading = heading{top: w.topOf(cards[0]), bottom: t.FirstRow}
	for i, p := range cards[0] {
		c := &column{
			Column: Column{
				Index:      i,
				Letter:     read.ColumnLetters(p.col),
				Header:     shownHeader(p.label),
				Field:      p.field,
				Confidence: p.confidence,
			},
			meaning: p.meaning,
		}
		t.cols = append(t.cols, c)
		t.Columns = append(t.Columns, c.Column)
		t.heading.labels = append(t.heading.labels, []string{p.label})
	}
	t.Signature = t.heading.signature()
	t.preamble(w)
	for _, pairs := range cards {
		r := &record{
			row:     pairs[0].row,
			now:     t.now,
			values:  map[Field]read.Cell{},
			columns: map[Field]*column{},
			names:   map[Field][]read.Cell{},
			more:    map[string]string{},
		}
		for _, p := range pairs {
			c := &column{
				Column: Column{
					Index:  p.col,
					Letter: read.ColumnLetters(p.col),
					Header: shownHeader(p.label),
					Field:  p.field,
				},
			}
			t.takeValue(r, p.row, c, p.value)
		}
		r.pairs = pairs
		records = append(records, r)
	}
	return records
}

// cardCells lists the values of a card in the order of the table's columns, to be shown.
func (t *table) ownCells(r *record) []read.Cell {
	if t.cards == nil {
		return nil
	}
	return t.cardCells(r)
}

func (t *table) cardCells(r *record) []read.Cell {
	cells := make([]read.Cell, len(t.cols))
	for i, c := range t.cols {
		for _, p := range r.pairs {
			if p.field == c.Field && shownHeader(p.label) == c.Header && cells[i].Text == "" {
				cells[i] = p.value
			}
		}
	}
	return cells
}

// topOf returns the first row of a card, above which its title stands.
func (w *window) topOf(pairs []pair) int {
	top := pairs[0].row
	for _, p := range pairs {
		top = min(top, p.row)
	}
	return top
}
