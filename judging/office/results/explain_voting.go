package results

import (
	"fayi/judging"
	"fayi/judging/voting"
)

// runoff says that the round was among tied works only, where it was.
func (s Scoring) runoff() (out []Remark) {
	if rule, later := s.Rules.RoundOf(s.Round); later && rule.Take.Tied {
		out = []Remark{{Text: "analysis.say_runoff"}}
	}
	return out
}

// voted says how many judges were for a work, and whether it passes where a share to pass is named.
func (s Scoring) voted(e Explanation) Remark {
	rule, tally := s.Rules.Voting, s.Tally(e.Work)
	args := judging.Args{
		"For": tally.InFavour(), "All": len(tally.Totals), "Official": Points(e.Official), "Pass": rule.Pass,
		"Passed": judging.Exact(e.Official) >= judging.Exact(rule.Threshold()), "Places": rule.Places,
	}
	switch rule.Kind {
	case voting.Votes:
		return Remark{Text: "analysis.say_votes", Args: args}
	case voting.Points:
		return Remark{Text: "analysis.say_points", Args: args}
	case voting.Ranking:
		args["For"] = 0
		for _, place := range tally.Totals {
			if place > voting.Against {
				args["For"] = args["For"].(int) + 1
			}
		}
		return Remark{Text: "analysis.say_places", Args: args}
	}
	return Remark{Text: "analysis.say_in_favour", Args: args}
}

// spoke is what one judge said of a work, in a round without marks.
func spoke(rule voting.Rule, judge string, mark float64) Remark {
	args := judging.Args{"Judge": judge, "N": int(mark), "Worth": rule.Places + 1 - int(mark)}
	switch rule.Kind {
	case voting.Ranking:
		return Remark{Text: "analysis.say_ranked", Args: args}
	case voting.Points:
		return Remark{Text: "analysis.say_pointed", Args: args}
	}
	args["Said"] = rule.Said(mark)
	return Remark{Text: "analysis.say_spoke", Args: args}
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
