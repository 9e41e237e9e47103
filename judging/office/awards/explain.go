package awards

import (
	"context"
	"slices"

	"fayi/judging"
	"fayi/judging/office/results"
)

// ExplainWork says how a work's place in the last round that it took part in came about, and what it led to.
// Errors: NotFound for a work that is not ranked.
func (o Stage) ExplainWork(ctx context.Context, work string) (results.Explanation, error) {
	w, err := o.rec.Work(ctx, work)
	if err != nil {
		return results.Explanation{}, err
	}
	s, at, err := o.scoringOf(ctx, w.ID)
	if err != nil {
		return results.Explanation{}, err
	}
	placing := s.Placings[at]
	category := s.Among(func(p judging.Placing) bool { return results.SameCategory(p, placing) })
	list := s.Among(func(p judging.Placing) bool { return results.SameList(p, placing) })
	whole, err := s.Fit(ctx, s.Pool(category), "", nil)
	if err != nil {
		return results.Explanation{}, err
	}
	in, err := s.Fit(ctx, s.Pool(list), whole.Method, s.Cuts(list))
	if err != nil {
		return results.Explanation{}, err
	}
	inList := slices.Index(in.WorkIDs, w.ID)
	out := results.Explanation{Ranked: results.RankedIn(list), Method: whole.Method}
	out.Standing = s.Standing(placing, whole, slices.Index(whole.WorkIDs, w.ID), in.Works[inList])
	if out.Judges, err = s.ExplainScores(ctx, placing, whole, in); err != nil {
		return results.Explanation{}, err
	}
	joined, err := o.explainJoined(ctx, s, placing)
	if err != nil {
		return results.Explanation{}, err
	}
	award, err := o.explainAward(ctx, w.ID, w.Code)
	out.Sentences = s.Sentences(out, list, whole)
	out.Insert("analysis.say_official", joined)
	out.Insert("analysis.say_place", award)
	return out, err
}
