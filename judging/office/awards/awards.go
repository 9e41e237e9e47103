package awards

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/votelists"
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
	// Award is a special prize, which the work has as well as its award
	Special bool `json:"special,omitempty"`
	// the special prizes that the work has as well, as the rules list them
	Specials []string `json:"specials,omitempty"`
}

// Honours are all that the work has: 一等奖、最佳创意奖.
func (a Award) Honours() string {
	if a.Award == "" {
		return strings.Join(a.Specials, "、")
	}
	return strings.Join(append([]string{a.Award}, a.Specials...), "、")
}

// DecideAwards gives the awards of every category and group by the rules' quotas and caps and by what was ruled, in
// place of those decided before; disputes that judges have settled are closed. early ticks that judges' lists are not
// handed in. After the end it goes on only where an award was revoked since: the list is then an amendment of the final
// one. Errors: *records.OpenError for what is open, Closed when no plan is published or the awards are final, Clash
// when no work has a score, or when something was changed at the same moment.
func (o Stage) DecideAwards(ctx context.Context, early bool) ([]award.Decision, error) {
	if err := o.rec.AutoBackup(ctx, "awards"); err != nil {
		return nil, err
	}
	if early {
		ctx = records.Ticking(ctx, "lists_open")
	}
	ctx, redo, err := o.lawfulRedo(ctx)
	if err != nil {
		return nil, err
	}
	var out []award.Decision
	var moment int
	var round judging.Round
	err = o.rec.DB.View(ctx, func(tx store.Tx) error {
		c, err := records.LoadContest(tx)
		if err != nil {
			return err
		}
		if err := records.FirstError(records.MayWrite(ctx, tx, records.Granting), readyToDecide(tx,
			c.Round)); err != nil {
			return err
		}
		if _, err := o.rec.Pass(ctx, tx, records.GateDecide); err != nil {
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
	version, err := o.storeDecisions(ctx, out)
	if err != nil {
		return nil, err
	}
	settled, err := o.closeSettled(ctx, round)
	if err != nil {
		return nil, err
	}
	return out, o.rec.Change(ctx, records.Granting, func(tx store.Tx) error {
		if err := records.FirstError(records.UnchangedSince(tx, moment), o.logSettled(tx, settled)); err != nil {
			return err
		}
		if err := records.Counters.Put(tx, records.Counter{Name: "decisions", Last: version}); err != nil {
			return err
		}
		if err := o.rec.Log(tx, "awards.decide", "", nil, decisionGist(out)); err != nil || redo == nil {
			return err
		}
		return o.amend(tx, *redo, version)
	})
}

// logSettled notes the disputes that were closed, if there are any.
func (o Stage) logSettled(tx store.Tx, works []judging.WorkID) error {
	if len(works) == 0 {
		return nil
	}
	return o.rec.Log(tx, "disputes.settle", "", nil, map[string]any{"works": works})
}

// storeDecisions writes lists under a number of their own, so that what a failed deciding left is never taken for this
// one's.
func (o Stage) storeDecisions(ctx context.Context, out []award.Decision) (version int, err error) {
	err = o.rec.In(records.Granting).Update(ctx, func(tx store.Tx) error {
		version, err = records.Take(tx, "deciding", 1)
		return err
	})
	if err != nil {
		return 0, err
	}
	record := func(i int) records.DecisionRecord { return records.DecisionRecord{Version: version, Decision: out[i]} }
	cost := func(i int) (int, int) { return records.Decisions.Cost(record(i)) }
	write := func(tx store.Tx, i int) error { return records.Decisions.Put(tx, record(i)) }
	return version, store.Bulk(ctx, o.rec.In(records.Granting), len(out), cost, write, nil)
}

func readyToDecide(tx store.Tx, round judging.Round) error {
	plan, err := records.PublishedPlan(tx, round)
	if err != nil {
		return err
	}
	if plan == nil {
		return judging.Fail(judging.Closed, "scores.no_plan", nil)
	}
	status, err := records.PlanStatus(tx, *plan)
	if err == nil && status.Done == 0 {
		err = judging.Fail(judging.Clash, "awards.no_scores", nil)
	}
	return err
}

// Decide gives the awards of a round as its scores stand.
func Decide(ctx context.Context, r *records.Reading, round judging.Round) ([]award.Decision, error) {
	return DecideWith(ctx, r, round, nil)
}

// DecideWith is Decide as if rulings held besides those that do, the newest of all.
func DecideWith(
	ctx context.Context, r *records.Reading, round judging.Round, rulings []award.Ruling,
) ([]award.Decision, error) {
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
	tallies, err := r.Tally(round)
	if err != nil {
		return nil, err
	}
	if err := records.FirstError(s.Comparable(), results.RanksAddUp(rules, tallies)); err != nil {
		return nil, err
	}
	words, err := records.LiveRulings(r.Tx)
	if err != nil {
		return nil, err
	}
	words = append(words, rulings...)
	_, works, err := r.Works()
	if err != nil {
		return nil, err
	}
	field := candidates(rules, works, placings)
	before, err := beforeAnyLeft(ctx, r, round, rules, field)
	if err != nil {
		return nil, err
	}
	out := award.DecideAfter(rules, field, before, words)
	sheet, err := records.RuleSheet(r.Tx)
	if err != nil {
		return nil, err
	}
	if tallies, err = votelists.Tallies(r.Tx, sheet, field, tallies); err != nil {
		return nil, err
	}
	award.GiveSpecials(sheet, round, out, field, tallies, words)
	keepScores(out, placings)
	tellApart(out, s)
	tellVetoed(out, placings)
	return out, nil
}

// tellVetoed notes at each list the works that judges have vetoed.
func tellVetoed(all []award.Decision, placings []judging.Placing) {
	for i := range all {
		var works []judging.WorkID
		for _, p := range placings {
			if p.Category == all[i].Category && p.Group == all[i].Group && p.Vetoed != "" {
				works = append(works, p.Work)
			}
		}
		if len(works) > 0 {
			all[i].Notes = append(all[i].Notes, award.Note{Why: "awards.vetoed", Works: works})
		}
	}
}

// tellApart notes at each list the works that the rules' method could compare with the others by the average alone.
func tellApart(all []award.Decision, s results.Scoring) {
	for _, list := range results.Runs(s.Placings, results.SameList) {
		works := s.Apart(list)
		at := slices.IndexFunc(all, func(d award.Decision) bool {
			return d.Category == list[0].Category && d.Group == list[0].Group
		})
		if at >= 0 && len(works) > 0 {
			all[at].Notes = append(all[at].Notes, award.Note{Why: "awards.apart", Works: works})
		}
	}
}

// keepScores writes the official scores of now into grants, so that a list can later be printed as it was decided.
func keepScores(all []award.Decision, placings []judging.Placing) {
	official := make(map[judging.WorkID]float64, len(placings))
	for _, p := range placings {
		official[p.Work] = p.Official
	}
	for _, d := range all {
		for i := range d.Grants {
			d.Grants[i].Official = official[d.Grants[i].Work]
		}
	}
}

// beforeAnyLeft is the field as it would be had no work left the contest: what its leaving moved shows against it.
func beforeAnyLeft(
	ctx context.Context, r *records.Reading, round judging.Round, rules judging.Rules, field []award.Candidate,
) ([]award.Candidate, error) {
	left, err := r.Left(round)
	if err != nil || !left {
		return field, err
	}
	placings, err := results.Rank(ctx, r.WithLeft(), round)
	if err != nil {
		return nil, err
	}
	_, works, err := r.Works()
	return candidates(rules, works, placings), err
}

// decisionGist is what the journal keeps: how many of each award in each list.
func decisionGist(all []award.Decision) map[string]map[string]int {
	out := map[string]map[string]int{}
	for _, d := range all {
		out[d.ID()] = map[string]int{}
		for _, g := range d.Grants {
			out[d.ID()][g.Award]++
		}
		for _, s := range d.Specials {
			out[d.ID()][s.Prize]++
		}
	}
	return out
}

// ListAwards lists every work with an award: by category and group in the rules' order, best first.
func (o Stage) ListAwards(ctx context.Context) ([]Award, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) ([]Award, error) { return ListAwards(ctx, tx) })
}

// ListAwards reads the list as it was last decided: later scores, rulings and withdrawals don't change it until it is
// decided again. Names and titles are those of now.
func ListAwards(ctx context.Context, tx store.Tx) ([]Award, error) {
	version, err := records.Last(tx, "decisions")
	if err != nil {
		return nil, err
	}
	all, err := decisionsInOrder(tx, version)
	if err != nil || len(all) == 0 { // works are many, and the window asks at each of its pages
		return []Award{}, err
	}
	r := records.ReadingOf(tx)
	_, works, err := r.Works()
	if err != nil {
		return nil, err
	}
	official, err := officialNow(ctx, r, all)
	if err != nil {
		return nil, err
	}
	out, prizes := []Award{}, specialsOf(all)
	for _, d := range all {
		for _, g := range publicOrder(d) {
			w := works[g.Work]
			score := g.Official
			if score == 0 {
				score = official[g.Work]
			}
			out = append(out, Award{Award: g.Award, Category: d.Category, Group: d.Group, Work: g.Work,
				Title: w.Title, Authors: w.Authors, Unit: w.ShownUnit(),
				Teachers: w.Teachers, Place: g.Place, Official: score, DecidedBy: g.DecidedBy, Reason: g.Reason,
				Specials: prizes[g.Work]})
		}
	}
	return out, nil
}

// decisionsInOrder returns the awards of one deciding by category and group in the rules' order.
func decisionsInOrder(tx store.Tx, version int) ([]award.Decision, error) {
	rules, err := records.RuleSheet(tx)
	if err != nil {
		return nil, err
	}
	all, err := records.DecisionsOf(tx, version)
	slices.SortStableFunc(all, func(a, b award.Decision) int {
		return cmp.Or(cmp.Compare(listRank(rules, a), listRank(rules, b)), cmp.Compare(a.ID(), b.ID()))
	})
	return all, err
}

// listRank is where a list stands in the rules; lists of no category known come last.
func listRank(rules judging.Rules, d award.Decision) int {
	c := slices.IndexFunc(rules.Categories, func(c judging.Category) bool { return c.Name == d.Category })
	if c < 0 {
		return len(rules.Categories) * 1000
	}
	g := slices.Index(rules.Categories[c].Groups, d.Group)
	if g < 0 {
		g = len(rules.Categories[c].Groups)
	}
	return c*1000 + g
}

// officialNow reads the official scores of a contest that was decided before they were kept with the awards; else
// nothing.
func officialNow(ctx context.Context, r *records.Reading, all []award.Decision) (map[judging.WorkID]float64, error) {
	kept := true
	for _, d := range all {
		kept = kept && !slices.ContainsFunc(d.Grants, func(g award.Grant) bool { return g.Official == 0 })
	}
	if kept {
		return nil, nil
	}
	c, err := records.LoadContest(r.Tx)
	if err != nil {
		return nil, err
	}
	placings, err := results.Rank(ctx, r, c.Round)
	out := map[judging.WorkID]float64{}
	for _, p := range placings {
		out[p.Work] = p.Official
	}
	return out, err
}

// Decisions lists the awards with what is to be known of each list: empty places, ties.
func (o Stage) Decisions(ctx context.Context) ([]award.Decision, error) {
	return records.View(ctx, o.rec.DB, records.LoadDecisions)
}
