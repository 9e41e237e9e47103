package assignment

import (
	"context"
	"slices"

	"fayi/judging"
	"fayi/judging/office/internal/records"
	"fayi/judging/store"
)

// JudgeFields names what of a judge can be put right without making another person of them.
var JudgeFields = []string{"name", "unit", "post", "phone"}

// CorrectJudge puts the name, unit, post or phone of a judge right, with a reason; their scores, duties and conflicts
// stay theirs. Errors: NotFound, Invalid without a reason or a name or for another field, Clash where another judge
// has this name and unit (see scoring.MergeJudges), Closed when the awards are final.
func (o Stage) CorrectJudge(
	ctx context.Context, id judging.JudgeID, set map[string]string, reason string,
) (judging.Judge, error) {
	var j judging.Judge
	if reason = judging.Tidy(reason); reason == "" {
		return j, judging.Fail(judging.Invalid, "awards.needs_reason", nil)
	}
	err := o.rec.Change(ctx, records.Seating, func(tx store.Tx) error {
		old, err := records.LoadJudge(tx, id)
		if err != nil {
			return err
		}
		if j, err = withFields(old, set); err != nil {
			return err
		}
		if sameJudge(old, j) {
			return nil
		}
		all, err := records.LoadJudges(tx)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(all, func(x judging.Judge) bool { return x.ID != id && x.Key() == j.Key() }) {
			return judging.Fail(judging.Clash, "judges.twin", nil)
		}
		if err := records.Judges.Put(tx, j); err != nil {
			return err
		}
		after := judgeGist(j)
		after["reason"] = reason
		return o.rec.Log(tx, "judges.correct", string(id), judgeGist(old), after)
	})
	return j, err
}

func withFields(j judging.Judge, set map[string]string) (judging.Judge, error) {
	if len(set) == 0 {
		return j, judging.Fail(judging.Invalid, "judges.nothing_to_correct", nil)
	}
	for field, value := range set {
		value = judging.Tidy(value)
		if len([]rune(value)) > judging.MaxFieldLength {
			return j, judging.Fail(judging.Invalid, "correct.too_long", judging.Args{"Most": judging.MaxFieldLength})
		}
		switch field {
		case "name":
			j.Name = value
		case "unit":
			j.Unit = value
		case "post":
			j.Post = value
		case "phone":
			j.Phone = value
		default:
			return j, judging.Fail(judging.Invalid, "correct.unknown_field", judging.Args{"Field": field})
		}
	}
	if j.Name == "" {
		return j, judging.Fail(judging.Invalid, "judges.no_name", nil)
	}
	return j, nil
}

// RemoveJudge takes a judge off the list who was entered by mistake and never scored. Works that they had go without a
// judge until the next adjustment. Errors: NotFound, Invalid without a reason, Closed for one who has scores (see
// scoring.StrikeJudge) or when the awards are final.
func (o Stage) RemoveJudge(ctx context.Context, id judging.JudgeID, reason string) error {
	if reason = judging.Tidy(reason); reason == "" {
		return judging.Fail(judging.Invalid, "awards.needs_reason", nil)
	}
	return o.rec.Change(ctx, records.Seating, func(tx store.Tx) error {
		j, err := records.LoadJudge(tx, id)
		if err != nil {
			return err
		}
		scored, err := records.ScoresOfJudge(tx, id)
		if err != nil {
			return err
		}
		waiting, err := records.WaitingOfJudge(tx, id)
		if err != nil {
			return err
		}
		if n := len(scored) + waiting; n > 0 {
			return judging.Fail(judging.Closed, "judges.has_scores", judging.Args{"Count": n})
		}
		if err := records.ForgetJudge(tx, id); err != nil {
			return err
		}
		return o.rec.Log(tx, "judges.remove", string(id), judgeGist(j), map[string]any{"reason": reason})
	})
}
