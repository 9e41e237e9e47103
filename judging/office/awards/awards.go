package awards

import (
	"context"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/results"
	"fayi/judging/store"
)

// Award is one work with its award, as lists show it.
type Award struct {
	Award     string         `json:"award"`
	Category  string         `json:"category"`
	Group     string         `json:"group,omitempty"`
	Work      judging.WorkID `json:"work"`
	Title     string         `json:"title"`
	Authors   []string       `json:"authors"`
	Unit      string         `json:"unit"`
	Teachers  []string       `json:"teachers,omitempty"`
	Place     int            `json:"place"`
	Official  float64        `json:"official"`
	DecidedBy string         `json:"decided_by"`
	Reason    string         `json:"reason,omitempty"` // of an override
}

// DecideAwards gives the awards of every category and group by the rules' quotas and caps and by what was ruled, in
// place of those decided before; disputes that judges have settled are closed. Errors: Closed while judges' lists
// are not handed in, unless early is set, or when the awards are final; Clash when no work has a score, or when
// something was changed at the same moment.
func (o Stage) DecideAwards(ctx context.Context, early bool) ([]award.Decision, error) {
	if err := o.rec.AutoBackup(ctx, "awards"); err != nil {
		return nil, err
	}
	var out []award.Decision
	var moment, version int
	var round judging.Round
	err := o.rec.DB.View(ctx, func(tx store.Tx) error {
		c, err := records.LoadContest(tx)
		if err != nil {
			return err
		}
		if err := records.FirstError(records.NotFinal(tx), readyToDecide(tx, c.Round, early)); err != nil {
			return err
		}
		if moment, err = records.Last(tx, "journal"); err != nil {
			return err
		}
		out, err = Decide(ctx, records.ReadingOf(tx), c.Round)
		round = c.Round
		return err
	})
	if err != nil {
		return nil, err
	}
	// its own number, so that what a failed deciding left is never taken for this one's
	err = o.rec.DB.Update(ctx, func(tx store.Tx) error {
		version, err = records.Take(tx, "deciding", 1)
		return err
	})
	if err != nil {
		return nil, err
	}
	record := func(i int) records.DecisionRecord { return records.DecisionRecord{Version: version, Decision: out[i]} }
	cost := func(i int) (int, int) { return records.Decisions.Cost(record(i)) }
	err = store.Bulk(
		ctx, o.rec.DB, len(out), cost, func(tx store.Tx, i int) error { return records.Decisions.Put(tx, record(i)) },
		nil,
	)
	if err != nil {
		return nil, err
	}
	settled, err := o.closeSettled(ctx, round)
	if err != nil {
		return nil, err
	}
	return out, o.rec.Change(ctx, func(tx store.Tx) error {
		if err := unchangedSince(tx, moment); err != nil {
			return err
		}
		if len(settled) > 0 {
			if err := o.rec.Log(tx, "disputes.settle", "", nil, map[string]any{"works": settled}); err != nil {
				return err
			}
		}
		if err := records.Counters.Put(tx, records.Counter{Name: "decisions", Last: version}); err != nil {
			return err
		}
		return o.rec.Log(tx, "awards.decide", "", nil, decisionGist(out))
	})
}

func readyToDecide(tx store.Tx, round judging.Round, early bool) error {
	plan, err := records.PublishedPlan(tx, round)
	if err != nil {
		return err
	}
	if plan == nil {
		return judging.Fail(judging.Closed, "scores.no_plan", nil)
	}
	status, err := records.PlanStatus(tx, *plan)
	if err != nil {
		return err
	}
	if status.Done == 0 {
		return judging.Fail(judging.Clash, "awards.no_scores", nil)
	}
	if !early && !status.Finished() {
		waiting := 0
		for _, j := range status.Judges {
			if j.Total > 0 && !j.Submitted {
				waiting++
			}
		}
		return judging.Fail(judging.Closed, "awards.judges_waiting", judging.Args{"Count": waiting})
	}
	return nil
}

// unchangedSince refuses to go on when the journal has grown since it had moment entries.
func unchangedSince(tx store.Tx, moment int) error {
	now, err := records.Last(tx, "journal")
	if err == nil && now != moment {
		err = judging.Fail(judging.Clash, "awards.changed_meanwhile", nil)
	}
	return err
}

// Decide gives the awards of a round as its scores stand.
func Decide(ctx context.Context, r *records.Reading, round judging.Round) ([]award.Decision, error) {
	rules, err := records.RulesIn(r.Tx, round)
	if err != nil {
		return nil, err
	}
	placings, err := results.Rank(ctx, r, round)
	if err != nil {
		return nil, err
	}
	s := results.Scoring{Rules: rules, Placings: placings}
	if rules.Official != judging.ByRules {
		if s.Scores, err = r.ScoresOf(round); err != nil {
			return nil, err
		}
	}
	if err := s.Comparable(); err != nil {
		return nil, err
	}
	words, err := LiveRulings(r.Tx)
	if err != nil {
		return nil, err
	}
	_, works, err := r.Works()
	if err != nil {
		return nil, err
	}
	return award.DecideAll(rules, candidates(rules, works, placings), words), nil
}

// decisionGist is what the journal keeps: how many of each award in each list.
func decisionGist(all []award.Decision) map[string]map[string]int {
	out := map[string]map[string]int{}
	for _, d := range all {
		out[d.ID()] = map[string]int{}
		for _, g := range d.Grants {
			out[d.ID()][g.Award]++
		}
	}
	return out
}

// ListAwards lists every work with an award: by category and group in the rules' order, best first.
func (o Stage) ListAwards(ctx context.Context) ([]Award, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]Award, error) { return ListAwards(ctx, tx) })
}

func ListAwards(ctx context.Context, tx store.Tx) ([]Award, error) {
	c, err := records.LoadContest(tx)
	if err != nil {
		return nil, err
	}
	r := records.ReadingOf(tx)
	placings, err := results.Rank(ctx, r, c.Round)
	if err != nil {
		return nil, err
	}
	all, err := records.LoadDecisions(tx)
	if err != nil {
		return nil, err
	}
	granted := map[judging.WorkID]award.Grant{}
	for _, d := range all {
		for _, g := range d.Grants {
			granted[g.Work] = g
		}
	}
	_, works, err := r.Works()
	if err != nil {
		return nil, err
	}
	out := []Award{}
	for _, p := range placings {
		g, ok := granted[p.Work]
		if !ok {
			continue
		}
		w := works[p.Work]
		out = append(out, Award{
			Award:     g.Award,
			Category:  p.Category,
			Group:     p.Group,
			Work:      w.ID,
			Title:     w.Title,
			Authors:   w.Authors,
			Unit:      w.Home(),
			Teachers:  w.Teachers,
			Place:     g.Place,
			Official:  p.Official,
			DecidedBy: g.DecidedBy,
			Reason:    g.Reason,
		})
	}
	return out, nil
}

// Decisions lists the awards with what is to be known of each list: empty places, ties.
func (o Stage) Decisions(ctx context.Context) ([]award.Decision, error) {
	return records.View(ctx, o.rec.DB, records.LoadDecisions)
}
