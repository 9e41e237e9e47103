package score

import (
	"context"
	"slices"

	"fayi/judging"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/read"
)

// TypedTotal is one row of a list of totals.
type TypedTotal struct {
	Code  judging.WorkCode
	Total float64 // points
	Place judging.Place
}

// ReadTotals reads a list with a column of codes and one of totals, as csv or a workbook: what a second person
// typed from a judge's paper. name is what the file is called in problems. A row whose total is blank is passed
// over, one whose total is no number or that repeats a code is a problem. Errors: those of Open; Invalid when no
// sheet has both columns.
func ReadTotals(ctx context.Context, path, name string) ([]TypedTotal, []judging.Problem, error) {
	b, err := read.Open(path, name, scoreLimits)
	if err != nil {
		return nil, nil, err
	}
	defer b.Close()
	r := totalsReader{first: map[judging.WorkCode]int{}}
	lines := scoreReader{ctx: ctx, book: b}
	err = lines.eachLine(func(sheet string) {
		r.code, r.total, r.place = -1, -1, judging.Place{File: name, Sheet: sheet}
	}, func(l grid.Line) error {
		r.place.Row = l.Row
		r.line(l)
		return nil
	})
	if err == nil && !r.found {
		err = lines.fail("verify.no_columns", nil)
	}
	if err != nil {
		return nil, nil, err
	}
	return r.out, r.problems, nil
}

// totalsReader reads the lines of one file.
type totalsReader struct {
	code, total int // columns, -1 before a head was found
	found       bool
	place       judging.Place
	first       map[judging.WorkCode]int // row
	out         []TypedTotal
	problems    []judging.Problem
}

func (r *totalsReader) line(l grid.Line) {
	if r.head(l) {
		return
	}
	code, ok := parseCode(l.At(r.code).Text)
	if r.total < 0 || !ok {
		return
	}
	total, given, right := parseMark(l.At(r.total))
	first, twice := r.first[code]
	switch {
	case !given:
		return
	case !right:
		r.problem("verify.no_number", nil)
		return
	case twice:
		r.problem("paper.code_twice", judging.Args{"Code": string(code), "First": first})
		return
	}
	r.first[code] = l.Row
	r.out = append(r.out, TypedTotal{code, total, r.place})
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

func (r *totalsReader) problem(key string, args judging.Args) {
	r.problems = append(r.problems, judging.Problem{
		Place:  r.place,
		Column: grid.ColumnLetters(r.total),
		Text:   key,
		Args:   args,
		Fatal:  true,
	})
}
