package awards

import (
	"cmp"
	"context"
	"slices"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office/effect"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/results"
	"fayi/judging/store"
)

// JudgeInfluence says what would become of the awards had one judge not sat.
type JudgeInfluence struct {
	Judge   judging.JudgeID     `json:"judge"`
	Name    string              `json:"name"`
	Scores  int                 `json:"scores"`  // that count
	Changes []effect.AwardShift `json:"changes"` // works that would gain, lose or change an award
}

// AwardInfluence leaves out each judge of the present round in turn and says which awards would change, by the
// rules' official scores, the quotas and what was ruled. The judges come in order of identity. Errors: as
// AwardBoard.
func (o Stage) AwardInfluence(ctx context.Context) ([]JudgeInfluence, error) {
	var s results.Scoring
	var words []award.Ruling
	err := o.rec.DB.View(ctx, func(tx store.Tx) (err error) {
		if s, err = results.ScoringIn(ctx, records.ReadingOf(tx), 0); err != nil {
			return err
		}
		words, err = records.LiveRulings(tx)
		return err
	})
	if err != nil {
		return nil, err
	}
	x := newLeavingOut(s, words)
	whole, err := x.awards(ctx, x.field.Rank(), "")
	if err != nil {
		return nil, err
	}
	out := []JudgeInfluence{}
	for _, j := range s.ScoringJudges() {
		rest, err := x.without(ctx, j)
		if err != nil {
			return nil, err
		}
		in := JudgeInfluence{Judge: j, Name: s.Called[j], Scores: len(x.by[j]), Changes: []effect.AwardShift{}}
		var e effect.RuleEffect
		e.CompareAwards(s.Works, whole, rest, s.Placings)
		in.Changes = append(in.Changes, e.Awards...)
		out = append(out, in)
	}
	return out, nil
}

// leavingOut computes the awards from a round's scores without those of one judge after the other.
type leavingOut struct {
	results.Scoring
	rulings []award.Ruling
	field   *award.Field
	tallies map[judging.WorkID]award.Tally
	by      map[judging.JudgeID][]judging.WorkID // what each judge scored, with effect
	cards   map[judging.WorkID]award.Candidate   // with what caps look at

	official map[judging.WorkID]float64 // by the rules' method, nobody left out
}

func newLeavingOut(s results.Scoring, rulings []award.Ruling) *leavingOut {
	x := &leavingOut{
		Scoring: s,
		rulings: rulings,
		tallies: make(map[judging.WorkID]award.Tally, len(s.Placings)),
		by:      map[judging.JudgeID][]judging.WorkID{},
		cards:   make(map[judging.WorkID]award.Candidate, len(s.Placings)),
	}
	list := s.Tallies()
	slices.SortFunc(list, func(a, b award.Tally) int { return cmp.Compare(a.Work, b.Work) })
	for _, t := range list {
		x.tallies[t.Work] = t
		x.cards[t.Work] = award.CandidateOf(s.Rules, s.Works[t.Work], judging.Placing{})
		for _, j := range t.Judges {
			x.by[j] = append(x.by[j], t.Work)
		}
	}
	x.field = award.NewField(s.Rules, list)
	return x
}

// without returns the awards without one judge.
func (x *leavingOut) without(ctx context.Context, judge judging.JudgeID) (map[judging.WorkID]string, error) {
	theirs := make([]award.Tally, len(x.by[judge]))
	for i, w := range x.by[judge] {
		theirs[i] = x.tallies[w]
	}
	return x.awards(ctx, x.field.With(award.Without(judge, theirs)), judge)
}

// awards gives the awards for places by the totals, which leave out a judge, "" for none.
func (x *leavingOut) awards(
	ctx context.Context, placings []judging.Placing, judge judging.JudgeID,
) (map[judging.WorkID]string, error) {
	if x.Rules.Official != judging.ByRules {
		var err error
		if placings, err = x.computed(ctx, placings, judge); err != nil {
			return nil, err
		}
	}
	field := make([]award.Candidate, len(placings))
	for i, p := range placings {
		field[i] = x.cards[p.Work]
		field[i].Placing = p
	}
	return award.AwardsOf(x.Rules, field, x.rulings), ctx.Err()
}

// computed places the works by the official scores of the rules' method, computed once more without a judge. Nothing
// changes without them in categories that they did not score in, unless the method looks at all categories together.
func (x *leavingOut) computed(
	ctx context.Context, placings []judging.Placing, judge judging.JudgeID,
) ([]judging.Placing, error) {
	touched := map[string]bool{}
	for _, w := range x.by[judge] {
		touched[x.Works[w].Category] = true
	}
	rest := x.Scoring.Without(judge)
	for rest.Placings = nil; len(placings) > 0; placings = placings[1:] {
		if p := placings[0]; judge == "" || x.Rules.Official == judging.Hier || touched[p.Category] {
			rest.Placings = append(rest.Placings, p)
		}
	}
	official, err := rest.Official(ctx)
	if err != nil {
		return nil, err
	}
	if judge == "" {
		x.official = official
	}
	list := make([]award.Tally, 0, len(x.tallies))
	for w, t := range x.tallies {
		if slices.Contains(t.Judges, judge) {
			t = award.Without(judge, []award.Tally{t})[0]
		}
		v, known := official[w]
		if !known && len(t.Totals) > 0 && !touched[t.Category] {
			v, known = x.official[w]
		}
		if known {
			t.Official = award.Computed(v)
		}
		list = append(list, t)
	}
	slices.SortFunc(list, func(a, b award.Tally) int { return cmp.Compare(a.Work, b.Work) })
	return award.Rank(x.Rules, list), nil
}
