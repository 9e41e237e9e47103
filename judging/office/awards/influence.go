package awards

import (
	"context"
	"slices"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/results"
	"fayi/judging/store"
)

// JudgeInfluence says what would become of the awards had one judge not sat.
type JudgeInfluence struct {
	Judge   judging.JudgeID `json:"judge"`
	Name    string          `json:"name"`
	Scores  int             `json:"scores"`  // that count
	Changes []AwardShift    `json:"changes"` // works that would gain, lose or change an award
}

// AwardInfluence leaves out each judge of the present round in turn and says which awards would change, by the
// rules' official scores, the quotas and what was ruled. The judges come in order of identity. Errors: as
// AwardBoard.
func (o Stage) AwardInfluence(ctx context.Context) ([]JudgeInfluence, error) {
	s, err := results.LoadScoring(ctx, o.rec, 0)
	if err != nil {
		return nil, err
	}
	var words []award.Ruling
	err = o.rec.DB.View(ctx, func(tx store.Tx) (err error) {
		words, err = records.LiveRulings(tx)
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
	for _, j := range s.ScoringJudges() {
		part := s.TouchedBy(j)
		rest, err := awardsWithout(ctx, part, j, words)
		if err != nil {
			return nil, err
		}
		in := JudgeInfluence{Judge: j, Name: s.Called[j], Changes: []AwardShift{}}
		for _, score := range s.Scores {
			if score.Judge == j && score.Counts() {
				in.Scores++
			}
		}
		var e RuleEffect
		e.CompareAwards(s.Works, whole, rest, part.Placings)
		in.Changes = append(in.Changes, e.Awards...)
		out = append(out, in)
	}
	return out, nil
}

// awardsWithout computes the awards from this round's scores without those of one judge; "" leaves out none.
func awardsWithout(
	ctx context.Context, s results.Scoring, judge judging.JudgeID, words []award.Ruling,
) (map[judging.WorkID]string, error) {
	rest := s
	rest.Scores = slices.DeleteFunc(slices.Clone(s.Scores), func(x judging.Score) bool {
		return x.Judge == judge || !x.Counts()
	})
	at := map[judging.WorkID]int{}
	tallies := make([]award.Tally, len(s.Placings))
	for i, p := range s.Placings {
		w := s.Works[p.Work]
		at[p.Work] = i
		tallies[i] = award.Tally{Work: w.ID, Category: w.Category, Group: w.Group, Offset: s.OffsetOf(w.ID)}
	}
	slices.SortFunc(tallies, func(a, b award.Tally) int {
		if a.Work < b.Work {
			return -1
		}
		return 1
	})
	for i, t := range tallies {
		at[t.Work] = i
	}
	for _, x := range rest.Scores {
		t := &tallies[at[x.Work]]
		s.Add(t, x)
	}
	rest.Placings = award.Rank(s.Rules, tallies)
	if s.Rules.Official != judging.ByRules {
		official, err := rest.Official(ctx)
		if err != nil {
			return nil, err
		}
		for i, t := range tallies {
			if v, ok := official[t.Work]; ok {
				tallies[i].Official = award.Computed(v)
			}
		}
		rest.Placings = award.Rank(s.Rules, tallies)
	}
	return AwardsOf(s.Rules, s.Works, rest.Placings, words), nil
}
