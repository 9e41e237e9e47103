package results

import (
	"fayi/judging"
	"fayi/judging/voting"
)

// voted says how many judges were for a work, and whether it passes where a share to pass is named.
func (s Scoring) voted(e Explanation) Remark {
	rule, tally := s.Rules.Voting, s.Tally(e.Work)
	args := judging.Args{
		"For": tally.InFavour(), "All": len(tally.Totals), "Official": Points(e.Official), "Pass": rule.Pass,
		"Passed": judging.Exact(e.Official) >= judging.Exact(rule.Threshold()),
	}
	if rule.Kind == voting.Votes {
		return Remark{Text: "analysis.say_votes", Args: args}
	}
	return Remark{Text: "analysis.say_in_favour", Args: args}
}

// offsets says what the office added to a work, or took off.
func (s Scoring) offsets(work judging.WorkID) (out []Remark) {
	for _, f := range s.Offsets {
		if f.Work == work {
			out = append(out, Remark{Text: "analysis.say_offset", Args: judging.Args{
				"Points": judging.Exact(f.Points).Signed(), "Reason": f.Reason,
			}})
		}
	}
	return out
}
