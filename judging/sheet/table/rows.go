package table

import (
	"maps"
	"strings"
	"unicode/utf8"

	"fayi/judging"
	"fayi/judging/sheet/celltext"
	"fayi/judging/sheet/field"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/ledger"
	"fayi/judging/sheet/propose"
	"fayi/judging/sheet/rowkind"
	"fayi/judging/sheet/segment"
)

// noWork reports whether a row below the header holds no work, and what it is: a title, a section line, a note, a
// signature line, a date, a total, an example or a repeated header. Section and sender lines change what goes for the
// rows to come.
func (t *table) noWork(l grid.Line) (ledger.Kind, bool) {
	own := rowkind.ValuesOf(l)
	if len(own) == 0 {
		return ledger.Prepared, l.At(t.First(t.Key())).Kind != grid.FormulaCell // blanks of all widths
	}
	if len(own) > 6 && celltext.AllDigits(own[0].Text) && !t.exampleRow(own) { // the common row, numbered
		t.notes = false
		return "", false
	}
	first := judging.Fold(own[0].Text)
	switch {
	case t.RepeatsHeader(own):
		return ledger.Head, true
	case t.formWork(l):
		t.notes = false
		return "", false
	case len(own) == 1 && t.kindAlone(first): // no pattern below fits the name of a category
		return t.lonely(own[0], l.Row)
	case rowkind.Example.MatchString(first), t.exampleRow(own):
		return ledger.Example, true
	case len(own) == 1 && rowkind.PageLine.MatchString(first):
		return ledger.Remark, true
	case rowkind.Remarks.MatchString(first) && !t.named(own):
		t.notes = t.notes || len(own) <= 2
		return ledger.Remark, len(own) <= 2
	case len(own) <= 6 && t.senderLine(own, l):
		return ledger.Sender, true
	case rowkind.Total.MatchString(first) && (len(own) <= 6 || t.before(own[0])) && !t.named(own),
		len(own) > 1 && t.totals(own):
		return ledger.Total, true
	case (len(own) <= 6 || t.before(own[0])) && rowkind.Signature.MatchString(first),
		!t.named(own) && rowkind.SignedBare.MatchString(first):
		return ledger.Signed, true
	case len(own) <= 2 && rowkind.OnlyDate.MatchString(judging.Fold(own[len(own)-1].Text)) &&
		(len(own) == 1 || rowkind.Signature.MatchString(first)):
		return ledger.Signed, true
	case len(own) == 1:
		return t.lonely(own[0], l.Row)
	}
	t.notes = false
	return "", false
}

// exampleRow reports whether the title, or what stands on its left, says that the row is an example.
func (t *table) exampleRow(own []rowkind.Place) bool {
	title := t.First(t.Key())
	for i, p := range own {
		if i > 3 || p.Col > title {
			return false
		}
		text := judging.Fold(p.Text)
		if rowkind.Exampled.MatchString(text) ||
			p.Col < title && rowkind.Example.MatchString(text) && !celltext.AllDigits(text) {
			return true
		}
		if (p.Col == title || p.Col == t.First(field.Number) || p.Col == t.First(field.RowNo)) &&
			rowkind.ExampleEnd.MatchString(text) {
			return true
		}
	}
	return false
}

// totals reports whether a row sums up: the word stands where titles or numbers do, and what else there is are
// numbers.
func (t *table) totals(own []rowkind.Place) bool {
	found := false
	for _, p := range own {
		text := judging.Fold(p.Text)
		switch {
		case rowkind.Total.MatchString(text):
			found = true
		case !celltext.LooksLikeNumber(strings.TrimRight(text, "件幅篇个份部人次分")) &&
			!celltext.IsKind(text, t.Categories) && !celltext.IsKind(text, t.Groups):
			return false
		}
	}
	return found
}

// kindAbove says what a row above the head is, and lets it say what goes for the rows below.
func (t *table) kindAbove(l grid.Line) ledger.Kind {
	own := rowkind.ValuesOf(l)
	if len(own) == 0 {
		return ledger.Title
	}
	first := judging.Fold(own[0].Text)
	name, _ := rowkind.SenderIn(rowkind.OwnTexts(l))
	switch {
	case name != "":
		return ledger.Sender
	case rowkind.Example.MatchString(first):
		return ledger.Example
	case rowkind.Remarks.MatchString(first):
		return ledger.Remark
	case rowkind.Signature.MatchString(first), len(own) == 1 && rowkind.OnlyDate.MatchString(first):
		return ledger.Signed
	}
	return ledger.Title
}

