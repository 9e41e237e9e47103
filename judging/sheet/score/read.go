package score

import (
	"context"
	"fmt"
	"reflect"
	"slices"

	"fayi/internal/bomb"
	"fayi/judging"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/ledger"
	"fayi/judging/sheet/read"
	"fayi/judging/terms"
)

// FilledSheet is a score sheet as it came back. Whether it is of the right contest, judge, round and plan, and
// whether its marks keep to the rubric (judging.Ballot.Complete), the caller decides.
type FilledSheet struct {
	SheetIdentity
	Ballots []FilledBallot            // one for each work found, in the order of the file
	Seen    map[judging.WorkCode]bool // works that have a row, those refused too
	Bases   map[judging.WorkCode]RowBase
	Sheets  ledger.Accounts // what became of every row with text, of each sheet
}

// FilledBallot is one row. Its Ballot carries marks, or a Total typed without marks where that is allowed, and a
// State that is Open, Started, Skipped, Abstained or Recused: Complete settles Scored.
type FilledBallot struct {
	judging.Ballot
	Place   judging.Place
	Title   string            // next to the code, as it stands there
	Columns map[string]string // criterion -> letters of its column, "C"; "" -> the total's; rows share it
}

// scoreLimits bound a filled sheet: it is one judge's work, not a database.
var scoreLimits = grid.Limits{
	Unzipped: bomb.ScoreSheet.Part,
	Rows:     50_000,
	Columns:  512,
	File:     32 << 20,
}

// ReadScoreSheet reads back what WriteScoreSheet wrote and a judge filled in, by whatever program and saved in
// whatever format Open knows. Rows may be re-sorted, columns and notes added, sheets renamed. name is what the file
// is called in problems. A fatal problem leaves its row out. Errors: those of Open; Invalid when the file is no
// score sheet, has lost its identity, mixes two, or is newer than this program.
func ReadScoreSheet(ctx context.Context, path, name string) (FilledSheet, []judging.Problem, error) {
	return ReadScoreSheetBy(ctx, path, name, nil)
}

// ReadScoreSheetBy is ReadScoreSheet that holds the heads of marks against the rubrics: one typed again is matched
// where there is no doubt; where a criterion has no column, or a head tells another range than its criterion's, the
// rows of that category are left out, which is a problem.
func ReadScoreSheetBy(
	ctx context.Context,
	path, name string,
	rubricOf RubricOf,
) (FilledSheet, []judging.Problem, error) {
	b, err := read.Open(path, name, scoreLimits)
	if err != nil {
		return FilledSheet{}, nil, err
	}
	defer b.Close()
	r := scoreReader{
		ctx:      ctx,
		book:     b,
		at:       map[judging.WorkCode]int{},
		clash:    map[judging.WorkCode]bool{},
		rubricOf: rubricOf,
	}
	r.out.Seen, r.out.Bases = map[judging.WorkCode]bool{}, map[judging.WorkCode]RowBase{}
	if err := r.readIdentity(); err != nil {
		return FilledSheet{}, nil, err
	}
	if err := r.readTables(); err != nil {
		return FilledSheet{}, nil, err
	}
	return r.out, r.problems, nil
}

// scoreReader reads one file: first whose it is, then its tables.
type scoreReader struct {
	ctx      context.Context
	book     *read.Book
	rubricOf RubricOf // nil: heads are taken as they are
	bases    []string // cells that tell the base of a row
	out      FilledSheet
	problems []judging.Problem
	table    *filledTable             // the one being read, nil before a head was found
	tables   int                      // heads found
	broken   bool                     // the last head names a column twice
	codes    int                      // its column of codes
	at       map[judging.WorkCode]int // code -> index of its ballot
	clash    map[judging.WorkCode]bool
	place    judging.Place // of the row being read
	accounts accounts
}

// eachLine calls yield for every row of every sheet, hidden ones too; begin is called before each sheet.
func (r *scoreReader) eachLine(begin func(sheet string), yield func(grid.Line) error) error {
	for i, s := range r.book.Infos() {
		begin(s.Name)
		err := r.book.Rows(i, nil, func(l grid.Line) error {
			if l.Row%256 == 0 && r.ctx.Err() != nil {
				return r.ctx.Err()
			}
			return yield(l)
		})
		if err != nil {
			return err
		}
	}
	return r.ctx.Err()
}

