package records

import (
	"fayi/judging"
	"fayi/judging/store"
)

// Reading holds what a transaction reads of works and scores, each read once however often places are computed from
// them. It is dead after the transaction.
type Reading struct {
	Tx     store.Tx
	order  []judging.Work // all that count, by identity
	byID   map[judging.WorkID]judging.Work
	scores map[judging.Round][]judging.Score // by work, then judge
	counts map[judging.Round][]counted
	takes  func(store.Tx, judging.Round) (func(judging.Work) bool, error) // which works are ranked
}

// counted is what ranking by the rules needs of a score: reading no more of each halves the time that a large
// contest takes.
type counted struct {
	Work     judging.WorkID  `json:"work"`
	Judge    judging.JudgeID `json:"judge"`
	Void     string          `json:"void"`
	Versions []struct {
		State judging.BallotState `json:"state"`
		Total float64             `json:"total"`
		Marks map[string]float64  `json:"marks"`
		Flags []judging.Flag      `json:"flags"`
	} `json:"versions"`
}

// countedScores reads the score table as counted; nothing is ever written through it.
var countedScores = store.NewTable("score", 1, func(*counted) string { return "" })

// Counts is judging.Score.Counts.
func (c *counted) Counts() bool {
	return c.Void == "" && len(c.Versions) > 0 && c.Versions[len(c.Versions)-1].State == judging.Scored
}

func ReadingOf(tx store.Tx) *Reading {
	return &Reading{Tx: tx, scores: map[judging.Round][]judging.Score{}, counts: map[judging.Round][]counted{},
		takes: InRound}
}

// WithLeft returns the same reading in which works that have left the contest are ranked as if they were still in.
func (r *Reading) WithLeft() *Reading {
	out := *r
	out.takes = OnceInRound
	return &out
}

// Left reports whether a work that has scores in some round read so far has left the contest.
func (r *Reading) Left(round judging.Round) (bool, error) {
	counts, err := InContest(r.Tx)
	if err != nil {
		return false, err
	}
	_, works, err := r.Works()
	if err != nil {
		return false, err
	}
	given, err := r.countsOf(round)
	for i := range given {
		if w, known := works[given[i].Work]; known && given[i].Counts() && !counts(w) {
			return true, nil
		}
	}
	return false, err
}

// Works returns all works that count, by identity, and the same to look up.
func (r *Reading) Works() ([]judging.Work, map[judging.WorkID]judging.Work, error) {
	if r.byID != nil {
		return r.order, r.byID, nil
	}
	all, err := AllWorks(r.Tx, nil)
	if err != nil {
		return nil, nil, err
	}
	r.order, r.byID = all, make(map[judging.WorkID]judging.Work, len(all))
	for _, w := range all {
		r.byID[w.ID] = w
	}
	return r.order, r.byID, nil
}

// scoresOf returns the scores of a round, those that do not count too.
func (r *Reading) ScoresOf(round judging.Round) ([]judging.Score, error) {
	if all, ok := r.scores[round]; ok {
		return all, nil
	}
	all, err := Scores.List(r.Tx, judging.Serial("r", 2, int(round))+"/")
	if err == nil {
		r.scores[round] = all
	}
	return all, err
}

// countsOf returns the scores of a round as ranking by the rules needs them.
func (r *Reading) countsOf(round judging.Round) ([]counted, error) {
	if all, ok := r.counts[round]; ok {
		return all, nil
	}
	all, err := countedScores.List(r.Tx, judging.Serial("r", 2, int(round))+"/")
	if err == nil {
		r.counts[round] = all
	}
	return all, err
}
