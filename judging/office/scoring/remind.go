package scoring

import (
	"context"
	"fmt"

	"fayi/judging"
	"fayi/judging/sheet/paper"
)

// Reminder is a message to a judge who has not handed in, ready to be sent by phone.
type Reminder struct {
	Judge judging.JudgeID `json:"judge"`
	Name  string          `json:"name"` // what they are called by
	Text  string          `json:"text"`
}

// Reminders writes a message to each judge who has not handed in: how many works are done, how many left, as of
// today. Errors: Closed when no plan is published.
func (o Stage) Reminders(ctx context.Context, words paper.Words) ([]Reminder, error) {
	contest, err := o.rec.Contest(ctx)
	if err != nil {
		return nil, err
	}
	status, err := o.ScoresStatus(ctx)
	if err != nil {
		return nil, err
	}
	now := o.rec.Now().Local()
	day := words("kit.date", map[string]any{"Year": now.Year(), "Month": int(now.Month()), "Day": now.Day(),
		"Month2": fmt.Sprintf("%02d", now.Month()), "Day2": fmt.Sprintf("%02d", now.Day())})
	out := []Reminder{}
	for _, j := range status.Judges {
		if j.Submitted || j.Total == 0 {
			continue
		}
		key := "remind.text"
		if j.Done == j.Total {
			key = "remind.submit"
		}
		args := map[string]any{
			"Name":    j.Call,
			"Contest": contest.Title(),
			"Done":    j.Done,
			"Left":    j.Total - j.Done,
			"Date":    day,
		}
		out = append(out, Reminder{j.Judge, j.Call, words(key, args)})
	}
	return out, nil
}
