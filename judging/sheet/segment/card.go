package segment

import (
	"slices"
	"strings"
	"unicode/utf8"

	"fayi/judging"
	"fayi/judging/sheet/field"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/rowkind"
)

// A card is a form for one work: labels with their values to the right (作品名称 | 守法 | 作者 | 甲某), several rows of them,
// perhaps several cards on a sheet.

// Pair is one label of a card with its value.
type Pair struct {
	Row, Col int // of the value
	Label    string
	field.Meaning
	Value grid.Cell
}

// cardFields are those of which two must be found, in two rows, before a sheet is taken for cards: sender and phone
// stand above tables too.
var cardFields = []field.Field{
	field.Title, field.Author, field.Category, field.Group, field.Teacher, field.Intro, field.IDCard,
	field.Form, field.Grade,
	"gender", "age", "birth",
}

// Cards reads the whole sheet as cards; ok is false if it is not one.
func (w *Window) Cards() (list [][]Pair, ok bool) {
	var all []Pair
	inRow := 0
	for _, l := range w.Lines {
		if name, sure := rowkind.SenderIn(rowkind.OwnTexts(l)); name != "" && sure && len(all) == 0 {
			continue // stands above the form, as above a table
		}
		pairs, neighbours := w.pairs(l)
		if neighbours > 2 { // labels side by side: a table
			return nil, false
		}
		inRow = max(inRow, len(pairs))
		all = append(all, pairs...)
	}
	rows, fields := map[int]bool{}, map[field.Field]bool{}
	for _, p := range all {
		if slices.Contains(cardFields, p.Means) {
			rows[p.Row], fields[p.Means] = true, true
		}
	}
	if !fields[field.Title] || len(fields) < 3 || len(rows) < 2 {
		return nil, false
	}
	for i, p := range all {
		last := len(list) - 1
		if p.Means == field.Title || len(list) == 0 {
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
	if len(list) > 1 && !slices.ContainsFunc(list[0], func(p Pair) bool { return p.Means == field.Title }) {
		list = slices.Insert(list[2:], 0, append(list[0], list[1]...))
	}
	return list, true
}

// formHead counts the pairs right above the title at index at that begin its form: number or date, and a row without
// any between them and the form above.
func formHead(all []Pair, at int) (n int) {
	for i := at - 1; i >= 0; i-- {
		if f := all[i].Means; f != field.Number && f != field.RowNo && f != "date" || all[i+1].Row > all[i].Row+1 {
			break
		}
		if n = at - i; i == 0 || all[i-1].Row < all[i].Row-1 {
			return n
		}
	}
	return 0
}

// pairs reads one row; neighbours counts labels that stand where a value should.
func (w *Window) pairs(l grid.Line) (list []Pair, neighbours int) {
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
		if m.Means == field.None || end+1 >= w.width {
			continue
		}
		// 职务 | 教师 ends a row
		if other := w.labelled(next); other.Means != field.None &&
			(other.Sure > field.LooseWord || w.label(l.Row, w.rightEnd(l.Row, end+1)+1) != "") {
			if a, tall := w.areaAt(l.Row, c); !tall || !a.Tall() {
				neighbours++
			}
			continue
		}
		list = append(list, Pair{l.Row, end + 1, text, w.ofBlock(m, l.Row, c), l.At(end + 1)})
		c = w.rightEnd(l.Row, end+1)
	}
	return list, neighbours
}

// labelled returns what a cell means as the label of a card.
func (w *Window) labelled(text string) field.Meaning {
	if n := utf8.RuneCountInString(text); n < 2 || n > 24 {
		return field.Meaning{}
	}
	if f, ok := w.Said[field.Fold(text)]; ok {
		return field.Meaning{Means: f, Sure: 1}
	}
	if m := w.Match(text); m.Sure >= field.LooseWord && m.Means != field.Meta {
		return m
	}
	return field.Meaning{}
}

// within reads a label and its value in one cell: 作品名称：守法.
func (w *Window) within(l grid.Line, col int) (Pair, bool) {
	label, value, colon := rowkind.CutColon(l.At(col).Text)
	if !colon || strings.TrimSpace(strings.Trim(value, "_＿")) == "" {
		return Pair{}, false
	}
	m := w.labelled(judging.Tidy(label))
	if m.Sure < field.CleanWord {
		return Pair{}, false
	}
	own := grid.Cell{Text: strings.Trim(value, "_＿ ")}
	return Pair{l.Row, col, judging.Tidy(label), w.ofBlock(m, l.Row, col), own}, true
}

// ofBlock gives a label of nobody in particular to the block on its left: 姓名 next to 指导老师.
func (w *Window) ofBlock(m field.Meaning, row, col int) field.Meaning {
	for c := col - 1; c >= 0; c-- {
		a, merged := w.areaAt(row, c)
		if !merged || !a.Tall() {
			continue
		}
		role := field.RoleIn(field.Fold(w.label(row, c)))
		if f := field.Reassign(role, m.Means); role != "" && m.Role == "" && f != field.None {
			m.Means, m.Role = f, role
		}
		break
	}
	return m
}

func (w *Window) areaAt(row, col int) (grid.Area, bool) {
	if id := w.Block(row, col); id > 0 {
		return w.areas[id-1], true
	}
	return grid.Area{}, false
}

// rightEnd returns the last column of the merged block that a cell belongs to.
func (w *Window) rightEnd(row, col int) int {
	if a, ok := w.areaAt(row, col); ok {
		return a.Right
	}
	return col
}

// TopOf returns the first row of a card, above which its title stands.
func (w *Window) TopOf(pairs []Pair) int {
	top := pairs[0].Row
	for _, p := range pairs {
		top = min(top, p.Row)
	}
	return top
}
