package records

import (
	"errors"

	"fayi/judging"
	"fayi/judging/store"
)

func LoadJudges(tx store.Tx) ([]judging.Judge, error) {
	return Collect(func(fn func(judging.Judge) error) error { return Judges.Each(tx, fn) })
}

func LoadJudge(tx store.Tx, id judging.JudgeID) (judging.Judge, error) {
	j, err := Judges.Get(tx, string(id))
	if errors.Is(err, judging.ErrNotFound) {
		return j, judging.Fail(judging.NotFound, "judges.missing", judging.Args{"Judge": id})
	}
	return j, err
}
