package comparison

import (
	"fayi/internal/unionfind"
	"fayi/judging"
)

// Side is what a judge answers.
type Side int8

// The answers.
const (
	Left  Side = 1
	Equal Side = 0
	Right Side = -1
)

// Answer is one judgement: works and judge are numbers from 0.
type Answer struct {
	Judge, Left, Right int
	Better             Side
}

// Table is all that was answered about some works.
type Table struct {
	Works, Judges int
	Answers       []Answer
}

// MostWorks is the largest table that is fitted: the covariance of all works is kept (8 MB).
const MostWorks = 1000

// Check refuses what can't be an answer with code invalid: a number out of range, a work next to itself, an unknown
// side.
func (t Table) Check() error {
	if t.Works > MostWorks {
		return judging.Fail(judging.Invalid, "table.pairs_too_many", judging.Args{"Count": t.Works, "Limit": MostWorks})
	}
	for i, a := range t.Answers {
		if min(a.Judge, a.Left, a.Right) < 0 || a.Judge >= t.Judges || max(a.Left, a.Right) >= t.Works ||
			a.Left == a.Right || a.Better < Right || a.Better > Left {
			return judging.Fail(judging.Invalid, "table.pairs_bad_answer", judging.Args{"N": i + 1})
		}
	}
	return nil
}

// pieces numbers the groups of works that answers hold together; a work without an answer is a piece of its own.
func (t Table) pieces() (piece []int, count int) {
	sets := unionfind.New(t.Works)
	for _, a := range t.Answers {
		sets.Union(a.Left, a.Right)
	}
	piece, seen := make([]int, t.Works), map[int]int{}
	for i := range piece {
		r := sets.Find(i)
		if _, ok := seen[r]; !ok {
			seen[r] = len(seen)
		}
		piece[i] = seen[r]
	}
	return piece, len(seen)
}
