package awards

import (
	"context"
	"errors"
	"math/big"
	"slices"

	"fayi/judging"
	"fayi/judging/day"
	"fayi/judging/office/internal/compared"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/results"
)

// scoringOf reads the last round in which a work was judged, and where it stands there. Errors: NotFound for a work
// that is not ranked.
func scoringOf(ctx context.Context, r *records.Reading, id judging.WorkID) (results.Scoring, int, error) {
	s, err := results.ScoringIn(ctx, r, 0)
	for err == nil {
		at := slices.IndexFunc(s.Placings, func(p judging.Placing) bool { return p.Work == id })
		if at >= 0 {
			return s, at, nil
		}
		if s.Round < 2 {
			break
		}
		s, err = results.ScoringIn(ctx, r, s.Round-1)
	}
	if err == nil {
		err = judging.Fail(judging.NotFound, "analysis.not_ranked", judging.Args{"Work": id})
	}
	return s, 0, err
}

// explainJoined says how the rounds count together for a work that went on; nothing in the first round.
func explainJoined(
	ctx context.Context, r *records.Reading, s results.Scoring, p judging.Placing,
) ([]results.Remark, error) {
	if s.Round < 2 {
		return nil, nil
	}
	sheet, err := records.RuleSheet(r.Tx)
	if err != nil {
		return nil, err
	}
	rule, ok := sheet.RoundOf(s.Round)
	if !ok {
		return nil, nil
	}
	now, err := rankAlone(ctx, r, s.Round)
	if err != nil {
		return nil, err
	}
	_, before, err := results.RankExactly(ctx, r, s.Round-1, sheet)
	if err != nil {
		return nil, err
	}
	_, joint, err := results.RankExactly(ctx, r, s.Round, sheet)
	if err != nil {
		return nil, err
	}
	was, alone := before[p.Work], now[p.Work]
	if alone.Count == 0 || was.Count == 0 {
		return nil, nil
	}
	args := judging.Args{
		"Round":    rule.Name,
		"Before":   exactly(was.Official),
		"Percent":  judging.Exact(rule.Weight * 100).String(),
		"Count":    joint[p.Work].Count,
		"Sum":      exactly(joint[p.Work].Sum),
		"Joint":    exactly(joint[p.Work].Official),
		"Official": results.Points(p.Official),
	}
	from, to := s.Rules.RubricOf(p.Category).Scale, sheet.RubricOf(p.Category).Scale
	scaled := alone.Scaled(from, to)
	args["Now"] = exactly(scaled.Official)
	out := []results.Remark{{Text: "analysis.say_joined_" + string(rule.Carry), Args: args}}
	if judging.Exact(from) != judging.Exact(to) {
		scale := results.Remark{Text: "analysis.say_scaled", Args: judging.Args{
			"Alone": exactly(alone.Official),
			"From":  results.Points(from),
			"To":    results.Points(to),
			"Now":   args["Now"],
		}}
		out = slices.Insert(out, 0, scale)
	}
	return out, nil
}

// exactly writes points with four decimals, fewer where they end before.
func exactly(v *big.Rat) string {
	f, _ := v.Float64()
	return results.Points(f)
}

// explainAward says what became of a work after it was placed: its dispute, its award, and what people ruled. A
// board that can't be computed says nothing.
func explainAward(
	ctx context.Context, r *records.Reading, s results.Scoring, id judging.WorkID, code judging.WorkCode,
) ([]results.Remark, error) {
	disputes, err := disputesNow(ctx, r, s)
	if err != nil {
		return nil, err
	}
	var out []results.Remark
	say := func(key string, args judging.Args) { out = append(out, results.Remark{Text: key, Args: args}) }
	for _, d := range disputes {
		if d.Work != id {
			continue
		}
		args := judging.Args{
			"Range":  results.Points(d.Range),
			"Before": results.Points(d.RangeBefore),
			"Reason": d.Reason,
		}
		switch {
		case d.State == DisputeOpen:
			say("analysis.say_dispute_open", args)
		case len(d.Before) == 0:
			say("analysis.say_dispute_accepted", args)
		default:
			say("analysis.say_dispute_"+string(d.State), args)
		}
	}
	compared, err := compared.Tales(ctx, r, s.Round, id)
	if err != nil {
		return nil, err
	}
	for _, args := range compared {
		say("analysis.say_compared", args)
	}
	board, err := boardIn(ctx, r)
	var known *judging.Error
	if errors.As(err, &known) && known.Code == judging.Clash {
		return out, nil
	}
	if err != nil {
		return nil, err
	}
	return append(out, board.trace(id, code)...), nil
}

// disputesNow lists the disputes of the present round; s is of any round.
func disputesNow(ctx context.Context, r *records.Reading, s results.Scoring) ([]DisputedWork, error) {
	c, err := records.LoadContest(r.Tx)
	if err != nil {
		return nil, err
	}
	if s.Round != c.Round {
		if s, err = results.ScoringIn(ctx, r, c.Round); err != nil {
			return nil, err
		}
	}
	return DisputesIn(r.Tx, s)
}

// trace tells a work's award with the rulings that moved it.
func (b Board) trace(id judging.WorkID, code judging.WorkCode) (out []results.Remark) {
	say := func(key string, args judging.Args) { out = append(out, results.Remark{Text: key, Args: args}) }
	is := func(w BoardWork) bool { return w.Work == id }
	for _, l := range b.Lists {
		next := slices.ContainsFunc(l.Alternates, is)
		for _, s := range l.Slots {
			won := slices.ContainsFunc(s.Works, is)
			if p := s.Part; p != nil && (won || next || slices.ContainsFunc(l.Rest, is)) {
				say("analysis.say_spread", p.Args(s.Award, listName(l.Category, l.Group)))
			}
			if won {
				say("analysis.say_award", judging.Args{"Award": s.Award, "Places": s.Places, "Given": len(s.Works)})
			}
		}
		if i := slices.IndexFunc(l.Alternates, is); i >= 0 {
			say("analysis.say_alternate", judging.Args{"N": i + 1})
		}
		if slices.ContainsFunc(l.Rest, is) {
			say("analysis.say_no_award", nil)
		}
		for _, t := range l.Traces {
			if t.Work == id {
				say(t.Why, judging.Args{"Work": code, "From": orDash(t.From), "To": orDash(t.To)})
			}
		}
		for _, n := range l.Notes {
			if slices.Contains(n.Works, id) || next && len(n.Lists) > 0 {
				say(n.Why, n.Args(listName(l.Category, l.Group)))
			}
		}
	}
	for _, h := range b.Specials {
		for _, s := range h.Works {
			if s.Work == id {
				say("analysis.say_special", judging.Args{"Prize": h.Prize, "By": string(h.By),
					"Percent": s.Percent(), "Votes": s.Votes})
			}
		}
	}
	for _, u := range b.Rulings {
		if u.Work == id {
			say("analysis.say_ruled", judging.Args{"Reason": u.Reason, "By": u.By, "Day": u.At.Format(day.Form)})
		}
	}
	return out
}

func orDash(s string) string {
	if s == "" {
		return "—"
	}
	return s
}

func listName(category, group string) string {
	if group == "" {
		return category
	}
	return category + " " + group
}
