package score

import (
	"fayi/judging"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/ledger"
)

// end is what becomes of one row of a sheet that came back.
type end uint8

const (
	isNote    end = iota // kind says which
	isTaken              // its marks, or its total, are used
	isRefused            // a problem names it
)

// answer is a row that was handed out, and what became of it. A taken row names its work: two rows that contradict each
// other are both refused in the end.
type answer struct {
	ticket ledger.Ticket
	end    end
	kind   ledger.Kind
	code   judging.WorkCode
}

// accounts keep the account of every sheet of a file. Its zero value is ready.
type accounts struct {
	sheets []*ledger.Ledger
	given  [][]answer
}

// begin starts the account of a sheet.
func (a *accounts) begin(file, sheet string) {
	a.sheets, a.given = append(a.sheets, ledger.New(file, sheet)), append(a.given, nil)
}

// row hands a row that holds text to look, which says what became of it.
func (a *accounts) row(l grid.Line, look func(grid.Line) answer) {
	if l.Blank() {
		return
	}
	last := len(a.sheets) - 1
	ticket := a.sheets[last].Hand(l.Row)
	got := look(l)
	got.ticket = ticket
	a.given[last] = append(a.given[last], got)
}

// close settles all rows; those of works that lost are refused. Sheets without text have no account. The error is
// Internal where a row was not accounted for.
func (a *accounts) close(lost map[judging.WorkCode]bool) (ledger.Accounts, error) {
	out := ledger.Accounts{}
	for i, sheet := range a.sheets {
		for _, g := range a.given[i] {
			switch {
			case g.end == isRefused, g.end == isTaken && lost[g.code]:
				sheet.Refuse(g.ticket)
			case g.end == isTaken:
				sheet.Take(g.ticket)
			default:
				sheet.Note(g.ticket, g.kind)
			}
		}
		account, err := sheet.Close()
		if err != nil {
			return nil, err
		}
		if account.Rows > 0 {
			out = append(out, account)
		}
	}
	return out, nil
}
