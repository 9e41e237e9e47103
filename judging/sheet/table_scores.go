package sheet

import (
	"context"

	"fayi/judging"
)

// ScoreTable is scores from a plain table, apart from any contest. Works and judges stand in the order of their first row.
type ScoreTable struct {
	File   string
	Sheet  string // "" for csv
	Works  []string
	Judges []string
	Rows   []ScoreRow
}

// ScoreRow is one score: indices into Works and Judges. Confidence is 1-3, 0 when not given.
type ScoreRow struct {
	Work, Judge int
	Score       float64
	Confidence  float64
	Category    string
	Row         int // in the file, from 1
}

// At returns where r stood.
func (t ScoreTable) At(r ScoreRow) judging.Place {
	return judging.Place{File: t.File, Sheet: t.Sheet, Row: r.Row}
}

// ReadScores reads scores from csv (UTF-8 or GB18030, also gzipped) or xlsx: a row a score with the columns work, judge, score and, if there,
// confidence and category; or, as a matrix, a row a work and a column a judge. name is what the file is called in problems.
// A fatal problem leaves its row out. Errors: Invalid when the table cannot be understood or the file is broken.
func ReadScores(ctx context.Context, path, name string, matrix bool) (ScoreTable, []judging.Problem, error) {
	return ScoreTable{}, nil, judging.Fail(judging.Internal, "error.internal", judging.Args{"Detail": "not yet"})
}
