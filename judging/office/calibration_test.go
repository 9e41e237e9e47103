package office_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"fayi/judging"
	"fayi/judging/office"
	"fayi/judging/office/results"
	"fayi/judging/office/scoring"
)

// trialOf lists the calibration works of a judge's list.
func trialOf(d judging.Duties) []judging.Duty {
	var out []judging.Duty
	for _, w := range d.Works {
		if w.Calibration {
			out = append(out, w)
		}
	}
	return out
}

func calibrated(t *testing.T) *office.Office {
	t.Helper()
	o := published(t, 12)
	seed := uint64(3)
	if err := o.Calibration().ChooseCalibration(t.Context(), scoring.CalibrationRequest{
		PerCategory: 2,
		Seed:        &seed,
	}); err != nil {
		t.Fatal(err)
	}
	return o
}

func TestCalibrationWorksComeFirstForEveryJudgeUnderCodesOfTheirOwn(t *testing.T) {
	o := calibrated(t)
	for _, j := range []judging.JudgeID{"j001", "j004"} {
		d := firstDuty(t, o, j)
		trial := trialOf(d)
		if len(trial) != 6 ||
			!slices.EqualFunc(trial, d.Works[:6], func(a, b judging.Duty) bool { return a.Code == b.Code }) {
			t.Fatalf("%s: %d of calibration: %+v", j, len(trial), d.Works)
		}
		seen := map[judging.WorkCode]bool{}
		for _, w := range d.Works {
			if seen[w.Code] {
				t.Errorf("%s: %s twice", j, w.Code)
			}
			seen[w.Code] = true
		}
	}
	again := published(t, 12)
	seed := uint64(3)
	if err := again.Calibration().ChooseCalibration(t.Context(), scoring.CalibrationRequest{
		PerCategory: 2,
		Seed:        &seed,
	}); err != nil {
		t.Fatal(err)
	}
	if a, b := trialOf(firstDuty(t, o, "j001")), trialOf(firstDuty(t, again, "j001")); a[0].Code != b[0].Code ||
		a[5].Code != b[5].Code {
		t.Error("the same seed drew other works")
	}
}

