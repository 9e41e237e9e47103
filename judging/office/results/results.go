package results

import (
	"context"
	"slices"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office/internal/records"
	"fayi/judging/stats"
	"fayi/judging/store"
)

// Rank places all accepted works of the round by the official score of the rules, with the scores that count now:
// complete, not void. Lists not yet handed in count too, so that an organiser can look at any time; DecideAwards
// asks for more.
func (o Stage) Rank(ctx context.Context) ([]judging.Placing, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]judging.Placing, error) {
		c, err := records.LoadContest(tx)
		if err != nil {
			return nil, err
		}
		return Rank(ctx, records.ReadingOf(tx), c.Round)
	})
}

// Rank places the works of a round, and below them those that went no further, by the rules in force.
func Rank(ctx context.Context, r *records.Reading, round judging.Round) ([]judging.Placing, error) {
	if known, ok := r.Placed(round); ok {
		return known, nil
	}
	rules, err := records.RuleSheet(r.Tx)
	if err != nil {
		return nil, err
	}
	placings, err := RankBy(ctx, r, round, rules)
	if err == nil {
		r.Place(round, placings)
	}
	return placings, err
}

// RankBy places the works by the rule sheet given. Works that went on to a later round stand above the others of
// their list.
func RankBy(
	ctx context.Context, r *records.Reading, round judging.Round, sheet judging.Rules,
) ([]judging.Placing, error) {
	if _, later := sheet.RoundOf(round); later {
		placings, _, err := RankExactly(ctx, r, round, sheet)
		return placings, err
	}
	tallies, err := r.Tally(round)
	if err != nil {
		return nil, err
	}
	return RankRound(ctx, r, round, sheet.In(round), tallies)
}

// RankExactly is RankBy with what the rounds so far make of each work before it is rounded. Rounds join by exact
// sums, on the scale of the category's own rubric: what a round gave by a rubric of another scale is brought to it
// in proportion.
func RankExactly(
	ctx context.Context, r *records.Reading, round judging.Round, sheet judging.Rules,
) ([]judging.Placing, map[judging.WorkID]award.Joint, error) {
	rules := sheet.In(round)
	tallies, err := r.Tally(round)
	if err != nil {
		return nil, nil, err
	}
	placings, err := RankRound(ctx, r, round, rules, tallies)
	if err != nil {
		return nil, nil, err
	}
	made := award.Alone(rules, tallies)
	rule, later := sheet.RoundOf(round)
	if !later {
		return placings, made, nil
	}
	before, was, err := RankExactly(ctx, r, round-1, sheet)
	if err != nil {
		return nil, nil, err
	}
	for i, t := range tallies {
		now, scored := made[t.Work]
		if !scored {
			made[t.Work] = was[t.Work]
			continue
		}
		if rules.Combine.Method != judging.RankSum && rules.Voting == nil { // ranks and votes have no scale
			now = now.Scaled(rules.RubricOf(t.Category).Scale, sheet.RubricOf(t.Category).Scale)
		}
		now = award.Join(rule, was[t.Work], now)
		made[t.Work], tallies[i].Official, tallies[i].Dropped = now, now.Official, now.Dropped
		tallies[i].Offset, tallies[i].Heard = 0, true // what Alone made of the round has them in it
	}
	alone := offsetsOf(placings)
	placings = award.Rank(rules, tallies)
	for i := range placings {
		placings[i].Round, placings[i].Offset = round, alone[placings[i].Work]
	}
	if rule.Take.Tied {
		return award.Within(placings, before), made, nil
	}
	return award.Above(placings, before), made, nil
}

func offsetsOf(placings []judging.Placing) map[judging.WorkID]float64 {
	out := map[judging.WorkID]float64{}
	for _, p := range placings {
		out[p.Work] = p.Offset
	}
	return out
}

// RankRound places the works by one round's scores alone, and leaves in tallies the official scores that a method
// computed.
func RankRound(
	ctx context.Context, r *records.Reading, round judging.Round, rules judging.Rules, tallies []award.Tally,
) ([]judging.Placing, error) {
	placings := award.Rank(rules, tallies)
	if rules.Official == judging.ByRules {
		return placings, nil
	}
	s := Scoring{Round: round, Rules: rules, Placings: placings, whole: &fit{}}
	var err error
	if s.Scores, err = r.ScoresOf(round); err != nil {
		return nil, err
	}
	official, err := s.Official(ctx)
	if err != nil {
		return nil, err
	}
	for i, t := range tallies {
		if v, ok := official[t.Work]; ok {
			tallies[i].Official = award.Computed(v)
		}
	}
	return award.Rank(rules, tallies), nil
}

// Official computes the official scores of the categories whose judges the rules' method can compare; the works of
// others are missing.
func (s Scoring) Official(ctx context.Context) (map[judging.WorkID]float64, error) {
	out := map[judging.WorkID]float64{}
	for _, category := range Runs(s.Placings, SameCategory) {
		if !compares(s.Rules.Official, s.Pool(category).table.Components().Count) {
			continue
		}
		f, err := s.Fit(ctx, category, stats.Method(s.Rules.Official))
		if err != nil {
			return nil, err
		}
		for k, i := range f.numbers(category) {
			if w := f.Works[i]; w.N > 0 {
				out[category[k].Work] = f.per * (w.Value + f.shift)
			}
		}
	}
	return out, nil
}

// Apart returns the works of a list whose judges share no work, directly or by others, with those of most of the list:
// the rules' method can compare them by the average alone. None where totals are combined as they are.
func (s Scoring) Apart(list []judging.Placing) (works []judging.WorkID) {
	if s.Rules.Official == judging.ByRules {
		return nil
	}
	field := s.Among(func(p judging.Placing) bool { return p.Category == list[0].Category })
	if s.Rules.Official == judging.Hier {
		field = s.Placings
	}
	pool := s.Pool(field)
	pieces := pool.table.Components()
	if pieces.Count < 2 {
		return nil
	}
	piece, size := map[judging.WorkID]int{}, make([]int, pieces.Count)
	for i, id := range pool.WorkIDs {
		piece[id] = pieces.Work[i]
	}
	for _, p := range list {
		if at := piece[p.Work]; at >= 0 {
			size[at]++
		}
	}
	main := slices.Index(size, slices.Max(size))
	for _, p := range list {
		if at := piece[p.Work]; at >= 0 && at != main {
			works = append(works, p.Work)
		}
	}
	return works
}

// Comparable refuses to decide by a method that can't compare the judges of some category.
func (s Scoring) Comparable() error {
	if s.Rules.Official == judging.ByRules {
		return nil
	}
	for _, category := range Runs(s.Placings, SameCategory) {
		if n := s.Pool(category).table.Components().Count; !compares(s.Rules.Official, n) {
			return judging.Fail(judging.Clash, "awards.not_comparable", judging.Args{
				"Category": category[0].Category,
				"Count":    n,
			})
		}
	}
	return nil
}
