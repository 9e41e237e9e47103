package problems

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/sheet/field"
	"fayi/judging/store"
)

// Filter narrows the list of problems. The zero value lists all that are open.
type Filter struct {
	ID        string // of one problem
	Unit      string // rows of this unit or sender
	Dismissed bool   // those that a person let be, too
	Rows      int    // rows to list of each problem; 0: all that are kept
}

// Problem is one thing wrong with one or more rows, equal ones together.
type Problem struct {
	ID    string       `json:"id"` // the same as long as the problem is
	Text  string       `json:"code"`
	Args  judging.Args `json:"args,omitempty"`
	Fatal bool         `json:"fatal"`           // keeps its rows out
	Field string       `json:"field,omitempty"` // what is to be fixed; "" for what no cell can fix
	Count int          `json:"count"`           // rows, those only counted too
	Rows  []Row        `json:"rows"`
}

// Row is a row as it stands in its sheet.
type Row struct {
	ID string `json:"id"`
	judging.Place
	Work      judging.WorkID `json:"work,omitempty"` // "": the row is not in
	Unit      string         `json:"unit,omitempty"`
	Cells     []Cell         `json:"cells,omitempty"`
	Bad       string         `json:"column,omitempty"`    // letters of the column that the problem is about
	Dismissed string         `json:"dismissed,omitempty"` // why it was let be
}

// Cell is one cell under its header.
type Cell struct {
	Column string `json:"column"`
	Header string `json:"header"`
	Field  string `json:"field,omitempty"`
	Text   string `json:"text"`
}

// fields says what is to be fixed where a problem names no column with a field.
var fields = map[string]string{
	"sheet.no_title": "title", "sheet.no_author": "author", "sheet.names_others": "author",
	"sheet.names_together": "author", "sheet.no_category": "category", "sheet.unknown_category": "category",
	"sheet.no_group": "group", "sheet.unknown_group": "group", "sheet.odd_phone": "phone", "sheet.odd_email": "email",
	"sheet.odd_id": "id_card", "sheet.lost_id": "id_card",
}

// book is everything that is wrong, as one transaction saw it.
type book struct {
	live   records.LiveIntakes
	sheets map[[3]string]records.BadSheet // intake, file, sheet
	rows   []records.BadRow               // as they stand, those that hold
	more   []records.BadSheet
	works  map[judging.WorkID]judging.Work
}

