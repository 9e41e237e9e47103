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

// Conflicts lists which judges are to be kept from which works, by judge, then work.
func (r *Reading) Conflicts() ([]judging.Conflict, error) {
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
	return judging.Conflicts(works, judges, said), nil
}

// ConflictedScores lists the scores of a round that count although their judges are to be kept from the works: the
// conflict was declared, or came with a change of data, after the score. Those that somebody looked at and kept are
// left out.
func (r *Reading) ConflictedScores(round judging.Round) ([]judging.Score, error) {
	all, err := r.Conflicts()
	if err != nil {
		return nil, err
	}
	return ScoresIn(r.Tx, round, all)
}

// ScoresIn lists those scores of a round that stand in one of the conflicts.
func ScoresIn(tx store.Tx, round judging.Round, all []judging.Conflict) ([]judging.Score, error) {
	kept := map[string]bool{}
	err := KeptScores.Each(tx, func(k KeptScore) error {
		kept[ScoreID(&judging.Score{Round: k.Round, Work: k.Work, Judge: k.Judge})] = true
		return nil
	})
	var out []judging.Score
	for _, c := range all {
		if err != nil {
			return nil, err
		}
		var s judging.Score
		if s, err = LoadScore(tx, round, c.Work, c.Judge); s.Counts() && !kept[ScoreID(&s)] {
			out = append(out, s)
		}
	}
	return out, err
}
