package score

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"io/fs"
	"strings"

	"fayi/internal/regular"
	"fayi/judging"
	"fayi/judging/filetype"
	"fayi/judging/sheet/delimited"
	"fayi/judging/sheet/grid"
	"fayi/judging/sheet/ledger"
	"fayi/judging/sheet/read"
	"fayi/judging/text"
)

// ScoreTable is scores from a plain table, apart from any contest. Works and judges stand in the order of their
// first row.
type ScoreTable struct {
	File   string
	Sheet  string // "" for csv
	Works  []string
	Judges []string
	Rows   []ScoreRow

	Account ledger.Account // what became of the rows of the sheet
}

// ScoreRow is one score: indices into Works and Judges. Confidence is 1-3, 0 when not given.
type ScoreRow struct {
	Work, Judge int
	Score       float64
	Confidence  float64
	Order       int // place in the judge's own sequence, from 1; 0 when not given
	Category    string
	Unit        string // of the work; "" when not given
	JudgeUnit   string // of the judge; "" when not given
	Row         int    // in the file, from 1
}

const (
	maxScoreText   = 2 << 30 // bytes of unpacked text
	maxScoreColumn = 4096    // columns of a row
	maxScoreLine   = 1 << 20 // bytes of a line
	maxProblems    = 1000    // reported one by one
	headWithin     = 30      // rows in which the head must stand
)

// ReadScores reads scores from csv (UTF-8 or GB18030, also gzipped) or a workbook: a row a score with the columns
// work, judge, score and, if there, confidence, category and order; or, as a matrix, a row a work and a column a judge
// (the other way round when the first head says 评委). name is what the file is called in problems. A fatal problem
// leaves its row out. Errors: those of Open; Invalid when the table cannot be understood, holds no score or is too
// big.
func ReadScores(ctx context.Context, path, name string, matrix bool) (ScoreTable, []judging.Problem, error) {
	t := &scoreTaker{ctx: ctx, matrix: matrix, works: names{}, judges: names{}}
	t.table.File = name
	t.account = ledger.New(name, "")
	f, err := regular.Open(path)
	if err != nil {
		return ScoreTable{}, nil, missingFile(name, err)
	}
	defer f.Close()
	head := make([]byte, 4096)
	n, _ := io.ReadFull(f, head)
	how, _ := read.ReadAs(head[:n])
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return ScoreTable{}, nil, grid.Unreadable(name, err)
	}
	switch {
	case filetype.Of(head[:n], "").Name == "gz":
		err = t.readGzip(f)
	case how == filetype.AsText:
		err = t.readText(f)
	default:
		err = t.readBook(path)
	}
	if err == nil || errors.Is(err, errNoHead) {
		err = t.finish()
	}
	if err != nil {
		return ScoreTable{}, nil, err
	}
	return t.table, t.problems, nil
}

func missingFile(name string, err error) error {
	e := grid.FileError(name, "sheet.missing", nil).Because(err)
	e.Code = judging.NotFound
	if !errors.Is(err, fs.ErrNotExist) {
		return grid.Unreadable(name, err)
	}
	return e
}

// scoreTaker takes the rows of a table one by one.
type scoreTaker struct {
	ctx      context.Context
	matrix   bool
	table    ScoreTable
	works    names
	judges   names
	columns  *scoreHead        // nil until the head was found
	seen     int               // rows looked at for a head
	firstRow []int             // of a matrix: the row of each work
	texts    map[string]string // as written -> tidied
	problems []judging.Problem
	account  *ledger.Ledger // of the sheet being read
	repeated int            // rows left out as repeats
	untold   int            // problems beyond maxProblems
	fatal    bool
}

func (t *scoreTaker) fail(key string, args judging.Args) error {
	if args == nil {
		args = judging.Args{}
	}
	args["File"] = t.table.File
	return judging.Fail(judging.Invalid, key, args)
}

// problem says what is wrong in column col (from 0; -1: none) of a row.
func (t *scoreTaker) problem(row, col int, key string, args judging.Args, fatal bool) {
	if len(t.problems) >= maxProblems {
		t.untold++
		t.fatal = t.fatal || fatal
		return
	}
	p := judging.Problem{
		Place: judging.Place{File: t.table.File, Sheet: t.table.Sheet, Row: row},
		Text:  key,
		Args:  args,
		Fatal: fatal,
	}
	if col >= 0 {
		p.Column = grid.ColumnLetters(col)
	}
	t.problems = append(t.problems, p)
}

func (t *scoreTaker) readGzip(f io.Reader) error {
	z, err := gzip.NewReader(bufio.NewReaderSize(f, 256<<10))
	if err != nil {
		return t.fail("paper.scores_unreadable", nil)
	}
	return t.readText(z)
}

// readText reads a text table in whatever character set and with whatever delimiter its beginning shows.
func (t *scoreTaker) readText(r io.Reader) error {
	capped := &cappedReader{r: r, left: maxScoreText}
	b := bufio.NewReaderSize(capped, 128<<10)
	head, err := b.Peek(64 << 10)
	if err != nil && err != io.EOF {
		return t.broken(err)
	}
	if e := text.GuessEncoding(head); e != nil {
		b = bufio.NewReaderSize(e.NewDecoder().Reader(b), 128<<10)
	} else if strings.HasPrefix(string(head[:min(3, len(head))]), "\uFEFF") {
		_, _ = b.Discard(3)
	}
	head, _ = b.Peek(64 << 10)
	return t.readRecords(delimited.New(b, delimited.FindComma(string(head)), maxScoreLine))
}

func (t *scoreTaker) readRecords(s *delimited.Splitter) error {
	for row := 1; ; row++ {
		record, err := s.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return t.broken(err)
		}
		if err := t.take(row, record); err != nil {
			return err
		}
	}
}

func (t *scoreTaker) broken(err error) error {
	var told *judging.Error
	switch {
	case errors.As(err, &told):
		return err
	case errors.Is(err, grid.ErrTooBig):
		return t.fail("paper.scores_too_big", judging.Args{"Limit": "2 GB"})
	}
	e := judging.Fail(judging.Invalid, "paper.scores_unreadable", judging.Args{"File": t.table.File})
	return e.Because(err)
}

// readBook reads the first sheet of a workbook that has a head.
func (t *scoreTaker) readBook(path string) error {
	b, err := read.Open(path, t.table.File, grid.Limits{Columns: maxScoreColumn})
	if err != nil {
		return err
	}
	defer b.Close()
	var cells []string
	for i, s := range b.Infos() {
		t.table.Sheet, t.seen = s.Name, 0
		t.account = ledger.New(t.table.File, s.Name)
		err := b.Rows(i, nil, func(l grid.Line) error {
			cells = cells[:0]
			for _, c := range l.Cells {
				cells = append(cells, c.Count())
			}
			return t.take(l.Row, cells)
		})
		if err != nil && !errors.Is(err, errNoHead) {
			return err
		}
		if t.columns != nil {
			return nil
		}
		if a, _ := t.account.Close(); a.Rows > 0 { // no head: the sheet is named, and the next one tried
			t.problems = append(t.problems, judging.Problem{
				Place: judging.Place{File: t.table.File, Sheet: s.Name},
				Text:  "sheet.skipped",
				Args:  judging.Args{"Sheet": s.Name, "Wanted": "分数"},
			})
		}
	}
	return nil
}

// cappedReader fails with ErrTooBig after left bytes.
type cappedReader struct {
	r    io.Reader
	left int64
}

func (c *cappedReader) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	if c.left -= int64(n); c.left < 0 {
		return 0, grid.ErrTooBig
	}
	return n, err
}
