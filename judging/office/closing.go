package office

import (
	"context"
	"errors"
	"time"

	"fayi/judging"
	"fayi/judging/store"
)

// Closing is the end of a round's scoring while some lists are not handed in, by the rule sheet's rule for missing judges.
type Closing struct {
	Round     judging.Round   `json:"round"`
	At        time.Time       `json:"at"`
	Reason    string          `json:"reason"`
	Rule      judging.Missing `json:"rule"`
	MinScores int             `json:"min_scores,omitempty"`
	Missing   []JudgeStatus   `json:"missing"` // whose lists were not handed in
	Short     []ShortWork     `json:"short"`   // works with too few scores for a place
}

// ShortWork is a work that gets no place, for it has fewer scores than the rules ask for.
type ShortWork struct {
	Work   judging.WorkID   `json:"work"`
	Code   judging.WorkCode `json:"code"`
	Scores int              `json:"scores"`
}

var closings = store.NewTable("closing", 1, func(c *Closing) string { return judging.Serial("r", 2, int(c.Round)) })

// loadClosing returns nil while the round is open.
func loadClosing(tx store.Tx, round judging.Round) (*Closing, error) {
	c, err := closings.Get(tx, judging.Serial("r", 2, int(round)))
	if errors.Is(err, judging.ErrNotFound) {
		return nil, nil
	}
	return &c, err
}

func isClosed(tx store.Tx, round judging.Round) (bool, error) {
	c, err := loadClosing(tx, round)
	return c != nil, err
}

// CloseRound ends the round's scoring by the rule for missing judges, with a reason. Complete scores in lists that were not handed in count; nobody can
// change a score until ReopenRound. Errors: Invalid without a reason; Closed when no plan is published, the round is closed already, or the
// rule is to wait and lists are missing.
func (o *Office) CloseRound(ctx context.Context, reason string) (Closing, error) {
	var out Closing
	if reason = judging.Tidy(reason); reason == "" {
		return out, judging.Fail(judging.Invalid, "closing.needs_reason", nil)
	}
	err := o.change(ctx, func(tx store.Tx) error {
		c, err := loadContest(tx)
		if err != nil {
			return err
		}
		if out, err = planClosing(tx, c.Round); err != nil {
			return err
		}
		out.At, out.Reason = o.now().UTC(), reason
		if err := closings.Put(tx, out); err != nil {
			return err
		}
		return o.log(tx, "scores.close", judging.Serial("r", 2, int(c.Round)), nil,
			map[string]any{"reason": reason, "rule": out.Rule, "min_scores": out.MinScores, "missing": len(out.Missing), "short": len(out.Short)})
	})
	return out, err
}

// PlanClosing tells what CloseRound would do now. Errors: as CloseRound.
func (o *Office) PlanClosing(ctx context.Context) (Closing, error) {
	return view(ctx, o.db, func(tx store.Tx) (Closing, error) {
		c, err := loadContest(tx)
		if err != nil {
			return Closing{}, err
		}
		return planClosing(tx, c.Round)
	})
}

func planClosing(tx store.Tx, round judging.Round) (Closing, error) {
	out := Closing{Round: round, Missing: []JudgeStatus{}, Short: []ShortWork{}}
	plan, err := publishedPlan(tx, round)
	if err != nil {
		return out, err
	}
	if plan == nil {
		return out, judging.Fail(judging.Closed, "scores.no_plan", nil)
	}
	if closed, err := isClosed(tx, round); err != nil || closed {
		return out, firstError(err, judging.Fail(judging.Closed, "closing.already", nil))
	}
	status, err := planStatus(tx, *plan)
	if err != nil {
		return out, err
	}
	for _, j := range status.Judges {
		if j.Total > 0 && !j.Submitted {
			out.Missing = append(out.Missing, j)
		}
	}
	rules, err := loadRules(tx)
	if err != nil {
		return out, err
	}
	if out.Rule, out.MinScores = rules.Missing, rules.LeastScores(); out.Rule == "" {
		out.Rule = judging.Wait
	}
	if out.Rule == judging.Wait && len(out.Missing) > 0 {
		return out, judging.Fail(judging.Closed, "closing.wait", judging.Args{"Count": len(out.Missing)})
	}
	return out, findShort(tx, &out)
}

func findShort(tx store.Tx, c *Closing) error {
	tallies, err := readingOf(tx).tally(c.Round)
	if err != nil {
		return err
	}
	for _, t := range tallies {
		if len(t.Totals) >= c.MinScores {
			continue
		}
		w, err := loadWork(tx, t.Work)
		if err != nil {
			return err
		}
		c.Short = append(c.Short, ShortWork{w.ID, w.Code, len(t.Totals)})
	}
	return nil
}

// ReopenRound takes the closing back, with a reason: lists that were not handed in go on. Errors: Invalid without a reason, Closed when the round is open.
func (o *Office) ReopenRound(ctx context.Context, reason string) error {
	if reason = judging.Tidy(reason); reason == "" {
		return judging.Fail(judging.Invalid, "closing.needs_reason", nil)
	}
	return o.change(ctx, func(tx store.Tx) error {
		contest, err := loadContest(tx)
		if err != nil {
			return err
		}
		c, err := loadClosing(tx, contest.Round)
		if err != nil {
			return err
		}
		if c == nil {
			return judging.Fail(judging.Closed, "closing.open", nil)
		}
		id := judging.Serial("r", 2, int(c.Round))
		if err := closings.Delete(tx, id); err != nil {
			return err
		}
		return o.log(tx, "scores.reopen_round", id, map[string]any{"reason": c.Reason}, map[string]any{"reason": reason})
	})
}
