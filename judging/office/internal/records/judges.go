package records

import (
	"errors"

	"fayi/judging"
	"fayi/judging/store"
)

func LoadJudges(tx store.Tx) ([]judging.Judge, error) {
	return Collect(func(fn func(judging.Judge) error) error { return Judges.Each(tx, fn) })
}

// JudgeNames returns the names of all judges.
func JudgeNames(tx store.Tx) (map[judging.JudgeID]string, error) {
	all, err := LoadJudges(tx)
	names := make(map[judging.JudgeID]string, len(all))
	for _, j := range all {
		names[j.ID] = j.Name
	}
	return names, err
}

func LoadJudge(tx store.Tx, id judging.JudgeID) (judging.Judge, error) {
	j, err := Judges.Get(tx, string(id))
	if errors.Is(err, judging.ErrNotFound) {
		return j, judging.Fail(judging.NotFound, "judges.missing", judging.Args{"Judge": id})
	}
	return j, err
}
