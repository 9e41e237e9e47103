package rules

import (
	"fayi/judging"
	"fayi/judging/voting"
)

// voting tells how judges speak in a round without marks.
func (t ruleTale) voting(v voting.Rule) string {
	return t.say("voting_"+string(v.Kind), judging.Args{"Pass": v.Pass, "N": v.N(), "Exactly": v.Exactly})
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

// rounds tells the later rounds.
func (t ruleTale) rounds() []string {
	var out []string
	for _, r := range t.Rounds {
		per := r.PerWork
		if per == 0 {
			per = t.PerWork
		}
		out = append(out, t.say("round", judging.Args{"Name": r.Name, "Take": t.share(r.Take), "N": per})+
			t.say("carry_"+string(r.Carry), judging.Args{
				"Percent": judging.Exact(r.Weight * 100).String(),
			})+t.otherRubrics(r)+t.roundLeast(r)+t.roundVoting(r))
	}
	return out
}
