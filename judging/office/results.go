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
		return rank(ctx, tx, c.Round)
	})
}

func rank(ctx context.Context, tx store.Tx, round judging.Round) ([]judging.Placing, error) {
	rules, err := ruleSheet(tx)
	if err != nil {
		return nil, err
	}
	return rankBy(ctx, tx, round, rules)
}

// rankBy places the works by the rule sheet given. Works that went on to a later round stand above the others of their list.
func rankBy(ctx context.Context, tx store.Tx, round judging.Round, sheet judging.Rules) ([]judging.Placing, error) {
	rules := sheet.In(round)
	tallies, err := tally(tx, round)
	if err != nil {
		return nil, err
	}
	placings, err := rankRound(ctx, tx, round, rules, tallies)
	rule, later := sheet.RoundOf(round)
	if err != nil || !later {
		return placings, err
	}
	before, err := rankBy(ctx, tx, round-1, sheet)
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
func rankRound(ctx context.Context, tx store.Tx, round judging.Round, rules judging.Rules, tallies []judging.Tally) ([]judging.Placing, error) {
	placings := judging.Rank(rules, tallies)
	if rules.Official == judging.ByRules {
		return placings, nil
	}
	s := scoring{round: round, rules: rules, placings: placings}
	var err error
	if s.scores, err = collect(func(fn func(judging.Score) error) error { return eachScore(tx, round, fn) }); err != nil {
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

// tally gathers the scores that count, work by work in the order of identities. Works and scores are both read in that order, once.
func tally(tx store.Tx, round judging.Round) ([]judging.Tally, error) {
	var out []judging.Tally
	at := map[judging.WorkID]int{}
	takes, err := inRound(tx, round)
	if err != nil {
		return nil, err
	}
	err = eachWork(tx, func(w judging.Work) error {
		if takes(w) {
			at[w.ID] = len(out)
			out = append(out, judging.Tally{Work: w.ID, Category: w.Category, Group: w.Group})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = eachScore(tx, round, func(s judging.Score) error {
		if i, ok := at[s.Work]; ok && s.Counts() {
			out[i].Totals = append(out[i].Totals, s.Now().Total)
			out[i].Marks = append(out[i].Marks, s.Now().Marks)
		}
		return nil
	})
	return out, err
}
