package results

import (
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/award"
)

// Add adds a score that counts to the tally of its work.
func (s Scoring) Add(t *award.Tally, score judging.Score) {
	j := s.Judges[score.Judge]
	j.ID = score.Judge
	t.Add(j, s.Rules.PanelOf(j), score.Now().Ballot)
}

// Tallies gathers the scores of all works of the round that count, in the order of their places.
func (s Scoring) Tallies() []award.Tally {
	out := make([]award.Tally, 0, len(s.Placings))
	at, offsets := make(map[judging.WorkID]int, len(s.Placings)), s.offsetSums()
	for _, p := range s.Placings {
		w := s.Works[p.Work]
		at[p.Work] = len(out)
		out = append(out, award.Tally{
			Work: p.Work, Category: w.Category, Group: w.Group, Offset: offsets[p.Work],
			Votes: s.Votes.Of(p.Work),
		})
	}
	counts := make([]int, len(out))
	for i := range s.Scores {
		if to, known := at[s.Scores[i].Work]; known && s.Scores[i].Counts() {
			counts[to]++
		}
	}
	award.Reserve(out, counts)
	for i := range s.Scores {
		if to, known := at[s.Scores[i].Work]; known && s.Scores[i].Counts() {
			s.Add(&out[to], s.Scores[i])
		}
	}
	return out
}

// ranked is the tally of a work next to the others of its list.
func (s Scoring) ranked(work judging.WorkID) award.Tally {
	all := award.WithRanks(s.Rules, s.Tallies())
	if i := slices.IndexFunc(all, func(t award.Tally) bool { return t.Work == work }); i >= 0 {
		return all[i]
	}
	return s.Tally(work)
}

// RanksAddUp refuses to decide by sums of ranks where not every judge of a list scored every work of it.
func RanksAddUp(rules judging.Rules, tallies []award.Tally) error {
	category, group, lacks := award.NotRanked(rules, tallies)
	if !lacks {
		return nil
	}
	return judging.Fail(judging.Clash, "awards.not_ranked", judging.Args{
		"List": strings.TrimSpace(category + " " + group),
	})
}

// rankTally is the tally of a work whose ranks are added up.
type rankTally struct{ award.Tally }

// rankedBySum is the tally of a work next to the others of its list where the rules add ranks up; else an empty one.
func (s Scoring) rankedBySum(work judging.WorkID) rankTally {
	if s.Rules.Combine.Method != judging.RankSum {
		return rankTally{}
	}
	return rankTally{s.ranked(work)}
}

// rankOf is the rank that a judge gave, 0 where there is none.
func (t rankTally) rankOf(judge judging.JudgeID) float64 {
	if i := slices.Index(t.Judges, judge); i >= 0 && i < len(t.Ranks) {
		return t.Ranks[i]
	}
	return 0
}

// sumOfRanks says how the ranks of a work add up.
func (s Scoring) sumOfRanks(e Explanation) []Remark {
	var parts []string
	t := s.rankedBySum(e.Work)
	for _, rank := range t.Ranks {
		parts = append(parts, judging.Decimal(rank, 1))
	}
	return []Remark{{Text: "analysis.say_official_ranks", Args: judging.Args{
		"Sum": strings.Join(parts, " + "), "Official": Points(e.Official),
	}}}
}

// unplaced says why a work has no place.
func (s Scoring) unplaced(e Explanation, ranks rankTally) (out []Remark) {
	if e.Vetoed != "" {
		for _, score := range s.Scores {
			now := score.Now()
			if score.Work == e.Work && score.Counts() && slices.Contains(now.Flags, e.Vetoed) {
				name := s.Judges[score.Judge].Name
				if name == "" {
					name = string(score.Judge) // off the list since
				}
				out = append(out, Remark{Text: "analysis.say_vetoed", Args: judging.Args{
					"Judge": name, "Flag": string(e.Vetoed), "Note": now.FlagNote,
				}})
			}
		}
		return append(out, Remark{Text: "analysis.say_unplaced_veto", Args: judging.Args{"Flag": string(e.Vetoed)}})
	}
	panel, lacks := award.LacksPanel(s.Rules, s.Tally(e.Work))
	switch {
	case lacks && e.Scores > 0:
		return []Remark{{Text: "analysis.say_unplaced_panel", Args: judging.Args{"Panel": panel.Name}}}
	case e.Scores >= s.Rules.LeastScores() && award.LacksVotes(s.Rules, s.Tally(e.Work)):
		return []Remark{{Text: "analysis.say_unplaced_votes"}}
	case award.LacksRanks(s.Rules, ranks.Tally):
		return []Remark{{Text: "analysis.say_unplaced_ranks"}}
	}
	return []Remark{{Text: "analysis.say_unplaced"}}
}
