package awards

import (
	"context"
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/results"
	"fayi/judging/store"
)

// ExplainWork says how a work's place in the last round that it took part in came about, and what it led to.
// Errors: NotFound for a work that is not ranked.
func (o Stage) ExplainWork(ctx context.Context, work string) (results.Explanation, error) {
	w, err := o.rec.Work(ctx, work)
	if err != nil {
		return results.Explanation{}, err
	}
	var s results.Scoring
	var at int
	var joined, award []results.Remark
	err = o.rec.DB.View(ctx, func(tx store.Tx) error {
		r := records.ReadingOf(tx) // of one moment, and read once
		if s, at, err = scoringOf(ctx, r, w.ID); err != nil {
			return err
		}
		if joined, err = explainJoined(ctx, r, s, s.Placings[at]); err != nil {
			return err
		}
		award, err = explainAward(ctx, r, s, w.ID, w.Code)
		return err
	})
	if err != nil {
		return results.Explanation{}, err
	}
	placing := s.Placings[at]
	category := s.Among(func(p judging.Placing) bool { return results.SameCategory(p, placing) })
	list := s.Among(func(p judging.Placing) bool { return results.SameList(p, placing) })
	f, err := s.Fit(ctx, category, "")
	if err != nil {
		return results.Explanation{}, err
	}
	inList := slices.IndexFunc(list, func(p judging.Placing) bool { return p.Work == w.ID })
	standing := f.Among(list, s.Cuts(list))[inList]
	out := results.Explanation{Ranked: results.RankedIn(list), Method: f.Method}
	out.Standing = s.Standing(placing, f, standing)
	if out.Judges, err = s.ExplainScores(ctx, placing, f, list); err != nil {
		return results.Explanation{}, err
	}
	out.Sentences = s.Sentences(out, list, f)
	out.Insert("analysis.say_official", joined)
	out.Insert("analysis.say_place", award)
	return out, nil
}