// load reads what is wrong. A row holds if no later import read its sheet, or its file, again.
func load(tx store.Tx) (*book, error) {
	b := &book{sheets: map[[3]string]records.BadSheet{}, works: map[judging.WorkID]judging.Work{}}
	var err error
	if b.live, err = records.LoadLive(tx); err != nil {
		return nil, err
	}
	last := map[[2]string]judging.IntakeID{}
	err = records.BadSheets.Each(tx, func(s records.BadSheet) error {
		if !b.live[s.Intake] {
			return nil
		}
		b.sheets[[3]string{string(s.Intake), s.File, s.Sheet}] = s
		for _, at := range [][2]string{{s.File, s.Sheet}, {s.File, ""}} {
			if comesAfter(s.Intake, last[at]) {
				last[at] = s.Intake
			}
		}
		if len(s.More) > 0 {
			b.more = append(b.more, s)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	holds := func(intake judging.IntakeID, file, sheet string) bool {
		return b.live[intake] && !comesAfter(last[[2]string{file, sheet}], intake)
	}
	b.more = slices.DeleteFunc(b.more, func(s records.BadSheet) bool { return !holds(s.Intake, s.File, s.Sheet) })
	var said decisions
	err = records.BadRows.Each(tx, func(r records.BadRow) error {
		sheet := r.Sheet
		if r.Row == 0 { // of a sheet that may not have been understood: any later reading of the file tells it again
			sheet = ""
		}
		switch {
		case holds(r.Intake, r.File, sheet):
			b.rows = append(b.rows, r)
		case b.live[r.Intake]:
			said.note(r)
		}
		return nil
	})
	for i, r := range b.rows {
		b.rows[i] = said.inherit(r).Now(b.live)
	}
	return b, err
}

// decisions are what people did about rows of earlier readings. A list that is read again brings its wrong rows again
// as they were; what was fixed or let be then needs no second answer.
type decisions map[judging.Place][]records.BadRow

// note keeps a row of an earlier reading that somebody did something about.
func (d *decisions) note(r records.BadRow) {
	if len(r.Fixes) == 0 && r.Dismissed == "" {
		return
	}
	if *d == nil {
		*d = decisions{}
	}
	at := judging.Place{File: r.File, Sheet: r.Sheet, Row: r.Row}
	(*d)[at] = append((*d)[at], r)
}

// inherit gives a row what was done about the same row when it was read before, unless something was done since.
func (d decisions) inherit(r records.BadRow) records.BadRow {
	if len(r.Fixes) > 0 || r.Dismissed != "" {
		return r
	}
	var from records.BadRow
	for _, was := range d[judging.Place{File: r.File, Sheet: r.Sheet, Row: r.Row}] {
		same := slices.Equal(was.Cells, r.Cells) && slices.EqualFunc(own(was.Problems), own(r.Problems), sameText)
		if same && (from.ID == "" || comesAfter(was.Intake, from.Intake)) {
			from = was
		}
	}
	r.Fixes, r.Dismissed = from.Fixes, from.Dismissed
	return r
}

func sameText(a, b judging.Problem) bool { return a.Text == b.Text && a.Column == b.Column }

// comesAfter compares serials: i1000 comes after i999.
func comesAfter(a, b judging.IntakeID) bool {
	return len(a) > len(b) || len(a) == len(b) && a > b
}

// sheet returns the columns of a row's sheet.
func (b *book) sheet(r records.BadRow) records.BadSheet {
	return b.sheets[[3]string{string(r.Intake), r.File, r.Sheet}]
}

// fieldOf returns what is to be fixed for a problem of a row, "" where no cell can fix it.
func (b *book) fieldOf(r records.BadRow, p judging.Problem) string {
	if len(r.Cells) == 0 {
		return ""
	}
	for _, c := range b.sheet(r).Columns {
		if p.Column != "" && c.Letter == p.Column && c.Field != field.None && c.Field != field.Leave {
			return string(c.Field)
		}
	}
	return fields[p.Text]
}

// unitOf is the unit that a row is to be sent back to.
func (b *book) unitOf(r records.BadRow) string {
	for _, f := range []field.Field{field.Sender, field.Unit} {
		for i, c := range b.sheet(r).Columns {
			if c.Field == f && i < len(r.Cells) && judging.Tidy(r.Cells[i]) != "" {
				return judging.Tidy(r.Cells[i])
			}
		}
		if u := r.Given[string(f)]; u != "" {
			return u
		}
	}
	return ""
}

// ListProblems lists what is wrong with the rows that came in, what keeps rows out first, then what most rows have.
func (o Stage) ListProblems(ctx context.Context, f Filter) ([]Problem, error) {
	b, err := records.View(ctx, o.rec.DB, load)
	if err != nil {
		return nil, err
	}
	return b.list(f), nil
}

// LeftOut counts the rows of lists that are no works because of a problem, and that nobody fixed or let be. Those
// beyond the rows that are kept are not among them.
func LeftOut(tx store.Tx) (int, error) {
	b, err := load(tx)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, r := range b.rows {
		if r.Dismissed == "" && slices.ContainsFunc(r.Problems, func(p judging.Problem) bool { return p.Fatal }) {
			n++
		}
	}
	return n, nil
}

func (b *book) list(f Filter) []Problem {
	all := map[string]*Problem{}
	for _, r := range b.rows {
		if r.Dismissed != "" && !f.Dismissed || f.Unit != "" && b.unitOf(r) != f.Unit {
			continue
		}
		seen := map[string]bool{}
		for _, p := range r.Problems {
			field := b.fieldOf(r, p)
			id := idOf(p, field, r)
			if f.ID != "" && f.ID != id || seen[id] {
				continue
			}
			seen[id] = true
			at := all[id]
			if at == nil {
				at = &Problem{ID: id, Text: p.Text, Args: p.Args, Fatal: p.Fatal, Field: field, Rows: []Row{}}
				all[id] = at
			}
			if at.Count++; f.Rows == 0 || len(at.Rows) < f.Rows {
				at.Rows = append(at.Rows, b.row(r, p))
			}
		}
	}
	if f.Unit == "" {
		b.addMore(all, f)
	}
	out := []Problem{}
	for _, id := range slices.Sorted(maps.Keys(all)) {
		out = append(out, *all[id])
	}
	slices.SortStableFunc(out, func(x, y Problem) int {
		if x.Fatal != y.Fatal {
			if x.Fatal {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(y.Count, x.Count), strings.Compare(x.Text, y.Text))
	})
	return out
}

// addMore adds the rows that are only counted to the problem of their text, the first where there are several.
func (b *book) addMore(all map[string]*Problem, f Filter) {
	for _, s := range b.more {
		for _, text := range slices.Sorted(maps.Keys(s.More)) {
			for _, id := range slices.Sorted(maps.Keys(all)) {
				if all[id].Text == text {
					all[id].Count += s.More[text]
					break
				}
			}
		}
	}
}

// idOf is the same for problems that have the same words and fixed in the same field.
func idOf(p judging.Problem, field string, r records.BadRow) string {
	raw, _ := json.Marshal([]any{p.Text, p.Args, field}) // texts and numbers can't fail
	sum := sha256.New()
	sum.Write(raw)
	if r.Row == 0 { // of a whole sheet: each is one of its own
		sum.Write([]byte(r.File + "\x1f" + r.Sheet))
	}
	return "p" + hex.EncodeToString(sum.Sum(nil)[:4])
}

func (b *book) row(r records.BadRow, p judging.Problem) Row {
	out := Row{ID: r.ID, Place: r.Place, Work: r.Work, Unit: b.unitOf(r), Bad: p.Column, Dismissed: r.Dismissed}
	for i, c := range b.sheet(r).Columns {
		if i < len(r.Cells) {
			out.Cells = append(out.Cells, Cell{c.Letter, c.Header, string(c.Field), r.Cells[i]})
		}
	}
	return out
}
