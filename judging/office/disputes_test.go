package office_test

import (
	"slices"
	"testing"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/awards"
)

// apart is a contest whose first work has judges far apart; it answers with that work's code and its judges.
func apart(t *testing.T) (*office.Office, judging.WorkCode, []judging.JudgeID) {
	t.Helper()
	o := published(t, 12)
	works, err := o.Works(t.Context(), office.WorkFilter{})
	if err != nil {
		t.Fatal(err)
	}
	code := works[0].Code
	var panel []judging.JudgeID
	judges, _ := o.Assignment().Judges(t.Context())
	for _, j := range judges {
		d := firstDuty(t, o, j.ID)
		for _, w := range d.Works {
			part := .8
			if w.Code == code {
				panel = append(panel, j.ID)
				part = []float64{.9, .85, .5}[len(panel)-1]
			}
			save(t, o, j.ID, w, d, part)
		}
		if err := o.Scoring().SubmitScores(t.Context(), j.ID); err != nil {
			t.Fatal(err)
		}
	}
	if len(panel) != 3 {
		t.Fatalf("%d judges", len(panel))
	}
	return o, code, panel
}

func save(t *testing.T, o *office.Office, j judging.JudgeID, w judging.Duty, d judging.Duties, part float64) {
	t.Helper()
	if _, err := o.Scoring().Desk(j).Save(t.Context(), judging.Ballot{
		Code:  w.Code,
		Marks: fill(d.Rubrics[w.Category], part),
	}); err != nil {
		t.Fatal(err)
	}
}

func onlyDispute(t *testing.T, o *office.Office) awards.DisputedWork {
	t.Helper()
	all, err := o.Awards().Disputes(t.Context())
	if err != nil || len(all) != 1 {
		t.Fatalf("%+v %v", all, err)
	}
	return all[0]
}

func TestADisputeSettledByItsJudgesTellsWhatChangedAndClosesWithTheAwards(t *testing.T) {
	o, code, panel := apart(t)
	if d := onlyDispute(t, o); d.Code != code || d.State != awards.DisputeOpen || d.Before != nil {
		t.Errorf("%+v", d)
	}
	if _, err := o.Awards().SettleDispute(t.Context(), string(code), judging.Rescore, "", "分歧大"); err != nil {
		t.Fatal(err)
	}
	was := onlyDispute(t, o)
	if was.State != awards.DisputeUnderway || was.Waiting != 3 || was.RangeBefore != was.Range {
		t.Errorf("%+v", was)
	}
	for i, part := range []float64{.9, .85, .8} { // the first two stay by their scores
		d := firstDuty(t, o, panel[i])
		at := slices.IndexFunc(d.Works, func(w judging.Duty) bool { return w.Reopened })
		if !d.Submitted || at < 0 || d.Works[at].Code != code {
			t.Fatalf("%s is not asked to look again", panel[i])
		}
		save(t, o, panel[i], d.Works[at], d, part)
		save(t, o, panel[i], d.Works[at], d, part)
		if got := onlyDispute(t, o); got.Waiting != 2-i || (got.State == awards.DisputeSettled) != (i == 2) {
			t.Errorf("after %d judges: %+v", i+1, got)
		}
	}
	d := onlyDispute(t, o)
	if !slices.Equal(d.Before, was.Totals) || d.RangeBefore != was.Range || d.Range >= 20 {
		t.Errorf("%+v, was %+v", d, was)
	}
	if history, err := o.Scoring().ScoreHistory(t.Context(), string(code)); err != nil || len(history) != 3 ||
		len(history[0].Versions) != 2 {
		t.Errorf("%+v %v", history, err)
	}
	if _, err := o.Awards().DecideAwards(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	if awards, err := o.Awards().ListAwards(t.Context()); err != nil || len(awards) == 0 {
		t.Errorf("no awards stand: %v", err)
	}
	duties := firstDuty(t, o, panel[2])
	if slices.ContainsFunc(duties.Works, func(w judging.Duty) bool { return w.Reopened }) {
		t.Error("the work is still open")
	}
	_, err := o.Scoring().Desk(panel[2]).Save(t.Context(), judging.Ballot{
		Code:  code,
		Marks: fill(duties.Rubrics["书法"], .6),
	})
	wantCode(t, err, judging.Closed, "scores.submitted")
}

func TestJudgesWhoStayFarApartKeepADisputeUnderWay(t *testing.T) {
	o, code, panel := apart(t)
	if _, err := o.Awards().SettleDispute(t.Context(), string(code), judging.Consensus, "", "分歧大"); err != nil {
		t.Fatal(err)
	}
	for i, part := range []float64{.95, .85, .5} {
		d := firstDuty(t, o, panel[i])
		at := slices.IndexFunc(d.Works, func(w judging.Duty) bool { return w.Reopened })
		save(t, o, panel[i], d.Works[at], d, part)
	}
	if d := onlyDispute(t, o); d.State != awards.DisputeUnderway || d.Waiting != 0 || d.Range <= d.RangeBefore {
		t.Errorf("%+v", d)
	}
	if _, err := o.Awards().SettleDispute(t.Context(), string(code), judging.Accept, "", "尊重评委"); err != nil {
		t.Fatal(err)
	}
	if d := onlyDispute(t, o); d.State != awards.DisputeSettled {
		t.Errorf("%+v", d)
	}
}

func TestADisputeEndsWhenTheAddedJudgeHasScored(t *testing.T) {
	o, code, _ := apart(t)
	judge, err := o.Awards().SettleDispute(t.Context(), string(code), judging.Third, "", "分歧大")
	if err != nil {
		t.Fatal(err)
	}
	if d := onlyDispute(t, o); d.State != awards.DisputeUnderway || d.Waiting != 1 {
		t.Errorf("%+v", d)
	}
	d := firstDuty(t, o, judge)
	for _, w := range d.Works {
		if w.Code == code {
			save(t, o, judge, w, d, .8)
		}
	}
	if d := onlyDispute(t, o); d.State != awards.DisputeSettled || d.Waiting != 0 || len(d.Before) != 3 ||
		len(d.Totals) != 4 {
		t.Errorf("%+v", d)
	}
}