// strayAbove reports, and tells, that a row above the head reads like a work: its head is missing.
func (t *table) strayAbove(w *segment.Window, l grid.Line) bool {
	own := rowkind.ValuesOf(l)
	title, author := t.First(t.Key()), t.First(field.Author)
	if len(own) < 3 || title < 0 || author < 0 {
		return false
	}
	for _, p := range own {
		if strings.ContainsAny(p.Text, ":：") || w.Match(judging.Tidy(p.Text)).Sure >= field.LooseWord {
			return false
		}
	}
	at := l.At(title)
	if celltext.IsEmpty(at.Text) || !celltext.LooksLikeTitle(at.Text) || !celltext.LooksLikeNames(l.At(author).Text) {
		return false
	}
	t.Problem(l.Row, nil, true, "sheet.row_above_head", judging.Args{"Head": t.Heading.Top})
	return true
}

// named reports whether a row has both a title and who made the work, or what else only works have: then a word alone
// does not make it a note (a comic may be called 一枚公章).
func (t *table) named(own []rowkind.Place) bool {
	titled, numeric, made, known := false, false, false, 0
	for _, p := range own {
		c := t.At(p.Col)
		switch {
		case c == nil:
		case p.Col == t.First(t.Key()):
			titled, numeric = true, celltext.LooksLikeNumber(p.Text)
		case c.Field == field.Author, c.Field == field.CoAuthor, c.Field == field.Leader, c.Field == field.ContactBoth:
			made = true
		case c.Field != field.None && c.Field != field.RowNo:
			known++
		}
	}
	return titled && (made || !numeric && known >= 3)
}

// before reports whether a value stands left of the title, where a work has only its number.
func (t *table) before(p rowkind.Place) bool {
	for _, c := range t.With(t.Key()) {
		return p.Col < c.Index
	}
	return false
}

// senderLine reads 填报单位：某某小学 between two blocks of a table.
func (t *table) senderLine(own []rowkind.Place, l grid.Line) bool {
	if !strings.ContainsAny(own[0].Text, ":：") && !rowkind.SenderLabel.MatchString(judging.Fold(own[0].Text)) {
		return false
	}
	name, sure := rowkind.SenderIn(rowkind.OwnTexts(l))
	if name == "" || !sure && len(own) > 3 {
		return false
	}
	t.now = maps.Clone(t.now)
	t.takeSender(t.now, said(name, propose.FromLabel, strings.Join(rowkind.OwnTexts(l), " ")))
	return true
}

// lonely judges a row with a single value.
func (t *table) lonely(p rowkind.Place, row int) (ledger.Kind, bool) {
	of := field.None
	if c := t.At(p.Col); c != nil {
		of = c.Field
	}
	banner := t.spans[row] >= 3 || t.spans[row]*2 > len(t.Cols)
	bare := field.Numbering.ReplaceAllString(judging.Fold(p.Text), "")
	category, group := celltext.Mentioned(bare, t.Categories), celltext.Mentioned(bare, t.Groups)
	short := utf8.RuneCountInString(bare) <= 30
	exact := t.kindAlone(bare)
	switch {
	case (banner || of != t.Key() || exact) && short && (category != "" || group != "") && !t.notes:
		t.section(category, group, p.Text)
		return ledger.Section, true
	case of == field.RowNo && celltext.AllDigits(p.Text):
		return ledger.Prepared, true
	case of == t.Key():
		return ledger.Remark, banner || t.notes || t.notable(p.Text)
	case of == field.RowNo, of == field.None, of == field.Leave, banner, t.notes:
		return ledger.Remark, true
	}
	// a lone name goes on with the row above; any other value is looked at as a row
	return ledger.Remark, !people[of] && utf8.RuneCountInString(p.Text) > 20
}

// kindAlone reports whether a text is the name of a category or a group and no more.
func (t *table) kindAlone(s string) bool {
	return celltext.IsKind(s, t.Categories) || celltext.IsKind(s, t.Groups)
}

// notable reports whether a text alone in the column of titles is rather a note.
func (t *table) notable(s string) bool {
	return utf8.RuneCountInString(s) > 40 || rowkind.Listing.MatchString(judging.Fold(s)) && strings.HasSuffix(s, "。")
}

// section changes what goes for the rows to come; records keep the map they were made with.
func (t *table) section(category, group, text string) {
	t.now = maps.Clone(t.now)
	if t.outer == field.None && (category == "" || group == "") {
		t.outer = field.Category
		if category == "" {
			t.outer = field.Group
		}
	}
	if category != "" {
		t.now[field.Category] = said(category, propose.FromSection, text)
		if t.outer == field.Category { // 二、绘画类: the group of the section before is over
			delete(t.now, field.Group)
		}
	}
	if group != "" {
		t.now[field.Group] = said(group, propose.FromSection, text)
		if t.outer == field.Group && category == "" {
			delete(t.now, field.Category)
		}
	}
}
