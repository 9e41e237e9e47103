package intake

import (
	"fmt"
	"slices"
	"strings"

	"fayi/app/kit"
	"fayi/app/kit/choice"
	"fayi/app/kit/look"
	"fayi/judging"
	"fayi/judging/office/intake"
)

// leaveOut is the choice that a column is not read.
const leaveOut = "none"

// fieldChoices are the fields a user may give to a column, the usual ones first.
var fieldChoices = []string{
	"title", "author", "category", "group", "unit", "sender", "teacher", "phone", "contact", "email", "number",
	"intro", "file_name",
	"id_card",
	"row_no",
}

// sheetRow is one sheet of what is to be brought in, and how its columns were understood.
type sheetRow struct {
	file, sheet string
	header      string // the rows of its header
	columns     []sheetColumn
	account     judging.Args // rows of the sheet: all, taken, refused, noted; nil where it was not read to its end
	notes       []sheetNote
}

// sheetNote is how many rows of a sheet were recognised as one kind of note.
type sheetNote struct {
	text string // key
	rows int
}

// sheetColumn is one column of a sheet. confidence is 0 to 1.
type sheetColumn struct {
	letter, header, field string
	confidence            float64
	why                   []reason
}

// reason is what speaks for the meaning of a column.
type reason struct {
	text string
	args judging.Args
}

// key tells apart the tables of one sheet by their heads.
func (s sheetRow) key() string { return s.file + "\n" + s.sheet + "\n" + s.header }

// doubts counts the columns that someone should look at.
func (s sheetRow) doubts() int {
	n := 0
	for _, c := range s.columns {
		if c.field != "" && c.field != leaveOut && c.confidence < sure {
			n++
		}
	}
	return n
}

// sure is the confidence from which a column needs no second look.
const sure = 0.8

// sheetRows lists the sheets of a report.
func sheetRows(r intake.ImportReport) []sheetRow {
	var out []sheetRow
	for _, m := range r.Mappings {
		row := sheetRow{file: m.File, sheet: m.Sheet, header: rowSpan(m.HeaderRows)}
		for _, c := range m.Columns {
			col := sheetColumn{letter: c.Letter, header: c.Header, field: string(c.Field), confidence: c.Confidence}
			for _, w := range c.Why {
				col.why = append(col.why, reason{w.Text, w.Args})
			}
			row.columns = append(row.columns, col)
		}
		row.addAccount(r)
		out = append(out, row)
	}
	return out
}

// addAccount adds what became of the rows of the sheet.
func (s *sheetRow) addAccount(r intake.ImportReport) {
	for _, a := range r.Sheets {
		if a.File != s.file || a.Sheet != s.sheet {
			continue
		}
		s.account = judging.Args{"Rows": a.Rows, "Taken": a.Taken, "Refused": a.Refused, "Noted": a.Noted}
		for k, n := range a.Kinds {
			s.notes = append(s.notes, sheetNote{k.Text(), n})
		}
		slices.SortFunc(s.notes, func(a, b sheetNote) int { return strings.Compare(a.text, b.text) })
		return
	}
}

// rowSpan writes rows as “2” or “2–3”.
func rowSpan(rows []int) string {
	switch len(rows) {
	case 0:
		return ""
	case 1:
		return fmt.Sprint(rows[0])
	}
	return fmt.Sprintf("%d–%d", rows[0], rows[len(rows)-1])
}

// verdict says how sure the reading of c is.
func (c sheetColumn) verdict() (key string, tone look.Tone) {
	switch {
	case c.field == "":
		return "app.column_kept", look.Quiet
	case c.field == leaveOut:
		return "app.column_left", look.Quiet
	case c.confidence >= 1:
		return "app.column_sure", look.Done
	case c.confidence >= sure:
		return "app.column_likely", look.Info
	}
	return "app.column_doubt", look.Waiting
}

// choices lists what c may be taken for; what it is now is always among them.
func (c sheetColumn) choices(t kit.Texter) []choice.Option {
	var out []choice.Option
	if c.field == "" {
		out = append(out, choice.Option{Key: "", Title: t.T("app.column_keep", nil)})
	}
	keys := fieldChoices
	if c.field != "" && c.field != leaveOut && !slices.Contains(keys, c.field) {
		keys = append([]string{c.field}, keys...)
	}
	for _, k := range append(slices.Clone(keys), leaveOut) {
		out = append(out, choice.Option{Key: k, Title: fieldWord(t, k, c.header)})
	}
	return out
}

// fieldWord names a field; one that the catalogue has no word for is called as its column is.
func fieldWord(t kit.Texter, field, header string) string {
	if word := t.T("field."+field, nil); word != "field."+field {
		return word
	}
	return header
}
