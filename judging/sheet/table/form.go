package table

import (
	"fayi/judging"
	"fayi/judging/consent"
	"fayi/judging/kitmark"
	"fayi/judging/sheet/celltext"
	"fayi/judging/sheet/field"
	"fayi/judging/sheet/formkey"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/ledger"
	"fayi/judging/sheet/mapping"
	"fayi/judging/sheet/propose"
	"fayi/judging/sheet/rowkind"
)

// form is what the hidden row of a registration workbook said of a sheet.
type form struct {
	formkey.Key
	head int // row of the heads; -1 where there is none
}

// mostAboveHead is how many rows may stand between the hidden row and the heads.
const mostAboveHead = 12

// hearKey takes a hidden row out of the sheet and reports whether it was one. The first of a sheet says what its
// columns mean.
func (r *sheetReader) hearKey(h held) bool {
	if !r.voc.Compound {
		return false
	}
	if r.form != nil && r.form.Notes {
		r.ledger.Note(h.ticket, ledger.Remark)
		return true
	}
	key, is := formkey.Read(h.Line)
	if !is {
		return false
	}
	r.ledger.Note(h.ticket, ledger.Remark)
	if r.form == nil && r.parts == nil {
		r.form = &form{Key: key}
		r.keyRow = h.Row
	}
	return true
}

// useKey lays what the hidden row says under what the user says, before the sheet is understood by its first rows.
func (r *sheetReader) useKey() {
	if r.form == nil || r.form.Notes {
		return
	}
	r.form.head = r.formHead()
	fix := mapping.Correction{Sheet: r.info.Name, HeaderRow: r.form.head, Columns: map[string]field.Field{}}
	for i, name := range r.form.Columns {
		fix.Columns[grid.ColumnLetters(i)] = field.Field(name)
	}
	r.opts.Fixed = append([]mapping.Correction{fix}, r.opts.Fixed...)
}

// optionsOf are the options for a table of the sheet: the hidden row speaks for the first one only.
func (r *sheetReader) optionsOf(first bool) mapping.Options {
	opts := r.opts
	if r.form != nil && !r.form.Notes && !first {
		opts.Fixed = opts.Fixed[1:]
	}
	return opts
}

// formHead finds the row of the heads, which people may have typed again: of the rows between the hidden row and the
// example or the first work the one that names most columns, else the first that is full.
func (r *sheetReader) formHead() int {
	best, most, full := -1, 0, -1
	for _, h := range r.first {
		if h.Row <= r.keyRow {
			continue
		}
		if h.Row > r.keyRow+mostAboveHead || r.exampled(h.Line) {
			break
		}
		words, cells := 0, 0
		for i := range r.form.Columns {
			text := judging.Tidy(h.At(i).Text)
			if text == "" || h.At(i).Fill {
				continue
			}
			cells++
			if r.voc.Match(text).Sure >= field.LooseWord {
				words++
			}
		}
		if words > most {
			best, most = h.Row, words
		}
		if full < 0 && cells*2 > len(r.form.Columns) {
			full = h.Row
		}
	}
	if most >= 2 {
		return best
	}
	if _, numbered := r.numbered(full); numbered {
		return -1 // a work: the heads are gone
	}
	return full
}

// numbered reports whether a row begins with a running number, as works do and heads do not.
func (r *sheetReader) numbered(row int) (string, bool) {
	for _, h := range r.first {
		if h.Row == row {
			text := judging.Tidy(h.At(r.formColumn("row_no")).Text)
			return text, celltext.AllDigits(text)
		}
	}
	return "", false
}

func (r *sheetReader) formColumn(name string) int {
	for i, f := range r.form.Columns {
		if f == name {
			return i
		}
	}
	return -1
}

// exampled reports whether the title of a row says that the row is an example.
func (r *sheetReader) exampled(l grid.Line) bool {
	return rowkind.Exampled.MatchString(judging.Fold(l.At(r.formColumn("title")).Text))
}

// formSender takes the unit for which a workbook was made where no line above the table names one, and tells where the
// line names another one.
func (t *table) formSender(f *form, opts mapping.Options) {
	if f == nil {
		return
	}
	t.form = true
	now := t.now[field.Sender].Value
	switch {
	case f.Unit != "" && now == "":
		t.takeSender(t.now, said(f.Unit, propose.FromLabel, f.Unit))
	case f.Unit != "" && judging.Fold(now) != judging.Fold(f.Unit):
		t.Problem(t.Heading.Bottom, nil, false, "sheet.form_unit", judging.Args{"Made": f.Unit, "Named": now})
	}
	if opts.Contest != "" && f.Contest != "" && f.Contest != opts.Contest {
		t.Problem(t.Heading.Bottom, nil, false, "sheet.form_contest", nil)
	} else if opts.Call.Day != "" {
		t.formCall(f, opts.Call)
	}
}

// formCall tells what differs in a workbook that was made for an earlier call. One without a mark is of the time when
// none was asked whether works may be shown.
func (t *table) formCall(f *form, now kitmark.Mark) {
	switch {
	case f.Mark.Day != "":
		for _, p := range f.Mark.Tell(now, judging.Place{}) {
			t.Problem(t.Heading.Bottom, nil, false, p.Text, p.Args)
		}
	case now.Consent && t.First(consent.Field) < 0:
		t.Problem(t.Heading.Bottom, nil, false, "kit.no_consent", nil)
	}
}

// formWork reports whether a row of a registration workbook is a work, whatever its words: it has a title that does not
// say to be an example, and who made it or of what category it is.
func (t *table) formWork(l grid.Line) bool {
	if !t.form {
		return false
	}
	filled := func(f field.Field) bool {
		i := t.First(f)
		return i >= 0 && !l.At(i).Fill && !celltext.IsEmpty(l.At(i).Text)
	}
	return filled(t.Key()) && (filled(field.Author) || filled(field.Category)) &&
		!rowkind.Exampled.MatchString(judging.Fold(l.At(t.First(t.Key())).Text))
}
