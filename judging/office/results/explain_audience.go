package results

import (
	"math/big"

	"fayi/judging"
	"fayi/judging/audience"
	"fayi/judging/award"
)

// heard is what the votes of an audience are worth for a work, of 100; nil where they count for nothing or are not
// known.
func (s Scoring) heard(work judging.WorkID) *big.Rat {
	if s.Rules.Audience == nil || s.Votes.Of(work) == nil {
		return nil
	}
	for _, t := range award.WithAudience(s.Rules, s.votedWorks()) {
		if t.Work == work {
			return t.Audience
		}
	}
	return nil
}

// votedWorks are the works of the round with their votes, without scores.
func (s Scoring) votedWorks() (out []award.Tally) {
	for _, p := range s.Placings {
		w := s.Works[p.Work]
		out = append(out, award.Tally{Work: p.Work, Category: w.Category, Group: w.Group, Votes: s.Votes.Of(p.Work)})
	}
	return out
}

// mixed is the mean of a work's judges with what its audience adds, for people to read.
func (s Scoring) mixed(e Explanation) float64 {
	out, _ := s.alone(e, 0).Official.Float64()
	return out
}

// alone is what the round by itself makes of a work with so many points of the office.
func (s Scoring) alone(e Explanation, offset judging.Points) award.Joint {
	tally, by := s.Tally(e.Work), s.Rules
	tally.Offset, tally.Audience = offset, s.heard(e.Work)
	if e.Dropped == 0 { // its list may go by the mean
		by.Combine.Method = judging.Mean
	}
	return award.Alone(by, []award.Tally{tally})[e.Work]
}

// audience says how many votes a work has and what they are worth.
func (s Scoring) audience(e Explanation, heard *big.Rat) Remark {
	rule, votes := s.Rules.Audience, *s.Votes.Of(e.Work)
	place, most := 1, 0
	for _, t := range s.votedWorks() {
		if t.Votes == nil || t.Category != e.Category || e.Group != "" && t.Group != e.Group ||
			e.Group == "" && s.Rules.RankedApart(t.Category, t.Group) {
			continue
		}
		n := rule.Counted(*t.Votes)
		if most = max(most, n); n > rule.Counted(votes) {
			place++
		}
	}
	mark, _ := heard.Float64()
	scaled, _ := new(big.Rat).Mul(heard, big.NewRat(int64(judging.Exact(s.Rules.RubricOf(e.Category).Scale)),
		audience.Full*int64(judging.Exact(1)))).Float64()
	return Remark{Text: "analysis.say_audience", Args: judging.Args{
		"Votes": votes, "Counted": rule.Counted(votes), "Least": rule.Least, "Limited": rule.Counted(votes) != votes,
		"Few": votes < rule.Least, "By": string(rule.By), "Best": most, "Place": place,
		"Mark": judging.Decimal(mark, 4), "Scaled": judging.Decimal(scaled, 4),
		"Differs": judging.Exact(scaled) != judging.Exact(mark), "Weight": judging.Exact(rule.Weight).String(),
	}}
}

// audienceWeight is what the audience weighs in the round, in percent.
func (s Scoring) audienceWeight() float64 {
	if s.Rules.Audience == nil {
		return 0
	}
	return s.Rules.Audience.Weight
}
