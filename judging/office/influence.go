package office

import (
	"context"
	"slices"

	"fayi/judging"
	"fayi/judging/store"
)

// JudgeInfluence tells what would become of the awards had one judge not sat.
type JudgeInfluence struct {
	Judge   judging.JudgeID `json:"judge"`
	Name    string          `json:"name"`
	Scores  int             `json:"scores"`  // that count
	Changes []AwardShift    `json:"changes"` // works that would gain, lose or change an award
}

// AwardInfluence leaves out each judge of the present round in turn and tells which awards would change, by the rules' official scores, the quotas and what was ruled. The
// judges come in order of identity. Errors: as AwardBoard.
func (o *Office) AwardInfluence(ctx context.Context) ([]JudgeInfluence, error) {
	s, err := o.loadScoring(ctx, 0)
	if err != nil {
		return nil, err
	}
	var words []judging.Ruling
	err = o.db.View(ctx, func(tx store.Tx) (err error) {
		words, err = liveRulings(tx)
		return err
	})
	if err != nil {
		return nil, err
	}
	whole, err := awardsWithout(ctx, s, "", words)
	if err != nil {
		return nil, err
	}
	out := []JudgeInfluence{}
	for _, j := range s.scoringJudges() {
		part := s.touchedBy(j)
		rest, err := awardsWithout(ctx, part, j, words)
		if err != nil {
			return nil, err
		}
		in := JudgeInfluence{Judge: j, Name: s.judges[j].Name, Changes: []AwardShift{}}
		for _, score := range s.scores {
			if score.Judge == j && score.Counts() {
				in.Scores++
			}
		}
		var e RuleEffect
		e.compareAwards(s.works, whole, rest, part.placings)
		in.Changes = append(in.Changes, e.Awards...)
		out = append(out, in)
	}
	return out, nil
}

// touchedBy narrows s to the categories that a judge scored in: nothing changes in the others without him, unless a cap holds over all of them.
func (s scoring) touchedBy(judge judging.JudgeID) scoring {
	if s.rules.Caps.Enforce && s.rules.Caps.PerAuthor > 0 {
		return s
	}
	touched := map[string]bool{}
	for _, x := range s.scores {
		if x.Judge == judge {
			touched[s.works[x.Work].Category] = true
		}
	}
	out := s
	out.placings = s.among(func(p judging.Placing) bool { return touched[p.Category] })
	out.scores = nil
	for _, x := range s.scores {
		if touched[s.works[x.Work].Category] {
			out.scores = append(out.scores, x)
		}
	}
	return out
}

func (s scoring) scoringJudges() []judging.JudgeID {
	seen := map[judging.JudgeID]bool{}
	var out []judging.JudgeID
	for _, score := range s.scores {
		if score.Counts() && !seen[score.Judge] {
			seen[score.Judge] = true
			out = append(out, score.Judge)
		}
	}
	slices.Sort(out)
	return out
}

// awardsWithout reckons the awards from this round's scores without those of one judge; "" leaves out none.
func awardsWithout(ctx context.Context, s scoring, judge judging.JudgeID, words []judging.Ruling) (map[judging.WorkID]string, error) {
	rest := s
	rest.scores = slices.DeleteFunc(slices.Clone(s.scores), func(x judging.Score) bool { return x.Judge == judge || !x.Counts() })
	at := map[judging.WorkID]int{}
	tallies := make([]judging.Tally, len(s.placings))
	for i, p := range s.placings {
		w := s.works[p.Work]
		at[p.Work], tallies[i] = i, judging.Tally{Work: w.ID, Category: w.Category, Group: w.Group}
	}
	slices.SortFunc(tallies, func(a, b judging.Tally) int {
		if a.Work < b.Work {
			return -1
		}
		return 1
	})
	for i, t := range tallies {
		at[t.Work] = i
	}
	for _, x := range rest.scores {
		t := &tallies[at[x.Work]]
		t.Totals, t.Marks = append(t.Totals, x.Now().Total), append(t.Marks, x.Now().Marks)
	}
	rest.placings = judging.Rank(s.rules, tallies)
	if s.rules.Official != judging.ByRules {
		official, err := rest.official(ctx)
		if err != nil {
			return nil, err
		}
		for i, t := range tallies {
			if v, ok := official[t.Work]; ok {
				tallies[i].Official = &v
			}
		}
		rest.placings = judging.Rank(s.rules, tallies)
	}
	return awardsOf(s.rules, s.works, rest.placings, words), nil
}
