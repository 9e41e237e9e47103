package score

import (
	"context"
	"slices"

	"fayi/judging"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/ledger"
	"fayi/judging/sheet/read"
	"fayi/judging/sheet/rowkind"
)

// TypedTotal is one row of a list of totals.
type TypedTotal struct {
	Code  judging.WorkCode
	Total float64 // points
	Place judging.Place
}

// TypedTotals is a list of totals as it was read.
type TypedTotals struct {
	Totals   []TypedTotal
	Problems []judging.Problem
	Sheets   ledger.Accounts // what became of every row with text, of each sheet
}

// ReadTotals reads a list with a column of codes and one of totals, as csv or a workbook: what a second person
// typed from a judge's paper. name is what the file is called in problems. A row whose total is blank is passed
// over as prepared, one whose total is no number, or has no code, or repeats a code is a problem. Errors: those of
// Open; Invalid when no sheet has both columns.
func ReadTotals(ctx context.Context, path, name string) (TypedTotals, error) {
	b, err := read.Open(path, name, scoreLimits)
	if err != nil {
		return TypedTotals{}, err
	}
	defer b.Close()
	r := totalsReader{first: map[judging.WorkCode]int{}}
	lines := scoreReader{ctx: ctx, book: b}
	err = lines.eachLine(func(sheet string) {
		r.code, r.total, r.place = -1, -1, judging.Place{File: name, Sheet: sheet}
		r.accounts.begin(name, sheet)
	}, func(l grid.Line) error {
		r.place.Row = l.Row
		r.accounts.row(l, r.line)
		return nil
	})
	if err == nil && !r.found {
		err = lines.fail("verify.no_columns", nil)
	}
	if err != nil {
		return TypedTotals{}, err
	}
	r.out.Sheets, err = r.accounts.close(nil)
	return r.out, err
}

// totalsReader reads the lines of one file.
type totalsReader struct {
	code, total int // columns, -1 before a head was found
	found       bool
	place       judging.Place
	first       map[judging.WorkCode]int // row
	out         TypedTotals
	accounts    accounts
}

// line reads one row that holds text and says what became of it.
func (r *totalsReader) line(l grid.Line) answer {
	if r.head(l) {
		return answer{kind: ledger.Head}
	}
	if r.total < 0 {
		return answer{kind: ledger.Title}
	}
	name := trimmed(l.At(r.code).Text)
	code, ok := parseCode(name)
	total, given, right := parseMark(l.At(r.total))
	first, twice := r.first[code]
	switch {
	case !given && ok:
		return answer{kind: ledger.Prepared}
	case !given:
		return answer{kind: ledger.Remark}
	case !ok && (name == "" || rowkind.Total.MatchString(judging.Fold(name))):
		return answer{kind: ledger.Total}
	case !ok:
		return r.refuse(r.code, "paper.row_without_code", nil)
	case !right:
		return r.refuse(r.total, "verify.no_number", nil)
	case twice:
		return r.refuse(r.total, "paper.code_twice", judging.Args{"Code": string(code), "First": first})
	}
	r.first[code] = l.Row
	r.out.Totals = append(r.out.Totals, TypedTotal{code, total, r.place})
	return answer{end: isTaken}
}

// head takes l as the head of a list if it names both columns. A head of a score sheet has the range of marks below
// its name.
func (r *totalsReader) head(l grid.Line) bool {
	code, total := -1, -1
	for i, c := range l.Cells {
		name := c.Text
		if m := rangedHead.FindStringSubmatch(trimmed(name)); m != nil {
			name = m[1]
		}
		switch {
		case code < 0 && IsHead(name, CodeHeads):
			code = i
		case total < 0 && IsHead(trimmed(name), slices.Concat(TotalHeads, totalWords)):
			total = i
		}
	}
	if code < 0 || total < 0 {
		return false
	}
	r.code, r.total, r.found = code, total, true
	return true
}

// totalWords are further heads of totals, folded.
var totalWords = []string{"得分", "分数", "评分", "score"}

// refuse notes what is wrong with the row, in column col.
func (r *totalsReader) refuse(col int, key string, args judging.Args) answer {
	r.out.Problems = append(r.out.Problems, judging.Problem{
		Place:  r.place,
		Column: grid.ColumnLetters(col),
		Text:   key,
		Args:   args,
		Fatal:  true,
	})
	return answer{end: isRefused}
}
