package intake

import (
	"fayi/judging"
	"fayi/judging/office/intake"
)

// importProblems gathers all problems of an import: of files, of rows, and of media that found no work.
func importProblems(r intake.ImportReport) []judging.Problem {
	out := rowProblems(r)
	for _, f := range r.Loose {
		out = append(out, judging.Problem{Place: judging.Place{File: f.Path}, Text: f.Text, Args: f.Args})
	}
	return out
}

// rowProblems are those of files and rows, which the page of problems keeps.
func rowProblems(r intake.ImportReport) []judging.Problem {
	out := append([]judging.Problem{}, r.Problems...)
	for _, row := range r.Rows {
		out = append(out, row.Problems...)
	}
	return out
}
