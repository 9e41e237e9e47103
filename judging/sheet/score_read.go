package sheet

import (
	"context"

	"fayi/judging"
)

// FilledSheet is a score sheet as it came back. Whether it is of the right contest, judge, round and plan, and whether its marks keep to the
// rubric (judging.Ballot.Complete), the caller decides.
type FilledSheet struct {
	SheetIdentity
	Ballots []FilledBallot // one for each work found, in the order of the file
}

// FilledBallot is one row. Its Ballot carries marks, or a Total typed without marks where that is allowed, and a State that is Open, Started,
// Skipped, Abstained or Recused: Complete settles Scored.
type FilledBallot struct {
	judging.Ballot
	Category string
	Place    judging.Place
	Columns  map[string]string // criterion -> letters of its column, "C"; "" -> the total's
}

// ReadScoreSheet reads back what WriteScoreSheet wrote and a judge filled in, by whatever program. Rows may be re-sorted, columns and notes
// added, sheets renamed. name is what the file is called in problems. A fatal problem leaves its row out.
// Errors: Invalid when the file is no score sheet, has lost its identity, mixes two, is newer than this program, or is broken.
func ReadScoreSheet(ctx context.Context, path, name string) (FilledSheet, []judging.Problem, error) {
	return FilledSheet{}, nil, judging.Fail(judging.Internal, "error.internal", judging.Args{"Detail": "not yet"})
}
