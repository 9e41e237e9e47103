package records

import (
	"slices"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office/internal/counting"
	"fayi/judging/store"
)

// Reading holds what a transaction reads of works and scores, each read once however often places are computed from
// them. It is dead after the transaction.
type Reading struct {
	Tx     store.Tx
	order  []judging.Work // all that count, by identity
	byID   map[judging.WorkID]judging.Work
	scores map[judging.Round][]judging.Score // by work, then judge
	counts map[judging.Round][]counting.Score
	takes  func(store.Tx, judging.Round) (func(judging.Work) bool, error) // which works are ranked
	// what was computed of each round
	tallies map[judging.Round][]award.Tally
	placed  map[judging.Round][]judging.Placing
}

// Placed returns what Place was given for a round in this reading; false for nothing. The slice is the caller's.
func (r *Reading) Placed(round judging.Round) ([]judging.Placing, bool) {
	placings, ok := r.placed[round]
	return slices.Clone(placings), ok
}

// Place keeps the places of a round by the rules in force.
func (r *Reading) Place(round judging.Round, placings []judging.Placing) {
	r.placed[round] = slices.Clone(placings)
}

// ReadingOf begins to read in tx.
func ReadingOf(tx store.Tx) *Reading {
	r := &Reading{Tx: tx, scores: map[judging.Round][]judging.Score{}, counts: map[judging.Round][]counting.Score{}}
	return r.taking(InRound)
}

func (r *Reading) taking(which func(store.Tx, judging.Round) (func(judging.Work) bool, error)) *Reading {
	out := *r
	out.takes = which
	out.tallies, out.placed = map[judging.Round][]award.Tally{}, map[judging.Round][]judging.Placing{}
	return &out
}

// WithLeft returns the same reading in which works that have left the contest are ranked as if they were still in.
func (r *Reading) WithLeft() *Reading { return r.taking(OnceInRound) }

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
	return err == nil && counting.Any(given, func(id judging.WorkID) bool {
		w, known := works[id]
		return known && !counts(w)
	}), err
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

// ScoresOf returns the scores of a round, those that do not count too. What they point to is kept: it must not change.
func (r *Reading) ScoresOf(round judging.Round) ([]judging.Score, error) {
	if all, ok := r.scores[round]; ok {
		return all, nil
	}
	all, kept, err := Scores.Kept(r.Tx)
	if err == nil && kept {
		all = counting.Round(all, round)
	} else if err == nil {
		all, err = Scores.List(r.Tx, judging.Serial("r", 2, int(round))+"/")
	}
	if err == nil {
		r.scores[round] = all
	}
	return all, err
}

// countsOf returns the scores of a round as ranking by the rules needs them.
func (r *Reading) countsOf(round judging.Round) ([]counting.Score, error) {
	if all, ok := r.counts[round]; ok {
		return all, nil
	}
	if kept, ok, err := Scores.Kept(r.Tx); err == nil && ok {
		r.counts[round] = counting.Of(kept, round)
		return r.counts[round], nil
	} else if whole, ok := r.scores[round]; ok {
		r.counts[round] = counting.Of(whole, round)
		return r.counts[round], nil
	}
	all, err := counting.In(r.Tx, round)
	if err == nil {
		r.counts[round] = all
	}
	return all, err
}