func TestCalibrationNeverCounts(t *testing.T) {
	o := calibrated(t)
	scored := func() (n int) {
		list, err := o.Results().Rank(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range list {
			n += p.Scores
		}
		return n
	}
	status := func() scoring.Status {
		s, err := o.Scoring().ScoresStatus(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	before := status()
	for i, j := range []judging.JudgeID{"j001", "j002", "j003"} {
		d := firstDuty(t, o, j)
		for _, w := range trialOf(d) {
			if _, err := o.Scoring().Desk(j).Save(t.Context(), judging.Ballot{
				Code:  w.Code,
				Marks: fill(d.Rubrics[w.Category], 0.5+0.2*float64(i)),
			}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if n := scored(); n != 0 {
		t.Errorf("%d calibration scores in the ranking", n)
	}
	if s := status(); s.Done != 0 || s.Total != before.Total {
		t.Errorf("the status counts calibration: %d of %d", s.Done, s.Total)
	}
	if sum, err := o.ShowContest(t.Context()); err != nil || sum.Scored != 0 {
		t.Errorf("the overview counts %d, %v", sum.Scored, err)
	}
	_, err := o.Awards().DecideAwards(t.Context(), true)
	wantCode(t, err, judging.Clash, "awards.no_scores")
	if all, err := o.Results().Analyse(t.Context(), results.AnalysisRequest{}); err != nil ||
		all.Standings[0].Scores != 0 {
		t.Errorf("the analysis counts them: %v", err)
	}
	for _, w := range trialOf(firstDuty(t, o, "j001")) {
		if h, err := o.Scoring().ScoreHistory(
			t.Context(), strings.TrimSuffix(string(w.Code), "-T"),
		); err != nil || len(h) != 0 {
			t.Errorf("the work's history holds %v, %v", h, err)
		}
	}
}

func TestThePanelsSpreadIsShownToThoseWhoScored(t *testing.T) {
	o := calibrated(t)
	give := func(j judging.JudgeID, share float64) judging.Duties {
		d := firstDuty(t, o, j)
		w := trialOf(d)[0]
		if _, err := o.Scoring().Desk(j).Save(t.Context(), judging.Ballot{
			Code:  w.Code,
			Marks: fill(d.Rubrics[w.Category], share),
		}); err != nil {
			t.Fatal(err)
		}
		return firstDuty(t, o, j)
	}
	give("j001", 0.5)
	give("j002", 1)
	if d := firstDuty(t, o, "j003"); len(d.Calibrations) != 0 {
		t.Fatal("the panel's scores were shown before one's own was given")
	}
	c := give("j003", 0.75).Calibrations
	if len(c) != 1 || c[0].Judges != 3 || c[0].High != 100 ||
		!(c[0].Low < c[0].Median && c[0].Median < c[0].High) || c[0].Mine != c[0].Median {
		t.Fatalf("%+v", c)
	}
	all, err := o.Calibration().Calibrations(t.Context())
	if err != nil || len(all) != 6 {
		t.Fatal(all, err)
	}
	first := all[slices.IndexFunc(all, func(w scoring.TestWork) bool { return w.Code == c[0].Code })]
	if len(first.Given) != 3 || first.Given[0].Judge != "j001" || len(first.Waiting) != 3 {
		t.Errorf("%+v", first)
	}
	err = o.Calibration().ChooseCalibration(t.Context(), scoring.CalibrationRequest{})
	wantCode(t, err, judging.Closed, "trial.begun")
	wantCode(t, o.Scoring().Desk("j001").Submit(t.Context(), ""), judging.Clash, "scores.still_open")
}

func TestNamedWorksAreCalibratedByThoseWithoutConflict(t *testing.T) {
	o := published(t, 12)
	code := firstDuty(t, o, "j001").Works[0].Code
	bound := judging.JudgeID("")
	for _, j := range []judging.JudgeID{"j002", "j003", "j004", "j005", "j006"} {
		if !slices.ContainsFunc(firstDuty(t, o, j).Works, func(w judging.Duty) bool { return w.Code == code }) {
			bound = j
		}
	}
	if err := o.Assignment().DeclareConflict(t.Context(), judging.Conflict{
		Judge:  bound,
		Work:   judging.WorkID(code),
		Reason: "师生",
	}); err != nil {
		t.Fatal(err)
	}
	if err := o.Calibration().ChooseCalibration(t.Context(), scoring.CalibrationRequest{
		Works: []string{string(code), string(code)},
	}); err != nil {
		t.Fatal(err)
	}
	if got := trialOf(firstDuty(t, o, "j001")); len(got) != 1 || got[0].Code != code+"-T" {
		t.Errorf("j001 has %+v", got)
	}
	if got := trialOf(firstDuty(t, o, bound)); len(got) != 0 {
		t.Errorf("%s, who is bound to it, has %+v", bound, got)
	}
	_, err := o.Scoring().Desk(bound).Save(t.Context(), judging.Ballot{Code: code + "-T"})
	wantCode(t, err, judging.Forbidden, "scores.not_yours")
	wantCode(t, o.Calibration().ChooseCalibration(t.Context(), scoring.CalibrationRequest{
		PerCategory: 11,
	}), judging.Invalid, "trial.number")
	wantCode(t, o.Calibration().ChooseCalibration(t.Context(), scoring.CalibrationRequest{
		Works: []string{"w999999"},
	}), judging.Invalid, "trial.not_accepted")
	if err := o.Calibration().ChooseCalibration(t.Context(), scoring.CalibrationRequest{}); err != nil ||
		len(trialOf(firstDuty(t, o, "j001"))) != 0 {
		t.Error("calibration does not end:", err)
	}
}

func TestCalibrationWorksGoAwayInAPacketAndComeBackIntoTheirOwnTable(t *testing.T) {
	o := calibrated(t)
	a := sendAway(t, o)
	d, err := a.Duties(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	trial := trialOf(d)
	if len(trial) != 6 || !d.Works[0].Calibration || len(d.Calibrations) != 0 {
		t.Fatalf("%d calibration works in the packet, %v", len(trial), d.Calibrations)
	}
	for n := range d.Works {
		say(t, a, n, 0.8)
		if f, err := a.OpenFile(t.Context(), d.Works[n].Code, 0, 0); err == nil {
			f.Close()
		} else if len(d.Works[n].Files) > 0 {
			t.Error(err)
		}
	}
	if err := a.Submit(t.Context(), phrase); err != nil {
		t.Fatal(err)
	}
	r := takeIn(t, o, a.reply(), scoring.TakeNone)
	wantReport(t, r, len(d.Works), 0, 0)
	if !r.Submitted {
		t.Error("not handed in")
	}
	tests, err := o.Calibration().Calibrations(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range tests {
		if len(w.Given) != 1 || w.Given[0].Judge != "j001" {
			t.Errorf("%s: %+v", w.Code, w.Given)
		}
	}
	s, err := o.Scoring().ScoresStatus(t.Context())
	if err != nil || s.Done != len(d.Works)-len(trial) {
		t.Errorf("%d counted of %d with %d of calibration: %v", s.Done, len(d.Works), len(trial), err)
	}
	again := takeIn(t, o, a.reply(), scoring.TakeNone)
	wantReport(t, again, 0, 0, 0)
}

func TestAScoreSheetLeavesCalibrationOutAndSaysSo(t *testing.T) {
	o := calibrated(t)
	paths, err := o.Scoring().WriteScoreSheets(t.Context(), t.TempDir(), "j001", words(t))
	if err != nil || len(paths) != 1 {
		t.Fatal(paths, err)
	}
	f, err := excelize.OpenFile(paths[0])
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	said := ""
	for _, name := range f.GetSheetList() {
		rows, _ := f.GetRows(name)
		said += fmt.Sprint(rows)
	}
	if !strings.Contains(said, "试评作品不在本表里") || strings.Contains(said, "-T") {
		t.Error(said)
	}
}
