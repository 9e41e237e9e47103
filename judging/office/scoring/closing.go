package scoring

import (
	"context"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// CloseRound ends the round's scoring by the rule for missing judges, with a reason. Complete scores in lists that
// were not handed in count; nobody can change a score until ReopenRound. Errors: Invalid without a reason; Closed
// when no plan is published, the round is closed already, or the rule is to wait and lists are missing.
func (o Stage) CloseRound(ctx context.Context, reason string) (records.Closing, error) {
	var out records.Closing
	if reason = judging.Tidy(reason); reason == "" {
		return out, judging.Fail(judging.Invalid, "closing.needs_reason", nil)
	}
	err := o.rec.Change(ctx, records.Scoring, func(tx store.Tx) error {
		c, err := records.LoadContest(tx)
		if err != nil {
			return err
		}
		if out, err = planClosing(tx, c.Round); err != nil {
			return err
		}
		if _, err := o.rec.Pass(ctx, tx, records.GateClose); err != nil {
			return err
		}
		out.At, out.Reason = o.rec.Now().UTC(), reason
		if err := records.Closings.Put(tx, out); err != nil {
			return err
		}
		return o.rec.Log(tx, "scores.close", judging.Serial("r", 2, int(c.Round)), nil,
			map[string]any{
				"reason":     reason,
				"rule":       out.Rule,
				"min_scores": out.MinScores,
				"missing":    len(out.Missing),
				"short":      len(out.Short),
				"other":      len(out.Other),
			})
	})
	return out, err
}

// PlanClosing says what CloseRound would do now. Errors: as CloseRound.
func (o Stage) PlanClosing(ctx context.Context) (records.Closing, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) (records.Closing, error) {
		c, err := records.LoadContest(tx)
		if err != nil {
			return records.Closing{}, err
		}
		return planClosing(tx, c.Round)
	})
}

func planClosing(tx store.Tx, round judging.Round) (records.Closing, error) {
	out := records.Closing{Round: round, Missing: []records.JudgeStatus{}, Short: []records.ShortWork{},
		Other: []records.OtherWork{}}
	plan, err := records.PublishedPlan(tx, round)
	if err != nil {
		return out, err
	}
	if plan == nil {
		return out, judging.Fail(judging.Closed, "scores.no_plan", nil)
	}
	if closed, err := records.IsClosed(tx, round); err != nil || closed {
		return out, records.FirstError(err, judging.Fail(judging.Closed, "closing.already", nil))
	}
	status, err := records.PlanStatus(tx, *plan)
	if err != nil {
		return out, err
	}
	for _, j := range status.Judges {
		if j.Total > 0 && !j.Submitted {
			out.Missing = append(out.Missing, j)
		}
	}
	rules, err := records.LoadRules(tx)
	if err != nil {
		return out, err
	}
	if out.Rule, out.MinScores = rules.Missing, rules.LeastScores(); out.Rule == "" {
		out.Rule = judging.Wait
	}
	if out.Rule == judging.Wait && len(out.Missing) > 0 {
		return out, judging.Fail(judging.Closed, "closing.wait", judging.Args{"Count": len(out.Missing)})
	}
	for _, j := range out.Missing { // what is complete in their lists would count
		if err := checkVotes(tx, j.Judge, nil); err != nil && rules.Voting != nil {
			return out, judging.Fail(judging.Clash, "voting.not_closed", judging.Args{"Judge": j.Call}).Because(err)
		}
	}
	if out.Other, err = records.OtherWorks(records.ReadingOf(tx), round); err != nil {
		return out, err
	}
	return out, findShort(tx, &out)
}

func findShort(tx store.Tx, c *records.Closing) error {
	tallies, err := records.ReadingOf(tx).Tally(c.Round)
	if err != nil {
		return err
	}
	rules, err := records.RulesIn(tx, c.Round)
	if err != nil {
		return err
	}
	for _, t := range award.WithRanks(rules, tallies) {
		_, lacks := award.LacksPanel(rules, t)
		if len(t.Totals) >= c.MinScores && !lacks && !award.LacksRanks(rules, t) {
			continue
		}
		w, err := records.LoadWork(tx, t.Work)
		if err != nil {
			return err
		}
		c.Short = append(c.Short, records.ShortWork{Work: w.ID, Code: w.Code, Scores: len(t.Totals)})
	}
	return nil
}

// ReopenRound takes the closing back, with a reason: lists that were not handed in go on. Errors: Invalid without a
// reason, Closed when the round is open.
func (o Stage) ReopenRound(ctx context.Context, reason string) error {
	if reason = judging.Tidy(reason); reason == "" {
		return judging.Fail(judging.Invalid, "closing.needs_reason", nil)
	}
	return o.rec.Change(ctx, records.Scoring, func(tx store.Tx) error {
		contest, err := records.LoadContest(tx)
		if err != nil {
			return err
		}
		c, err := records.LoadClosing(tx, contest.Round)
		if err != nil {
			return err
		}
		if c == nil {
			return judging.Fail(judging.Closed, "closing.open", nil)
		}
		id := judging.Serial("r", 2, int(c.Round))
		if err := records.Closings.Delete(tx, id); err != nil {
			return err
		}
		was, is := map[string]any{"reason": c.Reason}, map[string]any{"reason": reason}
		return o.rec.Log(tx, "scores.reopen_round", id, was, is)
	})
}
