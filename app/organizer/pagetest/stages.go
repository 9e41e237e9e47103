package pagetest

import (
	"testing"

	"fayi/assets"
	"fayi/judging"
	"fayi/judging/office"
)

// Chinese returns the texts in Chinese.
func Chinese(t *testing.T) assets.Text {
	t.Helper()
	texts, err := assets.Load()
	if err != nil {
		t.Fatal(err)
	}
	return texts.In("zh-Hans")
}

// AtWork is a contest in which the first judge has scored all, the second begun, raised a hand and withdrawn from a
// work.
func AtWork(t *testing.T) *office.Office {
	t.Helper()
	o := WithPlan(t, 12)
	for _, id := range []judging.JudgeID{"j001", "j002"} {
		d, err := o.Scoring().Desk(id).Duties(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for i, w := range d.Works {
			b := judging.Ballot{Code: w.Code, Total: 80}
			if id == "j002" {
				b = judging.Ballot{Code: w.Code, State: judging.Recused, Reason: "我的学生"}
				if i == 1 {
					b = judging.Ballot{Code: w.Code, Total: 70, Flags: []judging.Flag{judging.Copied}, FlagNote: "见网上"}
				}
			}
			if i < 2 || id == "j001" {
				if _, err := o.Scoring().Desk(id).Save(t.Context(), b); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	return o
}

// Scored is a contest with n works that all judges have scored.
func Scored(t *testing.T, n int) *office.Office {
	t.Helper()
	o := WithPlan(t, n)
	Score(t, o)
	return o
}

// Awarded is a contest with n works whose awards are decided.
func Awarded(t *testing.T, n int) *office.Office {
	t.Helper()
	o := Scored(t, n)
	if _, err := o.Awards().DecideAwards(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	return o
}
