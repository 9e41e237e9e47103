package office

import (
	"context"

	"fayi/judging"
	"fayi/judging/stats"
	"fayi/judging/store"
)

// Rank places all accepted works of the round by the official score of the rules, with the scores that count now: complete, not void. Lists not yet handed
// in count too, so that an organiser can look at any time; DecideAwards asks for more.
func (o *Office) Rank(ctx context.Context) ([]judging.Placing, error) {
	return view(ctx, o.db, func(tx store.Tx) ([]judging.Placing, error) {
		c, err := loadContest(tx)
		if err != nil {
			return nil, err
		}
		return rank(ctx, readingOf(tx), c.Round)
	})
}

// rank places the works of a round, and below them those that went no further, by the rules in force.
func rank(ctx context.Context, r *reading, round judging.Round) ([]judging.Placing, error) {
	rules, err := ruleSheet(r.tx)
	if err != nil {
		return nil, err
	}
	return rankBy(ctx, r, round, rules)
}

// rankBy places the works by the rule sheet given. Works that went on to a later round stand above the others of their list.
func rankBy(ctx context.Context, r *reading, round judging.Round, sheet judging.Rules) ([]judging.Placing, error) {
	rules := sheet.In(round)
	tallies, err := r.tally(round)
	if err != nil {
		return nil, err
	}
	placings, err := rankRound(ctx, r, round, rules, tallies)
	rule, later := sheet.RoundOf(round)
	if err != nil || !later {
		return placings, err
	}
	before, err := rankBy(ctx, r, round-1, sheet)
	if err != nil {
		return nil, err
	}
	joinRounds(rule, rules.Combine.Decimals, tallies, placings, before)
	placings = judging.Rank(rules, tallies)
	for i := range placings {
		placings[i].Round = round
	}
	return judging.Above(placings, before), nil
}

// joinRounds sets the official score of each work scored again to what both rounds make of it.
func joinRounds(rule judging.RoundRule, decimals int, tallies []judging.Tally, now, before []judging.Placing) {
	was, is := map[judging.WorkID]judging.Placing{}, map[judging.WorkID]judging.Placing{}
	for _, p := range before {
		was[p.Work] = p
	}
	for _, p := range now {
		is[p.Work] = p
	}
	for i, t := range tallies {
		if a, b := was[t.Work], is[t.Work]; b.Scores > 0 {
			v := rule.Joined(a.Official, b.Official, a.Scores, b.Scores, decimals)
			tallies[i].Official = &v
		}
	}
}

// rankRound places the works by one round's scores alone, and leaves in tallies the official scores that a method reckoned.
func rankRound(ctx context.Context, r *reading, round judging.Round, rules judging.Rules, tallies []judging.Tally) ([]judging.Placing, error) {
	placings := judging.Rank(rules, tallies)
	if rules.Official == judging.ByRules {
		return placings, nil
	}
	s := scoring{round: round, rules: rules, placings: placings}
	var err error
	if s.scores, err = r.scoresOf(round); err != nil {
		return nil, err
	}
	official, err := s.official(ctx)
	if err != nil {
		return nil, err
	}
	for i, t := range tallies {
		if v, ok := official[t.Work]; ok {
			tallies[i].Official = &v
		}
	}
	return judging.Rank(rules, tallies), nil
}

// official reckons the official scores of the categories whose judges can all be compared; the works of others are missing.
func (s scoring) official(ctx context.Context) (map[judging.WorkID]float64, error) {
	out := map[judging.WorkID]float64{}
	for _, category := range runs(s.placings, sameCategory) {
		p := s.pool(category)
		if p.table.Components().Count != 1 {
			continue
		}
		f, err := s.fit(ctx, p, stats.Method(s.rules.Official), nil)
		if err != nil {
			return nil, err
		}
		for i, w := range f.Works {
			if w.N > 0 {
				out[f.works[i]] = w.Value + f.shift
			}
		}
	}
	return out, nil
}

// comparable refuses to decide by a method that can't compare the judges of some category.
func (s scoring) comparable() error {
	if s.rules.Official == judging.ByRules {
		return nil
	}
	for _, category := range runs(s.placings, sameCategory) {
		if n := s.pool(category).table.Components().Count; n > 1 {
			return judging.Fail(judging.Clash, "awards.not_comparable", judging.Args{"Category": category[0].Category, "Count": n})
		}
	}
	return nil
}

// tally gathers the scores that count, work by work in the order of identities.
func (r *reading) tally(round judging.Round) ([]judging.Tally, error) {
	takes, err := inRound(r.tx, round)
	if err != nil {
		return nil, err
	}
	all, _, err := r.works()
	if err != nil {
		return nil, err
	}
	out := make([]judging.Tally, 0, len(all))
	at := make(map[judging.WorkID]int, len(all))
	for _, w := range all {
		if takes(w) {
			at[w.ID] = len(out)
			out = append(out, judging.Tally{Work: w.ID, Category: w.Category, Group: w.Group})
		}
	}
	given, err := r.countsOf(round)
	for k := range given {
		s := &given[k]
		if i, ok := at[s.Work]; ok && s.Counts() {
			now := &s.Versions[len(s.Versions)-1]
			out[i].Totals = append(out[i].Totals, now.Total)
			out[i].Marks = append(out[i].Marks, now.Marks)
		}
	}
	return out, err
}