func (r *scoreReader) fail(key string, args judging.Args) error {
	if args == nil {
		args = judging.Args{}
	}
	args["File"] = r.book.Name()
	return judging.Fail(judging.Invalid, key, args)
}

// readIdentity finds the identity lines wherever they stand; all must say the same.
func (r *scoreReader) readIdentity() error {
	known := false
	err := r.eachLine(func(string) {}, func(l grid.Line) error {
		for _, c := range l.Cells {
			if isBaseLine(c.Text) {
				r.bases = append(r.bases, c.Text)
				continue
			}
			id, found, ok := parseIdentity(c.Text)
			switch {
			case !found:
			case !ok:
				return r.fail("paper.sheet_broken_identity", nil)
			case known && id != r.out.SheetIdentity:
				one := r.out.SheetIdentity
				return r.fail("paper.sheet_mixed", judging.Args{
					"One":   fmt.Sprintf("%s·%s", one.Judge, one.Plan),
					"Other": fmt.Sprintf("%s·%s", id.Judge, id.Plan),
				})
			default:
				r.out.SheetIdentity, known = id, true
			}
		}
		return nil
	})
	switch {
	case err != nil:
		return err
	case !known:
		return r.fail("paper.sheet_no_identity", nil)
	case r.out.Format > SheetFormat:
		return r.fail("paper.sheet_newer", judging.Args{"Format": r.out.Format, "Known": SheetFormat})
	}
	for _, text := range r.bases {
		if code, base, ok := r.out.parseBase(text); ok {
			r.out.Bases[code] = base
		}
	}
	return nil
}

func (r *scoreReader) readTables() error {
	err := r.eachLine(func(sheet string) {
		r.table, r.broken, r.place = nil, false, judging.Place{File: r.book.Name(), Sheet: sheet}
		r.accounts.begin(r.book.Name(), sheet)
	}, func(l grid.Line) error {
		r.place.Row = l.Row
		r.accounts.row(l, r.line)
		return nil
	})
	if err != nil {
		return err
	}
	if r.tables == 0 {
		return r.fail("paper.sheet_no_table", nil)
	}
	r.out.Ballots = slices.DeleteFunc(r.out.Ballots, func(b FilledBallot) bool { return r.clash[b.Code] })
	r.out.Sheets, err = r.accounts.close(r.clash)
	return err
}

// line reads one row that holds text and says what became of it. The rows below a head that names a column twice are
// refused with it, as far as they belong to works.
func (r *scoreReader) line(l grid.Line) answer {
	if t, twice := findScoreHead(l, r.rubricOf != nil); t != nil {
		r.tables++
		r.table, r.broken, r.codes = t, twice != "", t.code
		if r.broken {
			r.problem(twice, "paper.column_twice", nil, true)
			r.table = nil
			return answer{end: isRefused}
		}
		return answer{kind: ledger.Head}
	}
	switch {
	case r.table != nil:
		return r.row(l)
	case r.broken:
		if _, ok := parseCode(l.At(r.codes).Text); ok {
			return answer{end: isRefused}
		}
		return answer{kind: ledger.Remark}
	}
	return answer{kind: ledger.Title}
}

func (r *scoreReader) problem(column, key string, args judging.Args, fatal bool) {
	r.problems = append(r.problems, judging.Problem{
		Place:  r.place,
		Column: column,
		Text:   key,
		Args:   args,
		Fatal:  fatal,
	})
}

// row reads one row under a head: a work, or a note.
func (r *scoreReader) row(l grid.Line) answer {
	t := r.table
	code, ok := parseCode(l.At(t.code).Text)
	if !ok {
		if !t.marked(l) {
			return answer{kind: ledger.Remark}
		}
		named := l.At(t.code).Text != "" || l.At(t.title).Text != ""
		r.problem(grid.ColumnLetters(t.code), "paper.row_without_code", nil, named)
		if named {
			return answer{end: isRefused}
		}
		return answer{kind: ledger.Total} // numbers alone below the table
	}
	r.out.Seen[code] = true
	fitted, fits := r.fitted(code)
	if !fits {
		return answer{end: isRefused}
	}
	t = &fitted
	before := len(r.problems)
	b := r.ballot(t, code, l)
	if slices.ContainsFunc(r.problems[before:], func(p judging.Problem) bool { return p.Fatal }) {
		return answer{end: isRefused}
	}
	r.keep(FilledBallot{Ballot: b, Place: r.place, Title: trimmed(l.At(t.title).Text), Columns: t.letters})
	if b.Blank() {
		return answer{kind: ledger.Prepared}
	}
	return answer{end: isTaken, code: code}
}

