package scoredjudges

import (
	"context"
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/office/internal/revisions"
	"fayi/judging/store"
)

// What becomes of the scores of a judge who is struck off.
const (
	VoidScores = "void"
	KeepScores = "keep"
)

// Strike says what the striking of a judge did.
type Strike struct {
	Judge judging.JudgeID `json:"judge"`
	Void  int             `json:"void"` // scores that counted and no longer do
	Kept  int             `json:"kept"` // scores that go on counting
	Open  int             `json:"open"` // works of theirs that the next adjustment gives to others
}

// StrikeJudge strikes a judge off for good: they get no more works, and the next adjustment gives those they have not
// scored to others. scores says what becomes of their scores of all rounds, VoidScores or KeepScores; "" will do for
// a judge without any. Errors: NotFound, Invalid without a reason, Clash for scores that nobody decided about, Closed
// when the awards are final.
func (o Stage) StrikeJudge(ctx context.Context, id judging.JudgeID, scores, reason string) (Strike, error) {
	out := Strike{Judge: id}
	if reason = judging.Tidy(reason); reason == "" {
		return out, judging.Fail(judging.Invalid, "awards.needs_reason", nil)
	}
	if !slices.Contains([]string{"", VoidScores, KeepScores}, scores) {
		return out, judging.Fail(judging.Invalid, "judges.bad_scores", nil)
	}
	err := o.rec.Change(ctx, records.Seating, func(tx store.Tx) (err error) {
		var was judging.Judge
		if out, was, err = strikeIn(tx, id, scores, reason); err != nil {
			return err
		}
		before := map[string]any{"away": was.Away, "struck": was.Struck}
		return o.rec.Log(tx, "judges.strike", string(id), before, map[string]any{
			"reason": reason,
			"scores": scores,
			"void":   out.Void,
			"kept":   out.Kept,
		})
	})
	return out, err
}

// strikeIn strikes a judge off and returns the judge as they were before.
func strikeIn(tx store.Tx, id judging.JudgeID, scores, reason string) (Strike, judging.Judge, error) {
	out := Strike{Judge: id}
	was, err := records.LoadJudge(tx, id)
	if err != nil {
		return out, was, err
	}
	given, err := records.ScoresOfJudge(tx, id)
	if err != nil {
		return out, was, err
	}
	if err := out.settle(tx, given, scores, reason); err != nil {
		return out, was, err
	}
	if out.Open, err = openOf(tx, id); err != nil {
		return out, was, err
	}
	j := was
	j.Away, j.Struck = true, reason
	return out, was, records.Judges.Put(tx, j)
}

// settle voids or keeps the scores that count.
func (s *Strike) settle(tx store.Tx, given []judging.Score, scores, reason string) error {
	for _, g := range given {
		if g.Void != "" || !records.Finished(g.Now().State) && g.Now().State != judging.Started {
			continue
		}
		switch scores {
		case "":
			return judging.Fail(judging.Clash, "judges.strike_asks", judging.Args{"Count": len(given)})
		case KeepScores:
			s.Kept++
			continue
		}
		s.Void++
		g.Void = reason
		if err := records.Scores.Put(tx, g); err != nil {
			return err
		}
	}
	return nil
}

// openOf counts the works of the present round that a judge has and has no score of that counts.
func openOf(tx store.Tx, id judging.JudgeID) (int, error) {
	s, err := revisions.LoadProgress(tx)
	if err != nil || s.Plan == nil {
		return 0, err
	}
	lists, err := records.PlanRosters(tx, s.Plan.ID)
	if err != nil {
		return 0, err
	}
	open := 0
	for _, l := range lists {
		for _, w := range l.Works {
			if l.Judge != id {
				break
			}
			score, err := records.LoadScore(tx, s.Round, w, id)
			if err != nil {
				return 0, err
			}
			if !score.Counts() {
				open++
			}
		}
	}
	return open, nil
}
