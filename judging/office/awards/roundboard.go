package awards

import (
	"context"

	"fayi/judging"
	"fayi/judging/award"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/results"
	"fayi/judging/store"
)

// RoundBoard 轮次 says which round a contest is in, what each round's scores were, and which works would go on to the
// next one now.
type RoundBoard struct {
	Round   judging.Round `json:"round"`
	Name    string        `json:"name"`    // of the present round; "" for the first
	Next    string        `json:"next"`    // name of the round that the rules know after it; "" for none
	Rounds  []string      `json:"rounds"`  // names of all rounds begun, from the first, which has none
	Planned bool          `json:"planned"` // the present round has a plan in force: it can't be undone
	Scored  int           `json:"scored"`  // scores given in it
	Waiting int           `json:"waiting"` // judges who have not handed in
	On      int           `json:"on"`      // works that would go on
	Lists   []RoundList   `json:"lists"`

	Left     []judging.WorkID `json:"left,omitempty"`      // would go on, had they not left the contest
	CalledUp []judging.WorkID `json:"called_up,omitempty"` // would go on in their places

	Works []RoundWork `json:"works"` // of the present round, in the order of places
}

// RoundList is one category and group of a round.
type RoundList struct {
	Category string  `json:"category"`
	Group    string  `json:"group,omitempty"`
	Ranked   int     `json:"ranked"`
	On       int     `json:"on"`  // would go on
	Cut      float64 `json:"cut"` // official score of the last of them; 0 where none would
}

// RoundWork is a work of the present round.
type RoundWork struct {
	judging.Placing
	Code  judging.WorkCode `json:"code"`
	Title string           `json:"title"`
	// official score of each round by itself, from the first; nil where there is none yet
	Each []*float64 `json:"each"`
	On   bool       `json:"on"` // would go on
}

// Rounds says how the rounds stand; it changes nothing.
func (o Stage) Rounds(ctx context.Context) (RoundBoard, error) {
	return records.View(ctx, o.rec.DB, func(tx store.Tx) (RoundBoard, error) {
		b := RoundBoard{Lists: []RoundList{}, Works: []RoundWork{}}
		c, err := records.LoadContest(tx)
		if err != nil {
			return b, err
		}
		sheet, err := records.RuleSheet(tx)
		if err != nil {
			return b, err
		}
		b.Round = c.Round
		for k := judging.Round(1); k <= c.Round; k++ {
			rule, _ := sheet.RoundOf(k)
			b.Name = rule.Name
			b.Rounds = append(b.Rounds, rule.Name)
		}
		if err := b.standing(tx); err != nil {
			return b, err
		}
		r := records.ReadingOf(tx)
		placings, err := results.Rank(ctx, r, c.Round)
		if err != nil {
			return b, err
		}
		on := map[judging.WorkID]bool{}
		if rule, more := sheet.RoundOf(c.Round + 1); more {
			b.Next = rule.Name
			going := entrants(sheet, rule, c.Round, placings)
			for _, w := range going {
				on[w] = true
			}
			if b.Left, b.CalledUp, err = calledUp(ctx, r, c.Round, sheet, going); err != nil {
				return b, err
			}
		}
		placings = thisRound(placings, c.Round)
		b.list(placings, on)
		return b, b.works(ctx, r, placings, on)
	})
}

// thisRound keeps the works that were scored in a round; those that went no further stand below them in the order
// of Rank.
func thisRound(placings []judging.Placing, round judging.Round) []judging.Placing {
	if round < 2 {
		return placings
	}
	var out []judging.Placing
	for _, p := range placings {
		if p.Round == round {
			out = append(out, p)
		}
	}
	return out
}

func (b *RoundBoard) standing(tx store.Tx) error {
	plan, err := records.PublishedPlan(tx, b.Round)
	if err != nil || plan == nil {
		return err
	}
	status, err := records.PlanStatus(tx, *plan)
	if err != nil {
		return err
	}
	b.Planned, b.Scored = true, status.Done
	if !status.Finished() {
		for _, j := range status.Judges {
			if j.Total > 0 && !j.Submitted {
				b.Waiting++
			}
		}
	}
	return nil
}

func (b *RoundBoard) list(placings []judging.Placing, on map[judging.WorkID]bool) {
	for _, list := range results.Runs(placings, results.SameList) {
		l := RoundList{Category: list[0].Category, Group: list[0].Group, Ranked: results.RankedIn(list)}
		for _, p := range list {
			if on[p.Work] {
				l.On++
				l.Cut = p.Official
			}
		}
		b.On += l.On
		b.Lists = append(b.Lists, l)
	}
}

func (b *RoundBoard) works(
	ctx context.Context, r *records.Reading, placings []judging.Placing, on map[judging.WorkID]bool,
) error {
	_, works, err := r.Works()
	if err != nil {
		return err
	}
	sheet, err := records.RuleSheet(r.Tx)
	if err != nil {
		return err
	}
	decimals := sheet.Combine.Decimals
	each := make([]map[judging.WorkID]award.Joint, b.Round)
	for k := range each {
		if each[k], err = rankAlone(ctx, r, judging.Round(k+1)); err != nil {
			return err
		}
	}
	for _, p := range placings {
		w := RoundWork{
			Placing: p,
			Code:    works[p.Work].Code,
			Title:   works[p.Work].Title,
			On:      on[p.Work],
			Each:    make([]*float64, len(each)),
		}
		for k := range each {
			if j, ok := each[k][p.Work]; ok {
				v := j.Rounded(decimals)
				w.Each[k] = &v
			}
		}
		b.Works = append(b.Works, w)
	}
	return nil
}

// rankAlone computes what one round by itself makes of the works, on the scale of its own rubrics.
func rankAlone(ctx context.Context, r *records.Reading, round judging.Round) (map[judging.WorkID]award.Joint, error) {
	sheet, err := records.RuleSheet(r.Tx)
	if err != nil {
		return nil, err
	}
	tallies, err := r.Tally(round)
	if err != nil {
		return nil, err
	}
	rules := sheet.In(round)
	if _, err := results.RankRound(ctx, r, round, rules, tallies); err != nil {
		return nil, err
	}
	return award.Alone(rules, tallies), nil
}
