package ledger

import (
	"maps"

	"fayi/judging"
)

// Kind says what a note was recognised as.
type Kind string

// Text is the key of the text that names a kind to a user.
func (k Kind) Text() string { return "sheet.note_" + string(k) }

// The kinds of notes.
const (
	Title    Kind = "title"    // above a table, or what a sheet says of itself
	Head     Kind = "head"     // the names of the columns
	Section  Kind = "section"  // a line that says which category or group follows
	Sender   Kind = "sender"   // 填报单位：…
	Remark   Kind = "remark"   // 备注, 说明, what stands below a table
	Signed   Kind = "signed"   // signature, stamp, date
	Total    Kind = "total"    // 合计, 小计
	Example  Kind = "example"  // 如：1 《…》
	Prepared Kind = "prepared" // numbered or filled in beforehand, and left empty
	Form     Kind = "form"     // lines of a form around its values
)

// mostListed is how many notes an account lists by row; the others are only counted.
const mostListed = 100

// Account says what became of the rows of one sheet: Rows is always Taken + Refused + Noted.
type Account struct {
	File    string       `json:"file,omitempty"`
	Sheet   string       `json:"sheet,omitempty"`
	Rows    int          `json:"rows"`    // that hold text
	Taken   int          `json:"taken"`   // rows of works, judges or scores; one entry may take several
	Refused int          `json:"refused"` // rows that a fatal problem, or the problem of the sheet, names
	Noted   int          `json:"noted"`   // rows recognised as notes
	Kinds   map[Kind]int `json:"kinds,omitempty"`
	Notes   []Note       `json:"notes,omitempty"` // the first 100, in the order of their rows
}

// Note is one row that is no entry.
type Note struct {
	Row  int  `json:"row"` // from 1
	Kind Kind `json:"kind"`
}

// AddsUp reports whether every row is accounted for.
func (a Account) AddsUp() bool {
	kinds := 0
	for n := range maps.Values(a.Kinds) {
		kinds += n
	}
	return a.Rows == a.Taken+a.Refused+a.Noted && kinds == a.Noted && len(a.Notes) <= a.Noted
}

// Fault is the error of rows that are not accounted for: it is the program that fails, not the file.
func Fault(file, sheet string, lost int) error {
	return judging.Fail(judging.Internal, "sheet.unaccounted", judging.Args{
		"File": file, "Sheet": sheet, "Rows": max(lost, -lost),
	})
}

// Ticket stands for one row that was handed out and is not answered yet.
type Ticket int

// outcomes, the stronger ones last: a row of several answers counts as the strongest.
type outcome uint8

const (
	noted outcome = iota
	taken
	refused
)

// entry is one row handed out.
type entry struct {
	row   int
	parts int // answers still to come
	best  outcome
	kind  Kind
}

// Ledger hands out the rows of one sheet and keeps their answers. Its zero value with File and Sheet is ready; it is
// for one goroutine.
type Ledger struct {
	account Account
	open    []entry
	head    int // of open: entries before it are settled
	base    int // ticket of open[0]
	wrong   int // answers that no ticket waited for
}

// New starts the account of a sheet.
func New(file, sheet string) *Ledger {
	return &Ledger{account: Account{File: file, Sheet: sheet}}
}

// Hand gives out a row that holds text.
func (l *Ledger) Hand(row int) Ticket {
	if l.head > 256 && l.head*2 > len(l.open) {
		l.open = l.open[:copy(l.open, l.open[l.head:])]
		l.base += l.head
		l.head = 0
	}
	l.open = append(l.open, entry{row: row, parts: 1})
	l.account.Rows++
	return Ticket(l.base + len(l.open) - 1)
}

// Split says that a row holds parts of n tables next to each other: it wants n answers. n counts from 1.
func (l *Ledger) Split(t Ticket, n int) {
	if e := l.entry(t); e != nil && n > 0 {
		e.parts += n - 1
	}
}

// Take answers: the row is one of a work, a judge or a score, whole or in part.
func (l *Ledger) Take(t Ticket) { l.answer(t, taken, "") }

// Refuse answers: a problem names the row or its sheet.
func (l *Ledger) Refuse(t Ticket) { l.answer(t, refused, "") }

// Note answers: the row is recognised and holds no entry.
func (l *Ledger) Note(t Ticket, kind Kind) { l.answer(t, noted, kind) }

func (l *Ledger) entry(t Ticket) *entry {
	i := int(t) - l.base
	if i < l.head || i >= len(l.open) || l.open[i].parts == 0 {
		return nil
	}
	return &l.open[i]
}

func (l *Ledger) answer(t Ticket, o outcome, kind Kind) {
	e := l.entry(t)
	if e == nil {
		l.wrong++
		return
	}
	if e.parts--; o > e.best || e.kind == "" && o == noted {
		e.best, e.kind = o, kind
	}
	for l.head < len(l.open) && l.open[l.head].parts == 0 {
		l.settle(l.open[l.head])
		l.head++
	}
}

// settle counts a row. Rows are settled in their order, so the notes are listed in it.
func (l *Ledger) settle(e entry) {
	switch a := &l.account; e.best {
	case taken:
		a.Taken++
	case refused:
		a.Refused++
	default:
		a.Noted++
		if a.Kinds == nil {
			a.Kinds = map[Kind]int{}
		}
		a.Kinds[e.kind]++
		if len(a.Notes) < mostListed {
			a.Notes = append(a.Notes, Note{e.row, e.kind})
		}
	}
}

// Close ends the account. The error is Internal where a row was not answered, or answered more than once.
func (l *Ledger) Close() (Account, error) {
	if lost := len(l.open) - l.head + l.wrong; lost > 0 || !l.account.AddsUp() {
		return l.account, Fault(l.account.File, l.account.Sheet, lost)
	}
	return l.account, nil
}
