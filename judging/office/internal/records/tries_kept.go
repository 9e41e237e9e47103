package records

import (
	"fayi/judging"
	"fayi/judging/store"
	"fayi/judging/tries"
)

// Wrong tries are counted apart from the contest as well: whoever puts an older contest.db back does not begin to count
// again.

// more is the secret with the wrong tries that were counted apart, where those are more.
func (s *Secret) more(k tries.Count) {
	if k.Wrong > s.Wrong {
		s.Wrong = k.Wrong
	}
	if k.Wrong > 0 && k.At.After(s.Tried) {
		s.Tried = k.At
	}
}

// contestOf is the contest whose tries are counted; "" where there is none, as in stores of tests.
func contestOf(tx store.Tx) (judging.ContestID, error) {
	c, err := LoadContest(tx)
	if judging.CodeOf(err) == judging.NotFound {
		return "", nil
	}
	return c.ID, err
}
