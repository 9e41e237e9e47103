package records

import (
	"fayi/judging"
	"fayi/judging/store"
)

// KeptScore says that a judge's score of a work stands although a conflict was declared after it was given.
type KeptScore struct {
	Round  judging.Round   `json:"round"`
	Work   judging.WorkID  `json:"work"`
	Judge  judging.JudgeID `json:"judge"`
	Reason string          `json:"reason"`
}

// KeptScores are the scores that were looked at and kept.
var KeptScores = store.NewTable("kept_score", 1, func(k *KeptScore) string {
	return ScoreID(&judging.Score{Round: k.Round, Work: k.Work, Judge: k.Judge})
})

func LoadConflicts(tx store.Tx) ([]judging.Conflict, error) {
	return Collect(func(fn func(judging.Conflict) error) error { return Conflicts.Each(tx, fn) })
}

// ConflictedScores lists the scores of a round that count although their judges are to be kept from the works: the
// conflict was declared, or came with a change of data, after the score. Those that somebody looked at and kept are
// left out.
func (r *Reading) ConflictedScores(round judging.Round) ([]judging.Score, error) {
	said, err := LoadConflicts(r.Tx)
	if err != nil {
		return nil, err
	}
	works, _, err := r.Works()
	if err != nil {
		return nil, err
	}
	judges, err := LoadJudges(r.Tx)
	if err != nil {
		return nil, err
	}
	if err := RenameUnits(r.Tx, judges, said); err != nil {
		return nil, err
	}
	kept := map[string]bool{}
	err = KeptScores.Each(r.Tx, func(k KeptScore) error {
		kept[ScoreID(&judging.Score{Round: k.Round, Work: k.Work, Judge: k.Judge})] = true
		return nil
	})
	if err != nil {
		return nil, err
	}
	var out []judging.Score
	for _, c := range judging.Conflicts(works, judges, said) {
		s, err := LoadScore(r.Tx, round, c.Work, c.Judge)
		if err != nil {
			return nil, err
		}
		if s.Counts() && !kept[ScoreID(&s)] {
			out = append(out, s)
		}
	}
	return out, nil
}
