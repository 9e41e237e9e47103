package rules

import (
	"fayi/judging"
	"fayi/judging/voting"
)

// voting tells how judges speak in a round without marks.
func (t ruleTale) voting(v voting.Rule) string {
	return t.say("voting_"+string(v.Kind), judging.Args{"Pass": v.Pass, "N": v.Votes, "Exactly": v.Exactly})
}

// roundVoting tells it of a later round; that of one with marks needs no word but after one without.
func (t ruleTale) roundVoting(r judging.RoundRule) string {
	switch {
	case r.Voting != nil:
		return t.voting(*r.Voting)
	case t.Voting != nil:
		return t.say("voting_marks", nil)
	}
	return ""
}