// keep adds a ballot. A second row of a work is nothing new when it says the same or says nothing; otherwise
// neither of the two counts.
func (r *scoreReader) keep(b FilledBallot) {
	i, seen := r.at[b.Code]
	if !seen {
		r.at[b.Code] = len(r.out.Ballots)
		r.out.Ballots = append(r.out.Ballots, b)
		return
	}
	empty := judging.Ballot{Code: b.Code, State: judging.Open}
	old := &r.out.Ballots[i]
	switch {
	case reflect.DeepEqual(old.Ballot, b.Ballot) && judging.Fold(old.Title) == judging.Fold(b.Title),
		reflect.DeepEqual(b.Ballot, empty):
	case reflect.DeepEqual(old.Ballot, empty):
		*old = b
	default:
		r.clash[b.Code] = true
		r.problem(grid.ColumnLetters(r.table.code), "paper.code_twice", judging.Args{
			"Code":  string(b.Code),
			"First": old.Place.Row,
		}, true)
	}
}

func (r *scoreReader) ballot(t *filledTable, code judging.WorkCode, l grid.Line) judging.Ballot {
	b := judging.Ballot{
		Code:    code,
		State:   judging.Open,
		Comment: trimmed(l.At(t.comment).Text),
		Reason:  trimmed(l.At(t.reason).Text),
	}
	worded := false
	for _, m := range t.marks {
		v, said, given, ok := m.markIn(l.At(m.col))
		worded = worded || said && terms.Applies(v)
		if l.At(m.col).Kind == grid.FormulaCell {
			r.problem(grid.ColumnLetters(m.col), "paper.formula_unread", judging.Args{"Name": m.name}, true)
		} else if !ok {
			r.problem(grid.ColumnLetters(m.col), "paper.mark_not_number", judging.Args{
				"Name": m.name,
				"Max":  m.most,
			}, true)
		} else if given {
			if b.Marks == nil {
				b.Marks = map[string]float64{}
			}
			b.Marks[m.name] = v
			b.State = judging.Started
		}
	}
	r.total(t, &b, l, worded)
	r.flags(t, &b, l)
	sure, ok := confidenceWords[judging.Fold(l.At(t.confidence).Text)]
	if !ok {
		r.problem(grid.ColumnLetters(t.confidence), "paper.confidence_unknown", nil, true)
	}
	b.Confidence = sure
	state, ok := StateOf(l.At(t.state).Text)
	if !ok {
		r.problem(grid.ColumnLetters(t.state), "paper.state_unknown", nil, true)
	} else if state != judging.Open {
		b.State = state
	}
	return b
}

// total settles the total: always from the marks where there are some. The sheet's own sum is of numbers only, so that
// it is compared with those alone.
func (r *scoreReader) total(t *filledTable, b *judging.Ballot, l grid.Line, worded bool) {
	typed, given, ok := parseMark(l.At(t.total.col))
	column := grid.ColumnLetters(t.total.col)
	switch {
	case len(b.Marks) > 0:
		total, sure := r.sumOf(b)
		b.Total = total
		if given && ok && sure && !worded && judging.Exact(typed) != judging.Exact(b.Total) {
			r.problem(column, "paper.total_differs", judging.Args{
				"Typed": judging.Exact(typed).String(),
				"Sum":   judging.Exact(b.Total).String(),
			}, false)
		}
	case !ok:
		r.problem(column, "paper.mark_not_number", judging.Args{"Name": t.total.name, "Max": t.total.most}, true)
	case given && typed == 0:
		r.problem(column, "paper.total_zero", nil, false)
	case given && !r.out.TotalOnly:
		r.problem(column, "paper.total_without_marks", nil, true)
	case given:
		b.Total = typed
	}
}

// sumOf adds up marks. It is not sure of the sum where some criterion does not apply and the rubric is not known.
func (r *scoreReader) sumOf(b *judging.Ballot) (sum float64, sure bool) {
	if r.rubricOf != nil {
		if _, rubric, known := r.rubricOf(b.Code); known && rubric.Optional() {
			return rubric.Sum(b.Marks).Total(), true
		}
	}
	sure = true
	for _, v := range b.Marks {
		sure = sure && terms.Applies(v)
	}
	return SumOf(b.Marks), sure
}
